"""The formats: each one record, with the template it names and the view it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from gen.document.blocks import Document
from gen.document.latex import Needed
from gen.document.view import View, handout, notes, reference, slides, solutions, speaker_notes, worksheet
from gen.errors import input_error, nearest


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document.

    `template` is the file that sets it, `view` what it shows, `packages` its
    packages in the order they are loaded, `needs` the TeX files beyond those of
    every engine, and `fallback` the format to take where they are missing. `on_page` is
    the view of its page for screens where that is another one.
    """

    name: str
    title: str
    template: str
    view: Callable[[Document], View]
    packages: tuple[Needed, ...]
    needs: tuple[str, ...] = ()
    fallback: str | None = None
    on_page: Callable[[Document], View] | None = None


_MATHS = (Needed("amsmath"), Needed("bm"), Needed("graphicx"), Needed("array"))
_PAPER = (
    *_MATHS,
    Needed("xcolor"),
    Needed("microtype"),
    Needed("geometry"),
    Needed("fancyhdr"),
    Needed("lastpage"),
    Needed("enumitem"),
    Needed("hyperref", ("hidelinks", "unicode")),
)
_PLAIN = (
    *_MATHS,
    Needed("xcolor"),
    Needed("microtype"),
    Needed("geometry"),
    Needed("hyperref", ("hidelinks", "unicode")),
)
_BEAMER = (*_MATHS, Needed("microtype"))

FORMATS = (
    Format("worksheet", "Worksheet", "worksheet.tex", worksheet, _PAPER),
    Format("solutions", "Solutions", "solutions.tex", solutions, _PAPER),
    Format("slides", "Slides", "slides-beamer.tex", slides, _BEAMER, ("beamer.cls",), "slides-plain", notes),
    Format("slides-plain", "Slides", "slides-plain.tex", slides, _PLAIN, on_page=notes),
    Format("slides-handout", "Handout of the slides", "slides-plain.tex", handout, _PLAIN, on_page=notes),
    Format("slides-notes", "Speaker notes", "slides-notes.tex", speaker_notes, _PLAIN, on_page=notes),
    Format("notes", "Notes", "notes.tex", notes, _PAPER),
)

# Made of the program's own records; no sheet can ask for it.
REFERENCE = Format("reference", "Reference", "reference.tex", reference, _PAPER)


# Beside the formats: each document as a static page too.
PAGES = "html"


def format_named(name: str) -> Format:
    """The format called `name`; InputError naming the nearest one when there is none."""
    for known in FORMATS:
        if known.name == name:
            return known
    near = nearest(name, [known.name for known in FORMATS])
    raise input_error(
        "syntax", f"no format is called {name}", where="file", hint=f"did you mean {near}?" if near else None
    )


def suited(chosen: Format, available: Collection[str]) -> Format:
    """`chosen`, or the format it falls back to when a TeX file it needs is not in `available`."""
    while chosen.fallback is not None and not set(chosen.needs) <= set(available):
        chosen = format_named(chosen.fallback)
    return chosen
