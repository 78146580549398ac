"""What is here, what is missing, and what each is needed for. Looks; changes nothing."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gen.build.access import access_of
from gen.build.engine import ENGINES, LUA, OPTIONS, Engine, by_name, missing, version
from gen.build.environment import build_environment
from gen.build.font_files import Font, installed_fonts
from gen.build.lettering import is_printed
from gen.build.needs import Needs, named, to_install
from gen.build.process import Limits, run
from gen.build.sandbox import SANDBOXES, Sandbox, active
from gen.document.scripts import SCRIPTS

# Extras of the distribution, by the name they are imported by.
OPTIONAL: tuple[tuple[str, str], ...] = (
    ("sympy", "element-wise derivatives, SymPy expressions as input"),
    ("pylatex", "documents, gen.to_pylatex"),
    ("pikepdf", "counting pages, merging"),
    ("rich", "progress, colours in a terminal"),
    ("IPython", "derivations shown in Jupyter"),
    ("distributed", "build --executor dask"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for. `detail` says which one was found, or what to install."""

    name: str
    found: bool
    detail: str
    needed_for: str


def examine(formats: Sequence[tuple[str, Needs]], engines: Sequence[Engine] = ENGINES) -> tuple[Finding, ...]:
    """Look at Python, every TeX engine with every format it can make, fonts, limits and optional parts.

    `formats` are titles of documents with what each needs of TeX.
    """
    findings = [_python()]
    for engine in engines:
        findings += _engine(engine, formats)
    findings += _scripts(installed_fonts())
    findings += [_sandbox(), *_confinement()]
    findings += [_part(name, needed_for) for name, needed_for in OPTIONAL]
    return tuple(findings)


def report(findings: Sequence[Finding]) -> str:
    """The findings as text, one a line: a mark, the name, the detail, what it is needed for."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines = []
    for finding in findings:
        mark = "yes" if finding.found else "no "
        use = f" — for {finding.needed_for}" if finding.needed_for else ""
        lines.append(f"{mark}  {finding.name:<{width}}  {finding.detail}{use}".rstrip())
    return "\n".join(lines) + "\n"


def _python() -> Finding:
    enough = sys.version_info >= (3, 11)
    return Finding(
        "Python", enough, platform.python_version() + ("" if enough else ", 3.11 is needed"), "all"
    )


def _engine(engine: Engine, formats: Sequence[tuple[str, Needs]]) -> list[Finding]:
    """The engine itself, then each format with it, and the scalable fonts."""
    if engine.find() is None:
        return [Finding(f"TeX {engine.name}", False, engine.install, "PDF")]
    words = version(engine)
    if words is None:
        return [Finding(f"TeX {engine.name}", False, f"is at {engine.find()}, but does not run", "PDF")]
    found = [Finding(f"TeX {engine.name}", True, f"{engine.title}: {words}", "PDF")]
    for title, needs in formats:
        lacking = missing(engine, needs)
        detail = f"lacks {named(lacking)}; {_remedy(engine, to_install(lacking))}" if lacking else "complete"
        found.append(Finding(f"  {title}", not lacking, detail, ""))
    fonts = missing(engine, Needs(packages=("lmodern",)))
    detail = _remedy(engine, to_install(fonts)) if fonts else "lmodern"
    found.append(Finding("  fonts", not fonts, detail, "letters that scale, and words that can be searched"))
    return found


def _scripts(fonts: Sequence[Font]) -> list[Finding]:
    """What is printed beyond the letters of pdfLaTeX, and what to install for the rest, a line a package."""
    lua = by_name(LUA)
    use = "names and text in letters that pdfLaTeX lacks"
    if lua.find() is None:
        return [Finding("scripts", False, lua.install, use)]
    there = [script for script in SCRIPTS if is_printed(script, fonts)]
    found = [Finding("scripts", True, f"with LuaLaTeX: {', '.join(script.title for script in there)}", use)]
    lacking: dict[str, list[str]] = {}
    for script in SCRIPTS:
        if script not in there:
            lacking.setdefault(script.debian, []).append(script.title)
    for package, titles in lacking.items():
        what = f"no font for {', '.join(titles)}: install {package} (names of Debian)"
        found.append(Finding("scripts", False, what, use))
    return found


def _remedy(engine: Engine, install: str) -> str:
    return install if engine.extensible else "it cannot be extended"


def _sandbox() -> Finding:
    """Which sandbox TeX runs in, tried on a file outside; why there is none."""
    sandbox = active()
    use = "documents of others; without it, TeX and Lua can read what you can"
    if sandbox is None:
        return Finding("sandbox", False, "; ".join(known.lacking() for known in SANDBOXES), use)
    if not _holds(sandbox):
        return Finding("sandbox", False, f"{sandbox.name} is here, but a trial of it failed", use)
    return Finding("sandbox", True, sandbox.title(), use)


def _holds(sandbox: Sandbox) -> bool:
    """Whether a program in the sandbox reads what it is granted, and nothing beside it."""
    program = shutil.which("cat", path=os.defpath)
    if program is None:
        return False
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        inside, outside = Path(place, "inside"), Path(place, "outside")
        inside.mkdir()
        (inside / "open").write_text("open", encoding="utf-8")
        outside.write_text("secret", encoding="utf-8")
        command = (program, "open", str(outside))
        ended = run(
            command,
            folder=inside,
            environment={"LC_ALL": "C"},
            limits=Limits(seconds=20),
            hold=partial(sandbox.launch, access_of(Path(program), inside)),
        )
    return ended.output.startswith(b"open") and b"secret" not in ended.output


def _confinement() -> list[Finding]:
    """How TeX is held, in words; the same settings that `typeset` uses."""
    limits, posix = Limits(), os.name == "posix"
    settings = build_environment(Path("tex"), Path("."), Path("."))
    paranoid = settings["openin_any"] == "p" and settings["openout_any"] == "p"
    here = (
        f"time {limits.seconds:g} s, files of {limits.file_bytes // 2**20} MB, "
        f"{limits.open_files} open files, memory {limits.memory_bytes // 2**30} GB"
    )
    return [
        Finding(
            "TeX files",
            paranoid,
            "TeX is told to open only its own files and those of its run; Lua is not bound by that",
            "sheets written by others",
        ),
        Finding(
            "TeX programs",
            "-no-shell-escape" in OPTIONS,
            "TeX starts no programs",
            "sheets written by others",
        ),
        Finding(
            "limits",
            posix,
            here if posix else f"time {limits.seconds:g} s only: this system sets no other limits",
            "endless loops",
        ),
        Finding(
            "orphans",
            sys.platform == "linux",
            "TeX ends with this program, even when it is killed"
            if sys.platform == "linux"
            else "TeX ends when this program is interrupted, but not when it is killed",
            "interrupted builds",
        ),
    ]


def _part(name: str, needed_for: str) -> Finding:
    found = importlib.util.find_spec(name) is not None
    return Finding(name, found, "installed" if found else f"pip install {name}", needed_for)
