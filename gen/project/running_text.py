"""Running text from the parser's tokens to pieces of a line, with the place of whatever is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from gen.document.inline import Break, Emphasis, Inline, Link, Maths, Piece, Raw, Typed, Words
from gen.document.mathguard import guarded
from gen.document.mathshape import check_shape
from gen.document.tex import Tex
from gen.errors import FreeIndexError, InputError, Report, nearest
from gen.project.located import located
from gen.project.markdown_tree import HTML_HINT, NO_HTML
from gen.project.prose_faults import FOOTNOTE_HINT, footnotes
from gen.project.roles import ROLE_NAMED, Speaking

# Typographic quotes as the author may have typed them, one sign for one.
# A formula on lines of its own, or a role, where it begins.
_BEGINS = re.compile(r"\$\$|\{[a-z][a-z-]*\}`")
_TYPED = str.maketrans("“”„‘’‚", "\"\"\"'''")
_SCHEMES = ("https://", "http://", "mailto:")


def running_text(
    tokens: Sequence[Token], start: int, speaking: Speaking
) -> tuple[Inline, tuple[Report, ...]]:
    """The pieces of a line, and what is wrong in it; `start` is where its text begins in the chapter."""
    reader = _Line(start, speaking)
    pieces = reader.pieces(iter(tokens))
    return pieces, tuple(reader.faults)


class _Line:
    """One pass over the tokens of a line; lives for one call of `running_text`."""

    def __init__(self, start: int, speaking: Speaking) -> None:
        self.faults: list[Report] = []
        self._at = start
        self._speaking = speaking
        self._source = speaking.text.text.translate(_TYPED)

    def pieces(self, tokens: Iterator[Token], until: str = "") -> Inline:
        """The pieces up to the token that closes what has been opened."""
        out: list[Piece] = []
        for token in tokens:
            if token.type == until:
                break
            for piece in self._piece(token, tokens):
                before = out[-1] if out else None
                if isinstance(piece, Words) and isinstance(before, Words):
                    out[-1] = Words(before.text + piece.text)
                else:
                    out.append(piece)
        return tuple(out)

    def _piece(self, token: Token, rest: Iterator[Token]) -> Inline:
        match token.type:
            case "text" | "text_special":
                start = self._found(token.content)
                self._unclosed(token.content, start)
                self._footnotes(token.content, start)
                return (Words(token.content),) if token.content else ()
            case "softbreak":
                return (Words(" "),)
            case "hardbreak":
                return (Break(),)
            case "code_inline":
                self._found(token.content)
                return (Typed(token.content),)
            case "em_open" | "strong_open":
                closing = token.type.replace("open", "close")
                return (Emphasis(self.pieces(rest, closing), token.type == "strong_open"),)
            case "link_open":
                return self._link(token, rest)
            case "math_inline" | "math_inline_double":
                return self._maths(token)
            case "html_inline":
                return self._html(token)
            case "myst_role":
                return self._role(token)
            case "image":
                self._found("![")
                self._fault(self._at - 2, 2, "a picture stands in a figure", "```{figure} picture.png")
                return ()
            case kind:
                self._fault(self._at, 1, f"{kind} has no place in notes", None)
                return ()

    def _unclosed(self, content: str, start: int) -> None:
        """What begins a formula or a role and stands in the text as it was typed has no end."""
        for found in _BEGINS.finditer(content):
            if not self._source.startswith(found[0], start + found.start()):
                continue  # typed with backslashes, which make it text
            hint = r"\$ prints a dollar sign" if found[0] == "$$" else "a role ends with the next `"
            message = f"{found[0]} is not closed"
            self._fault(start + found.start(), len(found[0]), message, hint)

    def _footnotes(self, content: str, start: int) -> None:
        """What Markdown elsewhere takes for a footnote would print as it is typed."""
        for begin, end in footnotes(content, self._source, start):
            self._fault(begin, end - begin, "there are no footnotes", FOOTNOTE_HINT)

    def _found(self, content: str) -> int:
        """Where a piece of text stands, from where the one before it ended."""
        found = self._source.find(content.translate(_TYPED), self._at)
        if found < 0:
            return self._at
        self._at = found + len(content)
        return found

    def _fault(self, start: int, length: int, message: str, hint: str | None) -> None:
        self.faults.append(self._speaking.text.fault(start, start + length, message, hint=hint))

    def _link(self, token: Token, rest: Iterator[Token]) -> Inline:
        address = str(token.attrs.get("href", ""))
        start = self._at
        inside = self.pieces(rest, "link_close")
        if address.startswith(_SCHEMES):
            return (Link(address, inside),)
        at = self._speaking.text.text.find(address, start) if address else start
        hint = "{ref}`words <label>` leads to a place in the notes"
        self._fault(
            max(at, start), max(1, len(address)), "a link leads to an https: or mailto: address", hint
        )
        return inside

    def _maths(self, token: Token) -> Inline:
        start = self._found(token.content)
        try:
            tex = guarded(token.content)
            check_shape(token.content)
        except FreeIndexError as error:
            self.faults.append(located(self._speaking.text, start, token.content, error.report))
            return ()
        return (Maths(Tex(tex.strip()), token.type == "math_inline_double"),)

    def _html(self, token: Token) -> Inline:
        start = self._found(token.content)
        if token.content.startswith("<!--"):
            return ()
        if "html" in self._speaking.notes.raw:
            return (Raw("html", token.content),)
        self._fault(start, len(token.content), NO_HTML, HTML_HINT)
        return ()

    def _role(self, token: Token) -> Inline:
        name = str(token.meta["name"])
        text = self._speaking.text.text
        found = re.compile(rf"\{{({re.escape(name)})\}}`+").search(text, self._at)
        at = found.start(1) if found else self._at
        start = found.end() if found else self._at
        self._at = start + len(token.content)
        role = ROLE_NAMED.get(name)
        if role is None:
            close = nearest(name, ROLE_NAMED)
            hint = f"did you mean {close}?" if close else "there are " + ", ".join(ROLE_NAMED)
            self._fault(at, len(name), f"there is no role {name!r}", hint)
            return ()
        try:
            return role.make(token.content, start, self._speaking)
        except InputError as error:
            self.faults.append(error.report)
            return ()
