"""The code of a sheet for machines: a QR code as rules of TeX, which needs no package."""

from __future__ import annotations

from itertools import groupby

import segno

from gen.document.blocks import Code
from gen.document.tex import Tex

# Readers take any of the eight masks. To look for the fairest takes ten times as long as all the rest; of
# codes such as these, this one is nearly always it.
MASK = 1


def code_block(sheet: str, code: str) -> Code:
    """The code as it is printed; machines read the sheet and the code, as in `products-1 SSGM-V3E9`."""
    rows = modules(f"{sheet} {code}")
    return Code(code, tuple(row_tex(row) for row in rows), len(rows))


def modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """The square of a QR code, true for a dark module, without its margin."""
    made = segno.make(content, error="m", mask=MASK, micro=False, boost_error=False)
    return tuple([tuple(map(bool, row)) for row in made.matrix])


def row_tex(row: tuple[bool, ...]) -> Tex:
    r"""A row as runs of dark and light modules.

    >>> row_tex((True, True, False, True))
    '\\Dark{2}\\Light{1}\\Dark{1}'
    """
    runs = [(dark, len(list(same))) for dark, same in groupby(row)]
    return Tex("".join([rf"\Dark{{{length}}}" if dark else rf"\Light{{{length}}}" for dark, length in runs]))
