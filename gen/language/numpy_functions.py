"""What each function of the language is in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MUL, ATOM = 4, 6  # how tightly a product and a name bind in Python


@dataclass(frozen=True, slots=True)
class Code:
    """A function in NumPy: `{x}` (and `{y}`) stand in brackets already, `{a}` is an operand.

    `scalar` is its form for an argument that is a plain float, where that is another one.
    `binds` is how tightly the text holds together. `array`: the value is an array
    even where its shape is 1 × 1.
    """

    text: str
    scalar: str | None = None
    binds: int = ATOM
    array: bool = False


def _gelu(erf: str) -> str:
    return f"0.5 * {{a}} * (1 + {erf}({{a}} / np.sqrt(2)))"


_SAME = ("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "sqrt")

CODES: Mapping[str, Code] = MappingProxyType(
    {
        **{name: Code(f"np.{name}({{x}})") for name in (*_SAME, "abs", "sign")},
        "step": Code("np.heaviside({x}, 0)"),
        "relu": Code("np.maximum({x}, 0)"),
        "sigmoid": Code("1 / (1 + np.exp(-{a}))", binds=MUL),
        "softplus": Code("np.logaddexp(0, {x})"),
        "erf": Code("np.vectorize(math.erf)({x})", "math.erf({x})"),
        "gelu": Code(_gelu("np.vectorize(math.erf)"), _gelu("math.erf"), MUL),
        "tr": Code("np.trace({x})", "{a}"),
        "sum": Code("np.sum({x})", "{a}"),
        "inv": Code("np.linalg.inv({x})", "(1 / {a})"),
        "det": Code("np.linalg.det({x})", "{a}"),
        "adj": Code("np.linalg.det({a}) * np.linalg.inv({a})", "1.0", MUL),
        # The power series of X/1024, raised to the power 1024: NumPy has no matrix exponential.
        "expm": Code(
            "np.linalg.matrix_power(sum(np.linalg.matrix_power({a} / 1024, _k) / math.factorial(_k)"
            " for _k in np.arange(20)), 1024)",
            "np.exp({x})",
        ),
        "logdet": Code("np.linalg.slogdet({x})[1]", "np.log({x})"),
        "norm1": Code("np.sum(np.abs({x}))", "abs({x})"),
        "norm2": Code("np.linalg.norm({x})", "abs({x})"),
        "normF": Code("np.linalg.norm({x})", "abs({x})"),
        "vec": Code('{a}.reshape(-1, 1, order="F")', "{a}"),
        "tril": Code("np.tril({x})", "{a}"),
        "kron": Code("np.kron({x}, {y})"),
        "rowsum": Code("np.sum({x}, axis=1, keepdims=True)", "{a}", array=True),
        "colsum": Code("np.sum({x}, axis=0, keepdims=True).T", "{a}", array=True),
        # Subtracting the logarithm keeps exp from overflowing.
        "softmax": Code("np.exp({a} - np.logaddexp.reduce({a}))", "1.0"),
        "softmaxrows": Code("np.exp({a} - np.logaddexp.reduce({a}, axis=1, keepdims=True))", "1.0"),
        "logsumexp": Code("np.logaddexp.reduce({x}).item()", "{a}"),
    }
)
DIAGONAL_MATRIX = Code("np.diag({a}[:, 0])", "{a}")
DIAGONAL_VECTOR = Code("np.diag({x}).reshape(-1, 1)", "{a}")
