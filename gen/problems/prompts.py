"""The question in words, Markdown with $TeX$: what is given, and what is asked in each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from gen.derivation.derive import read_expression
from gen.derivation.result import Derivation
from gen.language.latex import LATEX, symbol_tex
from gen.language.notation import Notation
from gen.language.writer import write
from gen.problems.declared import let
from gen.problems.item import Body, Choice, Fade, FindError, Order
from gen.problems.task import Derive, Read, Simplify
from gen.problems.worked import Worked

_HOW: Mapping[str, str] = MappingProxyType(
    {
        "index": "in index notation",
        "vec": "by stacking columns",
        "differential": "by differentials",
        "components": "entry by entry",
        "backprop": "as backpropagation does",
    }
)


def prompt_of(worked: Worked, body: Body, n: Notation = LATEX) -> str:
    """The prompt of a problem: story, declarations, question. `n` writes TeX, with the sums written."""
    asked = _ASKED[type(worked.task)](worked, body, n)
    story, question = _story(worked, n), " ".join(filter(None, (let(worked, n), asked)))
    # A story that ends in a blank line keeps apart from the question.
    return story + question if not story or story.endswith("\n\n") else f"{story} {question}"


def _story(worked: Worked, n: Notation) -> str:
    """The story, in which names that stand as a whole are written as everywhere."""
    story = worked.task.story
    if n.array is None:
        return story
    for node in worked.symbols:
        story = story.replace(f"${symbol_tex(node.name)}$", f"${n.named(node)}$")
    return story


# --- to derive --------------------------------------------------------------------


def _derive(worked: Worked, body: Body, n: Notation) -> str:
    d = worked.derivation
    assert d is not None
    what, how = what_of(d, n), _how(d, n)
    if isinstance(body, Choice):
        return f"Which of these is {what}?"
    verb = "Find" if what.startswith("the derivative") else "Derive"
    return _lines(body, f"find {what} {how}") or f"{verb} {what} {how}, and give its shape."


def what_of(d: Derivation, n: Notation = LATEX) -> str:
    """What is asked for, with the function and the variable in it."""
    name, by = n.named(d.value), n.named(d.problem.wrt)
    given = f"{name}={write(d.problem.expr, n)}"
    kind = d.problem.kind
    layout = " in denominator layout" if d.problem.layout == "denominator" else ""
    if kind == "vecjac":
        of, over = (rf"\operatorname{{vec}}({x})" for x in (name, by))
        stacked = n.slanted(of, n.transpose(over))
        return f"the matrix ${stacked}${layout} of ${given}$"
    if kind == "differential":
        return rf"the differential of ${given}$ in terms of $\mathrm d{by}$"
    title = _TITLES.get(kind, "the derivative")
    if kind == "jacobian" and d.problem.wrt.is_scalar:
        title = "the derivative"
    return f"{title}{layout if kind == 'jacobian' else ''} of ${given}$ with respect to ${by}${_standing(d)}"


_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "gradient": "the gradient",
        "jacobian": "the Jacobian",
        "hessian": "the Hessian",
        "hessian4": "the second derivative",
        "vechess": "the Hessian for stacked columns",
    }
)


def _standing(d: Derivation) -> str:
    """Which entries of a structured variable are free: books differ."""
    by = d.problem.wrt
    if by.structure is None:
        # Readers take a positive definite matrix as symmetric, and then as moving like one.
        return " (every entry is a variable of its own)" if by.domain == "spd" and by.is_square else ""
    if by.structure == "symmetric" and d.problem.symmetric == "projected":
        return " (the symmetric part of the gradient that takes all entries as independent)"
    return f" (by its free entries: {_FREE_ENTRIES[by.structure]})"


_FREE_ENTRIES: Mapping[str, str] = MappingProxyType(
    {
        "symmetric": "the entries $(q,r)$ and $(r,q)$ move together",
        "skew": "entry $(r,q)$ falls as entry $(q,r)$ grows",
        "diagonal": "those off the diagonal stay 0",
        "lower": "those above the diagonal stay 0",
    }
)


def _how(d: Derivation, n: Notation) -> str:
    """The method; for backpropagation with the loss that it needs."""
    if d.method == "backprop" and d.upstream is not None:
        return f"{_HOW[d.method]}, with ${n.named(d.upstream)}$ the gradient of a loss by the value"
    return _HOW[d.method]


# --- to simplify ------------------------------------------------------------------


def _simplify(worked: Worked, body: Body, n: Notation) -> str:
    task = worked.task
    assert isinstance(task, Simplify) and isinstance(worked.given, tuple)
    given = f"${write(worked.given, n)}$"
    if isinstance(body, Choice):
        asked = f"Which of these is equal to {given}?"
    else:
        asked = _lines(body, f"simplify {given}") or (
            f"Simplify {given}: use up every $\\delta$ that ends a sum, "
            "and say which indices of the result are free."
        )
    return f"{_ranges(task)} {asked}"


def _ranges(task: Simplify) -> str:
    """Which indices run how far, those of one dimension together."""
    dims: dict[str, list[str]] = {}
    for letter, dim in task.ranges:
        dims.setdefault(dim, []).append(symbol_tex(letter))
    said = [
        f"${','.join(letters)}$ run{'s' * (len(letters) == 1)} from 1 to ${symbol_tex(dim)}$"
        for dim, letters in dims.items()
    ]
    first = "The indices" if len(next(iter(dims.values()))) > 1 else "The index"
    return f"{first} {' and '.join(said)}."


# --- to read ----------------------------------------------------------------------


def _read(worked: Worked, body: Body, n: Notation) -> str:
    task = worked.task
    assert isinstance(task, Read)
    given = _typed(worked, n)
    if task.what == "shape":
        what = rf"the derivative of ${given}$ with respect to ${_variable(worked, task.wrt, n)}$"
        if isinstance(body, Choice):
            return f"Which shape has {what}?"
        return _lines(body, f"find the shape of {what}") or (
            f"Which shape has {what}, and how many free indices? Do not work the derivative out."
        )
    what = f"an entry of ${given}$" if worked.free else f"${given}$"
    if isinstance(body, Choice):
        return f"Which indices has {what}?"
    return _lines(body, f"write {what} with indices") or (
        f"Write {what} with indices, and say which are free and which are summed over."
    )


def _variable(worked: Worked, wrt: str, n: Notation) -> str:
    return next((n.named(node) for node in worked.symbols if node.name == wrt), symbol_tex(wrt))


def _typed(worked: Worked, n: Notation) -> str:
    """What is to be read, as it was typed."""
    task = worked.task
    wrt = (task.wrt,) if isinstance(task, Read) and task.wrt else ()
    assert isinstance(task, Read)
    return write(read_expression(task.expr, dict(task.symbols), wrt).node, n)


# --- what the forms ask for -------------------------------------------------------

_MISTAKE = (
    "One line does not follow from the line before it, and the lines below it carry the mistake on. "
    "Name that line, write the line that should stand there, and say why."
)


def _lines(body: Body, do: str) -> str:
    """The question of a form that shows lines; empty for an open question. `do` is what the lines do."""
    match body:
        case Fade():
            return f"The lines below {do}. {_blanks(body)}"
        case FindError():
            return f"The lines below should {do}. {_MISTAKE}"
        case Order():
            return f"The lines below {do}, but they are out of order. {_ordering(body)}"
    return ""


def _blanks(body: Fade) -> str:
    hidden = {line.hidden for line in body.lines} - {""}
    if hidden == {"reason"}:
        return "Say of every line why it follows from the one before it."
    if hidden == {"factor"}:
        return "Fill in the factors that are left out."
    number = sum(line.hidden == "line" for line in body.lines)
    return "Fill in the last line." if number == 1 else f"Fill in the last {number} lines."


def _ordering(body: Order) -> str:
    said = "Number them so that each line follows from what stands before it."
    chain = len(body.lines) * (len(body.lines) - 1) // 2
    if len(body.before) < chain:
        said += " Where neither of two lines needs the other, either may come first."
    return said


_ASKED: Mapping[type[Any], Callable[[Worked, Body, Notation], str]] = MappingProxyType(
    {Derive: _derive, Simplify: _simplify, Read: _read}
)
