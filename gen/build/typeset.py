"""TeX in, PDF out: one document, in a folder of its own, under limits, run until its references settle."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gen.build.access import access_of
from gen.build.engine import Engine
from gen.build.environment import EPOCH, build_environment
from gen.build.font_cache import fonts_for_run
from gen.build.format_dump import Dumped
from gen.build.lettering import BLANK_HINT, blank, refusal
from gen.build.log import FirstError, LogReport, read_log
from gen.build.marker import problem_at
from gen.build.needs import Part, to_install
from gen.build.pdf import DamagedPdfError, count_pages
from gen.build.process import KILL, Ended, Limits, Switch, capped, killed, run, signal_of
from gen.build.sandbox import held
from gen.build.shortage import lacks_room, shortage
from gen.errors import BuildError, Report, build_error

JOB = "document"
DUMP = "preamble"
MAX_RUNS = 3
_NOTES = (".aux", ".toc", ".lof", ".lot", ".out", ".nav", ".snm")
# Lines of an .aux that are there whatever the document says, or are for a file that is compared itself.
_SETTLED = re.compile(r"\\(?:relax|providecommand|@writefile|gdef ?\\@abspage@last)\b")
_REFUSED = re.compile(r"Not (?:reading from|writing to) (\S+) \(open(?:in|out)_any")
# What TeX dies of when a sandbox forbids a file that it could see.
_DENIED = re.compile(r": (/[^:\n]+): Permission denied")
# What every run ends with; the last one counts, since documents can say the same.
_WRITTEN = re.compile(r"^Output written on \S+ \((\d+) pages?,", re.MULTILINE)
_OPEN_TO_IT = "only its own folder and the TeX trees are open to it"
_LACKING = re.compile(r"file '([\w-]+)\.(cls|sty)' not found")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished document: the PDF, what the last log said, the number of pages and of runs.

    `marks` is what it wrote into `document.marks`, `said` the text of the log; `kept` says that it was not
    typeset now but before.
    """

    pdf: bytes
    log: LogReport
    pages: int
    runs: int
    marks: bytes = b""
    said: str = ""
    kept: bool = False


class TypesetError(BuildError):
    """TeX failed; `printed` is what it had said until then."""

    def __init__(self, report: Report, printed: str) -> None:
        super().__init__(report)
        self.printed = printed


class KilledError(TypesetError):
    """TeX was killed, by somebody or for want of memory: the same run may end well another time."""


class NoRunError(BuildError):
    """TeX cannot be run here now, and no document is to blame; `why` is said of each that was to be set."""

    def __init__(self, name: str, why: str, hint: str | None = None) -> None:
        super().__init__(Report("internal", f"{name}: {why}", "file", hint=hint))
        self.why = why

    def of(self, name: str) -> NoRunError:
        """The same, said of another document."""
        return NoRunError(name, self.why, self.report.hint)


def typeset(
    tex: str,
    engine: Engine,
    *,
    name: str,
    seconds: float = 180.0,
    switch: Switch | None = None,
    epoch: int = EPOCH,
    inputs: tuple[tuple[str, bytes], ...] = (),
    most_runs: int = MAX_RUNS,
    dumped: Dumped | None = None,
    pages_of: Callable[[bytes], int] = count_pages,
) -> Typeset:
    """Typeset `tex`; `name` is what messages call the document, `seconds` the time for all its runs together.

    `inputs` are files it needs beside it, by their names, such as pictures; `dumped` is a format in which
    its preamble has been read already; `pages_of` looks at the PDF and counts its pages, as `count_pages`.

    The same text and engine give the same bytes. Nothing is left behind, however it ends. Raises BuildError:
    the engine is missing; a letter has no font, or comes out blank; TeX stopped at an error (the message
    names the document, the problem and the first error); time or space ran out; the PDF is missing or
    damaged. Where no document could be typeset now, that is a `NoRunError`. Raises `StoppedError` when
    `switch` is off.
    """
    if (refused := refusal(name, tex)) is not None:
        raise refused
    source = tex.encode("utf-8", "replace")
    command = engine.command(f"{JOB}.tex", hashlib.sha256(source).hexdigest())
    deadline = time.monotonic() + seconds
    try:
        with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
            folder = Path(place)
            program = Path(command[0])
            texts = (source, *(data for _, data in inputs))
            fonts, files = fonts_for_run(engine, texts, folder / "cache", switch)
            environment = build_environment(program, folder, folder / "cache", epoch, fonts)
            hold = held(access_of(program, folder, (*fonts, *files)))
            (folder / f"{JOB}.tex").write_bytes(source)
            for file, data in inputs:
                (folder / file).write_bytes(data)
            if dumped is not None:
                (folder / f"{DUMP}.fmt").write_bytes(dumped.data)
                command = (command[0], f"-fmt={DUMP}", *command[1:])
            # Without it hyperref asks for a second run even of a document that has no bookmarks.
            (folder / f"{JOB}.out").touch()
            before: tuple[str, ...] = ()
            runs, settled = 0, False
            while runs < most_runs and not settled:
                runs += 1
                limits = Limits(seconds=max(0.1, deadline - time.monotonic()))
                ended = run(
                    command,
                    folder=folder,
                    environment=environment,
                    limits=limits,
                    switch=switch,
                    hold=hold,
                )
                log, said = _log(folder, ended, limits)
                if ended.status != 0 or ended.timed_out:
                    if lacks_room(folder, ended.output):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    failure = _failure(tex, name, ended, log, seconds, limits)
                    raise (KilledError if killed(ended) else TypesetError)(failure.report, _printed(ended))
                if log.missing_characters:  # of a TeX that is too old to take it for an error
                    raise build_error(f"{name}: {blank(log.missing_characters[0])}", hint=BLANK_HINT)
                after = _notes(folder)
                settled = after == before and not log.rerun
                before = after
            data = _read(folder / f"{JOB}.pdf")
            marks = _read(folder / f"{JOB}.marks")
    except OSError as error:
        raise no_run(name, error) from error
    if not data:
        raise build_error(f"{name}: TeX made no PDF", hint="the document has no pages, or ends itself")
    try:
        pages = pages_of(data)
    except DamagedPdfError as error:
        raise build_error(f"{name}: {engine.name} ended well, but its PDF {error}") from error
    counted = _WRITTEN.findall(said)
    if counted and int(counted[-1]) != pages:
        raise build_error(
            f"{name}: {engine.name} wrote {counted[-1]} pages, but its PDF has {pages}",
            hint="run again; a disk that is full or a damaged installation of TeX can be the cause",
        )
    return Typeset(data, log, pages, runs, marks, said)


def no_run(name: str, error: OSError) -> NoRunError:
    """What an error of the system means for the document `name`, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        place = tempfile.gettempdir()
        hint = "make room there, or let TMPDIR name another folder"
        return NoRunError(name, f"there is no room for temporary files in {place}", hint)
    return NoRunError(name, f"TeX could not be run: {error.strerror or error}", shortage(error))


def _log(folder: Path, ended: Ended, limits: Limits) -> tuple[LogReport, str]:
    """The log file, or what was printed where there is none; with the refusals, which are only printed.

    Read, and as it is.
    """
    printed = _printed(ended)
    data = _read(folder / f"{JOB}.log", limits.kept_bytes)
    said = data.decode("utf-8", "backslashreplace") if data else printed
    report = read_log(said, f"{JOB}.tex")
    refused = tuple(
        f"TeX was not allowed to open {name}" for name in dict.fromkeys(_REFUSED.findall(printed))
    )
    return replace(report, warnings=report.warnings + refused), said


def _printed(ended: Ended) -> str:
    return ended.output.decode("utf-8", "backslashreplace")


def _read(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file, with `most` only both ends; empty when there is none, or a link to another."""
    if path.is_symlink() or not path.is_file():
        return b""
    if most is None or path.stat().st_size <= most:
        return path.read_bytes()
    with path.open("rb") as file:
        head = file.read(most // 2)
        file.seek(-(most // 2) - 1, 2)
        return capped(head + file.read(), most)


def _notes(folder: Path) -> tuple[str, ...]:
    """What this run noted for the next one: when it is what was read, another run would change nothing."""
    lines: list[str] = []
    for ending in _NOTES:
        text = _read(folder / f"{JOB}{ending}").decode("utf-8", "backslashreplace")
        lines += [f"{ending} {line}" for line in text.splitlines() if not _SETTLED.match(line)]
    return tuple(lines)


def _failure(tex: str, name: str, ended: Ended, log: LogReport, seconds: float, limits: Limits) -> BuildError:
    """The error for a failed run: the document, the problem, the first error, and its place in the text."""
    blow = signal_of(ended)
    if ended.timed_out or blow == getattr(signal, "SIGXCPU", None):
        return build_error(
            f"{name}: TeX was stopped after {seconds:g} seconds",
            hint="look for a loop in the TeX of the prompts and notes",
        )
    if blow == getattr(signal, "SIGXFSZ", None):
        return build_error(f"{name}: TeX was stopped at a file of {limits.file_bytes // 2**20} MB")
    error = log.first_error
    if blow == KILL:
        return build_error(
            f"{name}: TeX was killed",
            hint="by somebody, or by the system for want of memory: run again, with a smaller -j",
        )
    if log.missing_characters and (error is None or error.message.startswith("missing character")):
        problem = problem_at(tex, error.line if error is not None else None)
        where = f"{name}, problem {problem}" if problem else name
        return build_error(f"{where}: {blank(log.missing_characters[0])}", hint=BLANK_HINT)
    if error is None:
        printed = ended.output.decode("utf-8", "backslashreplace")
        if (denied := _DENIED.search(printed)) is not None and ended.status == 1:
            return build_error(f"{name}: TeX was not allowed to open {denied[1]}", hint=_OPEN_TO_IT)
        last = printed.strip().rsplit("\n", 1)[-1]
        how = f"signal {blow}" if blow else f"status {ended.status}"
        return build_error(f"{name}: TeX ended with {how}" + (f": {last[:200]}" if last else ""))
    problem = problem_at(tex, error.line)
    where = f"{name}, problem {problem}" if problem else name
    refused = next((text for text in log.warnings if text.startswith("TeX was not allowed")), None)
    hint = f"{refused}: {_OPEN_TO_IT}" if refused else _lacking(error)
    source, start, end = _place(tex, error)
    return BuildError(Report("internal", f"{where}: {error}", "file", start, end, source, hint))


def _lacking(error: FirstError) -> str | None:
    """What to install when the error is a class or package that is not there."""
    found = _LACKING.match(error.message)
    if found is None:
        return None
    kind = "class" if found[2] == "cls" else "package"
    return to_install([Part(found[1], kind, (f"{found[1]}.{found[2]}",))])


def _place(tex: str, error: FirstError) -> tuple[str | None, int | None, int | None]:
    """The line of the document, and in it the start and end of the last token that TeX had read."""
    lines = tex.split("\n")
    if error.line is None or not 1 <= error.line <= len(lines):
        return None, None, None
    text = lines[error.line - 1]
    shown = next((c for c in error.context if c.startswith(f"l.{error.line} ")), "")
    read = shown.split(" ", 1)[1] if shown else ""
    token = re.search(r"(?:\\(?:[A-Za-z@]+|.)|\S)\s*$", read)
    # A long line is shown cut at its left, so only the end of what is shown can be looked for.
    tail = read[-40:].removeprefix("...")
    at = text.find(tail) if tail else -1
    if token is None or at < 0:
        return (text, 0, len(text)) if text.strip() else (None, None, None)
    end = at + len(tail)
    start = end - len(token[0])
    return text, max(0, start), start + len(token[0].rstrip())
