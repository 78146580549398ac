"""A derivation for a terminal: Unicode, the reason of each step beside or below its line."""

from __future__ import annotations

from gen.derivation.record import Display, Line, Reason, Result
from gen.derivation.result import Derivation
from gen.language.dimension import Dim
from gen.language.index import Letter, Pair
from gen.language.node import Node
from gen.language.terminal import TERMINAL, dim_terminal
from gen.language.terminal import terminal as unicode_text

WIDTH = 50
BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
TITLES = {
    "index": "in index notation",
    "backprop": "by backpropagation",
    "vec": "with stacked columns",
    "components": "entry by entry",
    "differential": "with differentials",
}


def terminal(derivation: Derivation, color: bool = False) -> str:
    """The whole derivation as lines of text, without a newline at the end."""
    bold, dim, reset = (BOLD, DIM, RESET) if color else ("", "", "")
    p = derivation.problem
    head = f"{bold}{p.source} by {p.wrt.name}, {TITLES.get(p.method, p.method)}{reset}"
    out = [head, dim + _shapes(derivation) + reset, ""]
    for number, step in enumerate(derivation.steps):
        if number == 0:
            out += _row("  ", step.before, (), dim, reset)
        out += _row("= ", step.after, step.because, dim, reset)
    if not derivation.steps and derivation.results.index is not None:
        out += _row("  ", derivation.results.index.line, (), dim, reset)
    out += ["", *_results(derivation, bold, reset)]
    out += [f"note: {note}" for note in derivation.notes]
    if derivation.check is not None:
        out.append(f"{dim}{_checked(derivation)}{reset}")
    return "\n".join(out)


def words(reason: Reason) -> str:
    """A reason in plain words with Unicode formulas."""
    out = ""
    for piece in reason:
        if isinstance(piece, str):
            out += piece
        elif isinstance(piece, Letter | Pair):
            out += TERMINAL.index(piece)
        else:
            out += unicode_text(piece)
    return out


def _row(sign: str, line: Line, reason: Reason, dim: str, reset: str) -> list[str]:
    if isinstance(line, Display):
        why = [f"    {dim}{words(reason)}{reset}"] if reason else []
        return [*why, *(f"    {x}" for x in line.terminal.split("\n"))]
    text = f"  {sign}{unicode_text(line)}"
    if not reason:
        return [text]
    if len(text) <= WIDTH:
        return [f"{text:<{WIDTH}}  {dim}{words(reason)}{reset}"]
    return [text, f"{'':<{WIDTH}}  {dim}{words(reason)}{reset}"]


def _shapes(d: Derivation) -> str:
    symbols = [f"{s.name}: {_shape(s)}" for s in d.problem.symbols]
    value = (
        "" if d.value.name in {s.name for s in d.problem.symbols} else f"{d.value.name}: {_shape(d.value)}"
    )
    upstream = [] if d.upstream is None else [f"{d.upstream.name}: {_shape(d.upstream)}"]
    return ", ".join([*symbols, *([value] if value else []), *upstream])


def _shape(node: Node) -> str:
    if node.is_scalar:
        return "scalar"
    if node.is_vector:
        return dim_terminal(node.rows)
    return f"{dim_terminal(node.rows)} × {dim_terminal(node.cols)}"


def shape_words(shape: tuple[Dim, ...]) -> str:
    """m × p × m × n, or scalar."""
    return " × ".join(dim_terminal(d) for d in shape) if shape else "scalar"


def _results(d: Derivation, bold: str, reset: str) -> list[str]:
    p, f, x = d.problem, unicode_text(d.value), unicode_text(d.problem.wrt)
    top = "L" if d.upstream is not None else f
    # A structured variable is stacked by its free entries.
    stack = {None: "vec", "diagonal": "diag"}.get(p.wrt.structure, "vech")
    rows: list[tuple[str, Result]] = []
    if p.kind == "differential" and d.results.matrix is not None:
        rows.append((f"d{f}", d.results.matrix))
    elif p.order == 2:
        places = "".join(i.name for i in d.free)
        if d.results.matrix is not None:
            left = f"∂²{f}/∂{x}∂{x}ᵀ" if not p.wrt.is_scalar else f"∂²{f}/∂{x}²"
            rows.append((left, d.results.matrix))
        elif d.results.index is not None:
            half = len(places) // 2
            rows.append((f"∂²{f}/∂{x}_{places[:half]}∂{x}_{places[half:]}", d.results.index))
        if d.results.vec is not None and d.results.matrix is None:
            rows.append((f"∂²{f}/∂{stack}({x})∂{stack}({x})ᵀ", d.results.vec))
        return [
            f"{bold}{left} = {unicode_text(r.line)}{reset}    ({shape_words(r.shape)})" for left, r in rows
        ]
    elif d.results.matrix is not None:
        rows.append((f"∂{top}/∂{x}", d.results.matrix))
    elif d.results.index is not None:
        places = "".join(i.name for i in d.free)
        cut = (
            0
            if d.upstream is not None or p.expr.is_scalar
            else sum(1 for n in (p.expr.rows, p.expr.cols) if n.text() != "1")
        )
        left = f"∂{top}" + (f"_{places[:cut]}" if cut else "")
        rows.append((f"{left}/∂{x}" + (f"_{places[cut:]}" if places[cut:] else ""), d.results.index))
    if d.results.vec is not None:
        ends = ("ᵀ", "") if p.layout == "denominator" else ("", "ᵀ")
        rows.append((f"∂vec({f}){ends[0]}/∂{stack}({x}){ends[1]}", d.results.vec))
    return [f"{bold}{left} = {unicode_text(r.line)}{reset}    ({shape_words(r.shape)})" for left, r in rows]


def _checked(d: Derivation) -> str:
    assert d.check is not None
    sizes = ", ".join(f"{n} = {s}" for n, s in d.sizes)
    at = f" with {sizes}" if sizes else ""
    words = f"every line agrees with the {d.against} to {d.check.max_error:.0e}"
    return f"checked at {d.check.points} random points{at}: {words}"
