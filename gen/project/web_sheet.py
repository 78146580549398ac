"""A sheet for screens: its problems and its conventions."""

from __future__ import annotations

from collections.abc import Callable

from gen.document.blocks import Document
from gen.document.format import Format
from gen.document.formula import phrase
from gen.document.lesson import prompt_said, title_said
from gen.document.pen import Pen
from gen.document.sheet_html import WebProblem, WebSheet, sheet_page
from gen.document.web_asked import language_of, web_asked, web_hints
from gen.document.web_lesson import web_lesson
from gen.document.web_page import web_symbols
from gen.document.web_solved import web_scheme, web_solved
from gen.problems.item import Item
from gen.project.assemble import Written, levels_of, numbered, numbers_of_generated, pen_of, structures_of
from gen.project.notation import stated
from gen.project.sheet import Sheet
from gen.project.version import Version
from gen.project.written import WrittenProblem


def pages(shown: Document, sheet: Sheet, shared: Written, version: Version | None) -> Callable[[Format], str]:
    """What makes the page of a document in a format; see `sheet_page`."""
    web = web_sheet(sheet, shared, version)
    return lambda chosen: sheet_page(shown, chosen, web)


def web_sheet(sheet: Sheet, shared: Written, version: Version | None = None) -> WebSheet:
    """The written problems, those of one version if there is one, and how the sheet writes derivatives."""
    pen = pen_of(sheet)
    items = () if version is None else version.items
    said = stated(sheet.notation, pen.words, structures_of(shared.derived, items))
    problems = {**_written(sheet, shared, pen), **_generated(sheet, items, pen)}
    return WebSheet(problems, tuple(phrase(sentence, pen) for sentence in said))


def _written(sheet: Sheet, shared: Written, pen: Pen) -> dict[int, WebProblem]:
    prompts = {
        number: problem.prompt for number, problem in numbered(sheet) if isinstance(problem, WrittenProblem)
    }
    out: dict[int, WebProblem] = {}
    for number, found in shared.by_number:
        parts = web_lesson(shared.blocks[number].parts, found, "full", f"problem-{number}", pen)
        symbols = web_symbols(found[0], frozenset({found[0].problem.wrt.name}), pen)
        out[number] = WebProblem(
            parts=parts,
            symbols=symbols,
            title=phrase(title_said(found[0], pen.words), pen),
            prompt=() if prompts[number] else phrase(prompt_said(found[0], pen.words), pen),
        )
    return out


def _generated(sheet: Sheet, items: tuple[Item, ...], pen: Pen) -> dict[int, WebProblem]:
    out: dict[int, WebProblem] = {}
    for number, level, item in zip(numbers_of_generated(sheet), levels_of(sheet), items, strict=False):
        solved = () if level == "none" else web_solved(item, level, f"problem-{number}", pen)
        out[number] = WebProblem(
            web_asked(item, pen),
            web_hints(item, pen),
            solved,
            web_scheme(item, pen),
            language=language_of(item, pen),
        )
    return out
