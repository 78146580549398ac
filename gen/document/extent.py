"""About how large a formula is: estimates in ems, good enough to share lines out among slides."""

from __future__ import annotations

import re

from gen.document.breaking import OPERATORS

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
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
    if token in OPERATORS:
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
