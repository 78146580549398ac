"""Finished sentences of the program as HTML: all that it writes is understood, anything else is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from gen.document.blocks import DerivationBlock
from gen.document.items import item_block
from gen.document.prose import prose
from gen.document.sentence import sentence
from gen.document.tex import Tex, escape
from gen.document.tex_html import UnknownTexError, blocks_html, inline_html
from gen.problems.catalogue import FAMILIES
from gen.problems.family import Family
from gen.problems.item import FORMS
from gen.problems.make_item import make_item
from gen.problems.misconception import Misconception
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.project.exercise_draw import NoMemberError, drawn_member
from tests.pages import read


@pytest.mark.parametrize("known", MISCONCEPTIONS, ids=lambda known: known.name)
def test_what_is_told_of_every_mistake(known: Misconception) -> None:
    read(str(blocks_html(prose(known.tell))))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_sentences_of_every_family(family: Family) -> None:
    for form in FORMS:
        try:
            member = drawn_member((family.name,), "html", form=form)
        except NoMemberError:
            continue
        item = make_item(member, form, seed="html")
        if item is None:
            continue
        block = item_block(1, item)
        for said in (block.prompt, *block.hints, *(row.words for row in block.scheme), *sentences(block)):
            read(str(blocks_html(said)))


def sentences(value: Any) -> Iterator[Tex]:
    """The sentences of derivations, wherever they stand in blocks."""
    if isinstance(value, DerivationBlock):
        found = [value.intro, value.checked, *value.discussion, *(line.reason for line in value.lines)]
        found += [value.result.words] if value.result is not None else []
        yield from (text for text in found if isinstance(text, Tex))
    elif isinstance(value, tuple):
        for part in value:
            yield from sentences(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sentences(getattr(value, field.name))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Is *this* **it**?", "<p>Is <em>this</em> <strong>it</strong>?</p>"),
        ("`a_b` & 5% of {x}", "<p><code>a_b</code> &amp; 5% of {x}</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n\n   b\n2. c", "<ol><li><p>a</p>\n<p>b</p></li><li>c</li></ol>"),
        ("a  \nb", "<p>a<br> b</p>"),
        ("Zoë Łuk ç ~ ^ \\ \"'<>", "<p>Zoë Łuk ç ~ ^ \\ &#34;&#39;&lt;&gt;</p>"),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert str(blocks_html(prose(source))) == html


@given(st.text(alphabet=st.characters(codec="latin-1", categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_text_that_was_escaped_comes_back(text: str) -> None:
    made = escape(text)
    if "[U+" not in made.replace("{[}", "[") and "ensuremath" not in made and "mathrm" not in made:
        shown = Markup(str(inline_html(made))).unescape().replace("\u00ad", "")
        assert " ".join(shown.split()) == " ".join(text.replace("\u00ad", "").split())


def test_laws_of_the_records_have_their_formulas() -> None:
    made = inline_html(sentence("entry j,k becomes entry j + (k−1)m"))
    assert made.count("<math") == 2


def test_plain_text_is_escaped() -> None:
    assert str(inline_html("a < b")) == "a &lt; b"
    assert str(blocks_html("")) == ""


@pytest.mark.parametrize(
    "tex", [r"\input{x}", r"a \vskip b", "a {b", "$a", "a^2", r"\emph x", r"\begin{itemize}"]
)
def test_what_nobody_writes_is_a_fault(tex: str) -> None:
    with pytest.raises(UnknownTexError):
        blocks_html(Tex(tex))


def test_paragraphs_do_not_fit_into_a_line() -> None:
    with pytest.raises(UnknownTexError):
        inline_html(Tex("One.\n\nTwo."))


def test_tables_and_quotations_of_prompts() -> None:
    made = str(blocks_html(prose("| $x$ | b |\n|--:|---|\n| 1 \\| 2 & 3 | `c` |\n\n> a\n>\n> b")))
    assert made.startswith('<div class="scroll" tabindex="0" role="group" aria-label="table">')
    assert '<th scope="col" class="right"><math' in made and '<th scope="col" class="left">b</th>' in made
    assert '<td class="right">1 | 2 &amp; 3</td><td class="left"><code>c</code></td>' in made
    assert made.endswith("<blockquote><p>a</p>\n<p>b</p></blockquote>")
    read(f"<main>{made}</main>")


def test_code_keeps_every_blank() -> None:
    code = "for i in x:\n    y =  2   # \\ {a} ~ <b> ü\n\n\tz\n"
    made = str(blocks_html(prose(f"Words\n\n```\n{code}```\n\n- item\n\n  ```\n   k\n  ```\n")))
    first, second = re.findall("<code>(.*?)</code>", made, re.DOTALL)
    assert unescape(first) == code.rstrip("\n").replace("\t", "    ")
    assert second == " k"
