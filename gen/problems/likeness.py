"""What two tasks have in common that very likely have one score: a guess for what need not be exact.

Numbers before factors, signs between terms, transposes and products of what is constant, the names of
dimensions and which smooth function it is hardly ever change how hard a derivative is, and a family has
many members that differ in these alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from gen.problems.parts import SMOOTH
from gen.problems.task import Derive, Task

# A text for a task to derive; other tasks are like themselves only.
Likeness: TypeAlias = str | Task

_FACTOR = re.compile(r"(?<![\w.^/])\d+(?=\*)")
_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+|\S")
_FUNCTIONS = dict.fromkeys((*SMOOTH, "cos", "exp", "log", "sqrt"), "f")
_MATRIX, _VECTOR, _SCALAR, _VARIABLE, _NUMBER = "M", "v", "s", "X", "#"
_MERGED = frozenset((_MATRIX, _VECTOR, "'", "-"))  # what may be one with what stands before it


def likeness(task: Task) -> Likeness:
    """What is left of a task to derive: X the variable, M a constant matrix, v a vector, # a number.

    >>> symbols = (("X", "m x n"), ("A", "p x n"), ("B", "p x m"), ("b", "m"), ("c", "n"))
    >>> likeness(Derive("3*tr(A'*B*X) - b'*X*c", "X", symbols))
    "#*tr(M*X)+v'*X*v by wide M numerator free 1"
    """
    if not isinstance(task, Derive):
        return task
    words = {name: _word(form) for name, form in task.symbols}
    variable = next((form for name, form in task.symbols if name == task.wrt), "")
    shape = variable.split()
    square = "square" if shape[:1] == shape[2:3] else "wide"
    about = (square, _word(variable), task.kind, task.method, task.layout, task.symmetric, str(task.order))
    words[task.wrt] = _VARIABLE
    # A second derivative of one function may be written in more steps than that of another.
    words = _FUNCTIONS | words if task.order == 1 else words
    return f"{_bare(task.expr, words)} by {' '.join(filter(None, about))}"


@lru_cache(maxsize=256)  # families declare few shapes
def _word(form: str) -> str:
    """A declaration without its dimensions.

    >>> [_word(form) for form in ("m x n", "n x n spd", "n positive", "scalar")]
    ['M', 'Mspd', 'vpositive', 's']
    """
    shape, *flags = form.split() or [""]
    if flags[:1] == ["x"]:
        return _MATRIX + "".join(flags[2:])
    return (_SCALAR if shape == "scalar" else _VECTOR) + "".join(flags)


def _bare(expr: str, words: dict[str, str]) -> str:
    """An expression in which products of constants are one constant."""
    out: list[str] = []
    tokens = _TOKEN.findall(_FACTOR.sub(_NUMBER, expr))
    for following, token in enumerate(tokens, 1):
        word = words.get(token, token)
        if word not in _MERGED:
            out.append(word)
        elif word == "'" and out[-1] == _MATRIX and tokens[following : following + 1] != ["."]:
            continue  # an elementwise product is written another way where a factor is transposed
        elif word == "-":
            out += ("+",) if out else (_NUMBER, "*")
        elif word in (_MATRIX, _VECTOR) and out[-2:] == [_MATRIX, "*"]:
            out[-2:] = (word,)
        elif word == _MATRIX and out[-3:] == [_VECTOR, "'", "*"]:
            out.pop()
        else:
            out.append(word)
    return "".join(out)
