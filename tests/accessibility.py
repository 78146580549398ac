"""Sample pages for `make accessibility`: `python -m tests.accessibility DIR` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

from gen.derivation.derive import derive_all
from gen.document.page import page
from gen.document.reference import OPENING, reference_document
from gen.document.web_page import to_html

# Every method, several variables, folded steps, long lines, tables, structures, second derivatives.
SAMPLES: dict[str, tuple[str, tuple[str, ...], dict[str, object], int]] = {
    "product": ("W*X", ("W",), {}, 1),
    "two-variables": ("normF(W*X - Y)^2/2", ("W", "X"), {}, 1),
    "norms": ("norm2(A*x-b)^2 + c*norm2(x)^2", ("x", "A"), {"c": "scalar"}, 1),
    "determinant": ("logdet(X)-tr(X'*A*X)/2", ("X",), {}, 1),
    "softmax": ("softmax(A*x)", ("x",), {}, 1),
    "symmetric": ("x'*S*x", ("S",), {"S": "n x n symmetric"}, 1),
    "kronecker": ("X./Y + kron(diag(x), Z)", ("X",), {}, 1),
    "abstract": ("sum(f(A*x))", ("x",), {"f": "elementwise"}, 1),
    "second": ("logsumexp(A*x)", ("x",), {}, 2),
    "zero": ("W*X", ("B",), {"B": "m x n"}, 1),
}


def sample_page(name: str) -> str:
    """The page of a sample, by every method there is for it."""
    expr, variables, symbols, order = SAMPLES[name]
    return to_html(*derive_all(expr, variables, ("all",), symbols=symbols or None, order=order))


def main(folder: Path) -> None:
    """Write all pages, and that of the reference."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SAMPLES:
        (folder / f"{name}.html").write_text(sample_page(name), encoding="utf-8")
    (folder / "reference.html").write_text(page(reference_document(), OPENING), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
