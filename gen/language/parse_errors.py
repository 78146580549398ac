"""What is wrong with a text that cannot be parsed, or may not be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gen.errors import Code, InputError, Where, input_error
from gen.language.characters import character_hint, character_name

MAX_LENGTH = 10_000
MAX_DEPTH = 100
MAX_DIGITS = 40
MAX_EXPONENT = 308
MAX_NAME = 40

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[*/^]|>=|\S")
_NO_WORD = (".", "_", ">", "=")
_LONG_EXPONENT = re.compile(r"[0-9][eE][+-]?[0-9]{3}")


def scan(text: str, where: Where, odd: re.Pattern[str]) -> tuple[list[str], list[int]]:
    """The words of a text and where they begin; at the end an empty word.

    Refuses what is too large or has characters of another language.
    """
    if len(text) > MAX_LENGTH:
        message = f"the text has {len(text)} characters; at most {MAX_LENGTH} are read"
        raise input_error("too_large", message, where=where)
    strange = odd.search(text)
    if strange:
        at = strange.start()
        message = f"unexpected character {character_name(text[at])}"
        raise _error(text, where, at, message, hint=character_hint(text[at]))
    # In a short text nothing else can be too large.
    if len(text) > MAX_NAME or _LONG_EXPONENT.search(text):
        _check_limits(text, where, _TOKEN.finditer(text))
    words: list[str] = []
    starts: list[int] = []
    for token in _TOKEN.finditer(text):
        words.append(token[0])
        starts.append(token.start())
    if not words:
        raise _error(text, where, 0, "the expression is empty", hint="an example: W*X")
    words.append("")
    starts.append(len(text))
    return words, starts


def _check_limits(text: str, where: Where, tokens: Iterable[re.Match[str]]) -> None:
    depth = minuses = 0
    for token in tokens:
        word = token[0]
        depth += word in ("(", "[")
        depth -= word in (")", "]")
        minuses = minuses + 1 if word == "-" else 0
        if max(depth, minuses) > MAX_DEPTH:
            raise too_deep(text, where, token.start())
        if word[0].isdigit():
            _limit_number(text, where, token)
        elif len(word) > MAX_NAME:
            message = f"a name has at most {MAX_NAME} characters, this one has {len(word)}"
            raise _error(text, where, token.start(), message, end=token.end(), code="too_large")


def _limit_number(text: str, where: Where, token: re.Match[str]) -> None:
    digits, _, exponent = token[0].lower().partition("e")
    if len(digits) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        message = f"this number is too large: at most {MAX_DIGITS} digits, exponents up to {MAX_EXPONENT}"
        raise _error(text, where, token.start(), message, end=token.end(), code="too_large")


def too_deep(text: str, where: Where, at: int) -> InputError:
    message = f"the expression is nested more than {MAX_DEPTH} deep"
    return _error(text, where, at, message, code="too_large")


def _error(
    text: str,
    where: Where,
    start: int,
    message: str,
    *,
    end: int | None = None,
    hint: str | None = None,
    code: Code = "syntax",
) -> InputError:
    stop = end if end is not None else min(start + 1, len(text))
    return input_error(code, message, where=where, source=text, start=start, end=max(start, stop), hint=hint)


def explained(text: str, where: Where, words: list[str], starts: list[int], here: int) -> InputError:
    """What is wrong with a text that the grammar cannot continue at the word `here`, and why."""
    tokens = [(w, start, start + len(w)) for w, start in zip(words, starts, strict=True) if w]
    if words[here] in _NO_WORD:
        return _odd_here(text, where, starts[here])
    before = tokens[here - 1][0] if here else ""
    opened = [t for t in tokens[:here] if t[0] in "(["]
    closed = [t for t in tokens[:here] if t[0] in ")]"]
    if here == len(tokens):
        stop = len(text.rstrip())
        if _ends_operand(before) and len(opened) > len(closed):
            column = _unclosed(tokens)[1] + 1
            hint = f"the bracket opened at column {column} is never closed"
            return _error(text, where, stop, "a closing bracket is missing", hint=hint)
        return _error(text, where, stop, f"something is missing after {before}")
    word, start, end = tokens[here]
    if word in ")]" and len(closed) >= len(opened):
        return _error(text, where, start, f"unexpected {word}", hint="no bracket is open here")
    if word in (")", "]", ",") and not _ends_operand(before):
        return _error(text, where, start, f"something is missing between {before} and {word}")
    if _begins_operand(word) and _ends_operand(before):
        left, right = _cut(before), _cut(word)
        message = f"an operator is missing between {left} and {right}"
        return _error(text, where, start, message, end=end, hint=_joined(tokens, here))
    if word == "," and _ends_operand(before):
        hint = "commas stand between the arguments of a function; a decimal point is a point"
        return _error(text, where, start, "unexpected ,", hint=hint)
    advice = {"*": "for a power write ^", "+": "leave out a sign that changes nothing"}.get(word)
    place = f"between {before} and {word}" if before else f"before {word}"
    return _error(text, where, start, f"something is missing {place}", end=end, hint=advice)


def _odd_here(text: str, where: Where, at: int) -> InputError:
    """A character of the language where no word of it can begin: a lone dot, an underscore."""
    char, after, before = text[at], text[at + 1 : at + 2], text[:at].rstrip()[-1:]
    hint = character_hint(char)
    if char == "." and after == "T":
        hint = "for a transpose write ', as in X'"
    elif char == "." and after.isdigit():
        hint = f"write 0.{after}"
    elif char == "." and before.isdigit():
        hint = "a number does not end in a dot"
    elif char == "_":
        hint = "a name begins with a letter"
    return _error(text, where, at, f"unexpected {char}", hint=hint)


def _unclosed(tokens: list[tuple[str, int, int]]) -> tuple[str, int, int]:
    stack: list[tuple[str, int, int]] = []
    for token in tokens:
        if token[0] in "([":
            stack.append(token)
        elif token[0] in ")]" and stack:
            stack.pop()
    return stack[-1]


def _joined(tokens: list[tuple[str, int, int]], here: int) -> str:
    before, word = _cut(tokens[here - 1][0]), _cut(tokens[here][0])
    if word == "(" or not before[0].isalnum():
        return "for a product write *"
    if before[0].islower() and len(before) > 1:
        return f"for a function write {before}({word}), for a product {before}*{word}"
    return f"for a product write {before}*{word}"


def _cut(word: str) -> str:
    return word if len(word) <= 20 else word[:19] + "…"


def _begins_operand(word: str) -> bool:
    return word[0].isalnum() or word in ("(", "[")


def _ends_operand(word: str) -> bool:
    return word != "" and (word[0].isalnum() or word in (")", "]", "'"))
