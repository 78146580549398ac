"""Sentences of the derivations of a chapter that have been said before are left out."""

from __future__ import annotations

import re
from dataclasses import replace

from gen.document.blocks import DerivationBlock, Part
from gen.document.formula import Phrase
from gen.document.note_blocks import Box, Derived, NoteBlock, Only, Quotation, Solution
from gen.document.web_blocks import WebPart

_FORMULA = re.compile(r"\$[^$]*\$")

_Told = set[tuple[str, ...]]


def told_once(blocks: tuple[NoteBlock, ...]) -> tuple[NoteBlock, ...]:
    """`blocks` of one chapter, in which each sentence about derivations stands once.

    What is said below a derivation tells what a shape means, and goes where it was said of other names. What
    is said above names things, and goes only where it is the same to the letter. Comparisons stay whole:
    there the sentences tell the ways apart.
    """
    return _blocks(blocks, set())


def _blocks(blocks: tuple[NoteBlock, ...], told: _Told) -> tuple[NoteBlock, ...]:
    return tuple(_block(block, told) for block in blocks)


def _block(block: NoteBlock, told: _Told) -> NoteBlock:
    match block:
        case Derived():
            return replace(block, paper=_paper(block.paper, told), web=_web(block.web, told))
        case Solution():
            inside = _blocks(block.blocks, told)
            problem = replace(block.problem, parts=tuple(_part(part, told) for part in block.problem.parts))
            web = tuple(_web(part, told) for part in block.web)
            return replace(block, blocks=inside, problem=problem, web=web)
        case Box() | Quotation():
            return replace(block, blocks=_blocks(block.blocks, told))
        case Only():
            # Whoever reads the other format has not read it, so nothing of it is remembered.
            return replace(block, blocks=_blocks(block.blocks, set(told)))
        case _:
            return block


def _part(part: Part, told: _Told) -> Part:
    return _paper(part, told) if isinstance(part, DerivationBlock) else part


def _paper(block: DerivationBlock, told: _Told) -> DerivationBlock:
    intro = block.intro if _new(("above", str(block.intro)), told) else ""
    below = tuple(said for said in block.discussion if _new(("below", _FORMULA.sub("", said)), told))
    return replace(block, intro=intro, discussion=below)


def _web(part: WebPart, told: _Told) -> WebPart:
    below = tuple(said for said in part.discussion if _new(("page", *_words(said)), told))
    return replace(part, discussion=below)


def _words(said: Phrase) -> tuple[str, ...]:
    return tuple(piece for piece in said if isinstance(piece, str))


def _new(key: tuple[str, ...], told: _Told) -> bool:
    """Whether `key` has not been told; it has been then."""
    if key in told:
        return False
    told.add(key)
    return True
