"""What a TeX log says, as a record. Pure: text in, `LogReport` out; no file is read here.

Made for logs of pdfTeX and LuaTeX written with `-file-line-error`, `-halt-on-error` and long lines
(`max_print_line`), so that every message stands unbroken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["hbox", "vbox"]


@dataclass(frozen=True, slots=True)
class Overfull:
    """A box that sticks out by `pt` points; `line` is the first of its paragraph, None in page breaking."""

    pt: float
    line: int | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class FirstError:
    """The error TeX halted at.

    `line` is the line of the document, None when TeX does not say or when it was reading `file`, another
    file. `context` is what TeX shows of the place: each line ends where TeX had read to.
    """

    line: int | None
    message: str
    context: tuple[str, ...] = ()
    file: str = ""

    def __str__(self) -> str:
        r"""One line, such as `undefined control sequence \foo, line 12`."""
        where = f", line {self.line}" if self.line is not None else ""
        return f"{self.message}{where}" + (f" (in {self.file})" if self.file else "")


@dataclass(frozen=True, slots=True)
class LogReport:
    """Everything in a log that somebody may want to act on; `rerun` says that TeX asks for another run."""

    overfull: tuple[Overfull, ...] = ()
    undefined: tuple[str, ...] = ()
    missing_characters: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    first_error: FirstError | None = None
    rerun: bool = False


_OVERFULL = re.compile(r"^Overfull \\([hv]box) \(([\d.]+)pt too (?:wide|high)\)(.*)$", re.MULTILINE)
_LINE = re.compile(r"at lines? (\d+)")
_REFERENCE = re.compile(
    r"^LaTeX Warning: (Reference|Hyper reference|Citation) [`'](.+?)' .*undefined", re.MULTILINE
)
_DESTINATION = re.compile(
    r"name\{(.+?)\} has been referenced but does not exist|unreferenced destination with name '(.+?)'"
)
_CHARACTER = re.compile(
    r"^(?:\S+:\d+: |! )?Missing character: There is no (.+?) in font ([^\n]*?)[!.]?$", re.MULTILINE
)
_WARNING = re.compile(
    r"^(?:LaTeX(?: \w+)?|(?:Package|Class|Module) \S+|pdfTeX|[Ll]ua\w+) [Ww]arning\b|^warning  ?\("
)
_RERUN = re.compile(r"Rerun to get|Rerun LaTeX|\(re\)run LaTeX|may have changed|File `[^']*' has changed")
_PLACE = re.compile(r"^(?P<file>[^\s:!(][^:\n]*\.\w+):(?P<line>\d+): (?P<text>.*)$")
_BANG = re.compile(r"^(?:! ?|\[\\directlua\]:\d+: )(?P<text>(?! ?==>).*\S)")
_CONTEXT = re.compile(r"^(?:l\.\d+ |<[^>\n]+> |\\[A-Za-z@:_]+ ?[^\n]*->)")
_PROGRAM = re.compile(r"^(?:pdfTeX |LuaTeX )?error:? +(?:.*?\b(?:pdf|lua)\w*tex(?:\.exe)?\b:? )?")
_NAME = re.compile(r"(\\(?:[A-Za-z@_:]+|.)) ?$")


def read_log(text: str, document: str = "document.tex") -> LogReport:
    """Read a whole log. `document` is the file name TeX was given, whose lines are the ones counted."""
    lines = text.replace("\r\n", "\n").split("\n")
    text = "\n".join(lines)
    undefined = [f"{kind.lower().removeprefix('hyper ')} {name}" for kind, name in _REFERENCE.findall(text)]
    undefined += [f"destination {one or other}" for one, other in _DESTINATION.findall(text)]
    characters = [f"{char} in font {font}" for char, font in _CHARACTER.findall(text)]
    return LogReport(
        overfull=tuple(_overfull(*found) for found in _OVERFULL.findall(text)),
        undefined=_once(undefined),
        missing_characters=_once(characters),
        warnings=_once(_warnings(lines)),
        first_error=_first_error(lines, document),
        rerun=_RERUN.search(text) is not None,
    )


def _overfull(kind: str, pt: str, rest: str) -> Overfull:
    line = _LINE.search(rest)
    return Overfull(float(pt), int(line[1]) if line else None, "hbox" if kind == "hbox" else "vbox")


def _warnings(lines: list[str]) -> list[str]:
    """Each warning as one line; LaTeX goes on in lines that begin with the package's name or with blanks."""
    found = []
    for at, line in enumerate(lines):
        if not _WARNING.match(line):
            continue
        parts = [line]
        for after in lines[at + 1 : at + 20]:
            more = re.match(r"^(?:\([^)\s]+\)\s{2,}|\s{4,})(.*)$", after)
            if more is None:
                break
            parts.append(more[1])
        found.append(" ".join(" ".join(parts).split()))
    return found


def _first_error(lines: list[str], document: str) -> FirstError | None:
    for at, line in enumerate(lines):
        place, bang = _PLACE.match(line), _BANG.match(line)
        if place is not None and not place["text"].lstrip().startswith("==>"):
            return _error(lines, at, place["text"], document, place)
        if bang is not None:
            return _error(lines, at, bang["text"], document, _next_place(lines, at + 1))
    return None


def _error(lines: list[str], at: int, text: str, document: str, place: re.Match[str] | None) -> FirstError:
    """The error that begins in line `at` and goes on in the lines that are set in below it."""
    message = [text]
    for after in lines[at + 1 : at + 8]:
        more = re.match(r"^(?:\([^)\s]+\)\s{2,}|\s{4,})(\S.*)$", after)
        if more is None or _CONTEXT.match(after):
            break
        message.append(more[1])
    context = _context(lines, at + 1)
    line: int | None = None
    file = ""
    if place is not None:
        file = place["file"].replace("\\", "/").rsplit("/", 1)[-1]
        if file == document:
            line, file = int(place["line"]), ""
    return FirstError(line, _worded(" ".join(message), context), context, file)


def _next_place(lines: list[str], start: int) -> re.Match[str] | None:
    """Some errors (a missing file, Lua) carry no place; the stop that follows does, since TeX halts there."""
    return next(filter(None, map(_PLACE.match, lines[start:])), None)


def _context(lines: list[str], start: int) -> tuple[str, ...]:
    """The places TeX shows, innermost first, without the second half of each."""
    shown: list[str] = []
    for line in lines[start : start + 30]:
        if line.startswith("Here is how much") or len(shown) == 4:
            break
        if _CONTEXT.match(line) and not line.startswith("<read *>"):
            shown.append(line.rstrip("\r\n"))
            if line.startswith("l."):
                break
    return tuple(shown)


def _worded(text: str, context: tuple[str, ...]) -> str:
    """TeX's message as part of a sentence, with the name it is about."""
    text = " ".join(text.split())
    text = re.sub(r"^LaTeX Error: ", "", text)
    text = re.sub(r"^Package (\S+) Error: ", r"\1: ", text)
    text = _PROGRAM.sub("", text)
    text = re.sub(r"`([^`']*)'", r"'\1'", text).rstrip(" .")
    if text == "Undefined control sequence" and context and (name := _NAME.search(context[0])):
        text += " " + name[1]
    first = text.split(" ", 1)[0]
    plain = first.isalpha() and first[1:].islower() and first not in ("Unicode",)
    return text[:1].lower() + text[1:] if plain else text


def _once(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
