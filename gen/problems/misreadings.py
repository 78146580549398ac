"""Wrong answers and wrong lines of tasks of reading, by definition and by numbers wrong."""

from __future__ import annotations

from collections.abc import Iterator

from gen.problems.answer_points import SIZES, AnswerPoints
from gen.problems.carried_on import terms_fit
from gen.problems.first_wrong import is_wrong
from gen.problems.index_world import dummy_letters
from gen.problems.misconception import Misconception, Misread, Wrong
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.problems.reading_answers import indices_answer, shape_answer
from gen.problems.reading_lines import is_of_indices, last_line
from gen.problems.worked import Answer, Worked


def misread_answers(worked: Worked) -> tuple[Wrong, ...]:
    """Every wrong answer to a task of reading, each once, in the order of MISCONCEPTIONS."""
    seen = {_meaning(worked, worked.answer)}
    out: list[Wrong] = []
    for wrong in _misread(worked):
        meaning = _meaning(worked, wrong.answer)
        if meaning not in seen and not _right_with_fewer_letters(worked, wrong.answer):
            seen.add(meaning)
            out.append(wrong)
    return tuple(out)


def misread_lines(worked: Worked) -> tuple[Wrong, ...]:
    """The wrong solutions in which a line is wrong, and not only what is read off the last one."""
    found = (wrong for wrong in _misread(worked) if wrong.first < min(len(wrong.steps), len(worked.steps)))
    return tuple([wrong for wrong in found if _has_wrong_line(worked, wrong)])


def _misread(worked: Worked) -> Iterator[Wrong]:
    for m in MISCONCEPTIONS:
        if m.in_reading is not None:
            for misread in m.in_reading(worked):
                yield _wrong(worked, m, misread)


def _wrong(worked: Worked, m: Misconception, misread: Misread) -> Wrong:
    pairs = zip(misread.steps, worked.steps, strict=False)
    same = next((k for k, (one, other) in enumerate(pairs) if one.after != other.after), len(worked.steps))
    return Wrong(m, misread.steps, same, _answer(worked, misread))


def _answer(worked: Worked, misread: Misread) -> Answer:
    if is_of_indices(worked):
        return indices_answer(misread.free, misread.dummy)
    return shape_answer(tuple([x.dim for x in misread.free]))


def _meaning(worked: Worked, answer: Answer) -> object:
    """What two answers share that say the same.

    Dummy indices may be called anything: which are free counts, and how many sums there are. Of a
    shape the number of entries along each axis counts, every dimension with another size.
    """
    if is_of_indices(worked):
        return _indices_said(answer)
    dims = dict.fromkeys(n for s in worked.symbols for d in (s.rows, s.cols) for n in d.names)
    sizes = dict(zip(dims, SIZES, strict=False))
    return tuple([d.size(sizes) for d in answer.shape])


def _right_with_fewer_letters(worked: Worked, answer: Answer) -> bool:
    """Are only dummy indices named in which sums of different terms share letters, as they may?"""
    if not is_of_indices(worked):
        return False
    line = last_line(worked)
    least, most = max(len(t.bound) for t in line), len(dummy_letters(line))
    free, sums = _indices_said(answer)
    return free == _indices_said(worked.answer)[0] and least <= sums <= most


def _indices_said(answer: Answer) -> tuple[frozenset[str], int]:
    """Which indices an answer calls free, and how many dummy."""
    free, _, dummy = answer.text.partition("; dummy: ")
    names = frozenset(free.removeprefix("free: ").split(", "))
    return names, 0 if dummy == "none" else dummy.count(",") + 1


def _has_wrong_line(worked: Worked, wrong: Wrong) -> bool:
    """Do the indices of its first other line not fit, or its value? A shape is wrong if its end is."""
    line = wrong.steps[wrong.first].after
    if not isinstance(line, tuple):
        return _meaning(worked, wrong.answer) != _meaning(worked, worked.answer)
    return not terms_fit(line, worked.free) or is_wrong(AnswerPoints(worked), line)
