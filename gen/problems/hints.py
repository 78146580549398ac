"""Hints: a ladder of four for every problem, read off its solution.

1. the shape the answer must have, and the kind of rule to begin with: most wrong answers fail on shape
2. which rule it is
3. where it acts
4. the next line
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from gen.derivation.record import Line, Reason, Step
from gen.language.index import Terms
from gen.language.node import Node
from gen.problems.dimension_words import shape_reason
from gen.problems.item import Body, Fade, FindError
from gen.problems.kind_words import kind_words
from gen.problems.task import Derive, Read, Simplify
from gen.problems.worked import Worked

RUNGS = 4


def hints_of(worked: Worked, body: Body) -> tuple[Reason, ...]:
    """The four hints of a problem: for the first key step that the student has to take."""
    step = _key_step(worked, body)
    if step is None or isinstance(worked.task, Read):
        return _IN_OTHER_WORDS[type(worked.task)](worked)
    shape = _shape(worked)
    rule: Reason = ("The rule: ", step.rule.law)
    told: Reason = (*rule, ". In words: ", step.rule.because, ".")
    match body:
        case FindError():
            number = worked.steps.index(step) + 2
            return (
                (*shape, f" The step to look at: {kind_words(step.rule)}."),
                told,
                _where_on(number - 1, step),
                (f"Line {number} should be ", *_line(step.after), "."),
            )
        case Fade() if body.lines[worked.steps.index(step) + 1].hidden == "reason":
            # The lines are printed: what is asked for is the last rung, the reason.
            return (
                (*shape, f" The first reason to look for: {kind_words(step.rule)}."),
                (*rule, "."),
                ("It acts on ", *_where(step), "."),
                ("The reason is: ", *step.because, "."),
            )
    return (
        (*shape, f" The next step: {kind_words(step.rule)}."),
        told,
        ("It acts on ", *_where(step), "."),
        ("The next line is ", *_line(step.after), "."),
    )


def _first_asked(body: Body) -> int:
    """The number of the first step that the student has to take or to mend."""
    if isinstance(body, FindError):
        return body.wrong - 1
    if isinstance(body, Fade):
        return next(k for k, line in enumerate(body.lines) if line.hidden) - 1
    return 0


def _key_step(worked: Worked, body: Body) -> Step | None:
    """The first key step that is asked for; of a wrong solution the step that went wrong."""
    later = worked.steps[_first_asked(body) :]
    if isinstance(body, FindError):
        return later[0]
    return next((step for step in later if step.rule.grain == "key"), later[0] if later else None)


def _shape(worked: Worked) -> Reason:
    shape = shape_reason(worked.answer.shape)
    if worked.derivation is None:
        return ("The answer has the free indices of what is given: its shape is ", *shape, ".")
    of = worked.derivation.problem.wrt
    if worked.derivation.problem.kind == "gradient":
        return ("The answer has the shape of ", of, ", ", *shape, ".")
    return ("The answer has the shape ", *shape, ".")


def _where(step: Step) -> Reason:
    """The place where a step acts first: a factor or a term of an index line, or a part of an expression."""
    line, path = step.before, step.path
    if isinstance(line, tuple) and path:
        term = line[path[0]]
        if len(path) > 1 and len(term.factors) > 1:
            return ("the factor ", _alone(line, path[0], path[1]))
        return ("the term ", (term,)) if len(line) > 1 else ("the whole line ", line)
    if isinstance(line, Node):
        for place in path:
            if place < len(line.args):
                line = line.args[place]
        return (line,)
    return ("the whole line ", line) if isinstance(line, tuple) else ("the table of all entries",)


def _where_on(number: int, step: Step) -> Reason:
    """The same where the lines are numbered."""
    where = _where(step)
    if step.path and where[0] != "the whole line ":
        return (f"It should act on line {number}, on ", *where, ".")
    return (f"It should act on the whole of line {number}.",)


def _alone(line: Terms, term: int, factor: int) -> Terms:
    whole = line[term]
    return (type(whole)(type(whole.coef)(1), (whole.factors[factor],)),)


def _line(line: Line) -> Reason:
    return (line,) if isinstance(line, Node | tuple) else ("the table of all entries",)


def _of_simplify(worked: Worked) -> tuple[Reason, ...]:
    return (
        (*_shape(worked), " The next step: deltas that end sums."),
        ("The rule: ", "Σ_j δ_jr A_j = A_r", ": a delta ends the sum over one of its indices."),
        ("Look for a delta one of whose indices is summed over: here there is none.",),
        ("Nothing is left to simplify.",),
    )


def _of_derive(worked: Worked) -> tuple[Reason, ...]:
    return (
        (*_shape(worked), " The next step: ask what depends on the variable."),
        ("The rule: ", "what does not contain the variable has derivative zero."),
        ("It acts on ", *_line(worked.given), "."),
        ("The answer is ", *_line(worked.answer.line or worked.given), "."),
    )


def _of_read(worked: Worked) -> tuple[Reason, ...]:
    """What is asked for is the shape or the indices: the first hint may say where they come from only."""
    asked = worked.task
    assert isinstance(asked, Read)
    if asked.what == "shape":
        return (
            ("Every derivative has the axes of what is differentiated, and then those of the variable.",),
            ("The rule: ", "shape ∂F/∂X = shape F × shape X", ". A number has no axes."),
            ("Find the shape of the function first, then that of the variable.",),
            ("To begin with: ", *worked.steps[min(1, len(worked.steps) - 1)].because, "."),
        )
    shape = shape_reason(worked.answer.shape)
    where, line = (worked.steps[0].before, worked.steps[0].after) if worked.steps else (worked.given,) * 2
    law = worked.steps[0].rule.law if worked.steps else "A_ik has the free indices i and k"
    return (
        ("What is given is ", *shape, ": it has a free index for every size that is not 1."),
        ("The rule: ", law, ". An index that is summed over is a dummy."),
        ("It acts on ", *_line(where), "."),
        ("The next line is ", *_line(line), "."),
    )


_IN_OTHER_WORDS: Mapping[type[Any], Callable[[Worked], tuple[Reason, ...]]] = MappingProxyType(
    {Derive: _of_derive, Simplify: _of_simplify, Read: _of_read}
)
