r"""Sentences and laws of the records, written in Unicode, as LaTeX.

The records write `(AB)_ik = Σ_j A_ij B_jk` and `entry j,k becomes entry j + (k−1)m`:
what is mathematics in them is found word by word, so that nobody writes a law twice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gen.document.glyphs import MATHS
from gen.document.tex import Tex, spaced
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.style import BOLD, SIGN_TEX, UPRIGHT, Style

_NAMES = frozenset(FUNCTION_NAMED) | {"vech"}
_RAISED = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n", strict=True)),
    "ᵀ": SIGN_TEX["sans"],
    "′": r"\prime",
}
_SIGNS = frozenset("=+−/·∘⊗⊙Σ∂δσπφΦ√‖|≥≤≠∈") | {*_RAISED}
_BETWEEN = frozenset("=+−·∘⊗⊙≥≤≠∈")
_TOKEN = re.compile(
    r"_(?:\([^)]*\))+|_[A-Za-z0-9]+|\^\([^)]*\)|\^[A-Za-z0-9]|[A-Za-zÀ-ÖØ-öø-ÿ]+(?:'[a-z]+)?|[0-9]+|\s+"
    rf"|[{''.join(_RAISED)}]+|."
)
_INCREMENT = re.compile(r"d[A-Zbfstux]?")
_PRODUCT = re.compile(r"d[bfstux]|[a-z][A-Z]")  # du, cA
_SPACED = re.compile(r"(\\sum_\{[^}]*\}|\\operatorname\{\w+\})\\,")  # TeX sets a space there by itself
_ROOT = re.compile(r"√(?:\(([^()]*)\)|(\\[a-z]+ |[A-Za-z0-9]))")
_FENCES = {"(": ")", "[": "]"}
_PLAIN = Style()
_CAPITALS = re.compile(r"[A-Z]+")


@lru_cache(maxsize=4096)  # a few reasons stand on every page
def sentence(text: str, style: Style | None = None) -> Tex:
    r"""`text` with its formulas in math mode, in a style; None is the usual one.

    What is written in capitals is a matrix here, and bold where matrices are.

    >>> sentence("vec stacks the columns of A_ij Bᵀ")
    'vec stacks the columns of $A_{ij}\\,B^{\\mathsf{T}}$'
    """
    return Tex("".join(f"${said}$" if formula else spaced(said) for said, formula in parts(text, style)))


def parts(text: str, style: Style | None = None) -> tuple[tuple[str, bool], ...]:
    r"""Plain words, and the TeX of formulas: each with whether it is a formula.

    >>> parts("vec of A_ij")
    (('vec of ', False), ('A_{ij}', True))
    """
    tokens = _TOKEN.findall(text)
    maths = [False] * len(tokens)
    for at in reversed(range(len(tokens))):
        maths[at] = _is_maths(tokens, maths, at)
    _close_brackets(tokens, maths)
    return tuple(
        (_formula_of(run, style or _PLAIN) if formula else _words_of(run), formula)
        for run, formula in _runs(tokens, maths)
    )


def _is_maths(tokens: list[str], maths: list[bool], at: int) -> bool:
    """What a token is by itself and by what follows it; later tokens are decided already."""
    text = tokens[at]
    after = next((k for k in range(at + 1, len(tokens)) if not tokens[k].isspace()), None)
    following = "" if after is None else tokens[after]
    formula_follows = after is not None and maths[after]
    touches = after == at + 1
    if text[0] in "_^" or text[0] in _SIGNS:
        return True
    before = next((t for t in reversed(tokens[:at]) if not t.isspace()), "")
    if text in _NAMES and before == "Σ":
        return True
    if text in _NAMES and after is not None:
        return formula_follows or (touches and following == "(")
    if text == "a":
        return formula_follows or (following != "" and not following[:1].isalpha())
    if text == "A" and at == 0 and len(following) > 1 and following.isalpha():
        return formula_follows  # the article that a sentence begins with
    if text == ",":
        return touches and formula_follows
    if text.isdigit():
        if touches and (following[0] in _RAISED or following[0] in "_^"):
            return True
        return before in _BETWEEN or following in _BETWEEN or (following == "/" and touches)
    if not (text.isascii() and text.isalpha()):
        return False
    if len(text) == 2 and tokens[max(at - 1, 0)] == "(" and touches and following == ")":
        return True
    return len(text) == 1 or text.isupper() or _PRODUCT.fullmatch(text) is not None


def _increment(text: str) -> bool:
    return _INCREMENT.fullmatch(text) is not None


def _close_brackets(tokens: list[str], maths: list[bool]) -> None:
    """Brackets belong to the formula where everything inside them does."""
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token in _FENCES:
            opened.append(at)
        elif opened and token == _FENCES[tokens[opened[-1]]]:
            start = opened.pop()
            inside = [k for k in range(start + 1, at) if not tokens[k].isspace()]
            if inside and all(maths[k] or tokens[k].isdigit() or tokens[k] == "," for k in inside):
                maths[start : at + 1] = [True] * (at + 1 - start)


def _runs(tokens: list[str], maths: list[bool]) -> list[tuple[list[str], bool]]:
    """Neighbours of one sort; a blank belongs to a formula where one stands on both sides."""
    runs: list[tuple[list[str], bool]] = []
    for at, token in enumerate(tokens):
        formula = maths[at]
        if token.isspace() and 0 < at < len(tokens) - 1:
            formula = maths[at - 1] and maths[at + 1]
        if runs and runs[-1][1] == formula:
            runs[-1][0].append(token)
        else:
            runs.append(([token], formula))
    return runs


def _words_of(run: list[str]) -> str:
    text = "".join(run)
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() and text.strip() else ""
    return before + text.strip() + after


def _formula_of(run: list[str], style: Style) -> str:
    out = ""
    for at, token in enumerate(run):
        if token.isspace():
            beside = {run[at - 1], run[at + 1]} if 0 < at < len(run) - 1 else {"="}
            out += "" if beside & (_BETWEEN | {"/"}) else r"\,"
        else:
            indexed = at + 1 < len(run) and run[at + 1].startswith("_")
            whole = style.matrices == "bold" and not indexed
            out += _whole(token, style) if whole else _formula(token, style)
    tight = _SPACED.sub(r"\1 ", out)
    return _ROOT.sub(_root, tight)


def _root(found: re.Match[str]) -> str:
    return rf"\sqrt{{{found[1] or found[2]}}}"


def _whole(text: str, style: Style) -> str:
    """A token in which capitals are matrices."""
    made = _formula(text, style)
    bold = text.isalpha() and text.isascii() and text not in _NAMES
    return _CAPITALS.sub(lambda found: BOLD.replace("{}", found[0]), made) if bold else made


def _formula(text: str, style: Style) -> str:
    if text[0] in "_^":
        inside = text[1:]
        if text[0] == "^" and inside.startswith("("):
            inside = inside[1:-1]
        return f"{text[0]}{{{''.join(_formula(c, style) for c in inside)}}}"
    if text[0] in _RAISED:
        return "^{" + "".join(SIGN_TEX[style.transpose] if c == "ᵀ" else _RAISED[c] for c in text) + "}"
    if text in _NAMES:
        return rf"\operatorname{{{text}}}"
    if _increment(text):
        return rf"\mathrm{{d}}{text[1:]}"
    if text == "∂" and style.partial == "upright":
        return UPRIGHT
    if text == "√":
        return text  # of what, is known when all is written
    if text in "−∘":
        return "-" if text == "−" else r"\odot "  # as the printer writes elementwise products
    if text in ("Σ", "‖"):
        return r"\sum" if text == "Σ" else r"\Vert "
    return f"{MATHS[text]} " if text in MATHS else text
