"""What reads the Markdown of chapters."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from gen.document.dollars import dollars
from gen.document.words import words_of


@cache
def parser(language: str) -> MarkdownIt:
    """CommonMark with tables, mathematics between dollars, what MyST adds to it, and a language's quotes."""
    # Straight quotation marks and apostrophes of prose become curly ones; code and formulas stay as typed.
    options = {"typographer": True, "quotes": words_of(language)["quotes"]}
    made = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    dollars(made).use(colon_fence_plugin).use(myst_block_plugin).use(myst_role_plugin)
    return made.disable("myst_block_break")
