"""The reference of all functions and rules as a document, from the records alone."""

from __future__ import annotations

from gen.derivation.record import Kind, Rule
from gen.derivation.reference import Law, Written, example_of, general_call, laws, worked
from gen.derivation.rulebook import CHAPTERS, Chapter
from gen.document.blocks import Document
from gen.document.naming import partial_of, whole_partial_of
from gen.document.reference_blocks import Equation, Fact, Phrase, Piece, ReferenceEntry, Section, Statement
from gen.document.sentence import sentence
from gen.document.tex import Tex, escape
from gen.language.catalogue import FUNCTIONS
from gen.language.elementwise import ELEMENTWISE
from gen.language.function import Function
from gen.language.latex import LATEX, latex, shape_tex
from gen.language.matrix_functions import MATRIX_FUNCTIONS
from gen.language.signature import Pattern, signature
from gen.language.terminal import dim_terminal, terminal
from gen.language.text import text

KINDS: dict[Kind, str] = {
    "index_form": "a definition by indices",
    "linearity": "linearity",
    "product_rule": "the product rule",
    "chain_rule": "the chain rule",
    "delta_substitution": "a delta for a derivative",
    "contraction": "a sum ended by a delta",
    "matrix_form": "back to matrix form",
    "differential": "a differential",
    "vec_identity": "an identity of stacked columns",
    "expand": "writing out entries",
    "identify": "reading off",
}
PLACES = {
    "factor": "a factor of a term",
    "term": "a term with its sum",
    "node": "a part of a matrix expression",
    "line": "a whole line",
}
_OPENING = (
    "Every function that an expression may contain, and every rule that derivations use. Laws, answers and "
    "examples are computed from the records with which derivations are made. "
    "U and V stand for any arguments, u for a vector, x for one entry; ∘ is the product entry by entry."
)
OPENING: Phrase = (Piece("words", sentence(_OPENING), _OPENING),)


def reference_document() -> Document:
    """The whole reference. It derives the example of every function, with its check by numbers."""
    of_matrices = tuple(f for f in FUNCTIONS if f in MATRIX_FUNCTIONS)
    of_entries = tuple(f for f in FUNCTIONS if f in ELEMENTWISE)
    intro = (
        "A function that is linear is defined by its entries, and its differential passes inside; "
        "the others have a differential."
    )
    entrywise = "These act on each entry of a scalar, vector or matrix; what is given is the slope."
    functions = (
        Section("matrix-functions", "Functions of matrices", "Function", intro, _functions(of_matrices)),
        Section("elementwise", "Functions of entries", "Function", entrywise, _functions(of_entries)),
    )
    rules = tuple(_chapter(chapter) for chapter in CHAPTERS)
    return Document("Functions and rules", (), opening=(sentence(_OPENING),), sections=(*functions, *rules))


def _functions(records: tuple[Function, ...]) -> tuple[ReferenceEntry, ...]:
    return tuple(_function(record) for record in records)


def _function(record: Function) -> ReferenceEntry:
    whole = general_call(record)
    return ReferenceEntry(
        anchor=f"function-{record.name}",
        name=_typed(text(whole)),
        printed=(_maths(whole),),
        title=(_literal(record.title),),
        aside=_shapes(record),
        equations=tuple(_equation(law, record.where) for law in laws(record)),
        statements=(),
        facts=(
            Fact("Reason", (_words(record.because),)),
            Fact("Example", _example(record)),
            Fact("Source", (_words(record.source),)),
        ),
    )


def _example(record: Function) -> Phrase:
    """The question, and the answer as the engine gives it."""
    derivation = worked(record)
    answer = derivation.answer
    assert answer is not None, f"the example of {record.name} has no answer"
    entries = answer is derivation.results.index
    left = (partial_of if entries else whole_partial_of)(derivation)(LATEX)
    free = [letter.name for letter in derivation.free]
    of, by = derivation.value, derivation.problem.wrt
    axes = sum(not d.is_one for d in (of.rows, of.cols))
    of_at, by_at = ("".join(free[:axes]), "".join(free[axes:])) if entries else ("", "")
    plain = f"∂{_at(of.name, of_at)}/∂{_at(by.name, by_at)} = {terminal(answer.line)}"
    return (
        _typed(record.example),
        _words(" by "),
        _typed(by.name),
        _words(": "),
        Piece("maths", Tex(rf"$\displaystyle {left} = {latex(answer.line)}$"), plain),
    )


def _at(name: str, places: str) -> str:
    return f"{name}_{places}" if places else name


def _shapes(record: Function) -> Phrase:
    """Shape rules in words and signs; several are parted by a semicolon."""
    out: list[Piece] = []
    for rule in record.signatures:
        shapes = signature(rule)
        if out:
            out.append(_words("; "))
        if shapes.result.same:
            return (_words("any shape gives the same"),)
        for at, pattern in enumerate(shapes.params):
            out += [_words(", ")] * (at > 0) + [_shape(pattern)]
        out += [_words(" gives "), _shape(shapes.result)]
    return tuple(out)


def _shape(pattern: Pattern) -> Piece:
    dims = tuple(d for d in (pattern.rows, pattern.cols) if not d.is_one)
    if not dims:
        return _words("a scalar")
    return Piece("maths", Tex(f"${shape_tex(dims)}$"), " × ".join(dim_terminal(d) for d in dims))


def _chapter(chapter: Chapter) -> Section:
    anchor = "rules-" + chapter.title.lower().replace(" ", "-")
    entries = tuple(_rule(rule) for rule in chapter.rules)
    return Section(anchor, f"Rules: {chapter.title.lower()}", "Rule", chapter.purpose, entries)


def _rule(rule: Rule) -> ReferenceEntry:
    example = example_of(rule)
    shown: Phrase = (_words("acts on tables of entries"),)
    if example is not None:
        before, after = _side(example.before), _side(example.after)
        if before == after:  # D(X) and dX print alike
            before, after = (_typed(side) for side in rule.example.split(" => "))
        shown = (before, _words(" becomes "), after)
    step = "a key step" if rule.grain == "key" else "a routine step"
    law = Piece("maths", sentence(rule.law), rule.law)
    return ReferenceEntry(
        anchor=f"rule-{rule.name}",
        name=_typed(rule.name),
        printed=(),
        title=(_literal(KINDS[rule.kind]),),
        aside=(_literal(step),),
        equations=(),
        statements=(Statement(law, (_words(f"applies to {PLACES[rule.scope]}"),)),),
        facts=(
            Fact("Reason", (_words(rule.because),)),
            Fact("Example", shown),
            Fact("Source", (_words(rule.source),)),
        ),
    )


def _side(side: Written | str) -> Piece:
    return _typed(side) if isinstance(side, str) else _maths(side)


def _equation(law: Law, where: str) -> Equation:
    left, right = (Piece("maths", Tex(latex(s)), terminal(s)) for s in (law.left, law.right))
    return Equation(left, right, (_words(f"{law.what}, {where}"),))


def _maths(line: Written) -> Piece:
    if not line:
        return Piece("maths", Tex("$0$"), "0")
    return Piece("maths", Tex(rf"$\displaystyle {latex(line)}$"), terminal(line))


def _words(words: str) -> Piece:
    return Piece("words", sentence(words), words)


def _literal(words: str) -> Piece:
    return Piece("words", escape(words), words)


def _typed(source: str) -> Piece:
    return Piece("typed", Tex(rf"\texttt{{{escape(source)}}}"), source)
