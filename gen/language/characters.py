"""Characters that do not belong to the language, and what to type instead."""

from __future__ import annotations

import re
import unicodedata

from gen.errors import visible

_INSTEAD = {
    "·⋅∙•×∗⁎✕": "for a product write *",
    "−–—‐‑": "write the minus sign of the keyboard, -",
    "ᵀ⊤′’‘´`": "for a transpose write ' after the name, as in X'",
    "⊙∘": "for an elementwise product write .*",
    "⊗": "for a Kronecker product write kron(A, B)",
    "÷⁄∕": "for a quotient write /",
    "²": "for a square write ^2",
    "³": "for a cube write ^3",
    "⁻": "for an inverse write inv(X) or X^-1",
    "‖∥": "for a norm write norm2(x) or normF(X)",
    "√": "for a square root write sqrt(x)",
    "∑": "for the sum of all entries write sum(x)",
    "∂∇": "the variable is named beside the expression, not in it",
    "@": "for a product write *",
    "=": "an expression may be named once, at its beginning: F = W*X",
    "|": "write abs(x), det(X) or norm2(x)",
    "\\": "for a solution of A*x = b write inv(A)*b",
    "[": "entries such as W[i,j] stand in results, not in expressions",
    "]": "entries such as W[i,j] stand in results, not in expressions",
    "{": "use round brackets",
    "}": "use round brackets",
}


def character_name(char: str) -> str:
    """A character as it can be shown: itself, `a blank`, or its code point and name.

    Everything but printable ASCII is named by its code point, since it may be
    invisible or look like another one.
    """
    if char == " ":
        return "a blank"
    if char.isascii() and char.isprintable():
        return char
    name = unicodedata.name(char, "").lower()
    return visible(char) + (f" ({name})" if name else "")


def character_hint(char: str) -> str | None:
    """What to type instead of a character, or None when nobody can know."""
    for chars, hint in _INSTEAD.items():
        if char in chars:
            return hint
    greek = greek_name(char)
    if greek:
        return f"write the name of the letter: {greek}"
    if char.isspace() or unicodedata.category(char) == "Cf":
        return "write an ordinary blank, or nothing"
    return None


def greek_name(char: str) -> str | None:
    """`alpha` for α, `Sigma` for Σ; None for any other character."""
    words = unicodedata.name(char, "").split()
    if words[:1] != ["GREEK"] or "LETTER" not in words or len(words) > 5:
        return None
    # Unicode spells lambda LAMDA, and final sigma is a sigma.
    name = words[-1].lower().replace("lamda", "lambda")
    if name not in GREEK:
        return None
    return name.capitalize() if "CAPITAL" in words else name


GREEK = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
        "omicron pi rho sigma tau upsilon phi varphi chi psi omega",
    )
)


def is_name(text: str) -> bool:
    """Is it made like a name: Latin letters, digits and underscores, a letter first?"""
    return text.isidentifier() and text.isascii() and text[0] != "_"
