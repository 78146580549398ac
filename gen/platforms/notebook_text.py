r"""Finished sentences of this program, which are TeX, as Markdown with formulas between dollars.

What `gen.document.tex` and `gen.document.prose` write is understood; of any other command the argument is
shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from gen.document.tex import Text

# What Markdown would take for markup in plain words.
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#$|"})
BLANK = r"\boxed{\phantom{XXX}}"  # of one width, whatever is left out
BLANK_LINE = r"\boxed{\phantom{XXXXXXXXXXXX}}"
BLANK_WORDS = "…………"
_BLANKS = re.compile(r"\\Blank(Line)?(?:\{[^{}]*\}){3}")
_TOKEN = re.compile(
    r"\$(?P<maths>(?:[^$\\]|\\.)*)\$|\\ensuremath\{(?P<ensured>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|\\\[(?P<display>.*?)\\\]|\\(?:begin|end)\{(?P<environment>\w+)\}\s*|(?P<item>\\item\{\}\s*)"
    r"|\\(?P<name>[A-Za-z]+)(?P<empty>\{\})?|\\(?P<sign>.)"
    r"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\${}]+)",
    re.DOTALL,
)
_AROUND: Mapping[str, str] = MappingProxyType({"emph": "*", "textbf": "**", "texttt": "`"})
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "textbackslash": "\\\\",
        "textasciicircum": "^",
        "textasciitilde": "~",
        "textasciigrave": "\\`",
        "textquotedbl": '"',
        "quad": "\u2003",
        "newline": "\\\n",
        "BlankReason": BLANK_WORDS,
        "BlankReasons": BLANK_WORDS,
    }
)
# What `gen.document.letters` writes around letters: which of two arguments is the text.
_LETTERS: Mapping[str, int] = MappingProxyType({"Written": 1, "Composed": 0, "Turned": 0})
_SIGNS: Mapping[str, str] = MappingProxyType({",": "\u2009", "-": "", "/": "", " ": " "})


def literal(text: str) -> str:
    r"""Words that show as they are.

    >>> literal("a_b * c")
    'a\\_b \\* c'
    """
    return text.translate(_SPECIAL)


def known(tex: str) -> str:
    """TeX with the commands that notebooks know."""
    made = _BLANKS.sub(lambda found: BLANK_LINE if found[1] else BLANK, tex)
    return made.replace(r"\bm{", r"\boldsymbol{").replace(r"\\[\TileGap]", r"\\").replace(r"\nonumber", "")


def formula(tex: str) -> str:
    """TeX inside a line, in the size that it has on a line of its own."""
    return rf"$\displaystyle {known(tex).strip()}$"


def sentence(text: Text) -> str:
    r"""A finished sentence, or plain words.

    >>> from gen.document.tex import Tex
    >>> sentence(Tex(r"the outer power first{,} then $x_1$, 5\% of \emph{all}"))
    'the outer power first, then $x_1$, 5% of *all*'
    """
    if type(text) is str:
        return literal(text)
    return _until_close(_TOKEN.finditer(text)).strip()


def _until_close(tokens: Iterator[re.Match[str]]) -> str:
    out = ""
    for token in tokens:
        if token["close"]:
            break
        out += _piece(token, tokens)
    return out


def _piece(token: re.Match[str], rest: Iterator[re.Match[str]]) -> str:
    maths = token["maths"] or token["ensured"]
    if maths:
        return f"${known(maths)}$"
    if token["display"]:
        return f"\n\n$$\n{known(token['display'].strip())}\n$$\n\n"
    if token["environment"]:
        return "\n\n"
    if token["item"]:
        return "\n- "
    if token["open"]:
        return _until_close(rest)
    if token["sign"]:
        return _SIGNS.get(token["sign"], literal(token["sign"]))
    if token["name"]:
        return _command(token, rest)
    return literal(token["text"] or "").replace("~", "\u00a0")


def _command(token: re.Match[str], rest: Iterator[re.Match[str]]) -> str:
    name = token["name"]
    if name in _WORDS:
        return _WORDS[name]
    if name in _LETTERS:
        arguments = [_argument(rest), _argument(rest)]
        return arguments[_LETTERS[name]]
    if token["empty"] or name not in _AROUND:
        return ""  # what follows in braces is read as it comes
    sign = _AROUND[name]
    return f"{sign}{_argument(rest)}{sign}"


def _argument(rest: Iterator[re.Match[str]]) -> str:
    next(rest, None)
    return _until_close(rest)
