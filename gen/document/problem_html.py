"""The parts of problems as HTML: blanks, answers to choose from, lines in TeX, pictures of matrices."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from gen.document.blocks import Cell, FlatteningBlock, Line, Part
from gen.document.page import environment
from gen.document.tex import Tex, Text
from gen.document.tex_html import blocks_html, displayed, inline_html
from gen.document.tex_mathml import is_wide, tex_mathml

Row = tuple[str, tuple[Cell, ...]]


def part_html(part: Part) -> Markup:
    """A part without its title."""
    module = _environment().get_template("web/problem.html").module
    return Markup(str(getattr(module, type(part).__name__)(part)).strip())


def hints_html(hints: tuple[Text, ...]) -> Markup:
    """Hints, each of which is shown when it is asked for."""
    made = Markup("\n").join(
        Markup("<li><details><summary>Hint {}</summary><p>{}</p></details></li>").format(n, inline_html(hint))
        for n, hint in enumerate(hints, start=1)
    )
    return Markup('<ul class="hints">\n{}\n</ul>').format(made)


def row_html(line: Line) -> Markup:
    """A line of a derivation: what is on the left, the sign between, and what follows."""
    right = line.marked or line.right
    if right.startswith(r"\BlankReason"):
        return inline_html(right)
    return tex_mathml(_row(line), large=True)


def _row(line: Line) -> str:
    # A line that goes on begins with its sign; at the beginning of a solution there may be none.
    return f"{line.left} {line.relation} {line.marked or line.right}".strip()


def _broad(line: Line) -> bool:
    return is_wide(_row(line))


def marks_of(marks: Text | int) -> str:
    """A number of marks in words."""
    return f"{marks} mark" if f"{marks}" == "1" else f"{marks} marks"


def _numbers(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(str(n) for n, _ in enumerate(cells, start=1))


def _numbered(rows: tuple[tuple[Cell, ...], ...]) -> tuple[Row, ...]:
    return tuple((str(n), row) for n, row in enumerate(rows, start=1))


def _flat_rows(block: FlatteningBlock) -> tuple[Row, ...]:
    return tuple(zip(block.row_labels, block.flat, strict=True))


def _sentence(text: Text) -> Markup:
    return inline_html(text)


FILTERS: MappingProxyType[str, Callable[..., object]] = MappingProxyType(
    {
        "tex": _sentence,
        "paragraphs": blocks_html,
        "displayed": displayed,
        "maths_of": lambda tex, large=False: tex_mathml(Tex(tex), large),
        "row": row_html,
        "broad": _broad,
        "marks": marks_of,
        "amount": len,
        "numbers": _numbers,
        "numbered": _numbered,
        "flat_rows": _flat_rows,
        "part": part_html,
        "hints": hints_html,
    }
)


@cache
def _environment() -> Environment:
    return environment(**FILTERS)
