"""The sentences around a derivation: what is done, and in the notes what it means."""

from __future__ import annotations

from gen.derivation.derive import METHOD_NAMED
from gen.derivation.result import Derivation
from gen.derivation.vec_rules import vec
from gen.document.blocks import DerivationBlock
from gen.document.tex import Tex, Text, joined
from gen.language.index import Delta, Terms, one
from gen.language.latex import latex, shape_tex, symbol_tex
from gen.language.node import Node, symbol
from gen.project.answers import checked, result_of
from gen.project.lines import frame_of, lines_of, loss_name


def block_of(derivation: Derivation, *, einstein: bool) -> DerivationBlock:
    """A derivation as a part of a document."""
    title = METHOD_NAMED[derivation.method].title
    return DerivationBlock(
        title=title,
        lines=lines_of(derivation, einstein=einstein),
        result=result_of(derivation, einstein=einstein),
        intro=_intro(derivation),
        checked=checked(derivation),
        discussion=_discussion(derivation),
        name=title,
    )


def _intro(derivation: Derivation) -> Text:
    value, variable = latex(derivation.value), latex(derivation.problem.wrt)
    scalar = derivation.value.is_scalar
    match derivation.method:
        case "index" if scalar:
            return Tex(rf"Differentiate ${value}$ by one entry of ${variable}$.")
        case "index":
            return Tex(rf"Write one entry of ${value}$, then differentiate it by one entry of ${variable}$.")
        case "vec":
            wrt = derivation.problem.wrt
            increment = latex(vec(symbol(f"d{wrt.name}", wrt.rows, wrt.cols)))
            return Tex(
                "Take the differential and stack its columns. "
                rf"What stands before ${increment}$ in the end is the Jacobian."
            )
        case "components":
            sizes = ", ".join(f"${symbol_tex(name)} = {size}$" for name, size in derivation.sizes)
            return Tex(f"Take {sizes} and write out every entry." if sizes else "Write out every entry.")
        case "backprop" if scalar:
            return Tex(rf"${value}$ is itself the loss: its upstream gradient is 1 and is left out.")
        case _:
            loss = loss_name(derivation.problem, derivation.value)
            upstream = latex(derivation.upstream) if derivation.upstream is not None else "G"
            return Tex(
                rf"Let a scalar loss ${loss}$ depend on ${value}$, with the upstream gradient "
                rf"${upstream} = \partial {loss}/\partial {value}$."
            )


def _discussion(derivation: Derivation) -> tuple[Text, ...]:
    """The paragraphs of the notes."""
    match derivation.method:
        case "index":
            return _of_index(derivation)
        case "vec" if not derivation.value.is_scalar:
            return _of_vec(derivation)
        case "backprop":
            return _of_backprop(derivation)
        case _:
            return ()


def _of_index(derivation: Derivation) -> tuple[Text, ...]:
    found = derivation.results.index
    if found is None or derivation.results.matrix is not None or not isinstance(found.line, tuple):
        return ()
    value, variable = latex(derivation.value), latex(derivation.problem.wrt)
    plain = Tex(
        "Nothing has been flattened or contracted: the answer carries the indices of "
        rf"${value}$ and those of ${variable}$."
    )
    return (joined([plain, *_of_deltas(derivation, found.line)], " "),)


def _of_deltas(derivation: Derivation, line: Terms) -> list[Tex]:
    """What the deltas of a single term say: which rows and columns belong together."""
    names, out = frame_of(derivation), []
    of_value = ((names.f_row, "row", names.f_col), (names.f_col, "column", names.f_row))
    of_variable = ((names.x_row, "row", names.x_col), (names.x_col, "column", names.x_row))
    for factor in line[0].factors if len(line) == 1 else ():
        if not isinstance(factor, Delta):
            continue
        ends = (factor.first, factor.second)
        for letter, what, other in of_value:
            for paired, part, beside in of_variable:
                if letter is None or letter not in ends or paired is None or paired not in ends:
                    continue
                here, there = (what if other else "entry"), (part if beside else "entry")
                out.append(
                    Tex(
                        rf"The factor ${latex(one(factor))}$ says that {here} ${letter.name}$ of "
                        rf"${latex(names.value)}$ depends on {there} ${letter.name}$ of "
                        rf"${latex(names.variable)}$ only."
                    )
                )
    return out


def _of_vec(derivation: Derivation) -> tuple[Text, ...]:
    if derivation.results.vec is None:
        return ()
    value, variable = latex(derivation.value), latex(derivation.problem.wrt)
    return (
        Tex(
            rf"Each row of this ${shape_tex(derivation.results.vec.shape)}$ matrix belongs to one entry of "
            rf"${value}$, each column to one entry of ${variable}$, both counted down the columns."
        ),
    )


def _of_backprop(derivation: Derivation) -> tuple[Text, ...]:
    """What stands beside the upstream gradient, where that is one factor."""
    upstream, beside = derivation.upstream, _beside(derivation)
    if upstream is None or beside is None:
        return ()
    return (
        Tex(
            rf"This is where the ${beside}$ of the textbooks comes from: it is what stands beside the upstream "
            rf"gradient ${latex(upstream)}$. It is not the derivative of ${latex(derivation.value)}$; it is what "
            rf"the derivative does to ${latex(upstream)}$."
        ),
    )


def _beside(derivation: Derivation) -> str | None:
    found, upstream = derivation.results.matrix, derivation.upstream
    if found is None or upstream is None or not isinstance(found.line, Node) or found.line.kind != "product":
        return None
    others = [factor for factor in found.line.args if upstream.name not in factor.names]
    return latex(others[0]) if len(others) == 1 and len(found.line.args) == 2 else None


def closing_of(derivations: tuple[Derivation, ...]) -> Text:
    """How the answers of several methods fit together; empty where there is nothing to compare."""
    by = {derivation.method: derivation for derivation in derivations}
    index, stacked, back = by.get("index"), by.get("vec"), by.get("backprop")
    if index is None or stacked is None or index.results.index is None or stacked.results.vec is None:
        return ""
    if index.results.matrix is not None:
        return ""
    tensor = latex(index.results.index.line)
    text = rf"The tensor ${tensor}$ and the matrix ${latex(stacked.results.vec.line)}$ hold the same entries in different places."
    if back is not None and back.results.matrix is not None and back.upstream is not None:
        text += (
            rf" Contracted with the upstream gradient ${latex(back.upstream)}$, either gives "
            rf"${latex(back.results.matrix.line)}$."
        )
    return Tex(text)
