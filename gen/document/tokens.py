"""Colours, sizes and spaces: read from the one token file, written as TeX definitions and as CSS.

A medium is `paper` or `slides`; both share the colours and the names, so that one
set of macros serves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from gen.document.latex import command
from gen.document.tex import Tex
from gen.document.theme import USUAL, themed

Medium = Literal["paper", "slides"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one medium, as (name, value) pairs in the order of the file."""

    medium: Medium
    colours: tuple[tuple[str, str], ...]
    lengths: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, float, float], ...]
    ratios: tuple[tuple[str, float], ...]

    def ratio(self, name: str) -> float:
        """The plain number called `name`; KeyError when there is none."""
        return dict(self.ratios)[name]


@cache
def tokens(medium: Medium, theme: str = USUAL) -> Tokens:
    """The tokens of `medium` under a theme. Raises InputError as `themed`."""
    data = themed(theme)
    table = data[medium]
    return Tokens(
        medium,
        tuple(data["colour"].items()),
        tuple(table["length"].items()),
        tuple((name, size, leading) for name, (size, leading) in table["type"].items()),
        tuple(table["ratio"].items()),
    )


@cache
def definitions(chosen: Tokens) -> Tex:
    r"""The preamble that makes the tokens known to TeX.

    `line_indent` becomes the length `\LineIndent`, type `reason` the command
    `\ReasonFont`, ratio `row_stretch` the number `\RowStretch`. `\ColourNames` and `\FontSizes` list what
    is set quickly (`quick-colours.tex`, `quick-fonts.tex`).
    """
    lines = [command("definecolor", name, "HTML", value) for name, value in chosen.colours]
    lines.append(command("newcommand", r"\ColourNames", ",".join(name for name, _ in chosen.colours)))
    for name, value in chosen.lengths:
        lines += [command("newlength", "\\" + macro(name)), command("setlength", "\\" + macro(name), value)]
    for name, size, leading in chosen.types:
        font = command("fontsize", f"{size}pt", f"{leading}pt") + r"\selectfont"
        lines.append(command("newcommand", f"\\{macro(name)}Font", font))
    fonts = "".join(f"\\{macro(name)}Font" for name, _, _ in chosen.types)
    lines.append(command("newcommand", r"\FontSizes", fonts))
    lines += [command("newcommand", "\\" + macro(name), f"{value}") for name, value in chosen.ratios]
    return Tex("\n".join(lines))


def style(theme: str = USUAL) -> str:
    """The tokens of pages for screens as CSS: light colours, and dark ones where those are preferred."""
    web = themed(theme)["web"]
    sizes = "".join(f"--size-{name}:{value};" for name, value in web["size"].items())
    light, dark = ("".join(f"--{n}:#{v};" for n, v in web[room].items()) for room in ("light", "dark"))
    preferred = "@media (prefers-color-scheme:dark)"
    return f":root{{color-scheme:light dark;{sizes}{light}}}\n{preferred}{{:root{{{dark}}}}}"


@cache
def figure_scale() -> float:
    """How many pixels of a screen stand for a millimetre of a picture on paper."""
    return float(themed()["web"]["figure"]["scale"])


def macro(name: str) -> str:
    """`line_indent` as a TeX name: `LineIndent`."""
    return "".join(word.capitalize() for word in name.split("_"))
