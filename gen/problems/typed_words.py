"""The words of an answer as people type it, TeX among them, and what each means in the language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gen.problems.infix_kron import KRON
from gen.problems.typed_fractions import FRACTION

PLAIN = "type products with *, transposes as A^T, inverses as A^-1, entries as A_ij, functions as tr(A)"

SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys("·⋅∙•×∗⁎✕@", "*"),
    **dict.fromkeys("−–—‐‑", "-"),
    **dict.fromkeys("ᵀ⊤′’", "'"),
    **dict.fromkeys("∘⊙", ".*"),
    **dict.fromkeys("÷⁄∕", "/"),
    **dict.fromkeys("{", "("),
    **dict.fromkeys("}", ")"),
    "⊗": KRON,
    "²": "^2",
    "³": "^3",
    "⁻¹": "^-1",
    "⁻ᵀ": "^-1'",
    "⁻⊤": "^-1'",
    r"\cdot": "*",
    r"\times": "*",
    r"\otimes": KRON,
    r"\odot": ".*",
    r"\circ": ".*",
    **dict.fromkeys(
        r"\left \right \big \bigl \bigr \Big \Bigl \Bigr \biggl \biggr \limits \quad".split(), ""
    ),
    **dict.fromkeys(r"\, \; \: \! \( \) \[ \] $ $$ \displaystyle".split(), ""),
    **dict.fromkeys(r"\| \Vert \lVert \rVert".split(), "‖"),
    **dict.fromkeys(r"\top \intercal \prime".split(), "'"),
    **dict.fromkeys(r"\frac \dfrac \tfrac".split(), FRACTION),
    "∥": "‖",
    "||": "‖",
}
FUNCTIONS: Mapping[str, str] = {
    "Tr": "tr",
    "trace": "tr",
    "Trace": "tr",
    "ln": "log",
    "Diag": "diag",
    "Vec": "vec",
    "Det": "det",
    "transpose": "transpose",
}
_STYLE = r"\\(?:operatorname\*?|math(?:rm|bf|it|sf|bb|cal)|text(?:rm|bf|it|sf)?|boldsymbol|bm|rm|sf|bf)"
_TURN = rf"(?:T|⊤|ᵀ|\\top\b|\\intercal\b|'|{_STYLE}(?:\s*\{{\s*T\s*\}}|\s+T))"
_LOW = r"_\s*(?:\{[^{}]*\}|[A-Za-z0-9])"
WORD = re.compile(
    rf"""(?P<turned_inverse>\^\s*(?:\{{\s*[-−–]\s*{_TURN}\s*\}}|\(\s*[-−–]\s*{_TURN}\s*\)|[-−–]{_TURN}(?![A-Za-z0-9_])))
    |(?P<turned>\^\s*(?:\{{\s*{_TURN}\s*\}}|{_TURN}(?![A-Za-z0-9]|_[A-Z0-9]))|\.T(?![A-Za-z0-9_]))
    |(?P<inverse>\^\s*\{{\s*[-−–]\s*1\s*\}}|\^\s*[-−–]\s*1(?![0-9.]))
    |(?P<sum>(?:\\sum\b|\\sum(?=_)|∑|Σ|\\Sigma(?=\s*_))(?:\s*\\limits)?\s*{_LOW}(?![a-z0-9])(?:\s*\^\s*(?:\{{[^{{}}]*\}}|[A-Za-z0-9]))?)
    |(?P<mark>_\s*(?:F|2|\{{\s*[F2]\s*\}}))
    |(?P<entry>_\s*\{{[^{{}}]*\}}|_\s*[a-z]+(?![A-Za-z0-9_]))
    |{_STYLE}(?:\s*\{{\s*(?P<styled>[A-Za-z]+)\s*\}}|\s+(?P<styled_letter>[A-Za-z]))
    |\\[dt]?frac\s*(?P<over>[0-9])\s*(?P<under>[0-9])
    |(?P<command>\\(?:[A-Za-z]+|[,;:!|()\[\]])|⁻¹|⁻ᵀ|⁻⊤|\|\||\$\$?)
    |(?P<name>(?:[A-Za-z][A-Za-z0-9]*|[Α-ϖ∑])(?:_[A-Za-z0-9]+)*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)
    |(?P<indices>\[[^\[\]]*\])
    |(?P<sign>\.[*/^]|>=|\*\*|\S)
    |(?P<blank>\s+)""",
    re.VERBOSE,
)
BELOW = re.compile(r"_\s*\{[^{}]*\}")  # Σ with where its letter begins
LETTERS = re.compile(r"[a-z][0-9]*")
