"""Free Index: derivatives of matrix expressions, step by step, every step checked by numbers."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gen.derivation.derive import derive
    from gen.derivation.numpy_snippet import to_numpy
    from gen.derivation.result import Derivation

__all__ = ["derive", "to_latex", "to_numpy", "to_pylatex", "verify"]


# Loaded when they are asked for: the command line must be able to answer Ctrl-C before NumPy is there.
_HOMES = {"derive": "gen.derivation.derive", "to_numpy": "gen.derivation.numpy_snippet"}


def __getattr__(name: str) -> Any:
    """`derive` and `to_numpy`, when they are first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def to_latex(derivation: Derivation, *, marks: bool = False) -> str:
    """The derivation as an `align*` of LaTeX that needs amsmath only.

    With `marks` what changed in a line is underlined.
    """
    # By name, here and below: PyLaTeX is loaded when it is needed and not before.
    made: str = import_module("gen.document.aligned").aligned(derivation, marks=marks)
    return made


def to_pylatex(derivation: Derivation, *, marks: bool = False) -> Any:
    """The derivation as a PyLaTeX object that brings its package with it.

    With `marks` what changed in a line is underlined.
    """
    return import_module("gen.document.pylatex_object").pylatex_object(derivation, marks=marks)


def verify(
    expr: object,
    wrt: object,
    answer: str,
    *,
    symbols: Mapping[str, object] | None = None,
    kind: str | None = None,
) -> Any:
    """Whether an answer is right; if not, its shape, what it is off by, and which mistake leads to it.

    Arguments as for `derive`; the answer as people type it: `X^T`, `A @ B`, `δ_iq X_rk`. Gives a
    `gen.problems.verdict.Verdict`. Raises `gen.errors.InputError`.
    """
    return import_module("gen.problems.verdict").verify(expr, wrt, answer, symbols=symbols, kind=kind)
