"""The project that `freeindex init` makes: small, complete, and meant to be changed."""

from __future__ import annotations

import re

_SHEET = """\
# A sheet. Every key is explained in docs/formats.md of Free Index.
# Single quotes keep backslashes: '$\\partial F/\\partial W$'.
id = "{id}"
title = "Derivatives of matrix products"
course = "Machine Learning"
formats = ["worksheet", "solutions", "slides", "notes"]

# Shapes need not be said where they follow from the expression.
[symbols]
W = "m x n"
X = "n x p"

[[problem]]
of = "F = W*X"
wrt = "W"
methods = ["index", "vec", "components", "backprop"]
marks = 6
space = "8cm"
prompt = 'Derive $\\partial F/\\partial W$ from the definition, entry by entry.'

[[problem]]
of = "f = a'*x"
wrt = "x"
methods = ["index"]
marks = 2
lines = 6
"""
_ROSTER = """\
id,name
s001,Ada Lovelace
s002,Emmy Noether
"""
_NOTES = """\
# Notes

Text for this course can be kept here, in Markdown with $TeX$.
"""


def example(name: str) -> tuple[tuple[str, str], ...]:
    """The files, as (path with `/`, text); the sheet's id comes from `name`, the name of the folder."""
    letters = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")
    return (
        ("sheet.toml", _SHEET.format(id=letters[:40] or "products")),
        ("roster.csv", _ROSTER),
        ("notes/README.md", _NOTES),
    )
