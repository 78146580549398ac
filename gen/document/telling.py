"""How the derivations of each method are told, on paper and on screens: one record a method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.result import Derivation
from gen.document.naming import (
    axes,
    defined,
    increment_of,
    loss_name,
    of_entry,
    partial_of,
    second,
    stacked_partial_of,
    whole_partial_of,
)
from gen.document.results import Told, in_matrix_form, with_indices
from gen.document.words import Sentence, Words, Written
from gen.document.written import (
    applied,
    entry,
    equation,
    increment,
    letter,
    name,
    operator,
    row,
    scalar,
    shape,
    size,
    slanted,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """How the derivations of one method are told.

    `left` is the left side of the first line, `first` the reason of that line; `result` is the form of the
    answer to which the lines lead, `discussion` what the notes add.
    """

    method: str
    intro: Callable[[Derivation, Words], Sentence]
    left: Callable[[Derivation], Written]
    first: Callable[[Derivation, Words], Sentence]
    result: Callable[[Derivation, Words], Told | None]
    discussion: Callable[[Derivation, Words], Sentence]


def telling_of(derivation: Derivation) -> Telling:
    """How this derivation is told."""
    return next(known for known in TELLINGS if known.method == derivation.method)


def _defined(d: Derivation, words: Words) -> Sentence:
    return defined(d)


# --- index notation ---------------------------------------------------------------


def _index_intro(d: Derivation, words: Words) -> Sentence:
    of, wrt = of_entry(d.value, words, "one_entry"), d.problem.wrt
    if second(d) and wrt.is_scalar:
        return words.sentence("index_intro_twice", of=of, by=name(wrt))
    return words.sentence(
        "index_intro", of=of, by=of_entry(wrt, words, "by_entries" if second(d) else "by_entry")
    )


def _index_result(d: Derivation, words: Words) -> Told | None:
    found = d.results
    if found.matrix is not None:
        return in_matrix_form(whole_partial_of(d), found.matrix, words)
    return None if found.index is None else with_indices(partial_of(d), found.index, len(d.free), words)


def _index_discussion(d: Derivation, words: Words) -> Sentence:
    if len(d.free) < 3 or d.results.index is None or second(d):
        return ()
    return words.sentence("index_kept", of=name(d.value), by=name(d.problem.wrt))


# --- stacked columns --------------------------------------------------------------


def _vec_intro(d: Derivation, words: Words) -> Sentence:
    step = applied("vec", increment(d.problem.wrt))
    key = "vec_intro_turned" if _turned(d) else "vec_intro"
    return words.sentence(key, vec=operator("vec"), step=step)


def _vec_result(d: Derivation, words: Words) -> Told | None:
    if d.problem.kind in ("gradient", "jacobian") and d.results.matrix is not None:
        return _index_result(d, words)
    found = d.results.vec
    return None if found is None else in_matrix_form(stacked_partial_of(d), found, words)


def _started(d: Derivation, words: Words) -> Sentence:
    """The reason of the first line of a differential."""
    return (words["gradient_before"],) if second(d) else defined(d)


def _vec_discussion(d: Derivation, words: Words) -> Sentence:
    if axes(d.value) < 2 or axes(d.problem.wrt) < 2:
        return ()
    of, by = name(d.value), name(d.problem.wrt)
    down, across = (by, of) if _turned(d) else (of, by)
    return words.sentence("vec_rows", down=down, across=across)


def _turned(d: Derivation) -> bool:
    """Is the answer the transpose of the matrix that stands before the increment?"""
    return d.problem.layout == "denominator" and axes(d.value) > 0 and not second(d)


# --- differentials ----------------------------------------------------------------


def _differential_intro(d: Derivation, words: Words) -> Sentence:
    what: str | Written = words["the_gradient"] if second(d) else name(d.value)
    turned = _turned(d) and d.problem.kind == "jacobian"
    key = "differential_intro_turned" if turned else "differential_intro"
    return words.sentence(key, what=what, step=increment(d.problem.wrt))


def _differential_result(d: Derivation, words: Words) -> Told | None:
    found = d.results.matrix
    if d.problem.kind != "differential" or found is None:
        return _index_result(d, words)
    return in_matrix_form(increment(d.value), found, words)


# --- entry by entry ---------------------------------------------------------------


def _components_intro(d: Derivation, words: Words) -> Sentence:
    of, by = name(d.value), name(d.problem.wrt)
    if not d.sizes:
        return words.sentence("components_intro_fixed", of=of, by=by)
    return words.sentence("components_intro", sizes=row(tuple(size(*one) for one in d.sizes)), of=of, by=by)


def _components_discussion(d: Derivation, words: Words) -> Sentence:
    if len(d.free) < 4:
        return ()
    down, across = d.free[:2]
    return words.sentence(
        "components_blocks",
        row=letter(down),
        column=letter(across),
        block=slanted(entry(d.value, (down, across)), name(d.problem.wrt)),
        by=name(d.problem.wrt),
    )


# --- a loss on top ----------------------------------------------------------------


def _backprop_intro(d: Derivation, words: Words) -> Sentence:
    if d.upstream is None:
        return _index_intro(d, words)
    loss, of = scalar(loss_name(d)), name(d.value)
    upstream = equation(name(d.upstream), slanted(loss, of))
    return words.sentence("backprop_intro", loss=loss, of=of, by=name(d.problem.wrt), defined=upstream)


def _backprop_first(d: Derivation, words: Words) -> Sentence:
    if d.upstream is None:
        return defined(d)
    key = "backprop_first_scalar" if d.value.is_scalar else "backprop_first"
    return words.sentence(key, loss=scalar(loss_name(d)), of=name(d.value), by=name(d.problem.wrt))


def _backprop_result(d: Derivation, words: Words) -> Told | None:
    found = d.results.matrix
    if d.upstream is None or found is None:
        return _index_result(d, words)
    wrt = d.problem.wrt
    dims = tuple(dim for dim in (wrt.rows, wrt.cols) if not dim.is_one)
    said = words.sentence("backprop_shape", by=name(wrt), shape=shape(dims))
    return Told(whole_partial_of(d), found.line, said)


def _backprop_discussion(d: Derivation, words: Words) -> Sentence:
    if d.upstream is None or d.results.matrix is None:
        return ()
    return words.sentence(
        "backprop_gone", of=name(d.value), upstream=name(d.upstream), by=name(d.problem.wrt)
    )


TELLINGS: tuple[Telling, ...] = (
    Telling("index", _index_intro, partial_of, _defined, _index_result, _index_discussion),
    Telling(
        "vec",
        _vec_intro,
        lambda d: applied("vec", increment_of(d)),
        _started,
        _vec_result,
        _vec_discussion,
    ),
    Telling(
        "differential",
        _differential_intro,
        increment_of,
        _started,
        _differential_result,
        lambda d, words: (),
    ),
    Telling(
        "components",
        _components_intro,
        lambda d: name(d.value),
        lambda d, words: (),
        lambda d, words: None,
        _components_discussion,
    ),
    Telling("backprop", _backprop_intro, partial_of, _backprop_first, _backprop_result, _backprop_discussion),
)
