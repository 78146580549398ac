"""LuaTeX's prepared fonts, kept between runs because preparing them takes seconds.

What is kept is code that LuaTeX loads, so no document may write it: it would speak in everybody's. A page of
our own prepares the fonts once, into a folder that the runs of documents can only read. Fonts it does not
use are prepared again in each run that needs them, in the run's own folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from gen.build.access import access_of
from gen.build.engine import Engine
from gen.build.environment import build_environment
from gen.build.process import Limits, Switch, run
from gen.build.sandbox import held

_SIZES = r"\tiny x\small x\normalsize x\large x\Large x\LARGE x\huge x"
_SHAPES = (r"\rmfamily", r"\bfseries", r"\itshape", r"\bfseries\itshape", r"\sffamily", r"\ttfamily")
PAGE = (
    r"\documentclass{article}\usepackage{lmodern}\begin{document}"
    + "".join(f"{{{shape} {_SIZES}}}" for shape in _SHAPES)
    + r"\end{document}"
)


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


def prepared_fonts(engine: Engine, switch: Switch | None = None) -> Path | None:
    """The folder with the fonts prepared for `engine`, made if need be; None where there can be none.

    Two that make it at a time both succeed: it gets its name when it is complete. Raises BuildError when the
    engine is not here, `StoppedError` when `switch` is off.
    """
    cache, command = cache_folder(), engine.command("page.tex")
    if cache is None:
        return None
    kept = cache / f"fonts-{_key(Path(command[0]))}"
    if kept.is_dir():
        return kept
    try:
        with tempfile.TemporaryDirectory(prefix=".fonts-", dir=cache, ignore_cleanup_errors=True) as place:
            folder = Path(place)
            made = folder / "made"
            made.mkdir()
            (folder / "page.tex").write_text(PAGE, encoding="utf-8")
            program = Path(command[0])
            ended = run(
                command,
                folder=folder,
                environment=build_environment(program, folder, made),
                limits=Limits(seconds=120),
                switch=switch,
                hold=held(access_of(program, folder)),
            )
            if ended.status != 0 or not any(made.iterdir()):
                return None
            os.rename(made, kept)
    except OSError:
        return kept if kept.is_dir() else None
    return kept


def copy_names(fonts: Path, cache: Path) -> None:
    """Put the list of the fonts into the cache of a run: LuaTeX looks for it only where it can write.

    Raises OSError.
    """
    for names in fonts.glob("luatex-cache/*/names"):
        shutil.copytree(names, cache / names.relative_to(fonts))


def _key(program: Path) -> str:
    """Changes when the program does; LuaTeX looks itself whether a font has."""
    real = program.resolve()
    found = real.stat()
    text = f"{program}\n{real}\n{found.st_size}\n{found.st_mtime_ns}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
