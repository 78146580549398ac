"""Sample pages for `make accessibility`: `python -m tests.accessibility DIR` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gen.derivation.derive import derive_all
from gen.document.format import format_named
from gen.document.note_html import site
from gen.document.page import page
from gen.document.reference import OPENING, reference_document
from gen.document.sheet_html import sheet_page
from gen.document.web_page import to_html
from gen.project.assemble import assemble
from gen.project.chapters import read_notes_chapters, whole_notes
from gen.project.course import course, is_dealt, versions
from gen.project.notes_file import read_notes
from gen.project.sheet import read_sheet
from gen.project.web_sheet import web_sheet
from tests.notes_projects import CHAPTERS, notes_of

EXAMPLES = Path(__file__).parent.parent / "examples"
SHEETS = ("linear-layer", "exam", "linear-algebra-revision")

# Every method, several variables, folded steps, long lines, tables, structures, second derivatives.
SAMPLES: dict[str, tuple[str, tuple[str, ...], dict[str, object], int]] = {
    "product": ("W*X", ("W",), {}, 1),
    "two-variables": ("normF(W*X - Y)^2/2", ("W", "X"), {}, 1),
    "norms": ("norm2(A*x-b)^2 + c*norm2(x)^2", ("x", "A"), {"c": "scalar"}, 1),
    "determinant": ("logdet(X)-tr(X'*A*X)/2", ("X",), {}, 1),
    "softmax": ("softmax(A*x)", ("x",), {}, 1),
    "symmetric": ("x'*S*x", ("S",), {"S": "n x n symmetric"}, 1),
    "kronecker": ("X./Y + kron(diag(x), Z)", ("X",), {}, 1),
    "abstract": ("sum(f(A*x))", ("x",), {"f": "elementwise"}, 1),
    "second": ("logsumexp(A*x)", ("x",), {}, 2),
    "zero": ("W*X", ("B",), {"B": "m x n"}, 1),
}


def sample_page(name: str) -> str:
    """The page of a sample, by every method there is for it."""
    expr, variables, symbols, order = SAMPLES[name]
    return to_html(*derive_all(expr, variables, ("all",), symbols=symbols or None, order=order))


def main(folder: Path) -> None:
    """Write all pages, that of the reference, those of the book, of every kind of block, and of sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SAMPLES:
        (folder / f"{name}.html").write_text(sample_page(name), encoding="utf-8")
    (folder / "reference.html").write_text(page(reference_document(), OPENING), encoding="utf-8")
    book = whole_notes(read_notes_chapters(read_notes(EXAMPLES / "matrix-calculus" / "notes.toml")))
    kinds = folder / "kinds"
    kinds.mkdir(exist_ok=True)
    every = notes_of(kinds, *CHAPTERS, more='raw = ["html"]\n')
    for name, notes in (("book", book), ("kinds", every)):
        pages = folder / name
        pages.mkdir(exist_ok=True)
        for path, text in site(notes):
            (pages / path).write_text(text, encoding="utf-8")
    for name in SHEETS:
        for path, text in sheet_pages(EXAMPLES / name / "sheet.toml"):
            (folder / f"{name}-{path}").write_text(text, encoding="utf-8")


def sheet_pages(file: Path) -> Iterator[tuple[str, str]]:
    """The pages of a sheet, or of one version of it."""
    sheet = read_sheet(file)
    found = course(sheet, file, None)
    version = next(versions(found)) if is_dealt(sheet, None) else None
    shown = assemble(sheet, version, found.shared)
    webs = web_sheet(sheet, found.shared, version)
    for name in sheet.documents:
        yield f"{name}.html", sheet_page(shown, format_named(name), webs)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
