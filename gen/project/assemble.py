"""From a sheet to the document its formats are made of: derive every problem, and lay out the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from gen.derivation.derive import derive_all
from gen.derivation.result import Derivation
from gen.document.blocks import Document
from gen.document.lesson import conventions, problem_block
from gen.document.prose import prose
from gen.document.tex import Tex, Text
from gen.errors import FreeIndexError, Report, input_error
from gen.language.declaration import Declaration
from gen.project.sheet import METHODS, Notation, Sheet, WrittenProblem

# Books disagree on symmetric variables: each convention says what the other would give.
SYMMETRIC: Mapping[str, Tex] = {
    "free": Tex(
        "Symmetric variables: partial derivatives by the free entries, so that the entries $(q,r)$ and "
        "$(r,q)$ move together. The symmetric part of the unconstrained gradient, which others use, is "
        "half as large off the diagonal."
    ),
    "projected": Tex(
        "Symmetric variables: the symmetric part of the unconstrained gradient. Partial derivatives by the "
        "free entries, which others use, are twice as large off the diagonal."
    ),
}


def assemble(sheet: Sheet) -> Document:
    """The document of a sheet. Raises InputError with the file and line of the problem that is wrong."""
    derived = [_derived(sheet, problem) for problem in sheet.written]
    einstein = sheet.notation.sums == "einstein"
    blocks = [
        problem_block(
            number,
            found,
            prompt=prose(problem.prompt),
            marks=problem.marks,
            space=problem.space,
            einstein=einstein,
        )
        for number, (problem, found) in enumerate(zip(sheet.written, derived, strict=True), start=1)
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
        convention=_conventions(derived, sheet.notation),
        opening=(
            Tex(
                f"{count} {'problem' if count == 1 else 'problems'}, each derived line by line. Every line "
                "has been evaluated at random points and agrees with the one before it; every result "
                "agrees with a derivative taken by numbers."
            ),
        ),
        paper=_paper(sheet.paper),
        language=sheet.language,
    )


def single(derivations: tuple[Derivation, ...]) -> Document:
    """The document of one question, as `freeindex derive` makes it, with the methods it can tell.

    Raises InputError (unsupported) when there is none of them.
    """
    told = [derivation for derivation in derivations if derivation.method in METHODS]
    if not told:
        name = derivations[0].method
        hint = "there are documents for " + ", ".join(METHODS)
        raise input_error("unsupported", f"there are no documents yet for the {name} method", hint=hint)
    variables = list(dict.fromkeys(derivation.problem.wrt.name for derivation in told))
    grouped = [tuple(d for d in told if d.problem.wrt.name == name) for name in variables]
    problems = tuple(problem_block(number, found) for number, found in enumerate(grouped, start=1))
    return Document(title=problems[0].title, problems=problems, convention=_conventions(grouped, Notation()))


def faults_of(sheet: Sheet) -> tuple[Report, ...]:
    """What is wrong with the problems and texts of a sheet, one report each."""
    faults: list[Report] = []
    for problem in sheet.written:
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


def _conventions(derived: list[tuple[Derivation, ...]], notation: Notation) -> tuple[Text, ...]:
    """The sentences that say how the sheet writes and lays out derivatives."""
    said = conventions(notation.sums == "einstein", notation.layout, notation.symmetric)
    structures = {found[0].problem.wrt.structure for found in derived}
    return (*said, SYMMETRIC[notation.symmetric]) if "symmetric" in structures else said


def _paper(name: str) -> Literal["a4", "letter"]:
    return "letter" if name == "letter" else "a4"
