"""Where a long formula may be broken: TeX measures and decides, here it is cut into pieces.

A formula is cut before its operators into terms, a term between its factors, a factor within its brackets.
It is read in large steps: whatever holds no place to cut, such as a group in braces, is one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gen.document.tex import Tex

OPERATORS = frozenset(
    {"+", "-", "=", r"\approx", r"\pm", r"\equiv", r"\otimes", r"\odot", r"\circ", r"\cdot", r"\times"}
)
_NO_BREAK_AFTER = OPERATORS | {"", "(", "["}
_BRACES = 1000  # more than there are brackets in a formula
# How much deeper it is behind a sign that has not been read together with its other half.
_DEEPER = {
    **dict.fromkeys(("(", "["), 1),
    **dict.fromkeys((")", "]"), -1),
    **dict.fromkeys(("{", r"\left", r"\begin"), _BRACES),
    **dict.fromkeys(("}", r"\right", r"\end"), -_BRACES),
}


def _nested(opening: str, closing: str, inside: str, deep: int = 8) -> str:
    """What stands between two signs, with the same within it, so deep; what is deeper is read by signs."""
    pattern = ""
    for _ in range(deep):
        pattern = rf"{opening}(?:{inside}{pattern and '|' + pattern})*+{closing}"
    return pattern


_HALVES = "left|right|begin|end"
_NAMED = "|".join(sorted(name[1:] for name in OPERATORS if name.startswith("\\")))
_GROUP = _nested(r"\{", r"\}", r"[^{}\\]++|\\.")
_PAIR = _nested(r"[(\[]", r"[)\]]", rf"[^{{}}()\[\]\\]++|\\(?!{_HALVES}).|{_GROUP}")
_SIGN = rf"[-+=]|\\(?:{_NAMED})(?![A-Za-z])"
_STILL = rf"[^-+={{}}()\[\]\\]++|\\(?!(?:{_NAMED}|{_HALVES})(?![A-Za-z]))[A-Za-z]++|\\[^A-Za-z,]|{_GROUP}"
_OTHER = r"\\[A-Za-z]++|\\.|."
# The steps in which a formula is read for its terms, a term for its factors, a factor for its parts.
_TO_TERMS = re.compile(rf"(?:{_STILL}|{_PAIR}|\\,)++|{_OTHER}", re.DOTALL)
_TO_FACTORS = re.compile(rf"(?:\\,)?(?:{_STILL}|{_PAIR}|{_SIGN})++|{_OTHER}", re.DOTALL)
_TO_PARTS = re.compile(rf"(?:{_STILL}|\\,)++|{_PAIR}|{_OTHER}", re.DOTALL)
_OPERATOR = re.compile(_SIGN)
_MARKED = re.compile(rf"((?:\{{\}})?[^\\A-Za-z0-9]*)\\chg({_GROUP})", re.DOTALL)


@lru_cache(maxsize=1024)  # answers to choose from stand on the sheet and in its key
def broken(tex: Tex) -> Tex:
    r"""The pieces of `tex` as TeX takes them: terms, then factors, then what stands in brackets.

    TeX measures: it cuts a term between its factors, and a factor inside its brackets, only
    where it has no room on a line of its own.

    >>> broken(Tex("a+b"))
    '\\Piece{a}\\Piece{{}+b}'
    """
    return Tex("".join([_either(term, [_set(factor) for factor in _factors(term)]) for term in terms(tex)]))


def terms(tex: str) -> list[str]:
    r"""`tex` cut before operators and relations; a mark is given to each of its parts.

    Groups in braces, brackets and pairs of `\left`, `\right` stay whole.

    >>> terms(r"a+\chg{b-c}=(d+e)")
    ['a', '{}+\\chg{b}', '{}-\\chg{c}', '{}=(d+e)']
    """
    cut = _cut(_TO_TERMS.findall(tex))
    if r"\chg{" not in tex:
        return cut
    out: list[str] = []
    for term in cut:
        found = _MARKED.fullmatch(term)
        inner = [] if found is None else _cut(_TO_TERMS.findall(found[2][1:-1]))
        if found is None or len(inner) < 2:
            out.append(term)
            continue
        out.append(rf"{found[1]}\chg{{{inner[0]}}}")
        for other in inner[1:]:
            after = other.removeprefix("{}")
            sign = _OPERATOR.match(after)
            assert sign is not None
            out.append(rf"{{}}{sign[0]}\chg{{{after[sign.end() :].strip()}}}")
    return out


def _factors(term: str) -> list[str]:
    """A term cut at the thin spaces between its factors, each of which takes its space along."""
    if r"\," not in term:
        return [term]
    out, factor, depth = [], "", 0
    for step in _TO_FACTORS.findall(term):
        if depth == 0 and factor and step.startswith(r"\,"):
            out.append(factor)
            factor = ""
        depth += _DEEPER.get(step, 0)
        factor += step
    return [*out, factor]


def _set(factor: str) -> str:
    return _set_brackets(factor) if "(" in factor or "[" in factor else rf"\Piece{{{factor.strip()}}}"


@lru_cache(maxsize=4096)  # most factors stand in many formulas
def _set_brackets(factor: str) -> str:
    return _either(factor, [rf"\Piece{{{part}}}" for part in _cut(_opened(factor), brackets=1)])


def _opened(factor: str) -> Iterator[str]:
    """The steps of a factor and those within its brackets."""
    for step in _TO_PARTS.findall(factor):
        if step[0] in "([" and len(step) > 1:
            yield step[0]
            yield from _TO_TERMS.findall(step[1:-1])
            yield step[-1]
        else:
            yield step


def _either(whole: str, parts: list[str]) -> str:
    return rf"\Either{{{whole}}}{{{''.join(parts)}}}" if len(parts) > 1 else "".join(parts)


def _cut(steps: Iterable[str], brackets: int = 0) -> list[str]:
    """What the steps make, cut before each operator in no braces and in so many brackets at most."""
    out, piece, before, depth = [], "", "", 0
    for step in steps:
        if step in OPERATORS:
            if depth <= brackets and before not in _NO_BREAK_AFTER and piece != "{}":
                out.append(piece.strip())
                piece = "{}"
        else:
            depth += _DEEPER.get(step, 0)
        piece += step
        if not step.isspace():
            before = step
    piece = piece.strip()
    return [*out, piece] if piece else out
