"""The answer of a derivation in one of its forms, and what it is in words."""

from __future__ import annotations

from dataclasses import dataclass

from gen.derivation.record import Result
from gen.derivation.result import Derivation
from gen.document.words import Sentence, Words, Written
from gen.document.written import number, row, shape, size
from gen.language.dimension import Dim
from gen.language.notation import Line


@dataclass(frozen=True, slots=True)
class Told:
    """left = line, and the shape of it in words."""

    left: Written
    line: Line
    words: Sentence


def in_matrix_form(left: Written, found: Result, words: Words) -> Told:
    """An answer that is a vector, a matrix or a scalar."""
    return Told(left, found.line, matrix_words(found.shape, words))


def with_indices(left: Written, found: Result, indices: int, words: Words) -> Told:
    """An answer with free indices."""
    return Told(left, found.line, index_words(found.shape, indices, words))


def matrix_words(dims: tuple[Dim, ...], words: Words) -> Sentence:
    """What a result in matrix form is."""
    if not dims:
        return (words["a_scalar"],)
    return words.sentence("vector_of_shape" if len(dims) == 1 else "matrix_of_shape", shape=shape(dims))


def index_words(dims: tuple[Dim, ...], indices: int, words: Words) -> Sentence:
    """What a result with free indices is."""
    if indices == 0:
        return (words["a_scalar"],)
    if indices < 3:
        return words.sentence(f"free_{indices}", shape=shape(dims))
    count = words["numbers"].split()[indices]
    return words.sentence("free_many", n=count, shape=shape(dims))


def checked_words(d: Derivation, words: Words) -> Sentence:
    """How a derivation was checked, with its figures; empty where it was not."""
    check = d.check
    if check is None or not d.verified:
        return ()
    key = "checked" + "_sizes" * bool(d.sizes) + "_exactly" * (check.max_error == 0)
    return words.sentence(
        key,
        points=f"{check.points}",
        sizes=row(tuple(size(*one) for one in d.sizes)),
        against=words[d.against.replace(" ", "_")],
        error=number(check.max_error),
    )
