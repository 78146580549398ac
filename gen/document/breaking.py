"""Where a long formula may be broken, and about how large it is.

TeX measures and decides; here the formula is only cut into pieces that may stand
on lines of their own. Sizes are estimates in ems, good enough to share lines out
among slides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gen.document.tex import Tex

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
# The same with what never matters for a break in one piece: also a group in braces without brackets in it.
_PART = re.compile(
    r"\{(?:[^{}()\[\]\\]++|\\[^{}()\[\]]|\{(?:[^{}()\[\]\\]++|\\[^{}()\[\]])*+\})*+\}"
    r"|\\[A-Za-z]+|\\.|[^-+=\\{}()\[\]\s]+|.",
    re.DOTALL,
)
_BREAKS = frozenset(
    {"+", "-", "=", r"\approx", r"\pm", r"\equiv", r"\otimes", r"\odot", r"\circ", r"\cdot", r"\times"}
)
_NO_BREAK_AFTER = _BREAKS | {"", "(", "["}
_BREAK = re.compile("|".join(re.escape(sign) for sign in _BREAKS))
_OPEN = frozenset({"{", r"\left", r"\begin"})
_CLOSE = frozenset({"}", r"\right", r"\end"})
_SPACES = frozenset(
    {
        *(r"\,", r"\;", r"\:", r"\!", r"\ ", " ", r"\displaystyle"),
        *(r"\mathsf", r"\mathrm", r"\mathbf", r"\boldsymbol"),
    }
)
_THIN = frozenset({r"\,", r"\;", r"\:", r"\ "})
_SMALL = 0.52
_LONG_NAME = re.compile(r"\\(?:operatorname\*?|mathrm|text|mathsf)\{([^{}]*)\}")
# A matrix with none inside it.
_MATRIX = re.compile(r"\\begin\{[a-z]*matrix\}((?:(?!\\begin).)*?)\\end\{[a-z]*matrix\}", re.DOTALL)
_FRACTION = r"\frac"
_TALL = r"\tall{{{}}}"
_TALLS = re.compile(r"\\tall\{(\d+)\}")
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_FRAC = re.compile(r"\\frac" + _GROUP + _GROUP)


@lru_cache(maxsize=4096)
def pieces(tex: Tex, room: float = 24.0) -> tuple[Tex, ...]:
    r"""`tex` cut before operators and relations; a mark is given to each of its parts.

    Groups in braces and pairs of `\left`, `\right` stay whole. A piece longer than
    `room` ems is cut again, inside its brackets.

    >>> pieces(Tex(r"a+\chg{b-c}=(d+e)"))
    ('a', '{}+\\chg{b}', '{}-\\chg{c}', '{}=(d+e)')
    """
    return tuple(part for _, parts in _in_two_ways(tex, room) for part in parts)


@lru_cache(maxsize=1024)  # answers to choose from stand on the sheet and in its key
def broken(tex: Tex) -> Tex:
    r"""The pieces of `tex` as TeX takes them: terms, then factors, then what stands in brackets.

    TeX measures: it cuts a term between its factors, and a factor inside its brackets, only
    where it has no room on a line of its own.

    >>> broken(Tex("a+b"))
    '\\Piece{a}\\Piece{{}+b}'
    """
    terms = _unmarked(_cut(tex, brackets=False))
    return Tex("".join(_either(term, tuple(_either_brackets(f) for f in _factors(term))) for term in terms))


@lru_cache(maxsize=4096)  # most factors stand in many formulas
def _either_brackets(factor: Tex) -> str:
    if "(" not in factor and "[" not in factor:
        return rf"\Piece{{{factor.strip()}}}"  # it has been cut already
    return _either(factor, tuple(rf"\Piece{{{part}}}" for part in _cut(factor, brackets=True)))


def _either(whole: Tex, parts: tuple[str, ...]) -> str:
    return rf"\Either{{{whole}}}{{{''.join(parts)}}}" if len(parts) > 1 else "".join(parts)


def _factors(term: Tex) -> tuple[Tex, ...]:
    """A term cut at the thin spaces between its factors, each of which takes its space along."""
    if r"\," not in term:
        return (term,)
    out, piece, braces, pairs = [], "", 0, 0
    for token in _PART.findall(term):
        if token == r"\," and braces == pairs == 0 and piece:
            out.append(piece)
            piece = ""
        piece += token
        braces += (token in _OPEN) - (token in _CLOSE)
        pairs += (token in "([") - (token in ")]")
    return tuple(Tex(part) for part in (*out, piece))


def _in_two_ways(tex: Tex, room: float) -> tuple[tuple[Tex, tuple[Tex, ...]], ...]:
    """The pieces of `tex` outside brackets, each with its own pieces where it is longer than `room`."""
    cut = _unmarked(_cut(tex, brackets=False))
    return tuple((piece, _cut(piece, brackets=True) if width(piece) > room else (piece,)) for piece in cut)


def width(tex: str) -> float:
    """About how many ems `tex` takes from left to right.

    >>> width("abc") < width("abcd") < 4
    True
    """
    while (found := _MATRIX.search(tex)) is not None:
        tex = tex[: found.start()] + "x" * round(_matrix_width(found[1]) / _SMALL + 2) + tex[found.end() :]
    tex = _LONG_NAME.sub(lambda found: found[1], tex).replace(r"\chg", "")
    total, depth = 0.0, 0
    scripts: list[int] = []  # how deep in braces each open script began
    after_script = False
    for token in _TOKEN.findall(_wider_halves(tex)):
        if token in "_^":
            after_script = True
            continue
        if token == "{":
            depth += 1
            if after_script:
                scripts.append(depth)
        elif token == "}":
            if scripts and scripts[-1] == depth:
                scripts.pop()
            depth -= 1
        else:
            total += _letter(token) * (0.7 if scripts or after_script else 1.0)
        after_script = False
    return total


def _letter(token: str) -> float:
    if token in _SPACES:
        return 0.17 if token in _THIN else 0.0
    if token in _BREAKS:
        return 1.3
    return 0.8 if token.isupper() or token == r"\sum" else _SMALL


def height(tex: str) -> float:
    """About how many ems `tex` takes from top to bottom, in display style."""
    tallest = 0.0
    while (found := _MATRIX.search(tex)) is not None:
        rows = [row for row in found[1].split(r"\\") if row.strip()]
        inside = sum(max(1.25 * (1.8 if _FRACTION in row else 1.0), _raised(row)) for row in rows)
        tex = tex[: found.start()] + _TALL.format(round(10 * inside)) + tex[found.end() :]
        tallest = max(tallest, inside + 0.3)
    return max(tallest, 2.4 if _FRACTION in tex or r"\sum" in tex else 1.2)


def _raised(row: str) -> float:
    """The height of the tallest matrix that was found in `row` before."""
    return max((int(tall) / 10 + 0.4 for tall in _TALLS.findall(row)), default=0.0)


def _cut(tex: str, brackets: bool) -> tuple[Tex, ...]:
    """`tex` before each operator outside braces, and outside brackets but for one pair if `brackets`."""
    if _BREAK.search(tex) is None:
        whole = tex.strip()
        return (Tex(whole),) if whole else ()
    out, piece, braces, pairs, before = [], "", 0, 0, ""
    for token in _PART.findall(tex):
        free = braces == 0 and pairs <= brackets
        if free and token in _BREAKS and piece != "{}" and before not in _NO_BREAK_AFTER:
            out.append(piece)
            piece = "{}"
        piece += token
        braces += (token in _OPEN) - (token in _CLOSE)
        pairs += (token in "([") - (token in ")]")
        if not token.isspace():
            before = token
    return tuple(Tex(part.strip()) for part in (*out, piece) if part.strip())


def _unmarked(parts: tuple[Tex, ...]) -> tuple[Tex, ...]:
    r"""Each `\chg{...}` around several operators shared out among its pieces."""
    out: list[Tex] = []
    for part in parts:
        found = re.fullmatch(r"((?:\{\})?[^\\A-Za-z0-9]*)\\chg\{(.*)\}", part, re.DOTALL)
        inner = _cut(found[2], brackets=False) if found and _balanced(found[2]) else ()
        if found is None or len(inner) < 2:
            out.append(part)
            continue
        out.append(Tex(rf"{found[1]}\chg{{{inner[0]}}}"))
        for piece in inner[1:]:
            sign = _TOKEN.findall(piece[2:])[0]
            out.append(Tex(rf"{{}}{sign}\chg{{{piece[2 + len(sign) :].strip()}}}"))
    return tuple(out)


def _balanced(tex: str) -> bool:
    depth = 0
    for token in _TOKEN.findall(tex):
        depth += (token == "{") - (token == "}")
        if depth < 0:
            return False
    return depth == 0


def _matrix_width(body: str) -> float:
    table = [row.split("&") for row in body.split(r"\\") if row.strip()]
    return sum(
        max(width(row[c]) + 1 for row in table if c < len(row))
        for c in range(max(map(len, table), default=0))
    )


def _wider_halves(tex: str) -> str:
    """`tex` with each fraction replaced by its wider half."""
    while (found := _FRAC.search(tex)) is not None:
        tex = tex[: found.start()] + max(found[1], found[2], key=len) + tex[found.end() :]
    return tex
