"""Letters of the mathematical alphabets of Unicode: MathML Core has no other way to print a bold letter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# The first capital, the first small letter and the first digit of an alphabet; None where it has none.
_FIRST: Mapping[str, tuple[int, int, int | None]] = MappingProxyType(
    {
        "bold": (0x1D400, 0x1D41A, 0x1D7CE),
        "bold-italic": (0x1D468, 0x1D482, 0x1D7CE),
        "script": (0x1D49C, 0x1D4B6, None),
        "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
        "sans": (0x1D5A0, 0x1D5BA, 0x1D7E2),
        "typed": (0x1D670, 0x1D68A, 0x1D7F6),
    }
)
# The first capital and the first small letter of Greek.
_GREEK: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}
)
# Letters that Unicode had before it had the alphabets.
_ELSEWHERE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "script": MappingProxyType(dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))),
        "double-struck": MappingProxyType(dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))),
    }
)
_BOLD_SIGNS: Mapping[str, str] = MappingProxyType({"∇": "𝛁", "∂": "𝛛"})
ALPHABETS = tuple(_FIRST)


def lettered(text: str, alphabet: str) -> str:
    """`text` in the letters of `alphabet`, one of ALPHABETS; what it has no letter for stays as it is.

    >>> lettered("Ax1", "bold"), lettered("R", "double-struck")
    ('𝐀𝐱𝟏', 'ℝ')
    """
    return "".join(_letter(char, alphabet) for char in text)


def _letter(char: str, alphabet: str) -> str:
    if char in (own := _ELSEWHERE.get(alphabet, {})):
        return own[char]
    if alphabet in _GREEK and char in _BOLD_SIGNS:
        return _BOLD_SIGNS[char]
    capital, small, digit = _FIRST[alphabet]
    greek = _GREEK.get(alphabet)
    for first, last, start in (
        ("A", "Z", capital),
        ("a", "z", small),
        ("0", "9", digit),
        ("Α", "Ω", greek and greek[0]),
        ("α", "ω", greek and greek[1]),
    ):
        if start is not None and first <= char <= last:
            return chr(start + ord(char) - ord(first))
    return char
