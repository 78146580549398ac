r"""TeX as authors and this program write it, in the words of the library that makes MathML of it.

The library colours what `\textcolor` stands before: each name of MARKERS is such a colour, which tells what
an element is for until `gen.document.mathml_tree` has made it so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Commands with an argument, and what becomes of it.
MARKERS: Mapping[str, str] = MappingProxyType(
    {
        "mathbf": "bold",
        "bm": "bold-italic",
        "boldsymbol": "bold-italic",
        "mathcal": "script",
        "mathbb": "double-struck",
        "mathsf": "sans",
        "mathtt": "typed",
        "mathrm": "upright",
        "mathit": "slanted",
        "mathnormal": "slanted",
        "boxed": "boxed",
        "chg": "changed",
        "mathord": "ordinary",
        "mathop": "operator",
        "mathrel": "relation",
        "mathbin": "relation",
    }
)
# Commands that the library does not know or makes something else of.
_REPLACED: Mapping[str, str] = MappingProxyType(
    {
        "nonumber": "",
        "nolimits": "",
        "limits": "",
        "arg": r"\operatorname{arg}",
        "colon": r"\textcolor{colon}{:}",
        "iff": r"\;\Longleftrightarrow\;",
        "implies": r"\;\Longrightarrow\;",
        "lVert": "‖",
        "rVert": "‖",
        "Vert": "‖",
        "lvert": "|",
        "rvert": "|",
        "vert": "|",
        "lbrace": r"\{",
        "rbrace": r"\}",
        "lbrack": "[",
        "rbrack": "]",
        "langle": "⟨",
        "rangle": "⟩",
        "lfloor": "⌊",
        "rfloor": "⌋",
        "lceil": "⌈",
        "rceil": "⌉",
        "backslash": "∖",
        "uparrow": "↑",
        "downarrow": "↓",
        "models": "⊨",
        "mid": "∣",
        "triangleright": "▷",
        "oslash": "⊘",
        "surd": "√",
    }
)
_SCRIPTED = "limits"
_LIMITS = re.compile(r"(\\(?!limits)[A-Za-z]+\*?(?:\{[^{}]*\})?)\s*\\limits(?![A-Za-z])")
_ROW = re.compile(r"\\\\\s*\[[^\]]*\]")
_GATHERED = re.compile(r"\\begin\{gathered\}|\\end\{gathered\}")
_ENVIRONMENTS = re.compile(r"\\(begin|end)\{aligned\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)", re.DOTALL)
_ENSURED = re.compile(r"\\ensuremath\{([^{}]*)\}")


def translated(tex: str) -> str:
    r"""`tex`, guarded or made by this program, for the library.

    >>> translated(r"\mathbf{R}\nonumber")
    '\\textcolor{bold}{R}'
    """
    out = _ROW.sub(r"\\\\", _ENSURED.sub(r"{\1}", tex))
    out = _LIMITS.sub(rf"\\textcolor{{{_SCRIPTED}}}{{\1}}", out)
    out = _ENVIRONMENTS.sub(r"\\\1{split}", out)
    out = _GATHERED.sub(
        lambda found: r"\textcolor{gathered}{\begin{matrix}" if "begin" in found[0] else r"\end{matrix}}",
        out,
    )
    return _COMMAND.sub(_command, out)


def _command(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "‖" if found[2] == "|" else found[0]
    if name in MARKERS:
        return rf"\textcolor{{{MARKERS[name]}}}"
    return _REPLACED[name] if name in _REPLACED else found[0]
