"""From a sheet to the document its formats are made of: derive every problem, and lay out the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from gen.derivation.derive import derive_all
from gen.derivation.result import Derivation
from gen.document.blocks import Document, ProblemBlock, Space, Student
from gen.document.items import LEVELS, Level, item_block
from gen.document.lesson import problem_block
from gen.document.pen import Pen, pen_for
from gen.document.prose import prose
from gen.document.qr import code_block
from gen.document.tex import Text, fixed
from gen.document.wording import sentence_tex
from gen.errors import FreeIndexError, Report, input_error
from gen.language.declaration import Declaration
from gen.problems.item import Item
from gen.project.generated import GeneratedProblem
from gen.project.notation import USUAL, Notation, stated
from gen.project.sheet import Sheet
from gen.project.version import Version
from gen.project.written import METHODS, WrittenProblem

# Where a sheet says hints are printed, and what a document calls the place.
PLACES_OF_HINTS: Mapping[str, Literal["none", "foot", "last"]] = {
    "none": "none",
    "upside-down": "foot",
    "last-page": "last",
}


@dataclass(frozen=True, slots=True)
class Written:
    """The written problems of a sheet, derived and laid out once for all versions: by their numbers."""

    blocks: Mapping[int, ProblemBlock]
    derived: tuple[tuple[Derivation, ...], ...]

    @property
    def by_number(self) -> tuple[tuple[int, tuple[Derivation, ...]], ...]:
        """The derivations with the numbers of their problems."""
        return tuple(zip(self.blocks, self.derived, strict=True))


def written(sheet: Sheet) -> Written:
    """The written problems. Raises InputError with the file and line of the problem that is wrong."""
    derived: list[tuple[Derivation, ...]] = []
    blocks: dict[int, ProblemBlock] = {}
    pen = replace(pen_of(sheet), aloud=True)
    for number, problem in numbered(sheet):
        if isinstance(problem, WrittenProblem):
            found = _derived(sheet, problem)
            derived.append(found)
            blocks[number] = problem_block(
                number,
                found,
                prompt=prose(problem.prompt),
                marks=problem.marks,
                space=problem.space,
                pen=pen,
            )
    return Written(blocks, tuple(derived))


def numbered(sheet: Sheet) -> Iterator[tuple[int, WrittenProblem | GeneratedProblem]]:
    """The problems with the numbers they have on the sheet; of those that are generated, the first one."""
    number = 1
    for problem in sheet.problems:
        yield number, problem
        number += problem.count if isinstance(problem, GeneratedProblem) else 1


def numbers_of_generated(sheet: Sheet) -> tuple[int, ...]:
    """The numbers of the generated problems one by one, in the order of their slots."""
    return tuple(
        number + k
        for number, problem in numbered(sheet)
        if isinstance(problem, GeneratedProblem)
        for k in range(problem.count)
    )


def levels_of(sheet: Sheet) -> tuple[Level, ...]:
    """How much is shown of the solutions of the generated problems, one by one in the same order."""
    return tuple(
        _level(problem.solution or sheet.solution)
        for problem in sheet.generated
        for _ in range(problem.count)
    )


def assemble(sheet: Sheet, version: Version | None = None, shared: Written | None = None) -> Document:
    """The document of a sheet, of one version of it where it has generated problems.

    `shared` are the written problems, where they are known. Raises InputError as `written`.
    """
    shared = written(sheet) if shared is None else shared
    # Only what is made once for all students is presented by somebody, and has remarks.
    pen = replace(pen_of(sheet), aloud=version is None or not version.name)
    blocks = dict(shared.blocks)
    items = () if version is None else version.items
    tables = [problem for problem in sheet.generated for _ in range(problem.count)]
    levels = levels_of(sheet)
    for number, table, level, item in zip(numbers_of_generated(sheet), tables, levels, items, strict=True):
        blocks[number] = item_block(
            number,
            item,
            level=level,
            space=None if table.space == Space() else table.space,
            pen=pen,
        )
    return Document(
        title=sheet.title,
        problems=tuple(blocks[number] for number in sorted(blocks)),
        course=sheet.course,
        author=sheet.author,
        date=sheet.date,
        term=sheet.term,
        instructions=prose(sheet.instructions),
        convention=_conventions(structures_of(shared.derived, items), sheet.notation, pen),
        opening=(fixed(pen.words.counted("opening", len(blocks))),),
        paper=_paper(sheet.paper),
        language=sheet.language,
        theme=sheet.theme,
        student=None if version is None or not version.name else _student(version),
        hints=PLACES_OF_HINTS[sheet.hints],
        marking=(fixed(pen.words["follow_through"]),) if items and sheet.solution != "none" else (),
        code=None if version is None else code_block(sheet.id, version.code),
    )


def single(derivations: tuple[Derivation, ...], notation: Notation = USUAL, language: str = "en") -> Document:
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
    pen = pen_for(notation.style, language)
    problems = tuple(problem_block(number, found, pen=pen) for number, found in enumerate(grouped, start=1))
    return Document(
        title=problems[0].title,
        problems=problems,
        convention=_conventions(structures_of(grouped), notation, pen),
        language=language,
    )


def pen_of(sheet: Sheet) -> Pen:
    """What a sheet is written with."""
    return pen_for(sheet.notation.style, sheet.language)


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
            letters=sheet.notation.letters,
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


def structures_of(
    derived: Sequence[tuple[Derivation, ...]], items: Sequence[Item] = ()
) -> frozenset[str | None]:
    """The structures of the variables of all problems."""
    firsts = [*(found[0] for found in derived), *(i.worked.derivation for i in items)]
    return frozenset(first.problem.wrt.structure for first in firsts if first is not None)


def _conventions(structures: frozenset[str | None], notation: Notation, pen: Pen) -> tuple[Text, ...]:
    """The sentences that say how the sheet writes and lays out derivatives."""
    return tuple(sentence_tex(x, pen) for x in stated(notation, pen.words, structures))


def _student(version: Version) -> Student:
    return Student(version.name, version.number)


def _level(word: str) -> Level:
    return next(level for level in LEVELS if level == word)


def _paper(name: str) -> Literal["a4", "letter"]:
    return "letter" if name == "letter" else "a4"
