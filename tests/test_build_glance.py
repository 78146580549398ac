"""What is seen of a page at a glance is what a reader of it sees; letters that may be shown; codes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary

from gen.build.codes import Codes
from gen.build.font_signs import Signs, any_signs, letters_of, plain
from gen.build.glance import glance, in_gap
from gen.build.page_text import PageReader

SIMPLE = b"BT\n/F1 9.96 Tf 1 0 0 1 3 4 cm [(ab)-3(c)]TJ 0 g (d) Tj\nET q 0 0 m 1 1 l S Q"


@pytest.mark.parametrize(
    ("content", "data"),
    [
        (SIMPLE, b"abcd"),
        (b"", b""),
        (b"0 0 m 1 1 l S", b""),
        (b"() Tj", b""),
        (b"(a\\002b) Tj (\\377\\000) Tj", b"a\2b\xff\0"),
        (rb"(a\(b\)) Tj [(\\)-3(\\\))] TJ", b"a(b)\\\\)"),
        (rb"(\) Tj \() Tj (x\\) Tj", b") Tj (x\\"),
        (b"(a<b%c) Tj (BI)(I) Tj", b"a<b%cBII"),
    ],
)
def test_a_simple_page(content: bytes, data: bytes) -> None:
    seen = glance(content)
    assert seen is not None
    assert (seen.data, seen.marks) == (data, ())


@pytest.mark.parametrize(
    "content",
    [
        b"(a(b)c) Tj (d) Tj",  # brackets within a string
        b"(a(b) Tj",
        b"(a)) Tj (b",
        b"a) Tj (b",
        b"<41> Tj (b) Tj",
        b"/Span <</ActualText (a)>> BDC (b) Tj EMC",
        b"% (a\n(b) Tj",
        b"BI /W 1 /H 1 ID (\x01) EI (b) Tj",
        b"(a\\5) Tj (12) Tj",  # a number of one digit
        b"(a\\\nb) Tj",
        b"(a\\n) Tj",
        b"(a\\777) Tj",
        b"\\ (a) Tj",
        b"(a\0) Tj",
        b"/FreeIndex <</Page 1>> DP",
        b"/FreeIndex <</Code (A) /Page 1 /Also (B)>> DP",
        rb"(/FreeIndex <</Code \(A\) /Page 1>> DP) Tj",
        b"(/FreeIndex <</Code (A) /Page 1>> DP) Tj",
    ],
)
def test_of_any_other_page_nothing_is_said(content: bytes) -> None:
    seen = glance(content)
    # In a string of which all brackets are escaped, a mark is text.
    assert seen is None or (seen.marks == () and b"FreeIndex" in seen.data)


def test_marks_are_taken_out() -> None:
    marks = b"/FreeIndex <</Code (A-1) /Page 1>> DP\n%b\n/FreeIndex<</Code(B)/Page 22>>DP"
    seen = glance(marks % SIMPLE)
    assert seen is not None
    assert (seen.marks, seen.data) == ((("A-1", 1), ("B", 22)), b"abcd")
    assert b"FreeIndex" not in seen.content


def test_places_outside_of_strings() -> None:
    content = b"1 (a) 2 (b) 3"
    outside = "".join(str(int(in_gap(content, place))) for place in range(len(content)))
    assert outside == "1110011110011"


SIGNS = [bytes((byte,)) for byte in b"()\\<>%\n\0" + b"7AI-[]"]
WORDS = [b"\\050", b"\\12", b" Tj ", b"BI", b"/F1 9 Tf ", b"(x)", b"(\\\\)", b"(\\051y)"]
TOKENS = st.sampled_from([*SIGNS, *WORDS, b"/FreeIndex <</Code (A) /Page 1>> DP "])


@given(st.lists(TOKENS, max_size=14))
def test_at_a_glance_is_seen_what_is_read(tokens: list[bytes]) -> None:
    content = b"".join(tokens)
    seen = glance(content)
    if seen is not None:
        text, marks = PageReader().drawn(content, Dictionary())
        assert (plain(Signs().text(seen.data)), seen.marks) == (text, marks)


LETTERS = "AB1-"
TEXTS = st.sampled_from(["A", "B", "1", "-", "\u2010", "\u00ad", "", "x", "AB", "fi", "\u2208"])
FONTS = st.builds(
    Signs, st.dictionaries(st.integers(64, 68) | st.just(173) | st.just(300), TEXTS, max_size=5)
)


@given(st.lists(FONTS, max_size=4), st.data())
def test_what_may_be_shown_is_never_missed(fonts: list[Signs], drawn: st.DataObject) -> None:
    """Whatever font each byte is drawn in: letters in a row are a row in what is said."""
    fonts = [*fonts, Signs()]
    kinds = [letters_of(signs, frozenset(LETTERS)) for signs in fonts]
    signs = any_signs([kind for kind in kinds if kind is not None])
    bytes_ = drawn.draw(st.lists(st.sampled_from([45, 49, 64, 65, 66, 67, 68, 173]), max_size=8))
    chosen = [drawn.draw(st.sampled_from(fonts)) for _ in bytes_]
    text = plain("".join(font.text(bytes((byte,))) for font, byte in zip(chosen, bytes_, strict=True)))
    letters = signs.letters(bytes(bytes_))
    if letters is not None:
        for row in re.findall(f"[{LETTERS}]+", text):
            assert row.encode() in letters


def test_a_font_that_reads_pairs_says_nothing() -> None:
    assert letters_of(Signs(pairwise={}), frozenset(LETTERS)) is None


@given(st.lists(st.sampled_from(["AB1-", "A1", "-A", "x", "\n"]), max_size=9))
def test_codes_are_found_wherever_they_begin(pieces: list[str]) -> None:
    codes = ("AB1-A", "1-AA1", "A1-")
    data = "".join(pieces)
    assert Codes(codes).found(data.encode()) == {code for code in codes if code in data}


@pytest.mark.parametrize(
    "written",
    [
        b"(x AB-12 y)",
        b"/xAB-12",
        b"<feff00410042002d00310032>",
        b"<410042002D003100320>",
        b"(\\376\\377\\000A\\000B\\000-\\0001\\0002)",
        b"[ 7 (a) <41422d3132> ]",
    ],
)
def test_codes_are_found_in_strings_of_any_encoding(written: bytes) -> None:
    codes = Codes(["AB-12", "CD-34"])
    assert codes.written(b"<< /A " + written + b" >>") == {"AB-12"}
    assert codes.written(b"<< /A (AB) /B (-12) >>") == frozenset()
    assert codes.streamed("AB-12".encode("utf-16-le")) == {"AB-12"}


def test_without_codes_nothing_is_found() -> None:
    assert Codes([]).found(b"\1\1 (a)") == frozenset()
