"""A fence with a name in braces as a directive: its argument, its options, and what its body begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from gen.errors import Report, nearest
from gen.project.chapter_text import ChapterText
from gen.project.directive import Directive, DirectiveKind, Option
from gen.project.kinds import UnfitError

# What closes a fence is as long as what opens it: a longer one may hold shorter ones.
_OPENING = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*\{([^}\s]*)\}[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r":([A-Za-z][\w-]*):(?:[ \t]+(.*?))?[ \t]*$")
NAMED = re.compile(r"\s*\{")


@dataclass(frozen=True, slots=True)
class Fenced:
    """The directive of a fence, None where it cannot be read, and what is wrong with it."""

    directive: Directive | None
    faults: tuple[Report, ...] = ()


def is_closed(token: Token) -> bool:
    """Whether a fence has its last line; the parser ends an open one with the text around it."""
    assert token.map is not None
    return token.content.count("\n") < token.map[1] - token.map[0] - 1


def unclosed(text: ChapterText, line: int, token: Token) -> Report:
    """The report about a fence without its end."""
    found = _OPENING.search(text.line(line))
    what = f"the directive {found[2]}" if found else "the fence"
    return text.at_line(line, f"{what} is not closed", hint=f"a line of its own ends it: {token.markup}")


def fenced(text: ChapterText, line: int, token: Token, kinds: Mapping[str, DirectiveKind]) -> Fenced:
    """The directive of a closed fence that begins in a line, counted from 0."""
    found = _OPENING.search(text.line(line))
    if found is None:
        message = "the name of a directive stands in braces, without blanks"
        return Fenced(None, (text.at_line(line, message, hint="```{derive} F = W*X"),))
    start = text.start_of(line) + found.start(2) - 1
    end = start + len(found[2]) + 2
    kind = kinds.get(found[2])
    if kind is None:
        return Fenced(None, (_unknown(text, start, end, found[2], tuple(kinds)),))
    argument, argument_start = found[3], text.start_of(line) + found.start(3)
    faults: list[Report] = []
    if argument and kind.argument == "none":
        message = f"{kind.name} takes nothing behind its name"
        faults.append(text.fault(argument_start, argument_start + len(argument), message))
    if not argument and kind.argument == "must":
        message = f"{kind.name} needs {kind.what} behind its name"
        faults.append(text.fault(start, end, message))
    lines = token.content.split("\n")[:-1]
    swallowed = re.compile(rf"\s*{re.escape(token.markup[0])}{{{len(token.markup)},}}[ \t]*\{{")
    for number, content in enumerate(lines):
        if swallowed.match(content):
            other = f"line {number + line + 2} begins another one; only a longer fence may hold others"
            faults.append(text.fault(start, end, f"the directive {kind.name} is not closed", hint=other))
            return Fenced(None, tuple(faults))
    given, used, wrong = _options(text, line, lines)
    values, unfit = _values(text, kind, given, (start, end))
    faults += (*wrong, *unfit)
    body_line = line + 1 + used
    body = "\n".join(lines[used:])
    if kind.body == "none" and body.strip():
        hint = "options stand directly below the first line" if ":" in body else None
        at = next(k for k, content in enumerate(lines[used:]) if content.strip())
        faults.append(text.at_line(body_line + at, f"{kind.name} has no body", hint=hint))
    made = Directive(kind, argument, argument_start, values, given, body, body_line, start, end)
    return Fenced(made, tuple(faults))


def _unknown(text: ChapterText, start: int, end: int, name: str, known: tuple[str, ...]) -> Report:
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else "there are " + ", ".join(known)
    return text.fault(start, end, f"there is no directive {name!r}", hint=hint)


def _options(
    text: ChapterText, line: int, lines: list[str]
) -> tuple[tuple[Option, ...], int, tuple[Report, ...]]:
    """The options, the number of lines they take, and what looks like one and is none."""
    given: list[Option] = []
    faults: list[Report] = []
    used = 0
    for content in lines:
        if not content.lstrip().startswith(":") or content.lstrip().startswith("::"):
            break
        used += 1
        found = _OPTION.match(content.strip())
        at = text.line(line + used).find(content.strip()) + text.start_of(line + used)
        if found is None:
            message = "an option is :name: value"
            faults.append(text.at_line(line + used, message, hint=":wrt: W"))
        else:
            value = found[2] or ""
            given.append(Option(found[1], value, at + 1, at + (found.start(2) if value else found.end(1))))
    return tuple(given), used, tuple(faults)


def _values(
    text: ChapterText, kind: DirectiveKind, given: tuple[Option, ...], place: tuple[int, int]
) -> tuple[Mapping[str, Any], tuple[Report, ...]]:
    """The options as read, defaults put in, and what is wrong with them."""
    known = {key.name: key for key in kind.options}
    values = {key.name: key.default for key in kind.options}
    faults: list[Report] = []
    seen: set[str] = set()
    for option in given:
        key = known.get(option.name)
        start, end = option.start, option.start + len(option.name)
        if key is None:
            close = nearest(option.name, known)
            hint = f"did you mean {close}?" if close else "known here: " + ", ".join(known)
            message = f"{kind.name} has no option {option.name!r}"
            faults.append(text.fault(start, end, message, hint=hint if known else None))
        elif option.name in seen:
            faults.append(text.fault(start, end, f"the option {option.name} is given twice"))
        else:
            try:
                values[option.name] = key.kind.read(option.value, option.value)
            except UnfitError as unfit:
                begin = option.value_start
                faults.append(
                    text.fault(
                        begin,
                        begin + len(option.value),
                        f"{option.name} {unfit.message}",
                        hint=unfit.hint,
                        code=unfit.code,
                    )
                )
        seen.add(option.name)
    meant = {nearest(name, known) for name in seen if name not in known}
    for key in kind.options:
        if key.required and key.name not in seen and key.name not in meant:
            hint = f":{key.name}: is {key.help}"
            faults.append(text.fault(*place, f"{kind.name} needs the option {key.name}", hint=hint))
    return values, tuple(faults)
