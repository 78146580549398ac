"""Pictures as TikZ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gen.document.drawing import Drawing, Mark, Note, Rectangle, Wire
from gen.document.drawing_path import Point, curves, head
from gen.document.latex import Needed
from gen.document.render import tex_environment
from gen.document.tex import Tex

PACKAGES = (Needed("tikz"), Needed("graphicx"), Needed("xcolor"))
LIBRARIES: tuple[str, ...] = ()

# Which side of a label is at its place, by the name TikZ has for it.
_ANCHORS = {"centre": "center", "left": "west", "right": "east", "above": "north", "below": "south"}


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
    lines = tuple(Tex(line) for mark in drawing.marks for line in _lines(mark))
    drawn = Drawn(Tex(f"{drawing.unit:g}mm"), _number(drawing.width), _number(drawing.height), lines)
    return Tex(tex_environment().get_template("notes/drawing.tex").render(drawn=drawn).strip())


def _lines(mark: Mark) -> Iterator[str]:
    if isinstance(mark, Rectangle):
        yield from _rectangle(mark)
    elif isinstance(mark, Wire):
        yield from _wire(mark)
    else:
        yield _note(mark)


def _rectangle(mark: Rectangle) -> Iterator[str]:
    right, bottom = mark.left + mark.width, mark.top + mark.height
    options = [] if mark.ground == "none" else [f"fill={mark.ground}"]
    options.append("cell" if _is_cell(mark) else f"draw={mark.ink}")
    if mark.thick:
        options.append("thick mark")
    options.append(r"rounded corners=2\Corner" if mark.round else r"rounded corners=\Corner")
    if _is_cell(mark):
        options.pop()
    place = f"{_point((mark.left, mark.top))} rectangle {_point((right, bottom))}"
    yield rf"\path[{','.join(options)}] {place};"
    if mark.label is not None:
        middle = ((mark.left + right) / 2, (mark.top + bottom) / 2)
        yield rf"\node[text={mark.ink}] at {_point(middle)} {{{mark.label.tex}}};"


def _is_cell(mark: Rectangle) -> bool:
    """A filled cell among others: a gap tells it from its neighbours, not an edge."""
    return mark.ground != "none" and not (mark.round or mark.thick)


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
    size = "label," if mark.small else ""
    options = f"{size}text={mark.ink},anchor={_ANCHORS[mark.side]}"
    return rf"\node[{options}] at {_point((mark.x, mark.y))} {{{mark.label.tex}}};"


def _point(point: Point) -> str:
    return f"({_number(point[0])},{_number(point[1])})"


def _number(value: float) -> Tex:
    shown = f"{value + 0.0:.3f}".rstrip("0").rstrip(".")
    return Tex("0" if shown == "-0" else shown)
