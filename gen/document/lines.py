"""From a derivation to the block that shows it: lines, marks, reasons, result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.method import METHODS
from gen.derivation.record import Result as Answer
from gen.derivation.record import Step
from gen.derivation.result import Derivation
from gen.document.blocks import NOTHING, DerivationBlock, Line, Result
from gen.document.tex import Tex, Text, joined
from gen.document.wording import checked_words, line_tex, matrix_words, reason_tex, shape, shape_words, words
from gen.language.dimension import ONE
from gen.language.index import Letter
from gen.language.latex import latex, shape_tex, sums_can_be_implied, symbol_tex
from gen.language.node import Node


@dataclass(frozen=True, slots=True)
class Telling:
    """How the derivations of one method are told.

    `left` is the left side of the first line, `first` the reason of that line.
    """

    method: str
    intro: Callable[[Derivation], Text]
    left: Callable[[Derivation], Tex]
    first: Callable[[Derivation], Text]
    result: Callable[[Derivation, bool], Result | None]
    discussion: Callable[[Derivation, bool], tuple[Text, ...]]


def derivation_block(derivation: Derivation, einstein: bool = True) -> DerivationBlock:
    """The block that shows `derivation`; sums are implied where that is asked for and unambiguous."""
    telling = next(known for known in TELLINGS if known.method == derivation.method)
    implied = einstein and _unambiguous(derivation)
    title = next(method.title for method in METHODS if method.name == derivation.method)
    result = telling.result(derivation, implied)
    checked = checked_words(derivation)
    notes = tuple(words(note[:1].upper() + note[1:] + ".") for note in derivation.notes)
    return DerivationBlock(
        title=title,
        lines=_lines(derivation, telling, implied),
        result=result,
        intro=telling.intro(derivation),
        checked=joined((*notes, checked), " ") if notes else checked,
        discussion=telling.discussion(derivation, implied),
        name=title,
    )


def loss_name(derivation: Derivation) -> str:
    """The name of the loss whose gradient is taken: one that nothing else has."""
    taken = {derivation.value.name, *(symbol.name for symbol in derivation.problem.symbols)}
    if derivation.upstream is not None:
        taken.add(derivation.upstream.name)
    return next((name for name in ("L", "J", "E") if name not in taken), "L_0")


def partial_tex(derivation: Derivation) -> Tex:
    """∂F_ik/∂W_qr with the indices of this derivation."""
    variable = derivation.problem.wrt
    by = symbol_tex(variable.name)
    if derivation.upstream is not None:
        return Tex(rf"\frac{{\partial {loss_name(derivation)}}}{{\partial {_entry(by, derivation.free)}}}")
    at = derivation.free[: _axes(derivation.value)]
    of = _entry(symbol_tex(derivation.value.name), at)
    return Tex(rf"\frac{{\partial {of}}}{{\partial {_entry(by, derivation.free[len(at) :])}}}")


def _lines(derivation: Derivation, telling: Telling, implied: bool) -> tuple[Line, ...]:
    steps = derivation.steps
    if not steps:
        answer = derivation.answer
        right = line_tex(answer.line, implied) if answer is not None else Tex("0")
        return (Line(right=right, left=telling.left(derivation), reason=telling.first(derivation)),)
    first = Line(
        right=line_tex(steps[0].before, implied),
        left=telling.left(derivation),
        reason=telling.first(derivation),
    )
    rest = [_line(step, implied, derivation, step is steps[-1]) for step in steps]
    return (first, *rest)


def _line(step: Step, implied: bool, derivation: Derivation, last: bool) -> Line:
    apart = step.rule.name == "differentiate_entries"
    return Line(
        right=line_tex(step.after, implied),
        marked=line_tex(step.after, implied, frozenset(step.marks)) if step.marks else NOTHING,
        left=_whole_partial(derivation) if apart else NOTHING,
        reason=reason_tex(step.because, implied),
        shape=_shape_under(step, derivation) if last else NOTHING,
        key=step.rule.grain == "key",
    )


def _shape_under(step: Step, derivation: Derivation) -> Tex:
    """The shape of the last line: of the entries it stands for, or of the factors before vec(dX)."""
    after = step.after
    if isinstance(after, tuple):
        return shape(tuple(letter.dim for letter in derivation.free))
    if isinstance(after, Node):
        if after.kind == "product" and len(after.args) == 2 and not after.args[0].is_scalar:
            return Tex(r"\,".join(rf"({shape_tex((part.rows, part.cols))})" for part in after.args))
        return shape((after.rows, after.cols))
    sizes = dict(derivation.sizes)
    value, variable = derivation.value, derivation.problem.wrt
    blocks = rf"{value.rows.size(sizes)}\times{value.cols.size(sizes)}"
    return Tex(rf"{blocks}\text{{ blocks of }}{variable.rows.size(sizes)}\times{variable.cols.size(sizes)}")


def _unambiguous(derivation: Derivation) -> bool:
    lines = [line for step in derivation.steps for line in (step.before, step.after)]
    return all(sums_can_be_implied(line) for line in lines if isinstance(line, tuple))


def _axes(node: Node) -> int:
    return sum(dim != ONE for dim in (node.rows, node.cols))


def _entry(base: str, letters: tuple[Letter, ...]) -> str:
    return f"{base}_{{{''.join(letter.name for letter in letters)}}}" if letters else base


def _whole_partial(derivation: Derivation) -> Tex:
    of, by = symbol_tex(derivation.value.name), symbol_tex(derivation.problem.wrt.name)
    return Tex(rf"\frac{{\partial {of}}}{{\partial {by}}}")


def _value(derivation: Derivation) -> str:
    return symbol_tex(derivation.value.name)


def _variable(derivation: Derivation) -> str:
    return symbol_tex(derivation.problem.wrt.name)


def _expression(derivation: Derivation) -> str:
    return latex(derivation.problem.expr)


def _defined(derivation: Derivation) -> Tex:
    return Tex(rf"${_value(derivation)}={_expression(derivation)}$")


def _of_entry(node: Node) -> str:
    """`one entry of W`, or W itself where it is a scalar."""
    name = f"${symbol_tex(node.name)}$"
    return name if node.is_scalar else f"one entry of {name}"


# --- index notation ---------------------------------------------------------------


def _index_intro(d: Derivation) -> Tex:
    return Tex(rf"Differentiate {_of_entry(d.value)} by {_of_entry(d.problem.wrt)}.")


def _index_result(d: Derivation, implied: bool) -> Result | None:
    found = d.results
    if found.matrix is not None:
        return Result(Tex(rf"{_whole_partial(d)}={latex(found.matrix.line)}"), matrix_words(found.matrix.shape))
    if found.index is None:
        return None
    right = line_tex(found.index.line, implied)
    return Result(Tex(f"{partial_tex(d)}={right}"), shape_words(found.index.shape, len(d.free)))


def _index_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if len(d.free) < 3 or d.results.index is None:
        return ()
    of, by = _value(d), _variable(d)
    return (
        Tex(
            rf"Nothing has been stacked or contracted here: the result keeps the indices of ${of}$ and those of "
            rf"${by}$. It is not a matrix, and to write it as one is a choice of where each entry is put."
        ),
    )


# --- stacked columns --------------------------------------------------------------


def _vec_intro(d: Derivation) -> Tex:
    by = _variable(d)
    return Tex(
        rf"Take the differential, stack columns with $\operatorname{{vec}}$, and bring "
        rf"$\operatorname{{vec}}(\mathrm d{by})$ to the right: what stands before it is the derivative."
    )


def _vec_result(d: Derivation, implied: bool) -> Result | None:
    found = d.results.vec
    if found is None:
        return None
    of, by = _stacked(d.value), _stacked(d.problem.wrt)
    above, below = (rf"{of}^{{\mathsf T}}", by) if d.problem.layout == "denominator" else (of, rf"{by}^{{\mathsf T}}")
    left = rf"\frac{{\partial {above}}}{{\partial {below}}}"
    return Result(Tex(f"{left}={latex(found.line)}"), Tex(rf"a matrix of shape ${shape_tex(found.shape)}$"))


def _stacked(node: Node) -> str:
    name = symbol_tex(node.name)
    return name if node.cols == ONE else rf"\operatorname{{vec}}({name})"


def _vec_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if _axes(d.value) < 2 or _axes(d.problem.wrt) < 2:
        return ()
    return (
        Tex(
            rf"One row of this matrix belongs to one entry of ${_value(d)}$, one column to one entry of "
            rf"${_variable(d)}$, both counted down the columns."
        ),
    )


# --- entry by entry ---------------------------------------------------------------


def _components_intro(d: Derivation) -> Tex:
    sizes = ", ".join(f"${symbol_tex(name)}={size}$" for name, size in d.sizes)
    return Tex(
        rf"Take {sizes}, write every entry of ${_value(d)}$ out, and differentiate each by every entry of "
        rf"${_variable(d)}$."
    )


def _components_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if len(d.free) < 4:
        return ()
    return (
        Tex(
            rf"This is a matrix whose elements are matrices: the block in row $i$ and column $k$ is "
            rf"$\partial {_value(d)}_{{ik}}/\partial {_variable(d)}$ and has the shape of ${_variable(d)}$."
        ),
    )


# --- a loss on top ----------------------------------------------------------------


def _backprop_intro(d: Derivation) -> Tex:
    if d.upstream is None:
        return _index_intro(d)
    loss, of, by = loss_name(d), _value(d), _variable(d)
    return Tex(
        rf"Let a scalar loss ${loss}$ depend on ${by}$ through ${of}$, and let "
        rf"${symbol_tex(d.upstream.name)}=\partial {loss}/\partial {of}$."
    )


def _backprop_first(d: Derivation) -> Text:
    if d.upstream is None:
        return _defined(d)
    every = "" if d.value.is_scalar else "every entry of "
    return Tex(rf"chain rule: ${loss_name(d)}$ depends on ${_variable(d)}$ through {every}${_value(d)}$")


def _backprop_result(d: Derivation, implied: bool) -> Result | None:
    if d.upstream is None:
        return _index_result(d, implied)
    left = rf"\frac{{\partial {loss_name(d)}}}{{\partial {_variable(d)}}}"
    found: Answer | None = d.results.matrix
    if found is not None:
        return Result(Tex(f"{left}={latex(found.line)}"), Tex(rf"the shape of ${_variable(d)}$: ${_shape_of(d)}$"))
    if d.results.index is None:
        return None
    return Result(Tex(f"{partial_tex(d)}={line_tex(d.results.index.line, implied)}"), shape_words(d.results.index.shape, len(d.free)))


def _shape_of(d: Derivation) -> str:
    wrt = d.problem.wrt
    return shape_tex(tuple(dim for dim in (wrt.rows, wrt.cols) if dim != ONE))


def _backprop_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if d.upstream is None or d.results.matrix is None:
        return ()
    return (
        Tex(
            rf"The four indices are gone because those of ${_value(d)}$ were summed against "
            rf"${symbol_tex(d.upstream.name)}$; what is left has the indices of ${_variable(d)}$ alone, and so its shape."
        )
        if _axes(d.value) + _axes(d.problem.wrt) == 4
        else Tex(
            rf"The indices of ${_value(d)}$ were summed against ${symbol_tex(d.upstream.name)}$; what is left has the "
            rf"shape of ${_variable(d)}$."
        ),
    )


TELLINGS: tuple[Telling, ...] = (
    Telling("index", _index_intro, partial_tex, _defined, _index_result, _index_discussion),
    Telling(
        "vec",
        _vec_intro,
        lambda d: Tex(rf"\operatorname{{vec}}(\mathrm d{_value(d)})"),
        _defined,
        _vec_result,
        _vec_discussion,
    ),
    Telling(
        "components",
        _components_intro,
        lambda d: Tex(_value(d)),
        lambda d: "",
        lambda d, implied: None,
        _components_discussion,
    ),
    Telling(
        "backprop", _backprop_intro, partial_tex, _backprop_first, _backprop_result, _backprop_discussion
    ),
)
