"""Entries written out with a mistake: the lines of a wrong reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gen.derivation.engine import run
from gen.derivation.record import Rewritten
from gen.language.function import Fresh
from gen.language.index import Entry, Factor, Term, Terms, one
from gen.language.node import Node
from gen.problems.entry_rules import ENTRIES
from gen.problems.index_world import dummy_letters, free_letters
from gen.problems.misconception import InRule, Misread
from gen.problems.mistake_places import instead, terms_of, with_one_letter
from gen.problems.read_task import framed
from gen.problems.reform import parts_of
from gen.problems.task import Read
from gen.problems.worked import Worked
from gen.problems.wrong_rules import with_wrong_rule

WRITTEN_OUT = frozenset(("written_out", "trace_written_out", "transpose_written_out"))


def is_of_indices(worked: Worked) -> bool:
    """Is the task to tell free and dummy indices apart?"""
    return isinstance(worked.task, Read) and worked.task.what == "indices"


def last_line(worked: Worked) -> Terms:
    """The entry written out."""
    line = worked.steps[-1].after if worked.steps else worked.given
    assert isinstance(line, tuple), "an entry is written in entries"
    return line


def carried_wrongly(worked: Worked, mistake: InRule) -> Iterator[Misread]:
    """The entry written out with a mistake wherever it can be made; what its last line says is read off."""
    assert isinstance(worked.task, Read)
    node, f = framed(worked.task)
    start = one(Entry(node, f.f_row, f.f_col))
    steps = run(start, with_wrong_rule(ENTRIES, WRITTEN_OUT, mistake), f.alphabet)
    line = steps[-1].after if steps else start
    if isinstance(line, tuple) and steps != worked.steps:
        free = tuple(sorted(free_letters(line), key=lambda x: x.name))
        yield Misread(steps, free, dummy_letters(line))


def read_forward(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """A_ij for the entry i,j of Aᵀ."""
    turned = _turned(place)
    return _changed_round(right, lambda entry: entry.node in turned)


def read_backward(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """A_ji for the entry i,j of A, the first matrix that is not transposed."""
    turned = _turned(place)
    entries = [f for t in terms_of(right) for f in t.factors if isinstance(f, Entry)]
    first = next(
        (f for f in entries if f.node.kind == "symbol" and _has_both(f) and f.node not in turned), None
    )
    return None if first is None else _changed_round(right, lambda entry: entry == first)


def _turned(place: Factor | Term) -> set[Node]:
    """What stands in a term with a transpose around it."""
    factors = place.factors if isinstance(place, Term) else (place,)
    nodes = [n for f in factors if isinstance(f, Entry) for n in parts_of(f.node)]
    return {n.args[0] for n in nodes if n.kind == "transpose"}


def _has_both(entry: Entry) -> bool:
    return entry.row is not None and entry.col is not None


def _changed_round(right: Rewritten, which: Callable[[Entry], bool]) -> Rewritten | None:
    """The terms with the indices of some entries changed round; None where there is no such entry."""

    def changed(f: Factor) -> Factor:
        return Entry(f.node, f.col, f.row) if isinstance(f, Entry) and _has_both(f) and which(f) else f

    terms = terms_of(right)
    out = tuple([Term(t.coef, tuple([changed(f) for f in t.factors]), t.bound) for t in terms])
    return None if out == terms else instead(right, *out)


def letter_reused(worked: Worked) -> Iterator[Misread]:
    """In an entry that is written out: one letter for two sums, at least where the indices are listed."""
    if not is_of_indices(worked):
        return
    yield from carried_wrongly(worked, _one_letter)
    dummy = dummy_letters(last_line(worked))
    if len(dummy) > 1:
        yield Misread(worked.steps, worked.free, dummy[:1])


def _one_letter(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    terms = terms_of(right)
    changed = [with_one_letter(t) for t in terms]
    return instead(right, *[c or t for c, t in zip(changed, terms, strict=True)]) if any(changed) else None
