"""Dealing a sheet: its slots, its seed, and what is recorded already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gen.errors import Code, InputError, Report, input_error
from gen.problems.deal import MAKING, Dealt, Drawn, Hand, Making, ShortError, hands, score_of
from gen.problems.difficulty import score_of_level
from gen.problems.form import Fading
from gen.problems.forms import FORM_NAMED
from gen.problems.marking import worth_of_score
from gen.problems.slot import Slot, keyed
from gen.problems.target import levels, members
from gen.project.generated import GeneratedProblem
from gen.project.lock import LOCK, Lock
from gen.project.lock_rows import Entry, Rows
from gen.project.recorded import check_entries
from gen.project.sheet import Sheet
from gen.version import VERSION

NOBODY = "none"  # who has the one version of a sheet without a roster


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot of a sheet, and the table that asks for it."""

    slot: Slot
    problem: GeneratedProblem

    @property
    def fade(self) -> Fading | None:
        """What the solution leaves blank."""
        return self.slot.fade

    @property
    def marks(self) -> int | None:
        """The marks that the sheet gives; of a draw from a bank they follow from the level, for all alike."""
        wanted = self.slot.wanted
        if self.problem.marks is not None or not wanted.pool:
            return self.problem.marks
        return worth_of_score(score_of_level(wanted.difficulty or 1), FORM_NAMED[wanted.form].share)


def asked(sheet: Sheet, lock: Lock | None = None) -> tuple[Asked, ...]:
    """The generated problems of a sheet one by one, with the scores that are recorded."""
    notation = sheet.notation
    tables = [(problem, number) for problem in sheet.generated for number in range(problem.count)]
    slots = keyed(
        tuple(problem.wanted(notation.layout, notation.symmetric, number) for problem, number in tables)
    )
    scores = {} if lock is None else lock.scores
    return tuple(
        Asked(
            replace(slot, score=scores.get(slot.key), fade=problem.fade[number] if problem.fade else None),
            problem,
        )
        for slot, (problem, number) in zip(slots, tables, strict=True)
    )


def seed_of(sheet: Sheet, lock: Lock, option: int | None, source: str) -> int:
    """The seed to deal with: the one asked for, else that of the sheet.

    Raises InputError where there is none, or where another one has dealt what is recorded.
    """
    seed = sheet.seed if option is None else option
    if seed is None:
        hint = "a number such as seed = 20261101: all that is random comes from it"
        # Nothing is dealt of a sheet without generated problems: the first is why a seed is needed.
        place = sheet.generated[0].place("") if sheet.generated else source
        raise input_error(
            "syntax", f"{place}: seed is missing at the top of the sheet", where="file", hint=hint
        )
    if lock.seed is not None and lock.seed != seed:
        message = f"{source}: the seed is {seed}, but variants.lock has been dealt with {lock.seed}"
        hint = "delete variants.lock to deal anew, and no sheet that is printed will fit any more"
        raise input_error("syntax", message, where="file", hint=hint)
    return seed


def deal_sheet(
    sheet: Sheet,
    students: Sequence[str],
    seed: int,
    lock: Lock,
    *,
    kept: int | None = None,
    making: Making = MAKING,
) -> Dealt:
    """What everybody gets at once, and the score of each slot; see `hands_of`."""
    everybody = tuple(hands_of(sheet, students, seed, lock, kept=kept, making=making))
    return Dealt(everybody, tuple(score_of(place.slot) for place in asked(sheet, lock)))


def hands_of(
    sheet: Sheet,
    students: Sequence[str],
    seed: int,
    lock: Lock,
    *,
    kept: int | None = None,
    making: Making = MAKING,
) -> Iterator[Hand]:
    """Yield what each student gets, with the solutions of the first `kept`, of all where it is None.

    Raises InputError with the place of the table that cannot be filled.
    """
    places = asked(sheet, lock)
    slots = [place.slot for place in places]
    everybody = hands(slots, students, f"{seed}/{sheet.id}", lock.known, kept=kept, making=making)
    for hand in _placed(everybody, places, lock):
        _hold_equal(hand, places, lock)
        yield hand


def _placed(everybody: Iterator[Hand], places: Sequence[Asked], lock: Lock) -> Iterator[Hand]:
    """The same, where a fault has the place of the table, or of the entry of the lock, that is to blame."""
    try:
        yield from everybody
    except ShortError as short:
        problem = next(place.problem for place in places if place.slot.key == short.slot.key)
        raise InputError(_short(problem, short)) from None
    except InputError:
        check_entries(lock.entries.values())
        raise


def _hold_equal(hand: Hand, places: Sequence[Asked], lock: Lock) -> None:
    """Has everything in a hand the score of its slot? What is kept in a bank has one level and one worth.

    Raises InputError: nothing but a lock that has been changed can say otherwise.
    """
    for place, card in zip(places, hand.drawn, strict=True):
        score = score_of(place.slot)
        if card.score != score and not place.slot.wanted.pool:
            entry = lock.entries.get((hand.student, place.slot.key))
            source = LOCK if entry is None or not entry.place else entry.place
            message = f"the score is {card.score}, but that of all others is {score}"
            raise input_error(
                "syntax",
                f"{source}: student {hand.student}, {place.slot.key}: {message}",
                where="file",
                hint=f"take {LOCK} from version control, or delete the line to deal it anew",
            )


def recorded(sheet: Sheet, dealt: Dealt, seed: int, lock: Lock) -> Lock:
    """The lock with what has been dealt; what it held stays as it is.

    What forms have drawn is recorded with it, but not where the author chooses the letters of indices:
    dealing knows nothing of these, and what is drawn may be lines that hold them.
    """
    slots = [a.slot for a in asked(sheet, lock)]
    scores = {slot.key: score for slot, score in zip(slots, dealt.scores, strict=True)}
    rows = Rows(lock.entries)
    for hand in dealt.hands:
        for slot, drawn in zip(slots, hand.drawn, strict=True):
            if (hand.student, slot.key) not in rows:
                rows.add((hand.student, slot.key), entry_of(sheet, hand, slot, drawn))
    return replace(lock, seed=seed, scores={**scores, **lock.scores}, entries=rows)


def entry_of(sheet: Sheet, hand: Hand, slot: Slot, drawn: Drawn) -> Entry:
    """What is recorded of a card that has been dealt now; of what forms have drawn, see `recorded`."""
    return Entry(drawn, VERSION, None if sheet.notation.letters else hand.forms.get(slot.key))


def repeats(dealt: Dealt) -> tuple[int, ...]:
    """For each slot, how many get a problem that somebody before them has, in whatever slot.

    What counts is what they have now: a lock may be merged from two, and who had it first may have left.
    """
    seen: set[str] = set()
    counts = [0] * len(dealt.scores)
    for hand in dealt.hands:
        for number, card in enumerate(hand.drawn):
            counts[number] += card.canonical in seen
            seen.add(card.canonical)
    return tuple(counts)


def _short(problem: GeneratedProblem, short: ShortError) -> Report:
    """Why a table cannot be filled, in a sentence with its place."""
    wanted = short.slot.wanted
    what = wanted.bank or " or ".join(wanted.families) or "any family"
    found = levels(wanted)
    there = "there is difficulty " + ", ".join(map(str, found)) if found else None
    plain = replace(wanted, form="open", difficulty=None)
    if short.score is not None:
        number = members(wanted, short.score, problem.count)
        message = f"count is {problem.count}, but of {what} there are {number} such problems that differ"
        return _fault(problem, "count", message, code="too_large")
    if found:
        message = f"no problem of {what} has difficulty {wanted.difficulty}"
        return _fault(problem, "difficulty", message, there)
    if wanted.form != "open" and levels(plain):
        message = f"no problem of {what} can be asked in the form {wanted.form}"
        return _fault(problem, "form", message, 'form = "open" fits every problem')
    if wanted.method is not None and levels(replace(plain, method=None)):
        return _fault(problem, "methods", f"{wanted.method} is not offered for {what}")
    hint = "freeindex reference lists the rules"
    return _fault(problem, "require", f"no problem of {what} uses all these rules", hint)


def _fault(
    problem: GeneratedProblem, key: str, message: str, hint: str | None = None, code: Code = "unsupported"
) -> Report:
    return Report(code, f"{problem.place(key)}: {message}", "file", hint=hint)
