"""A sheet's documents from blocks to files: choose the engine, typeset side by side, write what was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gen.build.engine import Engine, choose
from gen.build.environment import EPOCH
from gen.build.finished import Step, finished
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
from gen.build.needs import Needs
from gen.build.output import OpenElsewhereError, clear_parts, discard, prepared, write
from gen.build.pages import Page, write_page
from gen.build.store import Store
from gen.document.blocks import Document
from gen.document.format import Format, suited
from gen.document.latex import Needed
from gen.document.parts import libraries_of, packages_of
from gen.document.render import FONTS, render
from gen.document.writing import Writing
from gen.errors import BuildError, Report

NOTHING = Document(title="", problems=())


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: the id of the sheet names the folder; each format gives `<name>.tex` and `<name>.pdf`.

    `others` are formats of the sheet that are not made now: what an earlier build made of them stays.
    `pages` are the formats of which `page` makes a page, with a PDF or without one. `epoch` is the date that
    PDFs carry.
    """

    sheet: str
    seed: int | None
    document: Document
    formats: tuple[Format, ...]
    others: tuple[str, ...] = ()
    pages: tuple[Format, ...] = ()
    page: Page | None = None
    epoch: int = EPOCH


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it; `failure` is the first error, for the one line that tells of it."""

    folder: Path
    manifest: Manifest
    failure: BuildError | None


def needs_of(chosen: Format, document: Document = NOTHING) -> Needs:
    """What a document in a format needs of any TeX installation."""
    fonts = next((known.packages for known in FONTS if known.engine == "pdflatex"), ())
    packages: tuple[Needed, ...] = (*fonts, *chosen.packages, *packages_of(document))
    documentclass = "beamer" if "beamer.cls" in chosen.needs else "article"
    return Needs(documentclass, tuple(dict.fromkeys(p.name for p in packages)), libraries_of(document))


def build(
    order: Order,
    output: Path,
    *,
    engine: str | None = None,
    jobs: int | None = None,
    progress: Callable[[Step], None] | None = None,
    store: Store | None = None,
) -> Built:
    """Make the documents of `order` in `output/<sheet>`, with `manifest.json` and `timings.json`.

    Everything is rendered before the first file is written. A document that cannot be typeset
    stops no other; its `.tex` is kept. `store` has what was typeset before. Raises InputError for an
    engine that does not exist, BuildError when no engine can do it or the folder cannot be written,
    HeldError when another build has it.
    """
    chosen = choose(_least_needs(order), engine) if order.formats else None
    folder = output / order.sheet
    requests: list[Request] = []
    if chosen is not None:
        requests = _requests(order, lettering(chosen, engine, _least_needs(order)), folder)
    with prepared(folder), hold(folder):
        clear_parts(folder)
        files = [old for old in standing(folder) if stays(Path(old.path), order.others, order.formats)]
        failed: list[Failed] = []
        errors: list[BuildError] = []
        seconds: dict[str, float] = {}
        told_now, fresh = partial(_tell, progress), False
        for result in make(requests, jobs=jobs, progress=told_now, epoch=order.epoch, store=store):
            written, error = _written(result)
            fresh = fresh or (result.typeset is not None and not result.typeset.kept)
            files += written
            seconds[result.request.name] = result.seconds
            if error is not None:
                failed.append(Failed(result.request.path.name, error.report.message))
                errors.append(error)
        if order.page is not None:
            files += [write_page(folder, known.name, order.page, known) for known in order.pages]
        engine_name = chosen.name if chosen is not None else engine_of(folder)
        manifest = Manifest(order.sheet, order.seed, engine_name, tuple(files), tuple(failed))
        write_manifest(folder, manifest)
        write_timings(folder, seconds)
    if store is not None and fresh:
        store.trim()
    return Built(folder, manifest, told(errors, len(requests)))


def _tell(progress: Callable[[Step], None] | None, made_now: Progress) -> None:
    if progress is not None:
        progress(Step(made_now.done, made_now.total, finished(made_now.result, keep_tex=False)))


def stays(path: Path, others: tuple[str, ...], formats: tuple[Format, ...]) -> bool:
    """Whether a file of the last build is none of what this one makes anew: pages alone leave the PDFs."""
    return path.stem in others or (not formats and path.suffix != ".html")


def linked(document: Document, page: str) -> Document:
    """The document with the address of its page, which its PDF tells."""
    return replace(document, page=page)


def _least_needs(order: Order) -> Needs:
    """What all formats need together, each in the plainest form it falls back to."""
    plain = [needs_of(suited(known, ()), order.document) for known in order.formats]
    names = dict.fromkeys(name for needs in plain for name in needs.packages)
    return Needs(plain[0].documentclass, tuple(names), plain[0].libraries)


def _requests(order: Order, letters: Lettering, folder: Path) -> list[Request]:
    requests: list[Request] = []
    for known in order.formats:
        document = linked(order.document, f"{known.name}.html") if known in order.pages else order.document
        tex, engine = letters.set_by(partial(rendered, document, known))
        requests.append(Request(known.name, tex, engine, folder / f"{known.name}.pdf"))
    return requests


def rendered(
    document: Document, asked: Format, engine: Engine, writings: tuple[Writing, ...] | None = None
) -> str:
    """The TeX of a document for `engine`, in the format that was asked for or the one it falls back to."""
    program = engine.find() if asked.needs else None
    there = engine.files(program, asked.needs) if program is not None else frozenset()
    return render(document, suited(asked, there), engine.plain_name, writings)


def _written(result: Result) -> tuple[list[Made], BuildError | None]:
    """Write the text, and the PDF or nothing under its name: an old one would pass for the new one.

    The files, and what is wrong: with the document, or with a PDF that is open in another program.
    """
    path = result.request.path
    text = result.request.tex.encode("utf-8")
    source = path.with_suffix(".tex")
    write(source, text)
    files = [made(source.name, text)]
    try:
        if result.typeset is None:
            discard(path)
            return files, result.error
        write(path, result.typeset.pdf)
    except OpenElsewhereError as error:
        return files, error
    return [*files, made(path.name, result.typeset.pdf, pages=result.typeset.pages)], None


def told(errors: list[BuildError], total: int) -> BuildError | None:
    """The first error, with the count where there are more."""
    if len(errors) < 2:
        return errors[0] if errors else None
    first = errors[0].report
    message = f"{len(errors)} of {total} documents could not be built; the first: {first.message}"
    return BuildError(
        Report(first.code, message, first.where, first.start, first.end, first.source, first.hint)
    )
