"""The text of a page: strings, fonts, forms and marks, held against pages made by hand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from gen.build.page_text import PageReader

CMAP = b"""2 beginbfchar <01> <0041> <02> <00660069> endbfchar
1 beginbfrange <10> <12> <0061> endbfrange"""
WIDE = b"2 beginbfchar <0003> <6F22> <0104> <D83DDE00> endbfchar"


def read(content: bytes) -> tuple[str, tuple[tuple[str, int], ...]]:
    """What is read on a page with four fonts (plain bytes, a table, names, pairs) and a form."""
    document = Pdf.new()
    document.add_blank_page()
    page = document.pages[0]
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1)
    table = Dictionary(Type=Name.Font, Subtype=Name.Type1, ToUnicode=Stream(document, CMAP))
    # Lists of names may stand by themselves.
    names = document.make_indirect(Array([2, Name("/seven"), Name("/hyphen"), Name("/alpha"), 9, Name.Q]))
    named = Dictionary(Type=Name.Font, Subtype=Name.Type1, Encoding=Dictionary(Differences=names))
    wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=Stream(document, WIDE))
    fonts = {"/F0": plain, "/F1": table, "/F2": named, "/F3": wide}
    form = Stream(document, b"BT /F1 9 Tf (\\001) Tj ET")
    form["/Subtype"], form["/Resources"] = Name.Form, Dictionary(Font=Dictionary({"/F1": table}))
    page.obj.Resources = Dictionary(
        Font=Dictionary({name: document.make_indirect(font) for name, font in fonts.items()}),
        XObject=Dictionary({"/Fm1": document.make_indirect(form)}),
    )
    page.obj.Contents = document.make_indirect(Stream(document, content))
    return PageReader().read(page)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"/F0 9 Tf (JHXW-DH9Y) Tj", "JHXW-DH9Y"),
        (b"/F0 9 Tf [(JH)-28(XW-)3(DH9Y)] TJ 3 0 Td (x) Tj", "JHXW-DH9Yx"),
        (b"/F0 9 Tf [(a\\)b\\()-3(c)] TJ", "a)b(c"),
        (rb"/F0 9 Tf [(a\\)-3(\)b)] TJ", "a\\)b"),
        (b"/F0 9 Tf (/F1 9 Tf) Tj (x) Tj", "/F1 9 Tfx"),
        (b"/F0 9 Tf (<41>) Tj [<4142>-3<4>] TJ", "<41>AB@"),
        (b"/F0 9 Tf (a) Tj /F1 9 Tf [(\\001)3(\\002)] TJ /F0 9 Tf (b) Tj", "aAfib"),
        (b"/F1 9 Tf (\\020\\022z\\020) Tj", "acza"),
        (b"/F2 9 Tf (\\002\\003\\004\\t) Tj", "7-\ufffdQ"),
        (b"/F3 9 Tf <00030104> Tj", "漢\U0001f600"),
        (b"/F0 9 Tf (a) Tj q /Fm1 Do Q (b) Tj", "aAb"),
        (b"/F9 9 Tf (a) Tj", "a"),
        (b"(a) Tj", "a"),
        (b"/F0 9 Tf () Tj (a\\\nb\\n) Tj", "ab\n"),
        (b"/F0 9 Tf 1 0 0 rg 0 g [] TJ", ""),
    ],
)
def test_text_in_the_order_it_is_drawn(content: bytes, text: str) -> None:
    assert read(content) == (text, ())


@pytest.mark.parametrize(
    ("content", "marks"),
    [
        (b"/FreeIndex <</Code (AB-1) /Page 7>> DP (x) Tj", (("AB-1", 7),)),
        (b"(x) Tj /FreeIndex<</Code(A)/Page 1>>DP /FreeIndex <</Code (B) /Page 2>> DP", (("A", 1), ("B", 2))),
        (rb"(/FreeIndex <</Code \(A\) /Page 1>> DP) Tj", ()),
        (b"/FreeIndex <</Page 1>> DP", (("", 0),)),
        (b"/Other <</Code (A) /Page 1>> DP", ()),
    ],
)
def test_marks_are_not_text(content: bytes, marks: tuple[tuple[str, int], ...]) -> None:
    assert read(content)[1] == marks


SHOWN = st.text(st.sampled_from("ab()\\/<>[] 1F"), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(("j", "J", "hex", "font")), SHOWN), max_size=8))
def test_whatever_is_typed_is_read(pieces: list[tuple[str, str]]) -> None:
    content = b"/F0 9 Tf "
    for how, text in pieces:
        escaped = re.sub(rb"([()\\])", rb"\\\1", text.encode())
        content += {
            "j": b"(%s) Tj 3 0 Td\n" % escaped,
            "J": b"[-3(%s)-28.5(%s)] TJ " % (escaped, escaped),
            "hex": b"<%s> Tj" % text.encode().hex().encode(),
            "font": b"/F0 7.5 Tf 0 g (%s)Tj" % escaped,
        }[how]
    shown = "".join(text * (2 if how == "J" else 1) for how, text in pieces)
    assert read(content)[0] == shown
