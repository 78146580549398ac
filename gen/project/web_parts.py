"""The problems of a sheet for screens, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from gen.document.sheet_html import WebProblem
from gen.document.web_items import language_of, web_asked, web_hints, web_scheme, web_solved
from gen.document.web_lesson import web_lesson
from gen.document.web_page import web_symbols
from gen.project.assemble import Written, levels_of, numbers_of_generated, pen_of
from gen.project.sheet import Sheet
from gen.project.version import Version


def web_parts(sheet: Sheet, shared: Written, version: Version | None = None) -> Mapping[int, WebProblem]:
    """The written problems, and those of one version if there is one."""
    pen = pen_of(sheet)
    out: dict[int, WebProblem] = {}
    for number, found in shared.by_number:
        parts = web_lesson(shared.blocks[number].parts, found, "full", f"problem-{number}", pen)
        symbols = web_symbols(found[0], frozenset({found[0].problem.wrt.name}), pen)
        out[number] = WebProblem(parts=parts, symbols=symbols)
    items = () if version is None else version.items
    numbered = zip(numbers_of_generated(sheet), levels_of(sheet), items, strict=version is not None)
    for number, level, item in numbered:
        solved = () if level == "none" else web_solved(item, level, f"problem-{number}", pen)
        out[number] = WebProblem(
            web_asked(item, pen),
            web_hints(item, pen),
            solved,
            web_scheme(item, pen),
            language=language_of(item, pen),
        )
    return out
