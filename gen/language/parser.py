"""From text to the source tree: the grammar of FORMATS section 2, with errors in words."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib import resources

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from gen.errors import Where
from gen.language.parse_errors import MAX_DEPTH, MAX_LENGTH, check_limits, explained, too_deep
from gen.language.syntax import Syntax

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
    check_limits(text, where, odd)
    try:
        tree: Syntax = _LARK.parse(text)  # type: ignore[assignment]  # the transformer makes Syntax
    except UnexpectedInput as error:
        raise explained(text, where, error) from None
    if tree.depth > MAX_DEPTH:
        deep = next(part for part in tree.walk() if part.depth <= MAX_DEPTH)
        raise too_deep(text, where, deep.start)
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
