"""What a student is told: the shape first where it is wrong, never the answer itself."""

from __future__ import annotations

from fractions import Fraction

from gen.language.dimension import Dim
from gen.problems.misconception import Misconception

NAMES = {
    "gradient": "gradient",
    "jacobian": "Jacobian",
    "vecjac": "Jacobian of the stacked columns",
    "differential": "differential",
    "hessian": "Hessian",
    "vechess": "Hessian of the stacked columns",
}


def message(
    judgement: str,
    has: tuple[Dim, ...] | None,
    should: tuple[Dim, ...],
    off_by: str | None,
    factor: Fraction | None,
    misconception: Misconception | None,
    step: int | None,
    kind: str,
    *,
    why: str = "",
    stacked: tuple[Dim, ...] | None = None,
) -> str:
    """One or a few sentences. `stacked` is the shape of the vec form where a tensor may have that one too."""
    if judgement == "right":
        return "Right."
    if judgement == "other_layout":
        what = NAMES.get(kind, "derivative")
        return (
            f"Right in another layout: this is the transpose of the {what} as it is written here, "
            f"which is {shape_words(should)}."
        )
    parts = [_shape_part(has, should, kind, why, stacked)]
    if off_by == "transpose":
        parts.append(f"It is {_times(factor)}the transpose of the right answer.")
    elif off_by == "sign":
        parts.append("The sign is the wrong way round.")
    elif off_by == "factor" and factor is not None:
        parts.append(f"It is {number_words(factor)} times the right answer.")
    if misconception is not None:
        parts.append(f"This is what comes of a known mistake: {_small(misconception.title)}.")
        if step is not None:
            parts.append(f"Look at step {step}.")
    elif off_by is None and has == should:
        parts.append("Go back to the entries: write down one of them and differentiate it.")
    return " ".join(parts)


def right_where_symmetric(names: tuple[str, ...]) -> str:
    """An answer that takes positive definite matrices to be symmetric."""
    if len(names) == 1:
        matrices, are = f"{names[0]} as a symmetric matrix", "it is"
    else:
        matrices, are = f"{', '.join(names[:-1])} and {names[-1]} as symmetric matrices", "they are"
    return f"Right, with {matrices}. Where {are} not, transposes have to stay."


def _times(factor: Fraction | None) -> str:
    if factor is None:
        return ""
    return "minus " if factor == -1 else f"{number_words(factor)} times "


def _shape_part(
    has: tuple[Dim, ...] | None, should: tuple[Dim, ...], kind: str, why: str, stacked: tuple[Dim, ...] | None
) -> str:
    reason = ", the shape of the variable" if kind == "gradient" else ""
    if stacked is not None:
        reason = f", or as a matrix of stacked columns {shape_words(stacked)}"
    if has is None:
        return f"Shape first: {why}. The answer should be {shape_words(should)}{reason}."
    if has != should:
        return (
            f"Shape first: your answer is {shape_words(has)}, and it should be {shape_words(should)}{reason}."
        )
    return f"The shape is right ({shape_words(should)}), the entries are not."


def shape_words(shape: tuple[Dim, ...]) -> str:
    """m × n; for a vector n × 1; for a scalar `a single number`."""
    if not shape:
        return "a single number"
    dims = [d.text() for d in shape]
    return " × ".join(dims if len(dims) > 1 else [*dims, "1"])


def number_words(factor: Fraction) -> str:
    """A number as people write it."""
    return str(factor).replace("-", "−")


def _small(title: str) -> str:
    """A title inside a sentence: its first letter small unless it is a symbol."""
    capital = title[0].isascii() and not title[1:2].isupper()
    return title[0].lower() + title[1:] if capital else title
