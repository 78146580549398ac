"""A derivation as aligned lines: what is written left, right, beside and below each."""

from __future__ import annotations

from gen.derivation.frame import Frame, frame
from gen.derivation.record import Display, Problem, Reason, Step
from gen.derivation.record import Line as Written
from gen.derivation.result import Derivation, line_tex
from gen.derivation.vec_rules import vec
from gen.document.blocks import NOTHING, Line
from gen.document.tex import Tex, Text, joined
from gen.language.index import Entry, Letter, Pair, Partial, one
from gen.language.latex import LATEX, latex, shape_tex, sums_can_be_implied
from gen.language.node import Node, differential


def lines_of(derivation: Derivation, *, einstein: bool) -> tuple[Line, ...]:
    """The first line and one a step; sums are implied only where every line allows it."""
    implied = einstein and can_be_implied(derivation)
    steps = derivation.steps
    names = frame_of(derivation)
    start = Line(
        right=_tex(steps[0].before, implied) if steps else NOTHING,
        left=_left(derivation, names),
        reason=_opening(derivation),
    )
    shown = [start, *(_line(derivation, step, implied, last=step is steps[-1]) for step in steps)]
    return tuple(shown if steps else ())


def can_be_implied(derivation: Derivation) -> bool:
    """Whether Einstein's convention can be used from the first line to the answer."""
    lines = [line for step in derivation.steps for line in (step.before, step.after)]
    return all(sums_can_be_implied(line) for line in lines if isinstance(line, tuple))


def frame_of(derivation: Derivation) -> Frame:
    """The names of the derivation: its indices and its upstream gradient."""
    p = derivation.problem
    return frame(p.expr, p.wrt, p.symbols, derivation.value.name)


def reason_tex(reason: Reason) -> Text:
    """A reason with its expressions set as formulas."""
    return joined(piece if isinstance(piece, str) else Tex(f"${_piece(piece)}$") for piece in reason)


def partial_tex(names: Frame) -> Tex:
    r"""The entry asked for: \partial F_{ik} over \partial W_{qr}."""
    body = one(Entry(names.value, names.f_row, names.f_col))
    return Tex(latex(one(Partial(body, names.by))))


def loss_name(problem: Problem, taken: Node) -> str:
    """A name for the loss that clashes with no symbol."""
    used = {symbol.name for symbol in problem.symbols} | {taken.name}
    return next(name for name in ("L", "J", "E", "loss") if name not in used)


def _line(derivation: Derivation, step: Step, implied: bool, *, last: bool) -> Line:
    left = NOTHING
    if derivation.method == "components" and last:
        left = Tex(
            rf"\frac{{\partial {latex(derivation.value)}}}{{\partial {latex(derivation.problem.wrt)}}}"
        )
    marked = NOTHING
    if step.marks and not isinstance(step.after, Display):
        marked = Tex(latex(step.after, frozenset(step.marks), einstein=implied))
    return Line(
        right=_tex(step.after, implied),
        marked=marked,
        left=left,
        reason=reason_tex(step.because),
        shape=_shape(derivation, last=last),
        key=step.rule.grain == "key",
    )


def _tex(line: Written, implied: bool) -> Tex:
    return Tex(line_tex(line) if isinstance(line, Display) else latex(line, einstein=implied))


def _left(derivation: Derivation, names: Frame) -> Tex:
    """What the first line is about."""
    match derivation.method:
        case "vec":
            return Tex(latex(vec(differential(derivation.value))))
        case "components":
            return Tex(latex(derivation.value))
        case "backprop" if derivation.upstream is not None:
            loss = loss_name(derivation.problem, derivation.value)
            return Tex(rf"\frac{{\partial {loss}}}{{\partial {latex(one(names.by))}}}")
        case _:
            return partial_tex(names)


def _opening(derivation: Derivation) -> Text:
    """Why the first line holds."""
    value, expr = latex(derivation.value), latex(derivation.problem.expr)
    if derivation.method == "backprop" and derivation.upstream is not None:
        return Tex(rf"chain rule, through every entry of ${value} = {expr}$")
    return Tex(rf"${value} = {expr}$")


def _shape(derivation: Derivation, *, last: bool) -> Tex:
    """The shape under the last line; the vec method shows that of the Jacobian and of what follows it."""
    if not last or derivation.answer is None:
        return NOTHING
    if derivation.method == "components":
        return NOTHING
    if derivation.method == "vec" and derivation.results.vec is not None:
        rows, cols = (shape_tex((dim,)) for dim in derivation.results.vec.shape)
        return Tex(rf"({rows} \times {cols})\,({cols} \times 1)")
    found = derivation.results.index
    return Tex(shape_tex(found.shape)) if found is not None and found.shape else NOTHING


def _piece(piece: object) -> str:
    if isinstance(piece, Letter | Pair):
        return LATEX.index(piece)
    return latex(piece)  # type: ignore[arg-type]  # a reason holds text, indices, nodes and terms only
