"""What came of one document: its bytes, or what is wrong with it, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from gen.build.jobs import Result
from gen.build.marker import problem_at
from gen.errors import Report

LEAST_PT = 1.0  # what sticks out of the margin by less is not told


@dataclass(frozen=True, slots=True)
class Finished:
    """A document by its `name`, the path of its files without ending: one of `pdf` and `error` is set.

    `pages` is the number of its pages, 0 without a PDF; `warnings` are sentences. `tex` is its source where
    somebody may want it: it was asked for, or there is no PDF. `seconds` is the time it took, and `kept` says
    that TeX made it before, not now.
    """

    name: str
    pdf: bytes | None
    error: Report | None
    pages: int = 0
    warnings: tuple[str, ...] = ()
    tex: str = ""
    seconds: float = 0.0
    kept: bool = False

    @property
    def file(self) -> str:
        """The path of the PDF below the folder of the sheet."""
        return f"{self.name}.pdf"


def finished(result: Result, *, keep_tex: bool) -> Finished:
    """What came of a request."""
    request = result.request
    if result.typeset is None:
        error = None if result.error is None else result.error.report
        return Finished(request.name, None, error, tex=request.tex, seconds=result.seconds)
    return Finished(
        request.name,
        result.typeset.pdf,
        None,
        result.typeset.pages,
        wide(result),
        request.tex if keep_tex else "",
        result.seconds,
        result.typeset.kept,
    )


def wide(result: Result) -> tuple[str, ...]:
    """What sticks out of the margin by more than a point, with its problem: most often a wide formula."""
    if result.typeset is None:
        return ()
    boxes = [box for box in result.typeset.log.overfull if box.pt > LEAST_PT and box.line is not None]
    found: dict[str | None, float] = {}
    for box in boxes:
        place = problem_at(result.request.tex, box.line or 0)
        found[place] = max(box.pt, found.get(place, 0.0))
    where = {place: f"problem {place}" if place else "a line" for place in found}
    return tuple(f"{where[place]} runs {pt:.0f} pt over the margin" for place, pt in found.items())


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` documents are finished, this one last."""

    done: int
    total: int
    finished: Finished
