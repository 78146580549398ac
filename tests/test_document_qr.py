"""The code for machines: the rules on the page are the modules of the square."""

from __future__ import annotations

import re

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from gen.document.qr import code_block, modules, row_tex
from gen.document.qr_block import MASK, fits

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")
RUN = re.compile(r"\\(Dark|Light)\{(\d+)\}")


def read(row: str) -> bytes:
    return bytes(kind == "Dark" for kind, length in RUN.findall(row) for _ in range(int(length)))


@given(st.lists(st.integers(0, 1), min_size=1).map(bytes))
def test_runs_are_read_back(row: bytes) -> None:
    assert read(row_tex(row)) == row


@pytest.mark.parametrize("sheet", ["a", "products-1", "x" * 80])
def test_the_rows_are_the_square(sheet: str) -> None:
    block = code_block(sheet, "SSGM-V3E9")
    square = [read(row) for row in block.rows]
    assert square == list(modules(f"{sheet} SSGM-V3E9"))
    assert {len(row) for row in square} == {block.side} == {len(square)}
    corner = ["".join("01"[module] for module in row[:7]) for row in square[:7]]
    assert tuple(corner) == FINDER


def test_codes_differ_in_their_squares() -> None:
    assert code_block("a", "SSGM-V3E9").rows != code_block("a", "SSGM-V3E8").rows


def whole(content: str) -> list[bytes]:
    """The square as segno makes it."""
    made = segno.make(content, error="m", mask=MASK, micro=False, boost_error=False)
    return [bytes(row) for row in made.matrix]


@given(st.text(st.sampled_from("abyzAZ09 -_.:/$é"), min_size=1, max_size=60))
def test_the_square_is_that_of_another_encoder(content: str) -> None:
    assert list(modules(content)) == whole(content)


def test_every_length_that_fits_one_block_has_its_square() -> None:
    long = [length for length in range(1, 60) if fits("a" * length)]
    assert long == list(range(1, 43))
    for length in long:
        assert list(modules("a" * length)) == whole("a" * length)


@given(
    st.from_regex(
        r"[a-z][a-z0-9-]{0,50} [A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}", fullmatch=True
    )
)
def test_a_reader_reads_the_sheet_and_the_code(content: str) -> None:
    """Of a photograph it would need no more: some pixels for each module, and white around."""
    square = np.array([list(row) for row in modules(content)], dtype=np.uint8)
    picture = np.pad(255 * (1 - square), 4, constant_values=255).repeat(3, axis=0).repeat(3, axis=1)
    found = zxingcpp.read_barcodes(np.ascontiguousarray(picture))
    assert [code.text for code in found] == [content]
