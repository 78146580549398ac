"""Answers as people type them, brought to the matrix language; errors point into what was typed.

`X^T`, `Xᵀ`, `X.T`, `X^{-1}`, `X^-T`, `A @ B`, `A·B`, `2AB`, `A ⊗ B`, `A ∘ B`, `‖x‖`, `δ_iq X_rk`, `I_m`, TeX
for these, and a left side as in `dF/dX = ...` are all understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from gen.errors import InputError, input_error
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.characters import greek_name
from gen.language.names import is_reserved
from gen.language.node import Node
from gen.language.parse_errors import MAX_NAME
from gen.problems.infix_kron import with_kron_called
from gen.problems.typed_fractions import with_quotients
from gen.problems.typed_pieces import Piece, ends_operand
from gen.problems.typed_words import BELOW, FUNCTIONS, LETTERS, PLAIN, SYNONYMS, WORD


@dataclass(frozen=True, slots=True)
class Typed:
    """A text of the language made from what was typed; `pieces` say where each part came from."""

    source: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text in the language."""
        return "".join(p.text for p in self.pieces)

    @property
    def has_entries(self) -> bool:
        """Is it an index text?"""
        return any(p.text.startswith("[") for p in self.pieces)

    def with_eye_of(self, size: str) -> Typed:
        """Every identity without a size given this one."""
        pieces = tuple(replace(p, text=f"eye({size})") if p.text == "eye" else p for p in self.pieces)
        return Typed(self.source, pieces)

    def letters(self) -> list[str]:
        """The letters of all indices, in order, but for those of sum[j]."""
        found: list[str] = []
        bound: set[str] = set()
        for before, piece in zip((None, *self.pieces), self.pieces, strict=False):
            if piece.text.startswith("["):
                here = LETTERS.findall(piece.text)
                if before is not None and before.text == "sum":
                    bound.update(here)
                found += here
        return [x for x in found if x not in bound]

    def pointed(self, error: InputError) -> InputError:
        """An error of the text as one of what was typed."""
        report = error.report
        if report.start is None:
            return InputError(replace(report, where="answer", source=None))
        for piece in self.pieces:
            if piece.text.startswith("\\"):
                message, hint = f"{piece.text} cannot be read in an answer", PLAIN
                return input_error(
                    "syntax",
                    message,
                    where="answer",
                    source=self.source,
                    start=piece.start,
                    end=piece.end,
                    hint=hint,
                )
        start = self._place(report.start)[0]
        end = self._place(max(report.start, (report.end or report.start + 1) - 1))[1]
        return InputError(
            replace(report, where="answer", source=self.source, start=start, end=max(end, start))
        )

    def _place(self, at: int) -> tuple[int, int]:
        """Where the character of the text at `at` was typed."""
        for piece in self.pieces:
            if at < len(piece.text):
                if piece.text == self.source[piece.start : piece.end]:
                    return piece.start + at, piece.start + at + 1
                return piece.start, piece.end
            at -= len(piece.text)
        end = len(self.source.rstrip())
        return end, end


def in_language(source: str, symbols: Mapping[str, Node], sizes: Collection[str] = ()) -> Typed:
    """What was typed, in the language; `symbols` and the dimensions `sizes` are what may stand in it."""
    begin = _behind_equals(source)
    pieces = [p for found in _words(source, begin) for p in _read(found, source, symbols, sizes)]
    while pieces and pieces[-1].text in ("", ".", ",", ";"):
        pieces.pop()  # the end of a sentence
    pieces = _with_norms(with_quotients([p for p in pieces if p.text]))
    pieces = with_kron_called(_with_products([p for p in pieces if p.text], symbols))
    return Typed(source, tuple(pieces))


def _behind_equals(source: str) -> int:
    """Where the answer begins: behind the last `=` that stands outside brackets of indices."""
    plain = BELOW.sub(lambda m: " " * len(m[0]), source)
    found = [m.end() for m in re.finditer(r"(?<![<>=])=(?!=)", plain)]
    return found[-1] if found and source[found[-1] :].strip() else 0


def _words(source: str, begin: int) -> list[re.Match[str]]:
    return [m for m in WORD.finditer(source, begin) if m.lastgroup != "blank"]


def _read(
    word: re.Match[str], source: str, symbols: Mapping[str, Node], sizes: Collection[str]
) -> list[Piece]:
    """The pieces of one word."""
    text, start, end = word[0], word.start(), word.end()

    def whole(new: str) -> list[Piece]:
        return [Piece(new, start, end)]

    match word.lastgroup:
        case "turned_inverse":
            return whole("^-1'")
        case "turned":
            return whole("'")
        case "inverse":
            return whole("^-1")
        case "entry":
            letters = LETTERS.findall(text)
            return whole(f"[{','.join(letters)}]" if letters else text)
        case "indices":
            return whole(text)
        case "name":
            first = "sum" if text[0] == "∑" else greek_name(text[0])
            if first is None or text[0].isascii():
                return _name(text, start, symbols, sizes)
            return _name(first + text[1:], start, symbols, sizes, end)
        case "sum":
            return _sum(text, start, end, symbols)
        case "styled" | "styled_letter":
            return _name(word[word.lastgroup], start, symbols, sizes, end)
        case "under":
            return whole(f"({word['over']}/{word['under']})")
        case "number":
            return whole(f"0{text}" if text.startswith(".") else text)
        case "command":
            return _command(text, start, end, symbols, sizes)
    if text == "**":
        return whole("^")
    return whole(SYNONYMS.get(text, text))


def _command(
    text: str, start: int, end: int, symbols: Mapping[str, Node], sizes: Collection[str]
) -> list[Piece]:
    if text in SYNONYMS:
        return [Piece(SYNONYMS[text], start, end)]
    found = _name(text.removeprefix("\\"), start, symbols, sizes, end)
    if text.startswith("\\") and not _is_known(text[1:], symbols, sizes):
        return [Piece(text, start, end)]
    return found


def _sum(text: str, start: int, end: int, symbols: Mapping[str, Node]) -> list[Piece]:
    """Σ_j in front of a product: a letter that stands twice is summed over anyway; Σ_jk may be an entry."""
    name, _, below = text.partition("_")
    if name.strip() not in ("Σ", "\\Sigma") or "Sigma" not in symbols:
        return []
    letters = LETTERS.findall(below)
    return [Piece("Sigma", start, start + len(name)), Piece(f"[{','.join(letters)}]", start + len(name), end)]


def _is_known(name: str, symbols: Mapping[str, Node], sizes: Collection[str]) -> bool:
    """Does a name mean something in an answer?"""
    own = name in symbols or name in sizes or name in FUNCTIONS
    own = own or name in ("I", "delta", "d", "sum", "Sigma")
    return own or is_reserved(name) or name in FUNCTION_NAMED


def _name(
    name: str, start: int, symbols: Mapping[str, Node], sizes: Collection[str], end: int | None = None
) -> list[Piece]:
    """A name: one that is known, an entry (`X_rk`), the identity, or several names without signs between."""
    stop = start + len(name) if end is None else end
    if name in symbols or name in sizes:
        return [Piece(name, start, stop)]
    base, low, suffix = name.partition("_")
    if low and (base in symbols or base == "delta"):
        axes = 2 if base == "delta" else sum(not d.is_one for d in (symbols[base].rows, symbols[base].cols))
        letters = LETTERS.findall(suffix)
        if len(letters) == axes and "".join(letters) == suffix:
            return [Piece(base, start, stop), Piece(f"[{','.join(letters)}]", start, stop)]
    if low and base in ("Sigma", "sum"):
        return []  # Σ_j in front of a product: a letter that stands twice is summed over anyway
    if name == "I":
        return [Piece("eye", start, stop)]
    if base == "I" and suffix in sizes:
        return [Piece(f"eye({suffix})", start, stop)]
    if name in FUNCTIONS:
        return [Piece(FUNCTIONS[name], start, stop)]
    if is_reserved(name) or name in FUNCTION_NAMED or name in ("delta", "d"):
        return [Piece(name, start, stop)]
    parts = _apart(name, symbols)
    if parts is None or end is not None:
        return [Piece(name, start, stop)]
    out: list[Piece] = []
    for part in parts:
        out.append(Piece(part, start, start + len(part)))
        start += len(part)
    return out


def _apart(name: str, symbols: Mapping[str, Node]) -> list[str] | None:
    """`AXB` as A, X, B where these are names; the longest names first."""
    if len(name) > MAX_NAME:
        return None
    # From the end: what stands behind a place, taken apart.
    behind: dict[int, list[str]] = {len(name): []}
    for at in range(len(name) - 1, -1, -1):
        for end in range(len(name), at, -1):
            if end in behind and name[at:end] in symbols:
                behind[at] = [name[at:end], *behind[end]]
                break
    return behind.get(0)


def _with_norms(pieces: list[Piece]) -> list[Piece]:
    """‖x‖ as a call; the mark behind it, _F or _2, is left out."""
    out: list[Piece] = []
    opened = False
    for piece in pieces:
        if piece.text == "‖":
            out.append(Piece(")" if opened else "normF(", piece.start, piece.end, of_norm=True))
            opened = not opened
        elif out and out[-1].of_norm and out[-1].text == ")" and piece.text.startswith("_"):
            continue  # ‖X‖_F
        else:
            out.append(piece)
    return out


def _with_products(pieces: list[Piece], symbols: Mapping[str, Node]) -> list[Piece]:
    """A product sign where two operands stand side by side: 2AB, A(B + C), xᵀA."""
    out: list[Piece] = []
    for piece in pieces:
        if out and ends_operand(out[-1]) and _begins_operand(piece) and not _takes(out, piece, symbols):
            out.append(Piece("*", piece.start, piece.start))
        out.append(piece)
    return out


def _takes(before: list[Piece], piece: Piece, symbols: Mapping[str, Node]) -> bool:
    """Is it the argument of a function, or what sum[j] sums?"""
    if piece.text != "(":
        return False
    if before[-1].text[0] == "[":
        return len(before) > 1 and before[-2].text == "sum"
    return before[-1].text[0].isalpha() and before[-1].text not in symbols


def _begins_operand(piece: Piece) -> bool:
    return piece.text[0].isalnum() or piece.text[0] == "("
