"""A small class whose sheets differ in text, length and links; and all that two PDFs are compared by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from gen.build.chunk import part_of
from gen.build.chunk_run import Piece, Setting
from gen.build.engine import by_name
from gen.build.environment import EPOCH
from gen.build.format_dump import dumped
from gen.build.jobs import Request
from gen.build.page_text import PageReader
from gen.build.process import Switch
from gen.document.blocks import Document, ProblemBlock, Space, Student
from gen.document.format import format_named
from gen.document.qr import code_block
from gen.document.render import render
from gen.document.tex import Tex
from gen.project.seat import Laid, Seat

# Tried in a box, found too long for the page, and set again.
TWICE = r"\par\vspace*{150mm}\Part{\pdfbookmark[2]{Again}{again-1}A part.\par\vspace*{80mm}}"
LINK = r"See \hyperlink{problem-1.1}{the first problem}."


def code_of(number: int) -> str:
    return f"AB{number:02}-X{number:03}"


def sheet(number: int, prompt: str = "") -> Document:
    """The sheet of student `number`: every third has room for three pages."""
    prompt = prompt or f"A question, {number}: $a_{number}$." + (TWICE if number % 2 == 0 else "")
    problems = (
        ProblemBlock(1, f"First (of {number})", Tex(prompt)),
        ProblemBlock(
            2, "Ä \\ second", Tex(LINK), space=Space("blank", 400) if number % 3 == 0 else Space("lines", 4)
        ),
    )
    return Document(
        title=f"Sheet {number} (ü)",
        problems=problems,
        author=f"Author {number}",
        student=Student(f"Name {number}", str(number)),
        code=code_block("s1", code_of(number)),
    )


@dataclass(frozen=True, slots=True)
class Sheets:
    """A recipe that any process can follow: the sheets above, of students whose ids are numbers.

    `prompts` are other questions, by ids.
    """

    prompts: tuple[tuple[str, str], ...] = ()
    content: str = ""

    def key(self) -> list[Any] | None:
        return [self.content] if self.content else None

    def layout(self) -> Callable[[Seat], Callable[[], Laid]]:
        return lambda seat: partial(self._laid, seat)

    def _laid(self, seat: Seat) -> Laid:
        shown = sheet(int(seat.id), dict(self.prompts).get(seat.id, ""))
        return Laid(shown, lambda known: f"<p>{known.name} of {seat.id}</p>", ((seat.id, "1", "", "x"),))


def seats(*numbers: int) -> tuple[Seat, ...]:
    return tuple(Seat(str(number), str(number), str(number), f"Name {number}") for number in numbers)


def request(number: int, engine: str, prompt: str = "") -> Request:
    chosen = by_name(engine)
    tex = render(sheet(number, prompt), format_named("worksheet"), chosen.plain_name)
    return Request(f"worksheet/{number}", tex, chosen, Path(f"worksheet/{number}.pdf"), code_of(number))


def piece(number: int, engine: str, prompt: str = "") -> Piece:
    asked = request(number, engine, prompt)
    part = part_of(asked.tex, asked.code)
    assert part is not None
    return Piece(asked, part)


def setting(engine: str, *, switch: Switch | None = None) -> Setting:
    chosen = by_name(engine)
    return Setting(chosen, lambda preamble: dumped(chosen, preamble), 120.0, switch or Switch(), EPOCH)


def described(data: bytes) -> dict[str, Any]:
    """All that a reader can tell of a PDF: drawing and text of each page, links, names, outline, title."""
    with pikepdf.open(BytesIO(data)) as document:
        places = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        names: dict[str, Any] = {}
        for name, view in pikepdf.NameTree(document.Root.Names.Dests).items():
            page, *rest = view.D
            names[str(name)] = (places[page.objgen], [str(x) for x in rest])
        return {
            "drawings": [drawing(page) for page in document.pages],
            "texts": [PageReader().read(page)[0] for page in document.pages],
            "links": [
                (str(link.A.D), [str(x) for x in link.Rect])
                for page in document.pages
                for link in page.get("/Annots", ())
            ],
            "names": names,
            "outline": outline(document.Root.Outlines),
            "title": (str(document.docinfo.Title), str(document.docinfo.Author), str(document.Root.Lang)),
            "catalog": sorted(document.Root.keys()),
            "opens": places[document.Root.OpenAction.D[0].objgen],
        }


def drawing(page: pikepdf.Page) -> str:
    """What a page draws: fonts by their true names, forms by what they draw; no marks, no black before it."""
    fonts = {str(name)[1:]: str(font.BaseFont)[8:] for name, font in page.obj.Resources.Font.items()}
    text = page.obj.Contents.read_bytes().decode("latin-1")
    forms: Any = page.obj.Resources.get("/XObject", {})
    drawn = {str(name)[1:]: form.read_bytes().decode("latin-1") for name, form in forms.items()}
    text = re.sub(r"/(\w+) Do\b", lambda found: drawn[found[1]], text)
    text = re.sub(r"/FreeIndex <<[^>]*>> DP\n?", "", text)
    text = re.sub(r"/(\w+) ([-\d.]+ Tf)", lambda found: f"/{fonts[found[1]]} {found[2]}", text)
    return re.sub(r"\A(?:0 g 0 G\n)+", "", text)


def outline(node: Any) -> list[tuple[str, str, list[Any]]]:
    """The titles and destinations of an outline, with what is below each."""
    found = []
    item = node.get("/First")
    while item is not None:
        found.append((str(item.Title), str(item.A.D), outline(item)))
        item = item.get("/Next")
    return found
