"""From a sheet to the document its formats are made of: derive every problem, and lay out the parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from gen.derivation.derive import derive_all
from gen.derivation.result import Derivation
from gen.document.blocks import Document, Part, ProblemBlock, Symbol
from gen.document.prose import prose
from gen.document.tex import Tex, Text
from gen.errors import FreeIndexError, Report
from gen.language.declaration import Declaration
from gen.language.latex import latex, shape_tex
from gen.language.node import Node
from gen.project.conventions import conventions
from gen.project.reconcile import picture_of
from gen.project.sentences import block_of, closing_of
from gen.project.sheet import Notation, Sheet, WrittenProblem

NOTATION = Notation()


def assemble(sheet: Sheet) -> Document:
    """The document of a sheet. Raises InputError with the file and line of the problem that is wrong."""
    derived = [_derived(sheet, problem) for problem in sheet.problems]
    blocks = [
        _block(number, problem, found, sheet.notation)
        for number, (problem, found) in enumerate(zip(sheet.problems, derived, strict=True), start=1)
    ]
    count = len(blocks)
    return Document(
        title=sheet.title,
        problems=tuple(blocks),
        course=sheet.course,
        author=sheet.author,
        date=sheet.date,
        term=sheet.term,
        instructions=prose(sheet.instructions),
        convention=conventions(derived, sheet.notation),
        symbols=_table(derived),
        opening=(
            Tex(
                f"{count} {'problem' if count == 1 else 'problems'}, each derived line by line. Every line has been "
                "evaluated at random points and agrees with the one before it; every result agrees with a derivative "
                "taken by numbers."
            ),
        ),
        paper=_paper(sheet.paper),
        language=sheet.language,
    )


def single(derivations: tuple[Derivation, ...]) -> Document:
    """The document of one question, as `freeindex derive` makes it."""
    variables = list(dict.fromkeys(derivation.problem.wrt.name for derivation in derivations))
    grouped = [tuple(d for d in derivations if d.problem.wrt.name == name) for name in variables]
    problems = tuple(_filled(number, found, "", NOTATION) for number, found in enumerate(grouped, start=1))
    return Document(title=problems[0].title, problems=problems, convention=conventions(grouped, NOTATION))


def faults_of(sheet: Sheet) -> tuple[Report, ...]:
    """What is wrong with the problems and texts of a sheet, one report each."""
    faults: list[Report] = []
    for problem in sheet.problems:
        try:
            _derived(sheet, problem)
        except FreeIndexError as error:
            faults.append(error.report)
    return tuple(faults)


def _derived(sheet: Sheet, problem: WrittenProblem) -> tuple[Derivation, ...]:
    """The derivations of a problem in the order of its methods."""
    symbols = {declared.name: _form(declared) for declared in problem.declarations}
    try:
        prose(problem.prompt)
        found = derive_all(
            problem.of,
            (problem.wrt,),
            methods=problem.methods,
            symbols=symbols,
            strict=sheet.strict,
            layout=sheet.notation.layout,
            symmetric=sheet.notation.symmetric,
        )
    except FreeIndexError as error:
        report = error.report
        message = f"{problem.place}: {report.message}"
        moved = Report(report.code, message, "file", report.start, report.end, report.source, report.hint)
        raise type(error)(moved) from None
    return tuple(sorted(found, key=lambda derivation: problem.methods.index(derivation.method)))


def _form(declared: Declaration) -> dict[str, Any]:
    """A declaration in its JSON form."""
    if declared.function:
        return {"function": "elementwise"}
    shape = [declared.rows.json(), declared.cols.json()]
    return {"shape": shape, "structure": declared.structure, "domain": declared.domain}


def _block(
    number: int, problem: WrittenProblem, found: tuple[Derivation, ...], notation: Notation
) -> ProblemBlock:
    block = _filled(number, found, problem.prompt, notation)
    return replace(block, marks=problem.marks, space=problem.space)


def _filled(number: int, found: tuple[Derivation, ...], prompt: str, notation: Notation) -> ProblemBlock:
    """A problem with everything that follows from its derivations."""
    first = found[0]
    value, variable = latex(first.value), latex(first.problem.wrt)
    expr = latex(first.problem.expr)
    asked = rf"Derive ${value} = {expr}$ by ${variable}$, step by step."
    return ProblemBlock(
        number=number,
        title=Tex(rf"The derivative of ${value} = {expr}$ with respect to ${variable}$"),
        prompt=prose(prompt) if prompt.strip() else Tex(asked),
        parts=tuple(_parts(found, einstein=notation.sums == "einstein")),
        symbols=tuple(_symbols(first)),
        closing=closing_of(found),
        name=f"{first.problem.source} by {first.problem.wrt.name}",
    )


def _parts(found: tuple[Derivation, ...], *, einstein: bool) -> Iterable[Part]:
    """A part for each derivation; the picture follows the last of those it shows together."""
    by = {derivation.method: derivation for derivation in found}
    picture = picture_of(by["index"], by["vec"]) if "index" in by and "vec" in by else None
    shown = [method for method in by if method in ("index", "vec", "components")]
    for derivation in found:
        yield block_of(derivation, einstein=einstein)
        if picture is not None and derivation.method == shown[-1]:
            yield picture


def _symbols(derivation: Derivation) -> Iterable[Symbol]:
    for node in _nodes(derivation):
        role = "the variable" if node == derivation.problem.wrt else ""
        yield Symbol(Tex(latex(node)), _shape(node), role)


def _nodes(derivation: Derivation) -> tuple[Node, ...]:
    return (*derivation.problem.symbols, derivation.value)


def _shape(node: Node) -> Tex:
    dims = () if node.is_scalar else (node.rows,) if node.is_vector else (node.rows, node.cols)
    return Tex(shape_tex(dims)) if dims else Tex("")


def _table(derived: list[tuple[Derivation, ...]]) -> tuple[Symbol, ...]:
    """Every symbol with every shape it has in the sheet, and the problems it has it in."""
    places: dict[tuple[str, str], list[str]] = {}
    for number, found in enumerate(derived, start=1):
        for node in _nodes(found[0]):
            places.setdefault((latex(node), _shape(node)), []).append(str(number))
    return tuple(
        Symbol(Tex(tex), Tex(shape), _in_problems(numbers)) for (tex, shape), numbers in places.items()
    )


def _in_problems(numbers: list[str]) -> Text:
    if len(numbers) == 1:
        return f"in problem {numbers[0]}"
    return f"in problems {', '.join(numbers[:-1])} and {numbers[-1]}"


def _paper(name: str) -> Literal["a4", "letter"]:
    return "letter" if name == "letter" else "a4"
