"""What a method says of its result is said at its first derivation in a chapter, and not again."""

from __future__ import annotations

from dataclasses import replace

from gen.document.blocks import DerivationBlock, Part, ProblemBlock
from gen.document.note_blocks import Compared, Derived, NoteBlock, Solution
from gen.document.web_blocks import WebPart


def said_once(blocks: tuple[NoteBlock, ...]) -> tuple[NoteBlock, ...]:
    """The blocks of a chapter without the discussions that repeat an earlier one.

    Discussions of one method are taken for the same: they differ in names only. Derivations within
    a box or a list keep theirs.
    """
    heard: set[str] = set()
    out: list[NoteBlock] = []
    for block in blocks:
        match block:
            case Derived():
                out.append(_derived(block, frozenset(heard)))
                heard.update(_titles((block.paper,)))
            case Compared():
                known = frozenset(heard)
                out.append(replace(block, parts=tuple(_derived(part, known) for part in block.parts)))
                heard.update(_titles(tuple(part.paper for part in block.parts)))
            case Solution():
                out.append(_solution(block, frozenset(heard)))
                heard.update(_titles(block.problem.parts))
            case _:
                out.append(block)
    return tuple(out)


def _titles(parts: tuple[Part, ...]) -> set[str]:
    """The methods that have said something."""
    return {part.name for part in parts if isinstance(part, DerivationBlock) and part.discussion}


def _derived(block: Derived, heard: frozenset[str]) -> Derived:
    known = block.paper.name in heard
    return replace(block, paper=_paper(block.paper), web=_web(block.web)) if known else block


def _solution(block: Solution, heard: frozenset[str]) -> Solution:
    problem: ProblemBlock = replace(
        block.problem,
        parts=tuple(
            _paper(part) if isinstance(part, DerivationBlock) and part.name in heard else part
            for part in block.problem.parts
        ),
    )
    web = tuple(
        _web(part) if isinstance(part, WebPart) and part.title in heard else part for part in block.web
    )
    return replace(block, problem=problem, web=web)


def _paper(part: DerivationBlock) -> DerivationBlock:
    return replace(part, discussion=())


def _web(part: WebPart) -> WebPart:
    return replace(part, discussion=())
