"""HTML for platforms: text stays text, mathematics is what MathJax knows."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.document.mathguard import COMMANDS
from gen.errors import InputError
from gen.platforms.html import Html, joined, literal, maths, prose
from gen.platforms.questions import essay
from gen.platforms.quiz import Quiz
from gen.problems.forms import FORM_NAMED
from gen.problems.item import Fade
from tests.quizzes import HOSTILE, items, whole

# Commands that MathJax's own configuration has and an author may not type.
OURS = frozenset({"boxed", "phantom", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr"})


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(html: str) -> tuple[str, set[str]]:
    """The text a browser shows, and the tags."""
    reader = _Texts()
    reader.feed(html)
    reader.close()
    return "".join(reader.texts), reader.tags


def texts(quiz: Quiz) -> list[str]:
    return [
        t
        for c in quiz.categories
        for q in c.questions
        for t in (q.text, q.solution, *getattr(q, "hints", ()))
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    shown, tags = seen(literal(text))
    assert not tags
    assert not re.search(r"\\[()\[\]]|\$\$", shown)
    legal = "".join(c if c.isprintable() or c in "\u2028" else "\ufffd" for c in text)
    assert shown.replace("\u2060", "") == legal


@given(st.text())
def test_any_text_is_text(text: str) -> None:
    shown, tags = seen(literal(text))
    assert not tags
    assert not re.search(r"\\[()\[\]]|\$\$", shown)
    ET.fromstring(f"<a>{literal(text)}</a>")


@given(st.text(alphabet=st.sampled_from("ab<>&*_`$\\()[]-\n 1.|")))
def test_any_markdown_is_harmless(source: str) -> None:
    try:
        html = prose(source)
    except InputError:
        return
    tables = {"table", "thead", "tbody", "tr", "th", "td"}
    assert (
        seen(html)[1] <= {"p", "em", "strong", "ul", "ol", "li", "code", "pre", "br", "blockquote"} | tables
    )


def test_mathematics_stands_between_brackets() -> None:
    assert prose("$a<b$ and $$c$$") == r"<p>\(a&lt;b\) and \[c\]</p>"
    assert maths(r"\bm{x}") == r"\(\boldsymbol{x}\)"
    assert prose(r"a \$5\$ b") == "<p>a $5$ b</p>"


def test_html_is_not_inherited_by_text() -> None:
    assert joined((Html("<b>"), "<i>")) == "<b>&lt;i&gt;"
    assert not isinstance(Html("<b>") + "<i>", Html)


def test_only_commands_that_platforms_know() -> None:
    found = {name for text in texts(whole()) for name in re.findall(r"\\([A-Za-z]+)", text)}
    assert found
    assert found <= COMMANDS | OURS


def test_every_text_is_balanced() -> None:
    for text in texts(whole()):
        ET.fromstring(f"<a>{text.replace('<br>', '')}</a>")
        assert text.count(r"\(") == text.count(r"\)")


def test_what_is_blank_is_not_in_the_source() -> None:
    blanks = 0
    for versions in items(FORM_NAMED["fade"]):
        for item in versions:
            question = essay(item, "")
            assert question is not None
            assert isinstance(item.body, Fade)
            for line in item.body.lines:
                if line.hidden == "line":
                    blanks += 1
            assert question.text.count(r"\boxed") == sum(line.hidden == "line" for line in item.body.lines)
            whole_answer = str(maths(item.worked.answer.tex))
            assert whole_answer not in question.text or not item.body.lines[-1].hidden
    assert blanks


def test_tables_and_quotations_of_prompts() -> None:
    made = prose("| a | $x$ |\n|---|--:|\n| 1 & 2 | b |\n\n> c")
    assert (
        '<th scope="col">a</th>' in made and '<th scope="col" style="text-align: right">\\(x\\)</th>' in made
    )
    assert "<td>1 &amp; 2</td>" in made and made.endswith("<blockquote><p>c</p></blockquote>")
