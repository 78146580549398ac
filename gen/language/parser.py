"""From text to the source tree: the grammar of FORMATS section 2, with errors in words."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib import resources

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput

from gen.errors import Code, InputError, Where, input_error
from gen.language.characters import character_hint, character_name
from gen.language.syntax import Syntax

MAX_LENGTH = 10_000
MAX_DEPTH = 100
MAX_DIGITS = 40
MAX_EXPONENT = 308
MAX_NAME = 40

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[*/^]|>=|\S")
_ODD = re.compile(r"[^A-Za-z0-9_ \t\r\n+\-*/^.'(),]")
_ODD_IN_INDEX_TEXT = re.compile(r"[^A-Za-z0-9_ \t\r\n+\-*/^.'(),\[\]>=]")
_DEFINITION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(?![=])")


def parse(text: str, *, where: Where = "expr") -> Syntax:
    """The source tree of an expression of the matrix language.

    Raises InputError: `syntax` for what the grammar does not have, `too_large`
    for more than 10,000 characters, nesting deeper than 100 or giant numbers.
    """
    return _parse(text, where, _ODD)


def parse_index_text(text: str, *, where: Where = "expr") -> Syntax:
    """The source tree of an index text (FORMATS section 4); errors as for `parse`."""
    return _parse(text, where, _ODD_IN_INDEX_TEXT)


def split_definition(text: str) -> tuple[str | None, str, int]:
    """`F = W*X` as (name or None, the expression, where it begins in `text`)."""
    found = _DEFINITION.match(text[:MAX_LENGTH])
    if found is None:
        return None, text, 0
    return found[1], text[found.end() :], found.end()


def _parse(text: str, where: Where, odd: re.Pattern[str]) -> Syntax:
    _limits(text, where, odd)
    try:
        tree: Syntax = _LARK.parse(text)  # type: ignore[assignment]  # the transformer makes Syntax
    except UnexpectedInput as error:
        raise _explained(text, where, error) from None
    if tree.depth > MAX_DEPTH:
        deep = next(part for part in tree.walk() if part.depth <= MAX_DEPTH)
        raise _too_deep(text, where, deep.start)
    return tree


class _Builder(Transformer[Token, Syntax]):
    """Makes the source tree while Lark parses; one method a rule of the grammar."""

    def number(self, parts: list[Token]) -> Syntax:
        (token,) = parts
        return _leaf("number", Fraction(str(token)), token)

    def name(self, parts: list[Token]) -> Syntax:
        return _leaf("name", str(parts[0]), parts[0])

    def letter(self, parts: list[Token]) -> Syntax:
        return _leaf("letter", str(parts[0]), parts[0])

    def sum(self, parts: list[Syntax | Token]) -> Syntax:
        return _chain("sum", parts)

    def product(self, parts: list[Syntax | Token]) -> Syntax:
        return _chain("product", parts)

    def negative(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("negative", None, parts)

    def transpose(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("transpose", None, parts)

    def power(self, parts: list[Syntax | Token]) -> Syntax:
        return _over(str(parts[1]), None, parts)

    def call(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("call", str(parts[0]), parts)

    def group(self, parts: list[Syntax | Token]) -> Syntax:
        inner = _over("group", None, parts)
        inside = inner.args[0]
        return Syntax(inside.op, inside.args, inside.value, inner.start, inner.end)

    def entry(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("entry", None, parts)

    def pair(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("pair", None, parts)

    def binder(self, parts: list[Syntax | Token]) -> Syntax:
        bound = tuple(str(p) for p in parts[1:] if isinstance(p, Token) and p.type == "NAME")
        return _over("binder", bound, parts)

    def order(self, parts: list[Syntax | Token]) -> Syntax:
        return _over("order", (str(parts[1]), str(parts[3])), parts)


def _leaf(op: str, value: str | Fraction, token: Token) -> Syntax:
    start = token.start_pos or 0
    return Syntax(op, (), value, start, start + len(token))


def _over(op: str, value: str | tuple[str, ...] | None, parts: list[Syntax | Token]) -> Syntax:
    args = tuple(p for p in parts if isinstance(p, Syntax))
    return Syntax(op, args, value, _start(parts[0]), _end(parts[-1]))


def _chain(op: str, parts: list[Syntax | Token]) -> Syntax:
    return _over(op, tuple(str(p) for p in parts[1::2]), parts)


def _start(part: Syntax | Token) -> int:
    return part.start if isinstance(part, Syntax) else part.start_pos or 0


def _end(part: Syntax | Token) -> int:
    return part.end if isinstance(part, Syntax) else (part.start_pos or 0) + len(part)


_GRAMMAR = resources.files("gen.language").joinpath("grammar.lark").read_text(encoding="utf-8")
_LARK = Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


# --- errors ------------------------------------------------------------------


def _limits(text: str, where: Where, odd: re.Pattern[str]) -> None:
    """Refuse, before parsing, what is too large or has characters of another language."""
    if len(text) > MAX_LENGTH:
        message = f"the text has {len(text)} characters; at most {MAX_LENGTH} are read"
        raise input_error("too_large", message, where=where)
    strange = odd.search(text)
    if strange:
        at = strange.start()
        message = f"unexpected character {character_name(text[at])}"
        raise _error(text, where, at, message, hint=character_hint(text[at]))
    depth = minuses = 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        depth += word in ("(", "[")
        depth -= word in (")", "]")
        minuses = minuses + 1 if word == "-" else 0
        if max(depth, minuses) > MAX_DEPTH:
            raise _too_deep(text, where, token.start())
        if word[0].isdigit():
            _limit_number(text, where, token)
        elif len(word) > MAX_NAME:
            message = f"a name has at most {MAX_NAME} characters, this one has {len(word)}"
            raise _error(text, where, token.start(), message, end=token.end(), code="too_large")
    if not text.strip():
        raise _error(text, where, 0, "the expression is empty", hint="an example: W*X")


def _limit_number(text: str, where: Where, token: re.Match[str]) -> None:
    digits, _, exponent = token[0].lower().partition("e")
    if len(digits) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        message = f"this number is too large: at most {MAX_DIGITS} digits, exponents up to {MAX_EXPONENT}"
        raise _error(text, where, token.start(), message, end=token.end(), code="too_large")


def _too_deep(text: str, where: Where, at: int) -> InputError:
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


def _explained(text: str, where: Where, error: UnexpectedInput) -> InputError:
    """Lark's complaint in words: the first place that cannot continue, and why."""
    at = -1 if error.pos_in_stream is None else error.pos_in_stream
    tokens = [(t[0], t.start(), t.end()) for t in _TOKEN.finditer(text)]
    here = next((k for k, t in enumerate(tokens) if t[1] >= at >= 0), len(tokens))
    if isinstance(error, UnexpectedCharacters):
        return _odd_here(text, where, at)
    if _at_end(error):
        here = len(tokens)
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


def _at_end(error: UnexpectedInput) -> bool:
    token = getattr(error, "token", None)
    return isinstance(token, Token) and token.type == "$END"


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
