"""Where a long formula may be broken, and about how large it is.

TeX measures and decides; here the formula is only cut into pieces that may stand
on lines of their own. Sizes are estimates in ems, good enough to share lines out
among slides.
"""

from __future__ import annotations

import re

from gen.document.tex import Tex

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_BREAKS = frozenset(
    {"+", "-", "=", r"\approx", r"\pm", r"\equiv", r"\otimes", r"\odot", r"\circ", r"\cdot", r"\times"}
)
_OPEN = frozenset({"{", r"\left", r"\begin"})
_CLOSE = frozenset({"}", r"\right", r"\end"})
_SPACES = frozenset({r"\,", r"\;", r"\:", r"\!", r"\ ", " ", r"\displaystyle", r"\mathsf", r"\mathrm", r"\mathbf"})
_THIN = frozenset({r"\,", r"\;", r"\:", r"\ "})
_LONG_NAME = re.compile(r"\\(?:operatorname\*?|mathrm|text|mathsf)\{([^{}]*)\}")
_MATRIX = re.compile(r"\\begin\{[a-z]*matrix\}(.*?)\\end\{[a-z]*matrix\}", re.DOTALL)
_FRACTION = r"\frac"
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_FRAC = re.compile(r"\\frac" + _GROUP + _GROUP)


def pieces(tex: Tex, room: float = 24.0) -> tuple[Tex, ...]:
    r"""`tex` cut before operators and relations; a mark is given to each of its parts.

    Groups in braces and pairs of `\left`, `\right` stay whole. A piece longer than
    `room` ems is cut again, inside its brackets.

    >>> pieces(Tex(r"a+\chg{b-c}=(d+e)"))
    ('a', '{}+\\chg{b}', '{}-\\chg{c}', '{}=(d+e)')
    """
    cut = _unmarked(_cut(tex, brackets=False))
    return tuple(part for piece in cut for part in (_cut(piece, True) if width(piece) > room else (piece,)))


def width(tex: str) -> float:
    """About how many ems `tex` takes from left to right.

    >>> width("abc") < width("abcd") < 4
    True
    """
    tex = _MATRIX.sub(lambda found: "x" * round(2 * _matrix_width(found[1]) + 2), tex)
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
    return 0.8 if token.isupper() or token == r"\sum" else 0.52


def height(tex: str) -> float:
    """About how many ems `tex` takes from top to bottom, in display style."""
    rows = [found.count(r"\\") + 1 for found in _MATRIX.findall(tex)]
    least = 2.4 if _FRACTION in tex or r"\sum" in tex else 1.2
    return max([least, *(1.25 * count * (1.8 if _FRACTION in tex else 1) for count in rows)])


def _cut(tex: str, brackets: bool) -> tuple[Tex, ...]:
    """`tex` before each operator outside braces, and outside brackets but for one pair if `brackets`."""
    out, piece, braces, pairs, before = [], "", 0, 0, ""
    for token in _TOKEN.findall(tex):
        free = braces == 0 and pairs <= brackets
        if free and token in _BREAKS and before not in _BREAKS | {"", "(", "["}:
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
    return sum(max(width(row[c]) + 1 for row in table if c < len(row)) for c in range(max(map(len, table), default=0)))


def _wider_halves(tex: str) -> str:
    """`tex` with each fraction replaced by its wider half."""
    while (found := _FRAC.search(tex)) is not None:
        tex = tex[: found.start()] + max(found[1], found[2], key=len) + tex[found.end() :]
    return tex
