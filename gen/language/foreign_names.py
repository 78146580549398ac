"""Functions by the names that they have elsewhere, and what to write for them here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SMOOTH = "logsumexp(x) is a smooth maximum of the entries of x"

FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        "norm": "norm2(x) is the norm of a vector, normF(X) the Frobenius norm of a matrix",
        "frob": "did you mean normF?",
        "max": f"relu(x) is the larger of each entry and 0; {_SMOOTH}",
        "maximum": f"relu(x) is the larger of each entry and 0; {_SMOOTH}",
        "min": "-relu(-x) is the smaller of each entry and 0",
        "minimum": "-relu(-x) is the smaller of each entry and 0",
        "mean": "the mean of n entries is sum(x)/n",
        "trace": "did you mean tr?",
        "transpose": "for a transpose write ', as in X'",
        "ln": "did you mean log?",
        "dot": "for the inner product of two vectors write x'*y",
        "pinv": "for a matrix A of full column rank write inv(A'*A)*A'",
        "square": "for the square of each entry write x.^2",
    }
)
