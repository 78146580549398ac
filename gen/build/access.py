"""What TeX may open: its own installation, fonts, the system's libraries, and the folder of the run."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gen.build.environment import build_environment
from gen.build.process import Limits, run

# Where programs find their libraries; the program that loads libraries is there too, and must be run.
LIBRARIES = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
    "/gnu/store",
)
FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fontconfig",
    "/etc/fonts",
    # Some fonts of Debian's TeX are links into these.
    "/usr/share/poppler",
    "/usr/share/color",
)
SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/dev/urandom")
SCRATCH = ("/dev/null",)
PROGRAMS = ("/bin", "/usr/bin", "/usr/local/bin")
_TREES = "$TEXMF:$TEXMFCNF:$OSFONTDIR"


@dataclass(frozen=True, slots=True)
class Access:
    """Files and folders, with all that is below them: to read, to read and run, to read and write.

    What is named in none of them cannot be opened. A path that does not exist grants nothing. `folder` is
    where the program runs; it is one of those to write.
    """

    folder: str
    read: tuple[str, ...]
    run: tuple[str, ...]
    write: tuple[str, ...]


def access_of(program: Path, folder: Path, also: tuple[Path, ...] = ()) -> Access:
    """What `program` may open when it runs in `folder`; `also` is to be read too.

    A program that is a script starts others, so it may run the system's; they have no more rights than it.
    """
    real = program.resolve()
    programs = PROGRAMS if _is_script(real) else ()
    trees = tuple(str(tree) for tree in trees_of(program))
    own = os.path.realpath(folder)
    return Access(
        folder=own,
        read=(*trees, *FONTS, *SETTINGS, *map(str, also)),
        run=(*LIBRARIES, *programs, str(real)),
        write=(own, *SCRATCH),
    )


@lru_cache(maxsize=16)  # an installation does not move while this program runs, and asking takes long
def trees_of(program: Path) -> tuple[Path, ...]:
    """The folders of the TeX installation `program` belongs to.

    An installation that stands by itself is known by its `texmf-dist`; one that is spread over the system is
    asked. No folder that contains a person's home is ever part of it.
    """
    found: list[Path] = []
    for root in program.resolve().parents[1:3]:
        if (root / "texmf-dist").is_dir():
            found += [root, root.parent / "texmf-local"]
    if not found:
        found += _asked(program)
    home = Path(os.path.expanduser("~")).resolve()
    # By both names: a sandbox may show a tree only where it is said to be.
    whole = [name for tree in found for name in (tree, tree.resolve()) if tree.is_dir()]
    return tuple(dict.fromkeys(tree for tree in whole if not home.is_relative_to(tree.resolve())))


def _asked(program: Path) -> list[Path]:
    """The trees that the kpsewhich beside `program` names, in the environment of TeX; none without it."""
    asked = shutil.which("kpsewhich", path=str(program.parent)) or shutil.which("kpsewhich")
    if asked is None:
        return []
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        home = Path(place)
        try:
            ended = run(
                (os.path.abspath(asked), f"-progname={program.stem}", f"-expand-path={_TREES}"),
                folder=home,
                environment=build_environment(program, home, home),
                limits=Limits(seconds=20),
            )
        except OSError:
            return []
        words = ended.output.decode("utf-8", "replace").strip().split(os.pathsep)
        return [Path(word) for word in words if os.path.isabs(word) and not Path(word).is_relative_to(home)]


def _is_script(program: Path) -> bool:
    try:
        with program.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False
