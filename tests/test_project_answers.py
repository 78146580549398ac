"""Cells of the key: shown as they are, run by no spreadsheet; codes that no spreadsheet takes for numbers."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.problems.deal import Drawn
from gen.problems.family import Member
from gen.problems.task import Derive
from gen.project.answers import HEADER, answer_lines, safe
from gen.project.code import sheet_code, variant_code
from gen.project.csv_cells import rows

CELLS = st.text(st.sampled_from("=+-@\t\r\n\"',;ab1 ＝＋－＠|*'"), max_size=8)
MEMBER = Member("f", (), Derive("x", "x", ()))


@given(CELLS)
def test_no_cell_begins_as_a_formula_and_none_loses_anything(cell: str) -> None:
    shown = safe(cell)
    assert shown[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    assert " ".join(cell.split()) in shown


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS)))
def test_the_file_is_read_back_by_any_reader(table: list[tuple[str, ...]]) -> None:
    written = answer_lines([HEADER, *table])
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [list(HEADER), *([safe(cell) for cell in row] for row in table)]


def test_our_own_reader_reads_it_too() -> None:
    written = answer_lines([HEADER, ("s1", "1", "", 'a "b", c'), ("s2", "2", "V", "-A*B")])
    assert [[cell.text for cell in row] for row in rows(written, ",")][1:] == [
        ["s1", "1", "", 'a "b", c'],
        ["s2", "2", "V", "(-A*B)"],
    ]


@pytest.mark.parametrize("other", [("b", "s1", "x"), ("a", "s2", "x"), ("a", "s1", "y")])
def test_a_code_changes_with_sheet_student_and_problems(other: tuple[str, str, str]) -> None:
    codes = [
        sheet_code(sheet, student, (Drawn(MEMBER, canonical, 1),))
        for sheet, student, canonical in (("a", "s1", "x"), other)
    ]
    assert codes[0] != codes[1]


@given(st.text(max_size=20))
def test_codes_are_short_and_begin_with_a_letter(canonical: str) -> None:
    drawn = Drawn(MEMBER, canonical, 1)
    assert re.fullmatch(r"[A-Z][0-9A-Z]{5}", variant_code(drawn))
    assert re.fullmatch(r"[A-Z][0-9A-Z]{3}-[0-9A-Z]{4}", sheet_code("s", "t", (drawn,)))
    assert not set("ILOU") & set(variant_code(drawn))
