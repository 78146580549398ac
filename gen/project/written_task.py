"""A written problem as a task: what is asked of it wherever generated problems are asked too."""

from __future__ import annotations

from gen.document.prose import followed
from gen.language.declaration import Declaration
from gen.language.dimension import ONE
from gen.problems.family import Member
from gen.problems.task import Derive
from gen.project.notation import Notation
from gen.project.written import WrittenProblem

WRITTEN = "written"  # in the place of a family


def written_member(problem: WrittenProblem, notation: Notation, name: str = WRITTEN) -> Member:
    """The problem as the only member of a family of its own.

    Its first method is asked for; its prompt stands before the question.
    """
    task = Derive(
        problem.of,
        problem.wrt,
        tuple((declared.name, declared_text(declared)) for declared in problem.declarations),
        method=problem.methods[0],
        layout=notation.layout,
        symmetric=notation.symmetric,
        story=followed(problem.prompt),
    )
    return Member(name, (), task)


def declared_text(declared: Declaration) -> str:
    """A declaration as it is typed."""
    if declared.function:
        return "elementwise"
    dims = [dim.text() for dim in (declared.rows, declared.cols)][: 1 if declared.cols == ONE else 2]
    shape = "scalar" if declared.rows == declared.cols == ONE else " x ".join(dims)
    return " ".join(filter(None, (shape, declared.structure, declared.domain)))
