"""Short codes that are printed on sheets: which sheet, whose, and what has been dealt."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from gen.problems.deal import Drawn

# No letter or digit that is taken for another one; a letter first, so that no spreadsheet reads a number.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = "0123456789" + LETTERS


def sheet_code(sheet: str, student: str, drawn: Sequence[Drawn]) -> str:
    """The code of a student's sheet, such as `SSGM-V3E9`: it changes when another problem is dealt.

    >>> sheet_code("products-1", "s001", ())
    'SSGM-V3E9'
    """
    code = _short("\n".join((sheet, student, *(card.canonical for card in drawn))), 8)
    return f"{code[:4]}-{code[4:]}"


def variant_code(drawn: Drawn) -> str:
    """The code of one problem: equal for two students exactly when the problem is the same up to renaming."""
    return _short(drawn.canonical, 6)


def _short(text: str, length: int) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())
    number, first = divmod(number, len(LETTERS))
    code = LETTERS[first]
    for _ in range(length - 1):
        number, rest = divmod(number, len(SIGNS))
        code += SIGNS[rest]
    return code
