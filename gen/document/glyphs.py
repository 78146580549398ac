"""Which characters the T1 and TS1 fonts print, and how the others are written.

The embedded engine is pdfTeX with Latin Modern: Latin letters with accents,
punctuation, and what mathematics borrows from Greek.
"""

from __future__ import annotations

from types import MappingProxyType

# What LaTeX reads as letters of T1 (and a few signs of TS1); checked by typesetting each.
PLAIN = frozenset(
    [
        chr(c)
        for c in range(0xA1, 0x180)
        if c not in {0xAD, 0xB8, 0x126, 0x127, 0x138, 0x13F, 0x140, 0x149, 0x166, 0x167, 0x17F}
    ]
) | frozenset("ȘșȚțẞ–—‘’‚“”„‹›†‡•‰€™…")

# Ligatures and quotes that would otherwise change what was typed.
REPLACED = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "`": r"\textasciigrave{}",
        "'": "{'}",
        '"': r"\textquotedbl{}",
        "<": "{<}",
        ">": "{>}",
        ",": "{,}",
        "?": "{?}",
        "!": "{!}",
        "\u00a0": "~",
        "\u00ad": r"\-",
        "\u2010": "{-}",
        "\u2011": r"\mbox{-}",
        "\u2009": r"\,",
        "\u202f": r"\,",
    }
)

# Combining marks by the accent command that sets them.
ACCENTS = MappingProxyType(
    {
        "\u0300": "`",
        "\u0301": "'",
        "\u0302": "^",
        "\u0303": "~",
        "\u0304": "=",
        "\u0306": "u",
        "\u0307": ".",
        "\u0308": '"',
        "\u030a": "r",
        "\u030b": "H",
        "\u030c": "v",
        "\u0323": "d",
        "\u0326": "textcommabelow",
        "\u0327": "c",
        "\u0328": "k",
        "\u0331": "b",
    }
)

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "ϕ": "phi", "ϵ": "epsilon", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_SIGNS = {
    "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "∫": "int", "√": "surd", "∞": "infty",
    "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "≡": "equiv", "∈": "in", "∉": "notin", "⊂": "subset",
    "⊆": "subseteq", "∪": "cup", "∩": "cap", "→": "to", "←": "gets", "⇒": "Rightarrow", "⇔": "Leftrightarrow",
    "↦": "mapsto", "⊗": "otimes", "⊙": "odot", "⊕": "oplus", "∘": "circ", "⋅": "cdot", "∀": "forall",
    "∃": "exists", "⊤": "top", "⊥": "perp", "‖": "Vert", "⟨": "langle", "⟩": "rangle", "∥": "parallel",
    "·": "cdot", "∗": "ast", "⊘": "oslash",
}  # fmt: skip
_SCRIPTS = {
    "ᵀ": r"^{\mathsf T}", "⁰": "^0", "⁴": "^4", "⁵": "^5", "⁶": "^6", "⁷": "^7", "⁸": "^8", "⁹": "^9",
    "⁻": "^-", "⁺": "^+", "ⁿ": "^n", "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3", "₄": "_4",
    "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9", "′": "'", "″": "''", "−": "-",
}  # fmt: skip

# Characters of mathematics, as what stands in math mode.
MATHS = MappingProxyType({**{c: "\\" + name for c, name in {**_GREEK, **_SIGNS}.items()}, **_SCRIPTS})
