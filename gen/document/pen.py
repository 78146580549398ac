"""What a document is written with: a style of formulas and the words of a language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from gen.document.words import Words, words_of
from gen.language.notation import NOTHING, Line, Notation, Path
from gen.language.style import Style, notations
from gen.language.writer import Writer, write

EINSTEIN = Style(sums="einstein")
SIGMA = Style(sums="sigma")


@dataclass(frozen=True, slots=True, eq=False)
class Pen:
    """Writes the lines and sentences of one document: `n` is for paper, `mathml` for screens.

    `in_text` are the same two for formulas in lines of text, which have slashes for fractions.

    `laws` is the style of laws in sentences, None where that is the usual one: they write their sums.
    `aloud` where lines carry remarks for a speaker. `memory` keeps what has been written, in lines and in
    lines of text; it is no part of what the pen is.
    """

    style: Style
    words: Words
    n: Notation
    mathml: Notation
    spoken: Notation
    laws: Style | None
    in_text: tuple[Notation, Notation]
    memory: tuple[Writer, Writer] | None = None
    aloud: bool = False

    def line(self, line: Line, marks: frozenset[Path] = NOTHING) -> str:
        """A line as TeX; what stands at `marks` is marked."""
        return write(line, self.n, marks) if self.memory is None else self.memory[0].line(line, marks)

    def inline(self, line: Line) -> str:
        """The same in a line of text."""
        return write(line, self.in_text[0]) if self.memory is None else self.memory[1].line(line)

    def for_text(self) -> Pen:
        """The same pen for lines of text."""
        return replace(self, n=self.in_text[0], mathml=self.in_text[1], memory=None)

    def remembering(self) -> Pen:
        """A pen for one problem, which writes what its lines share once."""
        if self.memory is not None:
            return self
        return replace(self, memory=(Writer(self.n), Writer(self.in_text[0])))

    def implying(self, possible: bool) -> Pen:
        """The same pen where sums can be implied; where they cannot, one that writes them."""
        if possible or self.style.sums == "sigma":
            return self
        return _writing_sums(self.style, self.words.language, self.aloud)


@cache
def pen_for(style: Style = EINSTEIN, language: str = "en") -> Pen:
    """The pen of a style and a language."""
    made = notations(style)
    laws = replace(style, sums="einstein")
    flat = (made.latex_in_text, made.mathml_in_text)
    known = None if laws == Style() else laws
    return Pen(style, words_of(language), made.latex, made.mathml, made.spoken, known, flat)


@cache
def _writing_sums(style: Style, language: str, aloud: bool) -> Pen:
    return replace(pen_for(replace(style, sums="sigma"), language), aloud=aloud)


USUAL = pen_for(EINSTEIN, "en")
PLAIN = pen_for(SIGMA, "en")
