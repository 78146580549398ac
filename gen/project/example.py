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
# Lecture notes. Every key and directive is explained in docs/formats.md of Free Index.
# freeindex notes makes a PDF and pages of them.
id = "{id}-notes"
title = "Derivatives of matrix products"
chapters = ["01-linear-layer.md"]

# Shapes that hold in all chapters.
[symbols]
W = "m x n"
X = "n x p"
"""
_CHAPTER = """\
# The linear layer

Each entry of {expr}`F = W*X` is a sum of products, {entry}`F[i,k] = sum[j](W[i,j]*X[j,k])`, and the
{term}`derivative` of it by one entry of $W$ says how far it moves when that entry does.

(sec-entries)=
## Entry by entry

```{derive} F = W*X
:wrt: W
:method: index
:label: eq-linear
```

The answer of {ref}`eq-linear` has four free indices. What textbooks print is what it does to a gradient:

```{derive} F = W*X
:wrt: W
:method: backprop
```

```{problem} F = W*X
:wrt: X
:label: ex-other
What does the same layer give for the other factor?
```

```{solution} ex-other
```
"""


def example(name: str) -> tuple[tuple[str, str], ...]:
    """The files, as (path with `/`, text); the sheet's id comes from `name`, the name of the folder."""
    letters = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")
    return (
        ("sheet.toml", _SHEET.format(id=letters[:40] or "products")),
        ("roster.csv", _ROSTER),
        ("notes/notes.toml", _NOTES.format(id=letters[:40] or "products")),
        ("notes/01-linear-layer.md", _CHAPTER),
    )
