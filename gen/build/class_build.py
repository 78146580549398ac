"""The documents of a class: a worksheet and solutions for each student, the key, one file for the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from gen.build.chunk import chunks
from gen.build.class_chunks import ClassChunks
from gen.build.class_files import ANSWERS, ClassFiles, Standing, keep_chunk
from gen.build.class_order import ClassOrder
from gen.build.contents import Noting, note_contents
from gen.build.documents import Built, needs_of, told
from gen.build.engine import choose
from gen.build.executor import EXECUTORS, Executor
from gen.build.finished import Finished, Step
from gen.build.keys import file_key, key_of, program_key, setters_key
from gen.build.lettering import lettering
from gen.build.lock import hold
from gen.build.manifest import TIMINGS, Made, Manifest, engine_of, standing, write_manifest, write_timings
from gen.build.means import Means
from gen.build.merge import merge_files, thumbnails
from gen.build.needs import Needs
from gen.build.output import clear_parts, discard, prepared, write
from gen.build.staying import staying
from gen.build.store import Store
from gen.build.task import Making, path_of, tasks_of
from gen.document.format import suited
from gen.errors import BuildError, FreeIndexError, build_error
from gen.project.answers import HEADER, answer_lines

PRINT, PREVIEW = "print.pdf", "preview.pdf"
WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True)
class Class:
    """What came of a class: as `Built`; how many documents were typeset now, and how many before.

    `cached` is how many of the latter had no file that stood: it was written again without TeX. `as_usual` is
    false where some are to be made again another time, as in `Outcome`.
    """

    built: Built
    typeset: int
    kept: int
    cached: int = 0
    as_usual: bool = True


def build_class(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    means: Means | None = None,
    executor: Executor = EXECUTORS[0],
    progress: Callable[[Step], None] | None = None,
) -> Class:
    """Make `output/<sheet>/<format>/<id>.pdf` for all students, with the key and the manifest.

    Files are written as the documents come, and no more than a few chunks of students are held at a time.
    Chunks that stand in the folder as they would be made are left alone. Without a roster the files are
    `<format>.pdf`. A document that cannot be made stops no other; its `.tex` is kept, where it got so far.
    Raises InputError, BuildError and HeldError as `build`.
    """
    means = means or Means()
    names = order.names
    needs = _needs(order) if order.formats else None
    chosen = None if needs is None else choose(needs, engine)
    making = Making(
        formats=tuple(known.name for known in order.formats),
        engine=None if chosen is None else chosen.name,
        letters=None if chosen is None or needs is None else lettering(chosen, engine, needs).needs,
        pages=tuple(known.name for known in order.pages),
        # Without a roster the sources are kept, as those of any sheet.
        keep_tex=order.keep_tex or not any(names),
        epoch=order.epoch,
    )
    folder = output / order.sheet
    with prepared(folder), hold(folder):
        clear_parts(folder, [known.name for known in (*order.formats, *order.pages)])
        before = standing(folder)
        files = ClassFiles(folder, before)
        noting = Noting(folder, order.recipe, means.store)
        tasks = tasks_of(order.recipe, noting.seen(order.seats), making, names)
        state = None if chosen is None else setters_key(chosen, making.letters is not None)
        total = len(making.formats) * len(names)
        made = ClassChunks(files, means, order.dealing, total, progress)
        means = _knowing(means, made.meanwhile, names, making, folder)
        with closing(made), closing(executor.run(made.to_do(tasks, state), means)) as outcomes:
            for outcome in outcomes:
                made.take(outcome)
                del outcome  # as large as all its PDFs, and the next one is waited for now
            made.catch_up()
        if made.typeset and means.store is not None:
            means.store.trim()
        contents = noting.contents()
        stayed, lines = staying(before, order, contents)
        files.files = {old.path: old for old in stayed} | files.files
        if order.answers:
            files.write(ANSWERS, "".join((answer_lines([HEADER]), *files.answers)).encode("utf-8"))
        if order.merge:
            _merge(names, files, means.store)
        engine_name = chosen.name if chosen is not None else engine_of(folder)
        everything = tuple(files.files.values())
        manifest = Manifest(order.sheet, order.seed, engine_name, everything, tuple(files.failed))
        write_manifest(folder, manifest, before)
        for line in lines:
            means.tell(line)
        fresh = set(everything) - set(stayed)
        note_contents(folder, contents, fresh, stayed, means.store)
        # A build that has typeset nothing has no times, and those of the last one stay.
        if files.seconds or (order.formats and not (folder / TIMINGS).exists()):
            write_timings(folder, files.seconds)
    built = Built(folder, manifest, told(files.errors, total))
    return Class(built, made.typeset, made.kept, made.cached, made.as_usual)


def _knowing(
    means: Means, meanwhile: Callable[[], bool], names: Sequence[str], making: Making, folder: Path
) -> Means:
    """The means, with what is done meanwhile, and how many chunks are made: at least those lacking a file."""
    endings = (".pdf", ".tex") if making.keep_tex else (".pdf",)
    kinds = [(known, ending) for known in making.formats for ending in endings]
    kinds += [(known, ".html") for known in making.pages]
    cut = list(chunks(names, names))
    missing = sum(
        not all(
            (folder / f"{path_of(known, names[k])}{ending}").exists()
            for k in chunk
            for known, ending in kinds
        )
        for chunk in cut
    )
    return replace(means, meanwhile=meanwhile, least=missing, most=len(cut))


def build_preview(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    means: Means | None = None,
    executor: Executor = EXECUTORS[0],
    progress: Callable[[Step], None] | None = None,
) -> tuple[Path, tuple[int, ...]]:
    """Write the first pages of the worksheets on one page, `preview.pdf`; its path and the pages of each.

    Nothing else is written. Raises as `build_class`, and BuildError for a worksheet that cannot be made.
    """
    needs = _needs(order)
    chosen = choose(needs, engine)
    letters = lettering(chosen, engine, needs).needs
    making = Making(
        tuple(known.name for known in order.formats), chosen.name, letters=letters, epoch=order.epoch
    )
    folder = output / order.sheet
    with prepared(folder), hold(folder):
        firsts: list[Finished] = []
        tasks = tasks_of(order.recipe, order.seats, making)
        total = len(order.names)
        for outcome in executor.run(tasks, means or Means()):
            for finished in outcome.finished:
                firsts.append(finished)
                if progress is not None:
                    progress(Step(len(firsts), total, finished))
                if finished.error is not None:
                    raise BuildError(finished.error)
        if not firsts:
            raise build_error(f"{order.sheet}: there is no worksheet to preview")
        write(folder / PREVIEW, thumbnails([one.pdf for one in firsts if one.pdf is not None]))
    return folder / PREVIEW, tuple(one.pages for one in firsts)


def _needs(order: ClassOrder) -> Needs:
    """What the documents need together, each in the plainest form it falls back to.

    The sheet decides which parts a document has: that of the first student for whom there is one tells it.
    """
    layout = order.recipe.layout()
    for seat in order.seats:
        try:
            sample = layout(seat)().document
        except FreeIndexError:
            continue
        plain = [needs_of(suited(known, ()), sample) for known in order.formats]
        names = dict.fromkeys(name for needs in plain for name in needs.packages)
        libraries = dict.fromkeys(name for needs in plain for name in needs.libraries)
        return Needs(plain[0].documentclass, tuple(names), tuple(libraries))
    return needs_of(suited(order.formats[0], ()))


def _merge(names: Sequence[str], files: ClassFiles, store: Store | None) -> None:
    """Write the file for the printer, unless it stands there; where a worksheet is missing there is none."""
    sheets = [files.files.get(f"{path_of(WORKSHEET, name)}.pdf") for name in names]
    there = [one for one in sheets if one is not None]
    if files.failed or len(there) < len(sheets):
        discard(files.folder / PRINT)
        return
    key = key_of(program_key(), [one.sha256 for one in there])
    stands = files.standing(store, key)
    if stands is None:
        pages = merge_files(
            [files.folder.joinpath(*one.path.split("/")) for one in there], files.folder / PRINT
        )
        stands = Standing((Made(PRINT, file_key(files.folder / PRINT) or "", pages),))
        if store is not None:
            keep_chunk(store, key, stands)
    files.count(stands)
