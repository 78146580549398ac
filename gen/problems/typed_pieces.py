"""Pieces of an answer as typed: a text of the language and where it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the language for what was typed from `start` to `end`; `of_norm`: a bar of a norm."""

    text: str
    start: int
    end: int
    of_norm: bool = False


def ends_operand(piece: Piece) -> bool:
    """Can it end an operand, so that what follows is multiplied or an exponent?"""
    last = piece.text[-1]
    return last.isalnum() or last in ")]'"


def is_postfix(piece: Piece) -> bool:
    """Does it belong to the operand before it?"""
    return piece.text[0] in "'^[" or piece.text == ".^"


def operand_start(pieces: list[Piece], end: int) -> int:
    """Where the operand begins whose last piece stands at `end`."""
    at = end
    while at > 0:
        if pieces[at].text[-1] == ")" and pieces[at].text[0] != "[" and "(" not in pieces[at].text:
            at = _opening(pieces, at)
            if at > 0 and pieces[at].text == "(" and pieces[at - 1].text[0].isalpha():
                at -= 1  # a function and its argument
        if is_postfix(pieces[at]) and at > 0:
            at -= 1
        elif at > 0 and pieces[at - 1].text in ("^", ".^"):
            at -= 2  # an exponent and its base
        elif at > 1 and pieces[at - 1].text == "-" and pieces[at - 2].text in ("^", ".^"):
            at -= 3
        else:
            break
    return max(at, 0)


def operand_end(pieces: list[Piece], start: int) -> int:
    """Behind which piece the operand ends that begins at `start`: signs, a primary, postfixes."""
    at = start
    while at < len(pieces) and pieces[at].text == "-":
        at += 1
    at = _primary_end(pieces, at)
    while at < len(pieces) and is_postfix(pieces[at]):
        if pieces[at].text in ("^", ".^"):
            at += 1
            at += at < len(pieces) and pieces[at].text == "-"
            at = _primary_end(pieces, at)
        else:
            at += 1
    return min(at, len(pieces))


def _primary_end(pieces: list[Piece], at: int) -> int:
    name = at + 1 < len(pieces) and pieces[at].text[0].isalpha() and pieces[at].text[-1] != "("
    if name and pieces[at + 1].text == "(":
        at += 1
    if at < len(pieces) and pieces[at].text[-1] == "(":
        depth = 0
        for k in range(at, len(pieces)):
            depth += pieces[k].text.count("(") - pieces[k].text.count(")")
            if depth == 0:
                return k + 1
        return len(pieces)
    return at + 1


def _opening(pieces: list[Piece], closing: int) -> int:
    depth = 0
    for k in range(closing, -1, -1):
        depth += pieces[k].text.count(")") - pieces[k].text.count("(")
        if depth == 0:
            return k
    return 0
