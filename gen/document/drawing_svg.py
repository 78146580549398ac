"""Pictures as SVG inside a page, coloured by the variables of that page.

The classes are those of `templates/site/drawing.css`, which the page must include.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from gen.document.drawing import Drawing, Label, Mark, Note, Rectangle, Wire
from gen.document.drawing_labels import POINT, points
from gen.document.drawing_path import Point, curves, head
from gen.document.page import environment, script_pieces
from gen.document.tokens import figure_scale

_ANCHORS = {"centre": "middle", "left": "start", "right": "end", "above": "middle", "below": "middle"}
# How far below its place a label has its base line, in its own size.
_DROPS = {"centre": 0.32, "left": 0.32, "right": 0.32, "above": 0.8, "below": -0.25}
_SCRIPT_SIZE, _BELOW, _ABOVE = 0.72, 0.22, -0.36
_CORNER = {False: 0.05, True: 0.25}  # in units
# Letters that stand for something; words of several letters are names of functions and stand upright.
# A d before one such letter is the sign of a derivative, which is upright.
_SIGN = r"d(?=[A-Za-zα-ωΑ-Ω](?![A-Za-z])|[\U0001D468-\U0001D76F])"
_VARIABLE = re.compile(rf"(?:(?<![A-Za-z])(?!{_SIGN})|(?<=(?<![A-Za-z])d))[A-Za-zα-ωΑ-Ω](?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Shape:
    """One element: `kind` says which, the others are its attributes; `text` is marked."""

    kind: str
    style: str
    path: str = ""
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    corner: str = ""
    size: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as its template takes it, in pixels."""

    name: str
    words: str
    width: str
    height: str
    shapes: tuple[Shape, ...]


def drawing_svg(drawing: Drawing, anchor: str) -> Markup:
    """The `svg` element; `anchor` is unique in the page and begins the ids of its title and words."""
    pixels = drawing.unit * figure_scale()
    shapes = tuple(shape for mark in drawing.marks for shape in _shapes(mark, pixels))
    width, height = _number(drawing.width * pixels), _number(drawing.height * pixels)
    drawn = Drawn(drawing.name, drawing.words, width, height, shapes)
    return Markup(_environment().get_template("site/drawing.svg").render(drawn=drawn, anchor=anchor).strip())


def _shapes(mark: Mark, pixels: float) -> Iterator[Shape]:
    if isinstance(mark, Rectangle):
        yield from _rectangle(mark, pixels)
    elif isinstance(mark, Wire):
        yield from _wire(mark, pixels)
    else:
        yield _text(mark, pixels)


def _rectangle(mark: Rectangle, pixels: float) -> Iterator[Shape]:
    cell = mark.ground != "none" and not (mark.round or mark.thick)
    style = ["edge-cell" if cell else f"edge-{mark.ink}"]
    style += [] if mark.ground == "none" else [f"on-{mark.ground}"]
    style += ["heavy"] * mark.thick
    sides = (_number(side * pixels) for side in (mark.left, mark.top, mark.width, mark.height))
    x, y, width, height = sides
    corner = _number(0 if cell else _CORNER[mark.round] * pixels)
    yield Shape("rectangle", " ".join(style), x=x, y=y, width=width, height=height, corner=corner)
    if mark.label is not None:
        middle = mark.left + mark.width / 2, mark.top + mark.height / 2
        yield _text(Note(*middle, mark.label, mark.ink), pixels)


def _wire(mark: Wire, pixels: float) -> Iterator[Shape]:
    style = [f"edge-{mark.ink}"] + ["heavy"] * mark.thick + ["broken"] * mark.dashed
    path, before = "M" + _point(mark.points[0], pixels), mark.points[-2]
    if mark.curved:
        for first, second, end in curves(mark.points):
            path += " C" + " ".join(_point(point, pixels) for point in (first, second, end))
            before = second
    else:
        path += "".join(" L" + _point(point, pixels) for point in mark.points[1:])
    yield Shape("path", " ".join(style), path=path)
    if mark.arrow:
        corners = " L".join(_point(point, pixels) for point in head(before, mark.points[-1]))
        yield Shape("path", f"edge-{mark.ink} in-{mark.ink}", path=f"M{corners} Z")


def _text(mark: Note, pixels: float) -> Shape:
    size = points(mark.small) * POINT * figure_scale()
    y = mark.y * pixels + _DROPS[mark.side] * size
    style = f"in-{mark.ink} {_ANCHORS[mark.side]}"
    text = _spans(mark.label, size)
    return Shape("text", style, x=_number(mark.x * pixels), y=_number(y), size=_number(size), text=text)


def _spans(label: Label, size: float) -> Markup:
    """The label with its scripts; letters of a formula are slanted, words are not."""
    formula = label.tex.startswith("$")
    out, moved = Markup(""), 0.0
    for text, place in script_pieces(label.seen):
        wanted = {"on": 0.0, "below": _BELOW, "above": _ABOVE}[place] * size
        inside = _slanted(text, place != "on") if formula else Markup.escape(text)
        shift = Markup(' dy="{}"').format(_number(wanted - moved)) if wanted != moved else Markup("")
        small = "" if place == "on" else Markup(' font-size="{}"').format(_number(_SCRIPT_SIZE * size))
        if shift or small:
            inside = Markup("<tspan{}{}>{}</tspan>").format(shift, small, inside)
        out, moved = out + inside, wanted
    return out


def _slanted(text: str, script: bool) -> Markup:
    """Each letter that is a name slanted; in an index every letter is one."""
    pattern = re.compile(r"[A-Za-z]+") if script else _VARIABLE
    out, at = Markup(""), 0
    for found in pattern.finditer(text):
        out += Markup.escape(text[at : found.start()])
        out += Markup('<tspan class="variable">{}</tspan>').format(found[0])
        at = found.end()
    return out + Markup.escape(text[at:])


def _point(point: Point, pixels: float) -> str:
    return f"{_number(point[0] * pixels)} {_number(point[1] * pixels)}"


def _number(value: float) -> str:
    shown = f"{value + 0.0:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


@cache
def _environment() -> Environment:
    return environment("en")
