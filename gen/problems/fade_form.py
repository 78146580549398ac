"""The form `fade`: a worked solution of which the last lines, the reasons or single factors are left out.

Worked solutions that fade from the end backwards, and that fade more from problem to problem,
teach better than problems alone: Renkl, Atkinson, Maier and Staley, From example study to problem
solving: smooth transitions help learning, J. Experimental Education 70 (2002).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gen.derivation.record import Path, Step
from gen.problems.form import Form, Options
from gen.problems.item import Fade, FadedLine, Hidden
from gen.problems.pick import Pick
from gen.problems.worked import Worked


def _fade(worked: Worked, options: Options, pick: Pick) -> Fade | None:
    steps = worked.steps
    if options.fade == "reasons":
        hidden = [_without(step, "reason") for step in steps]
    elif options.fade == "factors":
        hidden = [_without(step, "factor", _factor(step, pick)) for step in steps]
        hidden = _not_told(hidden)
    else:
        shown = max(0, len(steps) - options.fade)
        hidden = [_without(step, "line" if k >= shown else "") for k, step in enumerate(steps)]
    if not any(line.hidden for line in hidden):
        return None
    return Fade((FadedLine(worked.given, ()), *hidden))


def _without(step: Step, hidden: Hidden, places: tuple[Path, ...] = ()) -> FadedLine:
    """The line that a step ends with, with something left out of it."""
    if hidden == "factor" and not places:
        hidden = ""
    return FadedLine(step.after, step.because, hidden, places, (step.rule.because,))


def _factor(step: Step, pick: Pick) -> tuple[Path, ...]:
    """One of the factors that a key step has changed, where it stands beside others."""
    if step.rule.grain != "key" or not isinstance(step.after, tuple):
        return ()
    places = [p for p in step.marks if len(p) == 2 and len(step.after[p[0]].factors) > 1]
    return (pick(*places),) if places else ()


def _not_told(lines: list[FadedLine]) -> list[FadedLine]:
    """A reason that follows a blank often names what stood in it: there the rule is named in general."""
    return [
        replace(line, reason=line.cue) if before.hidden and not line.hidden else line
        for before, line in zip((FadedLine((), ()), *lines), lines, strict=False)
    ]


FADE = Form(
    "fade",
    "Worked solution with blanks",
    "a worked solution is completed",
    Fraction(1, 2),
    lambda worked: len(worked.steps) > 1,
    _fade,
)
