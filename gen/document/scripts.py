"""The scripts people write in, one record each: their characters, their direction, the fonts to look for.

pdfLaTeX with Latin Modern prints what `gen.document.glyphs` lists. All other characters belong to one of
these scripts and are set by LuaLaTeX: those of `LATIN` in Latin Modern itself, the rest in a font found on
the machine. `families` are the fonts taken first, `debian` is the package that brings one of them; where
none of them is installed, any font that has the characters will do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"


@dataclass(frozen=True, slots=True)
class Script:
    """A script: first and last code points of its ranges, its OpenType tag, whether it runs to the left.

    A font that has the letters of `sample` sets the script. `wide` says that a line may end between any two
    of its characters. `needs_font` is false where the font of the surrounding text has the characters.
    """

    name: str
    title: str
    ranges: Ranges
    families: tuple[str, ...]
    debian: str
    sample: str
    tag: str = ""
    leftward: bool = False
    wide: bool = False
    needs_font: bool = True

    def has(self, char: str) -> bool:
        """Whether a character is one of this script."""
        return any(first <= ord(char) <= last for first, last in self.ranges)


# Book faces that go with Latin Modern.
_BOOK = ("CMU Serif", "FreeSerif", "Noto Serif", "Libertinus Serif", "DejaVu Serif", "Liberation Serif")
_FREE = "fonts-freefont-otf"
_NOTO = "fonts-noto-core"
_CJK = "fonts-noto-cjk"

# What the OpenType fonts of Latin Modern have beyond T1, upright, slanted, sans serif and typewriter alike.
LATIN = Script(
    "latin",
    "Latin with further accents, as in Vietnamese",
    (
        (0x126, 0x127), (0x13F, 0x140), (0x17F, 0x17F), (0x18E, 0x18E), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
        (0x1CD, 0x1D4), (0x1D7, 0x1DC), (0x1E6, 0x1E7), (0x1EA, 0x1EB), (0x1F4, 0x1F5), (0x1FA, 0x201),
        (0x204, 0x205), (0x208, 0x209), (0x20C, 0x20D), (0x210, 0x211), (0x214, 0x215), (0x1E0C, 0x1E0F),
        (0x1E24, 0x1E27), (0x1E2A, 0x1E2B), (0x1E2E, 0x1E2F), (0x1E36, 0x1E39), (0x1E42, 0x1E47),
        (0x1E58, 0x1E5D), (0x1E62, 0x1E63), (0x1E6C, 0x1E6F), (0x1E80, 0x1E85), (0x1E92, 0x1E93),
        (0x1E97, 0x1E97), (0x1EA0, 0x1EF9), (0x2116, 0x2117), (0x211E, 0x211E), (0x2126, 0x2126),
        (0x212E, 0x212E), (0x266A, 0x266A),
    ),
    (),
    "lmodern",
    "ươẾ",
    needs_font=False,
)  # fmt: skip

CHINESE = Script(
    "chinese",
    "Chinese",
    (
        (0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3100, 0x312F), (0x3190, 0x31EF), (0x3200, 0x33FF),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF64),
        (0xFFA0, 0xFFEF), (0x20000, 0x323AF),
    ),
    ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "FandolSong", "AR PL UMing CN",
     "WenQuanYi Zen Hei", "Songti SC", "SimSun"),
    _CJK,
    "中文字",
    "hani",
    wide=True,
)  # fmt: skip
JAPANESE = Script(
    "japanese",
    "Japanese",
    ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF65, 0xFF9F), (0x1B000, 0x1B16F)),
    ("Noto Serif CJK JP", "Source Han Serif", "Noto Sans CJK JP", "IPAexMincho", "IPAMincho",
     "HaranoAjiMincho", "Hiragino Mincho ProN", "MS Mincho"),
    _CJK,
    "あアん",
    "kana",
    wide=True,
)  # fmt: skip
KOREAN = Script(
    "korean",
    "Korean",
    ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    ("Noto Serif CJK KR", "Source Han Serif K", "Noto Sans CJK KR", "UnBatang", "Nanum Myeongjo",
     "AppleMyungjo", "Batang"),
    _CJK,
    "한국어",
    "hang",
    wide=True,
)  # fmt: skip


def _noto(name: str, ranges: Ranges, tag: str, *families: str, leftward: bool = False) -> Script:
    """A script with the Noto fonts called after it, and `families` before and behind them."""
    title = name.capitalize()
    letters = (chr(code) for first, last in ranges for code in range(first, last + 1))
    sample = "".join(islice((char for char in letters if unicodedata.category(char) in ("Lo", "Lu")), 4))
    found = (*families, f"Noto Serif {title}", f"Noto Sans {title}", "FreeSerif", "FreeSans", "DejaVu Sans")
    return Script(name, title, ranges, found, _NOTO, sample, tag, leftward)


# The first that has a character is its script; the last one has all.
SCRIPTS: tuple[Script, ...] = (
    LATIN,
    Script("greek", "Greek", ((0x370, 0x3FF), (0x1F00, 0x1FFF)), _BOOK, _FREE, "αβγώ", "grek"),
    Script(
        "cyrillic",
        "Cyrillic",
        ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
        _BOOK,
        _FREE,
        "абвё",
        "cyrl",
    ),
    Script(
        "hebrew",
        "Hebrew",
        ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
        ("Frank Ruehl CLM", "David CLM", "Noto Serif Hebrew", "SBL Hebrew", "FreeSerif", "DejaVu Sans"),
        "culmus",
        "אבגד",
        "hebr",
        leftward=True,
    ),
    Script(
        "arabic",
        "Arabic",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
        ("Amiri", "Scheherazade New", "Scheherazade", "Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans"),
        "fonts-hosny-amiri",
        "ابجد",
        "arab",
        leftward=True,
    ),
    _noto("syriac", ((0x700, 0x74F), (0x860, 0x86F)), "syrc", "Noto Sans Syriac", leftward=True),
    _noto("thaana", ((0x780, 0x7BF),), "thaa", leftward=True),
    _noto("nko", ((0x7C0, 0x7FF),), "nko ", "Noto Sans NKo", leftward=True),
    _noto("armenian", ((0x530, 0x58F), (0xFB13, 0xFB17)), "armn"),
    _noto("georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)), "geor"),
    _noto("ethiopic", ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)), "ethi"),
    _noto("devanagari", ((0x900, 0x97F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF)), "dev2"),
    _noto("bengali", ((0x980, 0x9FF),), "bng2"),
    _noto("gurmukhi", ((0xA00, 0xA7F),), "gur2"),
    _noto("gujarati", ((0xA80, 0xAFF),), "gjr2"),
    _noto("oriya", ((0xB00, 0xB7F),), "ory2"),
    _noto("tamil", ((0xB80, 0xBFF),), "tml2"),
    _noto("telugu", ((0xC00, 0xC7F),), "tel2"),
    _noto("kannada", ((0xC80, 0xCFF),), "knd2"),
    _noto("malayalam", ((0xD00, 0xD7F),), "mlm2"),
    _noto("sinhala", ((0xD80, 0xDFF),), "sinh"),
    _noto("thai", ((0xE00, 0xE7F),), "thai", "Norasi"),
    _noto("lao", ((0xE80, 0xEFF),), "lao "),
    _noto("tibetan", ((0xF00, 0xFFF),), "tibt"),
    _noto("myanmar", ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)), "mym2"),
    _noto("khmer", ((0x1780, 0x17FF), (0x19E0, 0x19FF)), "khmr"),
    _noto("cherokee", ((0x13A0, 0x13FF), (0xAB70, 0xABBF)), "cher"),
    _noto("syllabics", ((0x1400, 0x167F), (0x18B0, 0x18FF)), "cans", "Noto Sans Canadian Aboriginal"),
    JAPANESE,
    KOREAN,
    CHINESE,
    Script(
        "phonetic",
        "Latin of other languages, phonetic letters",
        (
            (0xA1, 0x2FF), (0x300, 0x36F), (0x1D00, 0x1DFF), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F),
            (0xA720, 0xA7FF), (0xAB30, 0xAB6F),
        ),
        _BOOK,
        _FREE,
        "ɓəʃ",
        "latn",
    ),
    Script(
        "other",
        "other scripts and symbols",
        ((0, 0x10FFFF),),
        ("FreeSerif", "DejaVu Sans", "Symbola", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math"),
        "fonts-freefont-otf fonts-noto-core fonts-symbola",
        "☃♞𝔸",
    ),
)  # fmt: skip


def script_named(name: str) -> Script:
    """The script called `name`. Raises KeyError."""
    return _BY_NAME[name]


@lru_cache(maxsize=4096)
def script_of(char: str, han: Script = CHINESE) -> Script:
    """The script of a character; the signs that Chinese, Japanese and Korean share are those of `han`.

    >>> script_of("ж").name, script_of("中").name, script_of("中", JAPANESE).name
    ('cyrillic', 'chinese', 'japanese')
    """
    found = next(script for script in SCRIPTS if script.has(char))
    return han if found is CHINESE else found


def han_of(text: str) -> Script:
    """Whose forms of the shared signs a text wants: Japanese with kana in it, Korean with hangul."""
    return next((script for script in (JAPANESE, KOREAN) if _any(script, text)), CHINESE)


def _any(script: Script, text: Iterable[str]) -> bool:
    return any(script.has(char) for char in text)


_BY_NAME = {script.name: script for script in SCRIPTS}
