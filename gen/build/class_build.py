"""The documents of a class: a worksheet and solutions for each student, the key, one file for the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gen.build.class_jobs import make_class
from gen.build.documents import Built, linked, needs_of, rendered, told
from gen.build.engine import choose
from gen.build.jobs import Progress, Request, Result, make
from gen.build.lettering import Lettering, lettering
from gen.build.lock import hold
from gen.build.manifest import (
    Failed,
    Made,
    Manifest,
    engine_of,
    made,
    standing,
    write_manifest,
    write_timings,
)
from gen.build.merge import merged, thumbnails
from gen.build.needs import Needs
from gen.build.output import clear_parts, discard, prepare, write
from gen.build.pages import Page, write_page
from gen.build.pdf import count_pages
from gen.document.blocks import Document
from gen.document.format import Format, suited
from gen.errors import BuildError, build_error

ANSWERS, PRINT, PREVIEW = "answers.csv", "print.pdf", "preview.pdf"
WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True)
class Sitter:
    """One student: the name of the files, the document, and what makes its pages.

    `file` is empty for a class without a roster.
    """

    file: str
    document: Document
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class ClassOrder:
    """What to make. `answers` is the text of the key, None where it stays as it is.

    `whole` says that `sitters` are all students: what an earlier build made for others goes. `others`
    are formats that are not made now, whose files stay. `pages` are the formats of which there are pages.
    """

    sheet: str
    seed: int | None
    sitters: Sequence[Sitter]
    formats: tuple[Format, ...]
    others: tuple[str, ...] = ()
    answers: str | None = None
    whole: bool = True
    merge: bool = False
    keep_tex: bool = False
    pages: tuple[Format, ...] = ()


def build_class(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Built:
    """Make `output/<sheet>/<format>/<id>.pdf` for all students, with the key and the manifest.

    Without a roster the files are `<format>.pdf`. A document that cannot be typeset stops no other; its
    `.tex` is kept. Raises InputError, BuildError and HeldError as `build`.
    """
    chosen = choose(_needs(order), engine) if order.formats else None
    folder = output / order.sheet
    requests = [] if chosen is None else _requests(order, lettering(chosen, engine, _needs(order)), folder)
    prepare(folder)
    with hold(folder):
        clear_parts(folder, [known.name for known in (*order.formats, *order.pages)])
        files = [old for old in standing(folder) if _stays(old, order)]
        failed: list[Failed] = []
        errors: list[BuildError] = []
        seconds: dict[str, float] = {}
        sheets: dict[str, bytes] = {}
        students = {f"{known.name}/{s.file}": s.file for known in order.formats for s in order.sitters}
        for result in make_class(requests, jobs=jobs, progress=progress):
            student = students.get(result.request.name) or None
            files += _written(result, folder, student, keep_tex=order.keep_tex or student is None)
            seconds[result.request.name] = result.seconds
            if result.error is not None:
                path = result.request.path.relative_to(folder).as_posix()
                failed.append(Failed(path, result.error.report.message, student))
                errors.append(result.error)
            elif order.merge and result.typeset is not None and result.request.path.parent.name == WORKSHEET:
                sheets[result.request.name] = result.typeset.pdf
        for known in order.pages:
            for sitter in order.sitters:
                if sitter.page is not None:
                    name, student = _name(known, sitter), sitter.file or None
                    files.append(write_page(folder, name, sitter.page, known, student))
        if order.answers is not None:
            files.append(_put(folder, ANSWERS, order.answers.encode("utf-8")))
        if order.merge and not failed and sheets:
            whole = merged([sheets[request.name] for request in requests if request.name in sheets])
            files.append(_put(folder, PRINT, whole, count_pages(whole)))
        elif order.merge:
            discard(folder / PRINT)
        engine_name = chosen.name if chosen is not None else engine_of(folder)
        manifest = Manifest(order.sheet, order.seed, engine_name, tuple(files), tuple(failed))
        write_manifest(folder, manifest)
        write_timings(folder, seconds)
    return Built(folder, manifest, told(errors, len(requests)))


def build_preview(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Path, tuple[int, ...]]:
    """Write the first pages of the worksheets on one page, `preview.pdf`; its path and the pages of each.

    Nothing else is written. Raises as `build_class`, and BuildError for a worksheet that cannot be made.
    """
    chosen = choose(_needs(order), engine)
    folder = output / order.sheet
    requests = _requests(order, lettering(chosen, engine, _needs(order)), folder)
    prepare(folder)
    with hold(folder):
        pages: list[int] = []
        firsts: list[bytes] = []
        for result in make(requests, jobs=jobs, progress=progress):
            if result.error is not None:
                raise result.error
            if result.typeset is not None:
                firsts.append(result.typeset.pdf)
                pages.append(result.typeset.pages)
        if not firsts:
            raise build_error(f"{order.sheet}: there is no worksheet to preview")
        write(folder / PREVIEW, thumbnails(firsts))
    return folder / PREVIEW, tuple(pages)


def _needs(order: ClassOrder) -> Needs:
    """What all documents need together, each in the plainest form it falls back to."""
    plain = [needs_of(suited(known, ()), s.document) for known in order.formats for s in order.sitters]
    names = dict.fromkeys(name for needs in plain for name in needs.packages)
    libraries = dict.fromkeys(name for needs in plain for name in needs.libraries)
    return Needs(plain[0].documentclass, tuple(names), tuple(libraries))


def _requests(order: ClassOrder, letters: Lettering, folder: Path) -> list[Request]:
    requests: list[Request] = []
    for known in order.formats:
        for sitter in order.sitters:
            name = _name(known, sitter)
            shown = sitter.document
            if known in order.pages:
                shown = linked(shown, f"{name.rsplit('/', 1)[-1]}.html")
            tex, engine = letters.set_by(partial(rendered, shown, known))
            code = sitter.document.code.text if sitter.file and sitter.document.code is not None else ""
            requests.append(Request(name, tex, engine, folder / f"{name}.pdf", code))
    return requests


def _name(known: Format, sitter: Sitter) -> str:
    """The path of a student's files without their ending."""
    return f"{known.name}/{sitter.file}" if sitter.file else known.name


def _stays(old: Made, order: ClassOrder) -> bool:
    """Whether a file of the last build is none of what this one makes anew."""
    first = old.path.split("/")[0].rsplit(".", 1)[0]
    if first in order.others:
        return True
    mine = {sitter.file for sitter in order.sitters}
    if not order.formats and not old.path.endswith(".html"):
        # Pages alone leave the PDFs of the same students.
        made_anew = old.path == ANSWERS and order.answers is not None
        return not made_anew and (not order.whole or old.student is None or old.student in mine)
    # What is made for one student leaves the files of all others alone.
    return not order.whole and old.student not in mine


def _written(result: Result, folder: Path, student: str | None, *, keep_tex: bool) -> list[Made]:
    """Write the PDF, and the text where it is to be kept or where there is no PDF."""
    path = result.request.path
    files: list[Made] = []
    source = path.with_suffix(".tex")
    if keep_tex or result.typeset is None:
        text = result.request.tex.encode("utf-8")
        write(source, text)
        files.append(made(source.relative_to(folder).as_posix(), text, student=student))
    if result.typeset is None:
        discard(path)
        return files
    write(path, result.typeset.pdf)
    name = path.relative_to(folder).as_posix()
    return [*files, made(name, result.typeset.pdf, pages=result.typeset.pages, student=student)]


def _put(folder: Path, name: str, data: bytes, pages: int | None = None) -> Made:
    write(folder / name, data)
    return made(name, data, pages=pages)
