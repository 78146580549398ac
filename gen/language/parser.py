"""From text to the source tree, with errors in words: the matrix language and the index text.

FORMATS sections 2 and 4 in one grammar; the characters [ ] > are refused in the matrix language:

    sum      = product { ("+" | "-") product }
    product  = unary { ("*" | "/" | ".*" | "./") unary }
    unary    = "-" unary | postfix
    postfix  = primary { "'" | ("^" | ".^") exponent | "[" index { "," index } "]" }
    exponent = [ "-" ] primary
    primary  = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
             | "sum" "[" name { "," name } "]" "(" sum ")" | "[" name ">=" name "]"
    index    = name | "(" index "," index ")"

Transposition and powers have one rank and are read from left to right. The binder
sum[j](...) and the function sum(...) share a word; the bracket tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from gen.errors import InputError, Where
from gen.language.node import number
from gen.language.parse_errors import MAX_DEPTH, MAX_LENGTH, explained, scan, too_deep
from gen.language.syntax import Syntax

T = TypeVar("T")

_ODD = re.compile(r"[^A-Za-z0-9_ \t\r\n+\-*/^.'(),]")
_ODD_IN_INDEX_TEXT = re.compile(r"[^A-Za-z0-9_ \t\r\n+\-*/^.'(),\[\]>=]")
_DEFINITION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(?![=])")

_OF_SUMS = frozenset(("+", "-"))
_OF_PRODUCTS = frozenset(("*", "/", ".*", "./"))
_BEHIND = frozenset(("'", "^", ".^", "["))


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
    found = _DEFINITION.match(text[:MAX_LENGTH]) if "=" in text else None
    if found is None:
        return None, text, 0
    return found[1], text[found.end() :], found.end()


def _parse(text: str, where: Where, odd: re.Pattern[str]) -> Syntax:
    words, starts = scan(text, where, odd)
    parser = _Parser(text, where, words, starts)
    tree = parser.sum()
    if words[parser.at]:
        raise parser.stuck()
    # Every level of a tree has a word of its own.
    if len(words) > MAX_DEPTH:
        depths = tree.depths()
        if depths[id(tree)] > MAX_DEPTH:
            deep = next(part for part in tree.walk() if depths[id(part)] <= MAX_DEPTH)
            raise too_deep(text, where, deep.start)
    return tree


class _Parser:
    """Reads words from left to right; one method a rule of the grammar, `at` is the next word.

    The last word is empty and stands for the end of the text.
    """

    __slots__ = ("at", "starts", "text", "where", "words")

    def __init__(self, text: str, where: Where, words: list[str], starts: list[int]) -> None:
        self.text, self.where, self.words, self.starts = text, where, words, starts
        self.at = 0

    def sum(self) -> Syntax:
        """Sums of products; both are read here, which halves the recursion."""
        words = self.words
        terms: list[Syntax] = []
        signs: list[str] = []
        while True:
            term = self._unary()
            if words[self.at] in _OF_PRODUCTS:
                factors, between = [term], []
                while (sign := words[self.at]) in _OF_PRODUCTS:
                    self.at += 1
                    between.append(sign)
                    factors.append(self._unary())
                term = Syntax("product", tuple(factors), tuple(between), term.start, factors[-1].end)
            terms.append(term)
            sign = words[self.at]
            if sign not in _OF_SUMS:
                break
            self.at += 1
            signs.append(sign)
        return Syntax("sum", tuple(terms), tuple(signs), terms[0].start, term.end) if signs else term

    def _unary(self) -> Syntax:
        words = self.words
        if words[self.at] == "-":
            return self._negative()
        out = self._primary()
        while (word := words[self.at]) in _BEHIND:
            if word == "'":
                out = Syntax("transpose", (out,), None, out.start, self.starts[self.at] + 1)
                self.at += 1
            elif word != "[":
                self.at += 1
                exponent = self._exponent()
                out = Syntax(word, (out, exponent), None, out.start, exponent.end)
            else:
                self.at += 1
                indices = self._list(self._index)
                out = Syntax("entry", (out, *indices), None, out.start, self._past("]"))
        return out

    def _negative(self) -> Syntax:
        """A run of minus signs is read here, however long it is."""
        first = self.at
        while self.words[self.at] == "-":
            self.at += 1
        after = self.at
        out = self._unary()
        while after > first:
            after -= 1
            out = Syntax("negative", (out,), None, self.starts[after], out.end)
        return out

    def _exponent(self) -> Syntax:
        start = self.starts[self.at]
        if self.words[self.at] != "-":
            return self._primary()
        self.at += 1
        inner = self._primary()
        return Syntax("negative", (inner,), None, start, inner.end)

    def _primary(self) -> Syntax:
        at = self.at
        word, start = self.words[at], self.starts[at]
        if word[:1].isalpha():
            self.at = at + 1
            following = self.words[at + 1]
            if following == "(":
                return self._call(word, start)
            if following == "[" and word == "sum":
                return self._binder(start)
            return Syntax("name", (), word, start, start + len(word))
        if word[:1].isdigit():
            self.at = at + 1
            # Small whole numbers are there already.
            value = number(int(word)).number if word.isdigit() else Fraction(word)
            return Syntax("number", (), value, start, start + len(word))
        if word == "(":
            self.at = at + 1
            inside = self.sum()
            return Syntax(inside.op, inside.args, inside.value, start, self._past(")"))
        if word == "[":
            self.at = at + 1
            first = self._name()
            self._past(">=")
            return Syntax("order", (), (first, self._name()), start, self._past("]"))
        raise self.stuck()

    def _call(self, word: str, start: int) -> Syntax:
        args: list[Syntax] = []
        while not args or self.words[self.at] == ",":
            self.at += 1
            args.append(self.sum())
        return Syntax("call", tuple(args), word, start, self._past(")"))

    def _binder(self, start: int) -> Syntax:
        self.at += 1
        bound = self._list(self._name)
        self._past("]")
        self._past("(")
        return Syntax("binder", (self.sum(),), bound, start, self._past(")"))

    def _index(self) -> Syntax:
        start = self.starts[self.at]
        if self.words[self.at] != "(":
            name = self._name()
            return Syntax("letter", (), name, start, start + len(name))
        self.at += 1
        first = self._index()
        self._past(",")
        return Syntax("pair", (first, self._index()), None, start, self._past(")"))

    def _name(self) -> str:
        word = self.words[self.at]
        if not word[:1].isalpha():
            raise self.stuck()
        self.at += 1
        return word

    def _list(self, item: Callable[[], T]) -> tuple[T, ...]:
        """Items with commas between them."""
        out = [item()]
        while self.words[self.at] == ",":
            self.at += 1
            out.append(item())
        return tuple(out)

    def _past(self, word: str) -> int:
        """The place behind the next word, which must be this one."""
        if self.words[self.at] != word:
            raise self.stuck()
        self.at += 1
        return self.starts[self.at - 1] + len(word)

    def stuck(self) -> InputError:
        """The next word cannot stand where it stands."""
        return explained(self.text, self.where, self.words, self.starts, self.at)
