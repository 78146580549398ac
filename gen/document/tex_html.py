r"""Finished sentences of this program, which are TeX, as HTML with MathML: prompts, hints, what a mistake is.

Only what `gen.document.tex` and `gen.document.prose` can write is understood. Anything else raises
UnknownTexError, which is a fault of this program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

from gen.document.glyphs import ACCENTS
from gen.document.table_html import arguments, cells_of, table_html
from gen.document.tex import Tex, Text
from gen.document.tex_mathml import is_wide, tex_mathml
from gen.document.web_maths import SPOKEN, scrolling
from gen.document.words import words_of

_TOKEN = re.compile(
    r"(?P<maths>\$(?:[^$\\]|\\.)*\$|\\ensuremath\{(?:[^{}]|\{[^{}]*\})*\})"
    r"|(?P<display>\\\[.*?\\\])"
    r"|\\begin\{(?P<begin>itemize|enumerate|quote)\}|\\end\{(?P<end>itemize|enumerate|quote)\}"
    r"|(?P<item>\\item\{\}\s*)"
    r"|\\(?P<name>[A-Za-z]+)(?P<empty>\{\})?|\\(?P<sign>.)"
    r"|(?P<paragraph>\n\s*\n)|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\${}\n~^_#&%]+|\n|~)",
    re.DOTALL,
)
_AROUND: Mapping[str, str] = MappingProxyType(
    {
        "emph": "<em>{}</em>",
        "textbf": "<strong>{}</strong>",
        "texttt": "<code>{}</code>",
        "mbox": '<span class="kept">{}</span>',
    }
)
_WORDS: Mapping[str, Markup] = MappingProxyType(
    {
        "textbackslash": Markup("\\"),
        "textasciicircum": Markup("^"),
        "textasciitilde": Markup("~"),
        "textasciigrave": Markup("`"),
        "textquotedbl": Markup("&#34;"),
        "quad": Markup("\u2003"),
        "allowbreak": Markup("<wbr>"),
        "i": Markup("i"),
        "j": Markup("j"),
        "newline": Markup("<br>"),
    }
)
_SIGNS: Mapping[str, str] = MappingProxyType({",": "\u2009", "-": "\u00ad", "/": ""})
_MARKS: Mapping[str, str] = MappingProxyType({command: mark for mark, command in ACCENTS.items()})
# What `gen.document.letters` writes around letters: how many arguments, and which of them is the text.
_LETTERS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "Written": (2, 1),
        "Composed": (2, 0),
        "Accented": (1, 0),
        "Turned": (2, 0),
        "RightToLeft": (1, 0),
        "LeftToRight": (1, 0),
        "LeftwardText": (1, 0),
    }
)
_LISTS: Mapping[str, str] = MappingProxyType({"itemize": "ul", "enumerate": "ol"})


class UnknownTexError(Exception):
    """A sentence of this program holds TeX that it has no HTML for."""


def inline_html(text: Text, language: str = SPOKEN) -> Markup:
    r"""A sentence inside a line of a page in `language`.

    Raises UnknownTexError, for paragraphs and lists as well.

    >>> str(inline_html(Tex(r"5\% of \emph{all} $x$")))
    '5% of <em>all</em> <math alttext="x" aria-label="x"><mi>x</mi></math>'
    """
    if not isinstance(text, Tex):
        return Markup.escape(text)
    reader = _Reader(text, language)
    made = reader.blocks("")
    if len(made) > 1 or (made and made[0][0] != "p"):
        raise UnknownTexError(f"paragraphs where one line is: {text}")
    return made[0][1] if made else Markup("")


def blocks_html(text: Text, language: str = SPOKEN) -> Markup:
    """Paragraphs, lists and displayed formulas. Raises UnknownTexError."""
    if not isinstance(text, Tex):
        return Markup("<p>{}</p>").format(text) if text.strip() else Markup("")
    return _joined(_Reader(text, language).blocks(""))


def displayed(tex: str, language: str = SPOKEN) -> Markup:
    """A formula on a line of its own, which scrolls where it is too wide."""
    scrolls = scrolling(language) if is_wide(tex) else Markup("")
    return Markup('<div class="formula"{}>{}</div>').format(scrolls, tex_mathml(tex, True, language))


def _joined(made: list[tuple[str, Markup]]) -> Markup:
    return Markup("\n").join(
        Markup("<p>{}</p>").format(inside) if kind == "p" else inside for kind, inside in made
    )


class _Reader:
    """One pass over a text; lives for one call."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._at = 0

    def _next(self) -> re.Match[str] | None:
        if self._at >= len(self._text):
            return None
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise UnknownTexError(self._text[self._at :])
        self._at = found.end()
        return found

    def blocks(self, until: str) -> list[tuple[str, Markup]]:
        """What stands up to `until` ("", or the end of a list, or a brace), as ("p" or "", HTML)."""
        out: list[tuple[str, Markup]] = []
        line = Markup("")

        def flush() -> None:
            nonlocal line
            shown = Markup(str(line).strip())
            if shown:
                out.append(("p", shown))
            line = Markup("")

        while True:
            start = self._at
            found = self._next()
            if found is None:
                if until:
                    raise UnknownTexError(f"{until} is missing in {self._text}")
                break
            if until == "item" and (found["item"] or found["end"]):
                self._at = start
                break
            if found["paragraph"]:
                flush()
            elif found["begin"]:
                flush()
                out.append(("", self._list(found["begin"]) if found["begin"] in _LISTS else self._quote()))
            elif until and found["end"] == until:
                break
            elif found["name"] == "TableSet":
                flush()
                out.append(("", self._table()))
            elif found["name"] == "ListingSet":
                flush()
                out.append(("", self._listing()))
            elif found["display"]:
                flush()
                out.append(("", displayed(found["display"][2:-2], self._language)))
            else:
                line += self._piece(found)
        flush()
        return out

    def _list(self, name: str) -> Markup:
        items = Markup("")
        while True:
            found = self._next()
            if found is None:
                raise UnknownTexError(f"a list has no end in {self._text}")
            if found["end"] == name:
                break
            if found["item"]:
                made = self.blocks("item")
                alone = len(made) >= 1 and made[0][0] == "p" and all(kind != "p" for kind, _ in made[1:])
                inside = made[0][1] + _joined(made[1:]) if alone else _joined(made)
                items += Markup("<li>{}</li>").format(inside)
            elif found[0].strip():
                raise UnknownTexError(f"{found[0]} in a list outside its items")
        tag = Markup(_LISTS[name])
        return Markup("<{}>{}</{}>").format(tag, items, tag)

    def _quote(self) -> Markup:
        return Markup("<blockquote>{}</blockquote>").format(_joined(self.blocks("quote")))

    def _table(self) -> Markup:
        (natural, _, body), self._at = arguments(self._text, self._at, 3)
        rows = tuple(tuple(inline_html(cell, self._language) for cell in row) for row in cells_of(body))
        return table_html(natural, rows, self._language)

    def _listing(self) -> Markup:
        """Lines as typed, as `gen.document.table_tex` writes them, with every blank."""
        (lines,), self._at = arguments(self._text, self._at, 1)
        made = Markup("\n").join(self._typed(line) for line in lines.split("\\newline\n"))
        words = words_of(self._language)
        label = words.filled("as_typed", name=words["text"])
        return Markup(
            '<pre class="listing" tabindex="0" role="group" aria-label="{}"><code>{}</code></pre>'
        ).format(label, made)

    def _typed(self, line: str) -> Markup:
        text = line.removeprefix("\\null ")
        bare = text.lstrip("~")
        words = (inline_html(Tex(word), self._language) for word in bare.split("\\ "))
        return Markup(" " * (len(text) - len(bare))) + Markup(" ").join(words)

    def _piece(self, found: re.Match[str]) -> Markup:
        if found["maths"]:
            inside = found["maths"]
            inside = inside[1:-1] if inside[0] == "$" else inside[len(r"\ensuremath{") : -1]
            large = inside.startswith(r"\displaystyle ")
            return tex_mathml(inside.removeprefix(r"\displaystyle "), large, self._language)
        if found["text"]:
            return Markup(escape(found["text"].replace("~", "\u00a0").replace("\n", " ")))
        if found["open"]:
            return self._group()
        if found["sign"]:
            return self._sign(found["sign"])
        name = found["name"]
        if name is None:
            raise UnknownTexError(f"{found[0]!r} in {self._text}")
        if name in _AROUND and not found["empty"]:
            return Markup(_AROUND[name]).format(self._argument(name))
        if name in _LETTERS and not found["empty"]:
            return self._letters(name)
        if name in _MARKS and not found["empty"]:
            return _accented(self._argument(name), _MARKS[name])
        if name in _WORDS:
            if not found["empty"] and self._text[self._at : self._at + 1] == " " and name in ("quad",):
                self._at += 1
            return _WORDS[name]
        raise UnknownTexError(f"\\{name} in {self._text}")

    def _letters(self, name: str) -> Markup:
        """Letters that TeX is told how to set: a browser knows it."""
        arguments = [self._argument(name) for _ in range(_LETTERS[name][0])]
        return arguments[_LETTERS[name][1]]

    def _sign(self, sign: str) -> Markup:
        if sign in _MARKS and self._text[self._at : self._at + 1] == "{":
            return _accented(self._argument(sign), _MARKS[sign])
        if sign in "%&$_#{}":
            return Markup.escape(sign)
        if sign in _SIGNS:
            return Markup.escape(_SIGNS[sign])
        raise UnknownTexError(f"\\{sign} in {self._text}")

    def _argument(self, name: str) -> Markup:
        found = self._next()
        if found is None or not found["open"]:
            raise UnknownTexError(f"\\{name} without an argument in {self._text}")
        return self._group()

    def _group(self) -> Markup:
        out = Markup("")
        while True:
            found = self._next()
            if found is None:
                raise UnknownTexError(f"a brace is missing in {self._text}")
            if found["close"]:
                return out
            out += self._piece(found)


def _accented(letter: Markup, mark: str) -> Markup:
    return Markup(unicodedata.normalize("NFC", f"{letter}{mark}"))
