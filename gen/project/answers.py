"""`answers.csv`: a row a student and problem, in roster order, which no spreadsheet runs as a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from gen.derivation.record import Display, Line
from gen.language.text import text
from gen.problems.item import Choice, FindError, Item, Order

HEADER = ("id", "problem", "variant", "answer")
# What a spreadsheet takes for the beginning of a formula, in full width too.
_RUN = frozenset("=+-@＝＋－＠")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def answer_lines(rows: Iterable[Sequence[str]]) -> str:
    """Some lines of the file, whose first one is HEADER; every cell is made safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: str) -> str:
    """A cell that is shown as it is, on one line. An expression with a minus first gets brackets.

    >>> safe("-A*B"), safe("A*B"), safe("=1+1")
    ('(-A*B)', 'A*B', "'=1+1")
    """
    cell = " ".join(cell.split())
    if not cell or cell[0] not in _RUN:
        return cell
    return f"({cell})" if cell[0] == "-" else f"'{cell}"


def final_answer(item: Item) -> str:
    """The answer of a problem as text: of a choice with its letter, of lines in order by their letters."""
    body, answer = item.body, item.worked.answer.text
    if isinstance(body, Choice):
        return f"{_LETTERS[body.right]}: {body.options[body.right].answer.text}"
    if isinstance(body, Order):
        return " ".join(_LETTERS[place] for place in body.right)
    if isinstance(body, FindError):
        return f"line {body.wrong + 1}: {_text(body.right)}"
    return answer


def _text(line: Line) -> str:
    return line.terminal if isinstance(line, Display) else text(line)
