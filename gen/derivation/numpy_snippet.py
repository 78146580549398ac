"""An answer as a piece of Python that runs on its own."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from gen.derivation.numpy_sharing import computed_once
from gen.derivation.result import Derivation
from gen.errors import input_error
from gen.language.index import Entry
from gen.language.node import Node
from gen.language.notation import Line
from gen.language.numpy_code import numpy_code
from gen.language.numpy_node import dim_code, python_name


def to_numpy(derivation: Derivation) -> str:
    """The answer as the source of a function `derivative` of the symbols of the expression.

    Arguments stand in the order of `problem.symbols`, behind them the upstream
    gradient of the backprop method or the increment of the differential. A vector is
    an array of shape (n, 1), a scalar a float; an answer without a matrix form has one
    axis for each of its indices. Sizes are read off the arguments; one that no argument
    shows is a keyword of the function. Raises InputError `unsupported` where NumPy has
    no such code.
    """
    answer = derivation.answer
    if answer is None:
        raise input_error("unsupported", "there is no answer in one line that could be printed as code")
    code = numpy_code(answer.line, answer.free or ())
    if not isinstance(answer.line, Node):
        code = _as_matrix(code, derivation, len(answer.free or ()))
    arguments = [s for s in derivation.problem.symbols if s.name != derivation.value.name]
    if derivation.upstream is not None:
        arguments.append(derivation.upstream)
    known = {s.name for s in arguments}
    arguments += [s for s in _symbols(answer.line) if s.name not in known]
    names = [python_name(s.name) for s in arguments]
    sizes, unread = _sizes(_names(code, names), arguments)
    head = ", ".join([*names, *(["*", *unread] if unread else [])])
    modules = ["import math\n", "import numpy as np"] if "math." in code else ["import numpy as np"]
    p = derivation.problem
    what = (
        "differential" if p.kind == "differential" else "second derivative" if p.order == 2 else "derivative"
    )
    title = f'"""The {what} of {" ".join(p.source.split())} by {p.wrt.name}."""'
    once, code = computed_once(code, {*names, *unread, *(line.split(" = ")[0] for line in sizes)})
    body = [title, *_paired(sizes), *once, f"return {code}"]
    return "\n".join([*modules, "", "", f"def derivative({head}):", *(f"    {line}" for line in body)]) + "\n"


def _as_matrix(code: str, derivation: Derivation, axes: int) -> str:
    """The one axis of an index form as the column or row that the kind of answer is."""
    p = derivation.problem
    if axes != 1 or p.kind not in ("gradient", "jacobian"):
        return code
    like = p.wrt if p.kind == "gradient" or p.expr.is_scalar else p.expr
    return f"({code}).reshape({'-1, 1' if like.cols.is_one else '1, -1'})"


def _symbols(line: Line) -> list[Node]:
    """The symbols of an answer, in order of appearance."""
    if isinstance(line, Node):
        stack = [line]
    else:
        stack = [f.node for term in reversed(line) for f in reversed(term.factors) if isinstance(f, Entry)]
    out: dict[str, Node] = {}
    while stack:
        node = stack.pop()
        if node.kind == "symbol":
            out.setdefault(node.name, node)
        stack += reversed(node.args)
    return list(out.values())


def _names(code: str, arguments: Iterable[str]) -> list[str]:
    """The names in the code that stand for sizes, in order of appearance."""
    known = {"np", "math", "abs", "sum", *arguments}
    found = [n for n in ast.walk(ast.parse(code, mode="eval")) if isinstance(n, ast.Name)]
    found.sort(key=lambda n: (n.lineno, n.col_offset))
    return list(dict.fromkeys(n.id for n in found if n.id not in known and not n.id.startswith("_")))


def _sizes(wanted: list[str], arguments: list[Node]) -> tuple[list[str], list[str]]:
    """(lines that read sizes off the arguments, names of sizes that cannot be read)."""
    ways: dict[str, tuple[str, frozenset[str]]] = {}
    axes = [
        (f"{python_name(s.name)}.shape[{k}]", dim)
        for s in arguments
        if not s.is_scalar
        for k, dim in enumerate((s.rows, s.cols))
    ]
    before = -1
    while before < len(ways):
        before = len(ways)
        for place, dim in sorted(axes, key=lambda a: len(a[1].names)):
            unknown = [name for name in dim.names if python_name(name) not in ways]
            if len(unknown) != 1:
                continue
            rest = dim.over(type(dim)(1, (unknown[0],)))
            assert rest is not None
            others = frozenset(python_name(name) for name in rest.names)
            bottom = f"({dim_code(rest)})" if len(rest.names) + (rest.factor > 1) > 1 else dim_code(rest)
            ways[python_name(unknown[0])] = (place if rest.is_one else f"{place} // {bottom}", others)
    needed = set(wanted)
    for name in reversed(ways):
        if name in needed:
            needed |= ways[name][1]
    lines = [f"{name} = {how}" for name, (how, _) in ways.items() if name in needed]
    return lines, [name for name in wanted if name not in ways]


def _paired(lines: list[str]) -> list[str]:
    """`m = W.shape[0]` and `n = W.shape[1]` in one line."""
    out: list[str] = []
    for line in lines:
        name, _, how = line.partition(" = ")
        first, _, before = out[-1].partition(" = ") if out else ("", "", "")
        if how.endswith(".shape[1]") and before == how.replace("[1]", "[0]"):
            out[-1] = f"{first}, {name} = {how.removesuffix('[1]')}"
        else:
            out.append(line)
    return out
