"""The code of a sheet for machines: a QR code as rules of TeX, which needs no package."""

from __future__ import annotations

import re
from functools import lru_cache

import segno

from gen.document.blocks import Code
from gen.document.qr_block import MASK, block_modules, fits
from gen.document.tex import Tex

_RUNS = re.compile(rb"\x00+|\x01+")


def code_block(sheet: str, code: str) -> Code:
    """The code as it is printed; machines read the sheet and the code, as in `products-1 SSGM-V3E9`."""
    rows = modules(f"{sheet} {code}")
    return Code(code, tuple([row_tex(row) for row in rows]), len(rows))


def modules(content: str) -> tuple[bytes, ...]:
    """The square of a QR code, 1 for a dark module, without its margin.

    Readers take any of the eight masks. To look for the fairest takes ten times as long as all the rest; of
    codes such as these, `MASK` is nearly always it.
    """
    if fits(content):
        return block_modules(content)
    made = segno.make(content, error="m", mask=MASK, micro=False, boost_error=False)
    return tuple([bytes(row) for row in made.matrix])


def row_tex(row: bytes) -> Tex:
    r"""A row as runs of dark and light modules.

    >>> row_tex(bytes([1, 1, 0, 1]))
    '\\Dark{2}\\Light{1}\\Dark{1}'
    """
    return Tex("".join([_run_tex(run) for run in _RUNS.findall(row)]))


@lru_cache(maxsize=256)  # a row has few lengths of run
def _run_tex(run: bytes) -> str:
    return rf"\Dark{{{len(run)}}}" if run[0] else rf"\Light{{{len(run)}}}"
