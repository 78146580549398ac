"""From the derivations of one question to the problem that a document shows."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.blocks import Part, ProblemBlock, Space, Symbol
from gen.document.lines import derivation_block
from gen.document.naming import given
from gen.document.pen import USUAL, Pen
from gen.document.reconcile import fitting, picture_of
from gen.document.tex import Tex, Text
from gen.document.wording import sentence_tex
from gen.document.words import Sentence, Words
from gen.document.written import name, slanted
from gen.language.latex import shape_tex
from gen.language.node import Node


def problem_block(
    number: int,
    derivations: tuple[Derivation, ...],
    *,
    prompt: Text = "",
    marks: int | None = None,
    space: Space | None = None,
    pen: Pen = USUAL,
) -> ProblemBlock:
    """The problem that `derivations`, all of one question, answer.

    The parts stand in the order of the derivations; the picture follows the first of
    components and vec that is not followed by the other, and how they fit comes last.
    """
    first, words = derivations[0], pen.words
    fits = fitting(derivations, pen)
    return ProblemBlock(
        number=number,
        title=sentence_tex(title_said(first, words), pen),
        prompt=prompt or sentence_tex(prompt_said(first, words), pen),
        parts=(*_parts(derivations, pen), *((fits,) if fits else ())),
        marks=marks,
        space=space or Space(),
        symbols=symbols_of(first, pen),
        given=sentence_tex((given(first),), pen),
        name=words.filled("page_name", given=first.problem.source, variables=first.problem.wrt.name),
    )


def title_said(first: Derivation, words: Words) -> Sentence:
    """The title of a problem without one."""
    return words.sentence("title", given=given(first), variable=name(first.problem.wrt))


def prompt_said(first: Derivation, words: Words) -> Sentence:
    """The question of a problem without a prompt."""
    return words.sentence("prompt", derivative=slanted(name(first.value), name(first.problem.wrt)))


def symbols_of(first: Derivation, pen: Pen = USUAL) -> tuple[Symbol, ...]:
    """Every symbol of the question with its shape, then the value."""
    variable = first.problem.wrt
    rows = [
        Symbol(Tex(pen.n.named(node)), _shape(node), role(node, node == variable, pen.words))
        for node in first.problem.symbols
    ]
    if first.value.name not in {node.name for node in first.problem.symbols}:
        value = sentence_tex((given(first),), pen)
        rows.append(Symbol(Tex(pen.n.named(first.value)), _shape(first.value), value))
    return tuple(rows)


def role(node: Node, variable: bool, words: Words) -> str:
    """What is said of a symbol beside its shape: the variable, symmetric."""
    said = [words["variable"]] if variable else []
    if node.structure is not None:
        said.append(words[node.structure])
    return ", ".join(said)


def _parts(derivations: tuple[Derivation, ...], pen: Pen) -> tuple[Part, ...]:
    out: list[Part] = []
    picture = picture_of(derivations, pen)
    last = max((n for n, d in enumerate(derivations) if d.method in ("vec", "components")), default=None)
    for n, derivation in enumerate(derivations):
        out.append(derivation_block(derivation, pen))
        if n == last and picture is not None:
            out.append(picture)
    return tuple(out)


def _shape(node: Node) -> Tex:
    if node.is_scalar:
        return Tex("")
    return Tex(shape_tex((node.rows,) if node.cols.is_one else (node.rows, node.cols)))
