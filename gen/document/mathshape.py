r"""Whether a formula has the arguments, scripts and delimiters that its commands need.

`guarded` says which commands may stand in a formula; this says whether TeX can set it, before TeX is run,
so that an author is told the place in what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NoReturn

from gen.errors import input_error

_TOKEN = re.compile(r"\\([A-Za-z]+)|\\.|[^\s]", re.DOTALL)
_ARGUMENTS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys("frac dfrac tfrac cfrac binom overset underset stackrel".split(), 2)
    | dict.fromkeys(
        """
        sqrt operatorname hat widehat tilde widetilde bar overline underline vec dot ddot acute grave check
        breve overbrace underbrace overrightarrow mathbf mathrm mathit mathsf mathtt mathcal mathnormal
        boldsymbol bm mathop mathrel mathbin mathord phantom hphantom vphantom substack boxed pmod
        """.split(),
        1,
    )
)
_TEXT = frozenset(("text", "textbf", "textit", "textrm"))
_FENCES = frozenset("left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split())
_DELIMITERS = frozenset(
    r"( ) [ ] | . / < > \{ \} \| \lbrace \rbrace \lbrack \rbrack \langle \rangle \lfloor \rfloor "
    r"\lceil \rceil \lvert \rvert \lVert \rVert \Vert \vert \backslash \uparrow \downarrow".split()
)


def check_shape(source: str) -> None:
    r"""Raise InputError at the first thing in `source` that TeX could not set; braces must match already.

    >>> check_shape(r"\frac{a}{b}_i^2 + \left(\hat\beta'\right)")
    """
    reader = _Reader(source)
    while reader.at < len(reader.tokens):
        reader.atom()


class _Reader:
    """One pass over a formula; lives for one call of `check_shape`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.tokens = [(found[0], found.start()) for found in _TOKEN.finditer(source)]
        self.at = 0
        self._scripts: set[str] = set()

    def atom(self) -> None:
        """The next piece, with what belongs to it."""
        token, start = self.tokens[self.at]
        self.at += 1
        if token in ("^", "_"):
            self._script(token, start)
        elif token == "'":
            if "^" in self._scripts:
                self._fail(start, "a second superscript", "write it into the first: a^{2\\prime}")
        else:
            self._scripts = set()
            self._piece(token, start)

    def _script(self, sign: str, start: int) -> None:
        name = {"^": "superscript", "_": "subscript"}[sign]
        if sign in self._scripts:
            self._fail(start, f"a second {name}", f"brackets say what it belongs to: {{a{sign}1}}{sign}2")
        before = self._scripts | {sign}
        self._argument(start, name)
        self._scripts = before

    def _piece(self, token: str, start: int) -> None:
        name = token[1:]
        if token == "{":
            self._group()
        elif token.startswith("\\") and name in _FENCES:
            found = self._next()
            if found not in _DELIMITERS:
                self._fail(start, f"{token} needs a bracket behind it", f"{token}( or {token}.")
            self.at += 1
        elif token.startswith("\\") and name in _TEXT:
            self._words(token, start)
        elif token.startswith("\\") and name in ("begin", "end"):
            self._argument(start, token)
            if name == "begin" and self._source[start:].startswith("\\begin{array}"):
                self._argument(start, "\\begin{array}")
        elif token.startswith("\\") and name in _ARGUMENTS:
            if name == "sqrt" and self._next() == "[":
                while self._next() not in ("]", ""):
                    self.at += 1
                self.at += 1
            for _ in range(_ARGUMENTS[name]):
                self._argument(start, token)
        self._scripts = set()

    def _group(self) -> None:
        """Up to the brace that closes the one just read."""
        while self._next() not in ("}", ""):
            self.atom()
        self.at += 1

    def _argument(self, start: int, what: str) -> None:
        found = self._next()
        if found in ("", "}", "&", "^", "_", "\\\\", "\\right", "\\end"):
            self._fail(
                start, f"{what} needs something behind it" if what[0] != "\\" else f"{what} lacks {{...}}"
            )
        self.at += 1
        self._scripts = set()
        self._piece(found, self.tokens[self.at - 1][1])

    def _words(self, token: str, start: int) -> None:
        """The words of a \\text, in which nothing is mathematics."""
        if self._next() != "{":
            self._fail(start, f"{token} lacks {{...}}")
        depth = 0
        while self.at < len(self.tokens):
            found, place = self.tokens[self.at]
            self.at += 1
            depth += (found == "{") - (found == "}")
            if found in ("^", "_", "&"):
                self._fail(place, f"{found} stands in {token}, where nothing is mathematics")
            if depth == 0:
                break

    def _next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _fail(self, start: int, message: str, hint: str | None = None) -> NoReturn:
        end = next((place for _, place in self.tokens if place > start), len(self._source))
        shown = self._source[start:end].rstrip()
        raise input_error(
            "syntax",
            f"the formula cannot be set: {message}",
            where="file",
            source=self._source,
            start=start,
            end=start + len(shown),
            hint=hint,
        )
