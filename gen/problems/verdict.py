"""Is an answer right, and if it is not: its shape, what it is off by, and which mistake leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from gen.derivation.derive import Symbols, derive_all
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError, InputError, input_error
from gen.language.declaration import Declaration, declaration_from
from gen.language.dimension import Dim
from gen.language.node import Node
from gen.language.parse_errors import MAX_LENGTH
from gen.problems.answer_points import taken_as_symmetric
from gen.problems.answer_reading import Names, as_entries, as_matrix, typed
from gen.problems.comparison import (
    Comparison,
    Given,
    Should,
    compared,
    entries_should,
    matrix_should,
    same_where_symmetric,
    transposed_is_other_layout,
)
from gen.problems.derive_task import worked_from
from gen.problems.first_wrong import first_wrong
from gen.problems.matrix_of_tensor import without_deltas
from gen.problems.misconception import Misconception
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.problems.replay import Replay, Replayer
from gen.problems.task import Derive
from gen.problems.verdict_words import message, right_where_symmetric
from gen.problems.worked import Worked

SCHEMA = "freeindex/verdict/1"
Judgement = Literal["right", "other_layout", "wrong"]
OffBy = Literal["transpose", "factor", "sign"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of one answer.

    `has` is None where the answer has no shape: its parts do not fit together. `first_step` counts
    from 1. `message` is a sentence for the student, `tell` the longer words of the misconception
    (Markdown with $TeX$).
    """

    verdict: Judgement
    has: tuple[Dim, ...] | None
    should: tuple[Dim, ...]
    off_by: OffBy | None = None
    factor: Fraction | None = None
    misconception: Misconception | None = None
    first_step: int | None = None
    message: str = ""

    @property
    def tell(self) -> str | None:
        """What to tell a student who makes this mistake."""
        return None if self.misconception is None else self.misconception.tell

    def to_json(self) -> dict[str, Any]:
        """The JSON of FORMATS section 1."""
        return {
            "schema": SCHEMA,
            "verdict": self.verdict,
            "shape": {
                "has": None if self.has is None else [d.json() for d in self.has],
                "should": [d.json() for d in self.should],
            },
            "off_by": self.off_by,
            "factor": None if self.factor is None else _number(self.factor),
            "misconception": None if self.misconception is None else self.misconception.name,
            "first_step": self.first_step,
            "message": self.message,
            "tell": self.tell,
        }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that an answer is for; fields as the arguments of `derive`."""

    expr: object
    wrt: str
    symbols: Symbols = None
    kind: str | None = None
    order: int = 1
    layout: str = "numerator"
    symmetric: str = "free"
    strict: bool = False

    def derived(self) -> Derivation:
        """The right derivation. Raises InputError and CheckError."""
        (found,) = derive_all(
            self.expr,
            (self.wrt,),
            symbols=self.symbols,
            kind=self.kind,
            order=self.order,
            layout=self.layout,
            symmetric=self.symmetric,
            strict=self.strict,
        )
        return found


def verify(
    expr: object, wrt: object, answer: str, *, symbols: Symbols = None, kind: str | None = None
) -> Verdict:
    """Whether `answer` is the derivative of `expr` by `wrt`.

    Arguments as for `derive`; the answer may be typed as people do (`X^T`, `A @ B`, `δ_iq X_rk`), as
    a matrix, in entries, or for a tensor as its vec form. Raises InputError for a question or an
    answer that cannot be read (`"in": "answer"`).
    """
    return judged(Asked(expr, str(wrt), symbols, kind), answer)


def judged(asked: Asked, answer: object) -> Verdict:
    """The verdict on an answer to a question. Raises InputError and CheckError."""
    if not isinstance(answer, str):
        raise input_error("syntax", "the answer must be a text", where="answer")
    if not answer.strip():
        raise input_error("syntax", "the answer is empty", where="answer")
    if len(answer) > MAX_LENGTH:
        message = f"the answer has {len(answer)} characters; at most {MAX_LENGTH} are read"
        raise input_error("too_large", message, where="answer")
    derivation = asked.derived()
    given = typed(answer, names_of(derivation, asked))
    if given.has_entries and derivation.results.index is None:
        # A vec form was asked for and entries are given: they are compared with the entries.
        asked = replace(asked, kind=None, order=derivation.problem.order)
        derivation = asked.derived()
    try:
        return _read_and_judged(answer, asked, derivation)
    except InputError as error:
        if error.report.code not in ("shape", "not_square"):
            raise
        return _judged_misfit(error, answer, asked, derivation)


def _read_and_judged(answer: str, asked: Asked, derivation: Derivation) -> Verdict:
    names = names_of(derivation, asked)
    given = typed(answer, names)
    worked = _worked(derivation)
    if given.has_entries:
        terms, shape = as_entries(given, names)
        return _judged(Given(terms, shape), worked, entries_should(derivation), ())
    should = matrix_should(derivation)
    node = as_matrix(given, names, should.rows_and_cols)
    if should.tensor is None:
        return _judged(Given(node, None), worked, should, ())
    stacked = _worked(replace(asked, kind=should.stacked_kind).derived())
    return _judged(Given(node, None), stacked, should, without_deltas(worked))


def worked_derivation(worked: Worked) -> Derivation:
    """The derivation of a solution."""
    assert worked.derivation is not None
    return worked.derivation


def names_of(derivation: Derivation, asked: Asked) -> Names:
    """What may stand in an answer."""
    p = derivation.problem
    symbols = {s.name: s for s in (*p.symbols, p.wrt)}
    if p.kind == "differential":
        x = p.wrt
        symbols[f"d{x.name}"] = Node("symbol", x.rows, x.cols, name=f"d{x.name}", structure=x.structure)
    return Names(symbols, _functions(asked.symbols), derivation.free)


def _functions(symbols: Symbols) -> Mapping[str, Declaration]:
    """The functions that are declared, and their derivatives as answers write them: f, f_1, f_2."""
    declared = (declaration_from(n, f) for n, f in (symbols or {}).items())
    return {
        f"{d.name}{order}": replace(d, name=f"{d.name}{order}")
        for d in declared
        if d.function
        for order in ("", "_1", "_2")
    }


def _worked(derivation: Derivation) -> Worked:
    p = derivation.problem
    task = Derive(p.source, p.wrt.name, (), p.kind, p.method, p.order, p.layout, p.symmetric)
    return worked_from(task, derivation)


def _judged(given: Given, worked: Worked, should: Should, more: tuple[Replay, ...]) -> Verdict:
    """The verdict on an answer that can be read; `more` are wrong answers beside those of `worked`."""
    found = compared(given, worked, should)
    if not found.same and same_where_symmetric(given, worked, should):
        names = tuple(n.name for n in taken_as_symmetric(worked))
        return Verdict("right", found.shape, should.shape, message=right_where_symmetric(names))
    kind = worked_derivation(worked).problem.kind
    off_by: OffBy | None = None
    judgement: Judgement = "wrong"
    if found.same:
        judgement = "right"
    elif found.transposed and found.factor == 1 and transposed_is_other_layout(worked):
        judgement, off_by = "other_layout", "transpose"
    elif found.factor is not None:
        off_by = "transpose" if found.transposed else "sign" if found.factor == -1 else "factor"
    m, step = (None, None) if judgement != "wrong" else reproduced(found, worked, should, more)
    # The sign has a word of its own, unless the answer is transposed besides.
    plain = (1, -1, None) if off_by == "sign" else (1, None)
    factor = found.factor if judgement == "wrong" and found.factor not in plain else None
    wanted, stacked = should.shape, None
    if should.tensor is not None and found.shape not in (should.shape, should.shape[::-1]):
        wanted, stacked = should.tensor, should.shape
    words = message(judgement, found.shape, wanted, off_by, factor, m, step, kind, stacked=stacked)
    return Verdict(judgement, found.shape, wanted, off_by, factor, m, step, words)


def reproduced(
    found: Comparison, worked: Worked, should: Should, more: tuple[Replay, ...] = ()
) -> tuple[Misconception | None, int | None]:
    """The first misconception that leads to the answer, and the number of its wrong step, from 1."""
    for replay in more:
        if found.equals(replay.line, should):
            return replay.misconception, replay.first + 1
    anywhere, outside = Replayer(worked), Replayer(worked, copied_well=True)
    for replay in (replay for r in (anywhere, outside) for m in MISCONCEPTIONS for replay in r.replays(m)):
        if found.equals(replay.line, should):
            return replay.misconception, first_wrong(worked, replay) + 1
    return None, None


def _judged_misfit(error: InputError, answer: str, asked: Asked, derivation: Derivation) -> Verdict:
    """The verdict on an answer whose parts do not fit: it is read again with one size for all.

    What cannot be read even so is an error of the answer.
    """
    p = derivation.problem
    functions = {n: f for n, f in (asked.symbols or {}).items() if n in _functions(asked.symbols)}
    square = {s.name: _of_one_size(s) for s in (*p.symbols, p.wrt)} | functions
    other = replace(asked, expr=p.source, symbols=square, kind=p.kind, order=p.order, strict=False)
    try:
        read = _read_and_judged(answer, other, other.derived())
    except FreeIndexError:
        raise error from None
    should = matrix_should(derivation)
    wanted, stacked = should.shape, None
    if should.tensor is not None:
        wanted, stacked = should.tensor, should.shape
    m, step = read.misconception, read.first_step
    words = message(
        "wrong", None, wanted, None, None, m, step, p.kind, why=error.report.message, stacked=stacked
    )
    return Verdict("wrong", None, wanted, None, None, m, step, words)


def _of_one_size(node: Node) -> str:
    shape = " x ".join(["n" for d in (node.rows, node.cols) if not d.is_one])
    return " ".join(filter(None, (shape or "scalar", node.structure, node.domain)))
