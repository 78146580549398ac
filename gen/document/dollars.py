r"""Formulas between dollars in a line of Markdown, told from sums of money by the rule of Pandoc.

The first dollar has no blank behind it, the last one no blank before it and no digit behind it:
`$5 or $6` is text, `$x$ or $y$` are formulas. Between two dollars on each side blanks do not matter.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

# A formula up to its end, from behind the dollars that begin it; a backslash takes the next sign along.
_DOUBLE = re.compile(r"((?:\\.|[^\\])+?)\$\$", re.DOTALL)
_SINGLE = re.compile(r"(?!\s)((?:\\.|[^\\$])+)(?<!\s)\$(?!\d)", re.DOTALL)


def dollars(parser: MarkdownIt) -> MarkdownIt:
    """The parser with formulas between dollars, in a line and on lines of their own."""
    made = parser.use(dollarmath_plugin)
    made.inline.ruler.at("math_inline", _formula)
    return made


def _formula(state: StateInline, silent: bool) -> bool:
    """The rule of the parser: whether a formula begins at `state.pos`."""
    source, at = state.src, state.pos
    if not source.startswith("$", at):
        return False
    sign = "$$" if source.startswith("$$", at) else "$"
    found = (_DOUBLE if sign == "$$" else _SINGLE).match(source, at + len(sign), state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline_double" if sign == "$$" else "math_inline", "math", 0)
        token.content, token.markup = found[1], sign
    state.pos = found.end()
    return True
