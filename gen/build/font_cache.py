"""LuaTeX's prepared fonts, kept between runs because preparing them takes seconds.

What is kept is code that LuaTeX loads, so no document may write it: it would speak in everybody's. A page of
our own prepares the usual fonts once, into a folder that the runs of documents can only read; others do so
for the font files that some document's letters need. All else is prepared again in each run that needs it,
in the run's own folder. Whatever is granted to a run has the sums it was written with; else it is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gen.build.access import access_of
from gen.build.engine import LUA, Engine
from gen.build.environment import build_environment
from gen.build.font_files import installed_fonts
from gen.build.process import Limits, Switch, run
from gen.build.sandbox import held
from gen.build.sums import fits, list_sums
from gen.document.writing import Face, faces_in

_SIZES = r"\tiny x\small x\normalsize x\large x\Large x\LARGE x\huge x"
_SHAPES = (r"\rmfamily", r"\bfseries", r"\itshape", r"\bfseries\itshape", r"\sffamily", r"\ttfamily")
PAGE = (
    r"\documentclass{article}\usepackage{lmodern}\begin{document}"
    + "".join(f"{{{shape} {_SIZES}}}" for shape in _SHAPES)
    + r"\end{document}"
)

SUMS = "sums.json"
FACES = r"\documentclass{article}\begin{document}FACES\null\end{document}"


def cache_folder() -> Path | None:
    """Where this program may keep things: below XDG_CACHE_HOME, or .cache of the home; None if nowhere."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if os.path.isabs(base) else Path(os.path.expanduser("~")) / ".cache"
    cache = root / "freeindex"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return cache if os.access(cache, os.W_OK) else None


def fonts_for_run(
    engine: Engine, texts: Sequence[bytes], cache: Path, switch: Switch | None = None
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """What LuaTeX may read beyond its own: folders of prepared fonts, and font files that `texts` name.

    Only files that are fonts of this machine are granted, whatever a text says. `cache` is that of the run.
    Raises BuildError, `StoppedError` and OSError.
    """
    if engine.plain_name != LUA:
        return (), ()
    usual = prepared_fonts(engine, switch)
    if usual is not None:
        copy_names(usual, cache)
    named = [face for data in texts for face in faces_in(data.decode("utf-8", "replace"))]
    known = {font.face for font in installed_fonts()} if named else set()
    faces = [face for face in dict.fromkeys(named) if face in known]
    more = prepared_faces(engine, faces, usual, switch) if faces and usual is not None else None
    folders = (place for place in (usual, more) if place is not None)
    return tuple(folders), tuple(Path(face.file) for face in faces)


def prepared_fonts(engine: Engine, switch: Switch | None = None) -> Path | None:
    """The folder with the usual fonts prepared for `engine`, made if need be; None where there can be none.

    One that is damaged is made again. Two that make it at a time both succeed: it gets its name when it is
    complete. Raises BuildError when the engine is not here, `StoppedError` when `switch` is off.
    """
    cache, command = cache_folder(), engine.command("page.tex")
    if cache is None:
        return None
    kept = cache / f"fonts-{_key(Path(command[0]))}"
    if fits(kept, kept / SUMS):
        return kept
    try:
        with tempfile.TemporaryDirectory(prefix=".fonts-", dir=cache, ignore_cleanup_errors=True) as place:
            made = Path(place, "made")
            made.mkdir()
            if not _run(command, PAGE, Path(place), (), (), switch) or not any(made.iterdir()):
                return None
            list_sums(made, [file for file in made.rglob("*") if file.is_file()], made / SUMS)
            # Another one may have made it meanwhile; what is damaged goes with the folder of this run.
            if not fits(kept, kept / SUMS):
                if os.path.lexists(kept):
                    os.rename(kept, Path(place, "damaged"))
                os.rename(made, kept)
    except OSError:
        return kept if fits(kept, kept / SUMS) else None
    return kept


def prepared_faces(
    engine: Engine, faces: Sequence[Face], usual: Path, switch: Switch | None = None
) -> Path | None:
    """A folder in which `faces` are prepared, among others; `usual` is that of the usual fonts.

    Those that are not there yet, or are damaged, are prepared in one run and join it, each file when it is
    complete; the mark of each lists the files of that run. A font is tried once: what cannot be prepared is
    left to the runs that need it. None where nothing can be kept. Raises as `prepared_fonts`.
    """
    command = engine.command("page.tex")
    kept = usual.with_name(f"{usual.name}-more")
    try:
        marks = {face: kept / "tried" / _key(Path(face.file), face.index) for face in faces}
        new = [face for face in faces if not fits(kept, marks[face])]
        if new:
            page = FACES.replace("FACES", "".join(_loaded(face) for face in new))
            files = tuple(Path(face.file) for face in new)
            with tempfile.TemporaryDirectory(prefix=".fonts-", dir=usual.parent) as place:
                made = Path(place, "made")
                made.mkdir()
                copy_names(usual, made)
                done = _run(command, page, Path(place), (usual,), files, switch)
                if not done and any(marks[face].exists() for face in new):
                    # What is damaged is still there, and is not to be read.
                    return None
                files_made = list(made.rglob("fonts/*/*"))
                listed = Path(place, SUMS)
                list_sums(made, files_made, listed)
                for file in files_made:
                    target = kept / file.relative_to(made)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(file, target)
                for face in new:
                    marks[face].parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(listed, marks[face])
    except OSError:
        return None
    return kept


def _loaded(face: Face) -> str:
    index = f"({face.index})" if face.index else ""
    return rf'\font\face="[{face.file}]{index}:mode=harf" at 10pt \face'


def _run(
    command: tuple[str, ...],
    page: str,
    folder: Path,
    fonts: tuple[Path, ...],
    files: tuple[Path, ...],
    switch: Switch | None,
) -> bool:
    """Set a page of our own, which prepares fonts in `folder/made`; whether it was set. Raises OSError."""
    (folder / "page.tex").write_text(page, encoding="utf-8")
    program = Path(command[0])
    ended = run(
        command,
        folder=folder,
        environment=build_environment(program, folder, folder / "made", fonts=fonts),
        limits=Limits(seconds=120),
        switch=switch,
        hold=held(access_of(program, folder, (*fonts, *files))),
    )
    return ended.status == 0


def copy_names(fonts: Path, cache: Path) -> None:
    """Put the list of the fonts into the cache of a run: LuaTeX looks for it only where it can write.

    Raises OSError.
    """
    for names in fonts.glob("luatex-cache/*/names"):
        shutil.copytree(names, cache / names.relative_to(fonts))


def _key(file: Path, index: int = 0) -> str:
    """Changes when the program, or the file of a font, does. Raises OSError where there is none."""
    real = file.resolve()
    found = real.stat()
    text = f"{file}\n{real}\n{found.st_size}\n{found.st_mtime_ns}" + (f"\n{index}" if index else "")
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
