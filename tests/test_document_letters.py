"""Text in any script: what becomes of it in TeX, which way it runs, and that pages show it as typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.document.direction import levels
from gen.document.filters import breakable, outline
from gen.document.glyphs import MATHS, PLAIN
from gen.document.letters import lacking, spelled, written
from gen.document.prose import prose
from gen.document.scripts import SCRIPTS, script_of
from gen.document.tex import escape
from gen.document.tex_html import blocks_html, inline_html
from gen.document.writing import Face, Writing, faces_in, says_its_fonts

ANY = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"]))


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Zoë", "Zoë"),
        ("Nguyễn Phương", r"Nguy\Composed{ễ}{\~{\^{e}}}n Ph\Written{latin}{ươ}ng"),
        ("Иван Петров, Jr.", r"\Written{cyrillic}{Иван Петров}{,} Jr."),
        ("山田 太郎 さん", r"\Written{japanese}{山田} \Written{japanese}{太郎} \Written{japanese}{さん}"),
        ("김 中", r"\Written{korean}{김} \Written{korean}{中}"),
        ("王 Li", r"\Written{chinese}{王} Li"),
        ("सुनील", r"\Written{devanagari}{सुनील}"),
        ("α and σ", r"\ensuremath{\alpha} and \ensuremath{\sigma}"),
        ("Γεωργία", r"\Written{greek}{Γεωργία}"),
        ("и\u0301 x\u0302", "\\Written{cyrillic}{и\u0301} \\Accented{\\^{x}}"),
        ("q\u0359", "\\Written{phonetic}{q\u0359}"),
        ("Ali محمد علي 12.5% x", r"Ali \RightToLeft{\Written{arabic}{محمد علي} \LeftToRight{12.5\%}} x"),
        ("דוד (א)", r"\RightToLeft{\Written{hebrew}{דוד} \Turned{(}{)}\Written{hebrew}{א}\Turned{)}{(}}"),
        ("\ue000", "{[}U+E000{]}"),
    ],
)
def test_letters_that_the_usual_fonts_lack_are_told_by_their_script(text: str, tex: str) -> None:
    assert spelled(text) == tex


@given(ANY)
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    # On a page a browser sets the letters: what it shows is what was typed, accents joined.
    shown = unicodedata.normalize("NFC", " ".join(text.split()))
    if not set(shown) & (set(MATHS) | set("\u2010\u2011")):
        assert unicodedata.normalize("NFC", inline_html(escape(text)).unescape()) == shown


@given(ANY)
def test_what_is_lacking_is_what_is_written(text: str) -> None:
    letters = written(escape(text))
    assert set("".join(letters.values())) == set(lacking(unicodedata.normalize("NFC", text)))
    assert not set("".join(letters.values())) & set(PLAIN)


def test_every_character_has_one_script_and_names_are_unique() -> None:
    names = [script.name for script in SCRIPTS]
    assert len(set(names)) == len(names)
    assert all(script_of(chr(code)) in SCRIPTS for code in range(0x80, 0x2000))
    for script in SCRIPTS:
        assert script.sample, script.name
        assert all(script_of(char) is script for char in script.sample if script.name != "japanese")
        assert bool(script.families) == script.needs_font


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ab cd", "00000"),
        ("אב", "11"),
        ("a אב b", "001100"),
        ("אב גד", "11111"),
        ("אב 12", "11122"),
        ("12 אב", "00011"),
        ("אב 1.5 גד", "111222111"),
        ("אב, ab", "110000"),
        ("(אב)", "0110"),
        ("אב-גד (ה)", "111111111"),
        ("שלום 50% ab", "11111222000"),
        ("אב (גד)", "1111111"),
        ("ab (גד) אב", "0000110011"),
        ("אב (ab) גד", "1100000011"),
        ("אב [(ג]", "1111111"),
    ],
)
def test_text_runs_as_unicode_says(text: str, found: str) -> None:
    assert levels(text) == [int(level) for level in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("אב ab.", "111221"),
        ("ab", "22"),
        ("אב (ab) גד", "1111221111"),
        ("ab (cd) אב", "2222222111"),
        ("12%", "222"),
    ],
)
def test_a_paragraph_that_runs_to_the_left_does_so_as_a_whole(text: str, found: str) -> None:
    assert levels(text, leftward=True) == [int(level) for level in found]


def test_formulas_in_a_paragraph_that_runs_to_the_left_run_to_the_right() -> None:
    source = "שלום $x^2$ ab (`c`). Second *א*.\n\nLatin א $y$"
    first, second = prose(source).split("\n\n")
    assert first.startswith(r"\LeftwardText{\Written{hebrew}{שלום} \LeftToRight{$x^2$} \LeftToRight{ab}")
    assert r"\LeftToRight{\texttt{c}}" in first and r"\emph{\Written{hebrew}{א}}" in first
    assert second == r"Latin \RightToLeft{\Written{hebrew}{א}} $y$"
    assert blocks_html(prose(source)).count("<p>") == 2


def test_a_name_in_another_script_is_not_taken_apart() -> None:
    assert breakable("محمد علي", 3) == escape("محمد علي")
    assert breakable("abcdef", 3) == r"abc\allowbreak{}def"


def test_an_outline_keeps_letters_of_all_scripts_and_no_sign_of_tex() -> None:
    assert outline("Ряды \\x{} 数学 ö") == "Ряды x 数学 ö"


def test_fonts_are_said_in_the_document_and_read_from_it() -> None:
    script = script_of("ж")
    faces = (Face("/fonts/a b.ttc", 2), Face("/fonts/c.otf"))
    writing = Writing(script, faces)
    ((series, name, first, others),) = writing.weights
    assert (series, name) == ("m", f"{writing.family}-m")
    assert first == f"[/fonts/a b.ttc](2):mode=harf;script=cyrl;fallback={name}"
    assert others == "'[/fonts/c.otf]:mode=harf;script=cyrl'"
    assert faces_in(f'"{first}" {others}') == faces
    assert Writing(script, faces[:1]).family != writing.family
    assert says_its_fonts("no letters") and not says_its_fonts(r"\Written{cyrillic}{ж}")


@pytest.mark.parametrize(
    "file", ["/a\\b.ttf", "/a'b.ttf", "/a#b.ttf", "/a  b.ttf", "/a{b.ttf", "/a%b", "/ü.otf"]
)
def test_a_path_that_tex_would_read_otherwise_is_no_font(file: str) -> None:
    assert not Face(file).is_nameable
