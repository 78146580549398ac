"""What two tasks have in common that very likely have one score: a guess for what need not be exact.

Numbers before factors, signs between terms, transposes of what is constant and the names of dimensions
hardly ever change how hard a derivative is, and a family has many members that differ in these alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gen.problems.task import Derive, Task

_FACTOR = re.compile(r"(?<![\w.^/])\d+(?=\*)")
# An elementwise product is written another way where a factor is transposed.
_TRANSPOSED = re.compile(r"\b([A-Za-z]\w*)'(?! ?\.\*)")


def likeness(task: Task) -> Task:
    """A text for a task to derive in which such details are left out; other tasks are like themselves only.

    >>> likeness(Derive("3*tr(A'*X) - b'*X*c", "X", (("X", "m x n"),))).expr
    '2*tr(A*X) + b*X*c'
    """
    if not isinstance(task, Derive):
        return task
    bare = _TRANSPOSED.sub(lambda found: found[found[1] != task.wrt], _FACTOR.sub("2", task.expr))
    bare = bare.replace(" - ", " + ")
    shapes = tuple((name, _shape(declared)) for name, declared in task.symbols)
    return replace(task, expr=bare, symbols=shapes, story="")


def _shape(declared: str) -> str:
    """A declaration whose rows and columns are only told to be equal or not.

    >>> _shape("n x n spd"), _shape("m x n"), _shape("n")
    ('square spd', 'wide', 'n')
    """
    words = declared.split()
    if words[1:2] != ["x"]:
        return declared
    return " ".join(("square" if words[0] == words[2] else "wide", *words[3:]))
