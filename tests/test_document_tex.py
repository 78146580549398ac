"""Text prints literally, marked LaTeX passes, and what the fonts lack is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.document.glyphs import MATHS, PLAIN
from gen.document.tex import Tex, as_tex, escape, joined, pdf_text, unprintable

SPECIAL = "\\{}$&#_%~^"


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("100% & $5_#{}", r"100\% \& \$5\_\#\{\}"),
        ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
        ("a -- b", "a {-}{-} b"),
        ("O'Brien", "O{'}Brien"),
        ("``x''", r"\textasciigrave{}\textasciigrave{}x{'}{'}"),
        ("<<,,", "{<}{<}{,}{,}"),
        ("σ(x)", r"\ensuremath{\sigma}(x)"),
        ("Nguyễn", r"Nguy\Composed{ễ}{\~{\^{e}}}n"),
        ("e\u0301", "é"),
        ("two\nlines\t!", "two lines {!}"),
        ("中", r"\Written{chinese}{中}"),
        ("\u202e", "{[}U+202E{]}"),
    ],
)
def test_text_prints_literally(text: str, tex: str) -> None:
    assert escape(text) == tex


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_special_character_survives(text: str) -> None:
    bare = escape(text)
    for command in ("\\{", "\\}", "\\$", "\\&", "\\#", "\\_", "\\%"):
        bare = Tex(bare.replace(command, ""))
    assert not set(bare) & set("$&#%"), text
    assert bare.count("{") == bare.count("}"), text


@given(st.text())
def test_what_is_not_named_as_unprintable_gets_no_code_point(text: str) -> None:
    # A joiner between letters of a script is part of how they are spelled.
    joined_up = {"\u200c", "\u200d"}
    if "{[}U+" in escape(text):
        assert unprintable(text)
    elif unprintable(text):
        assert set(unprintable(text)) <= joined_up


def test_what_the_fonts_have_is_printable() -> None:
    assert unprintable("".join(sorted(PLAIN)) + "".join(MATHS)) == ()


def test_unprintable_names_each_character_once() -> None:
    assert unprintable("\u202ea\u202e\x00Ж") == ("\u202e", "\x00")


def test_a_mark_is_not_inherited_by_text_that_is_joined_to_it() -> None:
    both = Tex("$x$") + " & y"
    assert not isinstance(both, Tex)
    assert as_tex(both) == r"\$x\$ \& y"


def test_joined_escapes_plain_parts_only() -> None:
    assert joined((Tex("$x$"), " & ", 3), r"\ ") == r"$x$\ \&\ 3"


def test_pdf_text_is_readable_where_it_can_be() -> None:
    assert pdf_text("Matrix  products 1") == "Matrix products 1"
    assert set(pdf_text(SPECIAL).replace("\\string\\", "")) <= set("01234567")
