"""Pictures as TikZ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from gen.document.drawing import Drawing, Mark, Note, Rectangle, Wire
from gen.document.drawing_path import Point, curves, head
from gen.document.latex import Needed
from gen.document.render import tex_environment
from gen.document.tex import Tex

PACKAGES = (Needed("tikz"), Needed("graphicx"), Needed("xcolor"))
LIBRARIES: tuple[str, ...] = ()

# Which sides of a label are at its place, by the names TikZ has for them.
_SIDES: Mapping[str, tuple[str, ...]] = {
    "centre": (),
    "left": ("left",),
    "right": ("right",),
    "above": ("top",),
    "below": ("bottom",),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as its template takes it: extent in units, the unit as a length, a path a line."""

    unit: Tex
    width: Tex
    height: Tex
    lines: tuple[Tex, ...]


def drawing_tikz(drawing: Drawing) -> Tex:
    r"""The `tikzpicture`, no wider than the line it stands on.

    It needs PACKAGES, LIBRARIES, the definitions of the tokens and `\Fitted` of `macros.tex`.
    """
    lines = tuple(Tex(line) for line in _lines(drawing.marks))
    drawn = Drawn(Tex(f"{drawing.unit:g}mm"), _number(drawing.width), _number(drawing.height), lines)
    return Tex(tex_environment().get_template("notes/drawing.tex").render(drawn=drawn).strip())


def _lines(marks: tuple[Mark, ...]) -> Iterator[str]:
    """The marks in order; cells that follow one another share a path, which TeX draws faster."""
    for cells, run in groupby(marks, key=_is_cell):
        if cells:
            yield from _cells([mark for mark in run if isinstance(mark, Rectangle)])
            continue
        for mark in run:
            if isinstance(mark, Rectangle):
                yield from _rectangle(mark)
            elif isinstance(mark, Wire):
                yield from _wire(mark)
            else:
                yield _note(mark)


def _cells(run: list[Rectangle]) -> Iterator[str]:
    for ground in dict.fromkeys(mark.ground for mark in run):
        places = " ".join(_place(mark) for mark in run if mark.ground == ground)
        yield rf"\path[cell,fill={ground}] {places};"
    for mark in run:
        yield from _inside(mark)


def _rectangle(mark: Rectangle) -> Iterator[str]:
    options = [] if mark.ground == "none" else [f"fill={mark.ground}"]
    options += [f"draw={mark.ink}"] + ["thick mark"] * mark.thick
    options.append("round" if mark.round else "square")
    yield rf"\path[{','.join(options)}] {_place(mark)};"
    yield from _inside(mark)


def _place(mark: Rectangle) -> str:
    right, bottom = mark.left + mark.width, mark.top + mark.height
    return f"{_point((mark.left, mark.top))} rectangle {_point((right, bottom))}"


def _inside(mark: Rectangle) -> Iterator[str]:
    """The label of a rectangle."""
    if mark.label is not None:
        middle = (mark.left + mark.width / 2, mark.top + mark.height / 2)
        yield _note(Note(*middle, mark.label, mark.ink))


def _is_cell(mark: Mark) -> bool:
    """A filled cell among others: a gap tells it from its neighbours, not an edge."""
    return isinstance(mark, Rectangle) and mark.ground != "none" and not (mark.round or mark.thick)


def _wire(mark: Wire) -> Iterator[str]:
    options = [f"draw={mark.ink}"] + ["thick mark"] * mark.thick + ["dashed"] * mark.dashed
    path, before = _point(mark.points[0]), mark.points[-2]
    if mark.curved:
        for first, second, end in curves(mark.points):
            path += f" .. controls {_point(first)} and {_point(second)} .. {_point(end)}"
            before = second
    else:
        path += "".join(f" -- {_point(point)}" for point in mark.points[1:])
    yield rf"\path[{','.join(options)}] {path};"
    if mark.arrow:
        corners = " -- ".join(_point(point) for point in head(before, mark.points[-1]))
        yield rf"\path[fill={mark.ink}] {corners} -- cycle;"


def _note(mark: Note) -> str:
    """Text by the basic layer of TikZ: a node would take TeX four times as long."""
    side = "".join(f"{word}," for word in _SIDES[mark.side])
    font = r"\LabelFont" if mark.small else r"\SmallFont"
    at = rf"at=\pgfpointxy{{{_number(mark.x)}}}{{{_number(mark.y)}}}"
    return rf"\pgftext[{side}{at}]{{{font}\color{{{mark.ink}}}{mark.label.tex}}}"


def _point(point: Point) -> str:
    return f"({_number(point[0])},{_number(point[1])})"


def _number(value: float) -> Tex:
    shown = f"{value + 0.0:.3f}".rstrip("0").rstrip(".")
    return Tex("0" if shown == "-0" else shown)
