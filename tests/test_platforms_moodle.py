"""Moodle XML: what is exported reads back as the same questions, with our reader and with another's."""

from __future__ import annotations

from importlib import import_module
from xml.etree import ElementTree as ET

import pytest

from gen.platforms.html import legal, prose
from gen.platforms.moodle import moodle_xml
from gen.platforms.quiz import ChoiceQuestion, NumberQuestion, Question, Quiz
from gen.platforms.quiz_of import quiz_of
from gen.problems.forms import FORMS_OF
from gen.problems.make_item import make_item
from gen.project.notation import Notation
from gen.project.written import WrittenProblem
from gen.project.written_task import written_member
from tests import platform_readers as readers
from tests.quizzes import HOSTILE, hostile, items, whole

KINDS = {"ChoiceQuestion": "multichoice", "NumberQuestion": "numerical", "EssayQuestion": "essay"}


def expected(question: Question) -> readers.Read:
    """A question as Moodle should have it after an import."""
    right: tuple[float, float] | str = ""
    wrong: list[tuple[str, str]] = []
    hints: tuple[str, ...] = ()
    match question:
        case ChoiceQuestion():
            (right,) = (legal(a.text) for a in question.answers if a.right)
            wrong = [(legal(a.text), a.feedback) for a in question.answers if not a.right]
            hints = question.hints
        case NumberQuestion():
            right = (question.value - question.tolerance, question.value + question.tolerance)
            wrong = [(f"{near.value:.12f}", near.feedback) for near in question.near]
            hints = question.hints
    kind = KINDS[type(question).__name__]
    return readers.Read(
        kind,
        legal(question.name),
        question.text,
        question.points,
        question.solution,
        right,
        tuple(wrong),
        hints,
    )


def same(read: readers.Read, wanted: readers.Read) -> bool:
    """Equal, numbers by value."""
    if wanted.kind == "numerical":
        assert read.right == pytest.approx(wanted.right)
        for (value, told), (wrong, tell) in zip(read.wrong, wanted.wrong, strict=True):
            assert float(value) == pytest.approx(float(wrong))
            assert told == tell
        plain = (read.kind, read.name, read.text, read.points, read.solution, read.hints)
        return plain == (wanted.kind, wanted.name, wanted.text, wanted.points, wanted.solution, wanted.hints)
    return read == wanted


def quizzes() -> list[Quiz]:
    return [whole(), *(hostile(text) for text in HOSTILE)]


@pytest.mark.parametrize("number", range(len(HOSTILE) + 1))
def test_an_import_gives_back_the_same_questions(number: int) -> None:
    quiz = quizzes()[number]
    read = readers.moodle(moodle_xml(quiz))
    assert len(read) == len(quiz.categories)
    for category, (place, questions) in zip(quiz.categories, read.items(), strict=True):
        assert place.startswith("$course$/top/")
        assert len(questions) == len(category.questions)
        for one, question in zip(questions, category.questions, strict=True):
            assert same(one, expected(question))


def test_a_slash_in_a_title_parts_no_category() -> None:
    (first, *_) = readers.moodle(moodle_xml(hostile("a/b")))
    assert first == "$course$/top/a//b/a//b 0"


def test_names_are_as_long_as_platforms_keep_them() -> None:
    quiz = quiz_of("x", "long " * 100, "", [(1, versions) for form in FORMS_OF for versions in items(form)])
    assert len(quiz.title) <= 200
    assert quiz.title.endswith("…")
    names = [q.name for c in quiz.categories for q in c.questions] + [c.name for c in quiz.categories]
    assert max(map(len, names)) <= 255


def test_another_program_reads_the_same_choices() -> None:
    # moodle-xml-parser reads multiple choice; it decodes entities once more, so its texts are compared so.
    parser = import_module("moodle_xml_parser.parser")
    html = import_module("html")
    quiz = whole()
    found = parser.parse_bytes(moodle_xml(quiz))["multichoice"]
    wanted = [q for c in quiz.categories for q in c.questions if isinstance(q, ChoiceQuestion)]
    assert len(wanted) > 4
    assert [q.name for q in found] == [q.name for q in wanted]
    for read, question in zip(found, wanted, strict=True):
        assert read.single
        assert read.text_pre_parse == html.unescape(question.text)
        assert read.general_feedback == html.unescape(question.solution)
        assert [(o.answer, o.score_fraction > 0, o.feedback) for o in read.options] == [
            (html.unescape(a.text), a.right, html.unescape(a.feedback)) for a in question.answers
        ]


def test_an_essay_has_room_for_a_photograph_and_a_table_for_who_marks() -> None:
    root = ET.fromstring(moodle_xml(whole()))
    essays = root.findall("question[@type='essay']")
    assert essays
    for essay in essays:
        assert essay.findtext("attachments") == "1"
        assert "Follow-through" in (essay.findtext("graderinfo/text") or "")


def test_equal_quizzes_give_equal_bytes() -> None:
    assert moodle_xml(whole()) == moodle_xml(whole())
    assert b"<script>" not in moodle_xml(hostile("<script>"))


@pytest.mark.parametrize(
    "prompt",
    (
        "Look at\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "- one\n- two",
        "> quoted",
        "```\ntyped\n```",
        "1. one\n",
        "> - both\n",
        "$$\na = b\n$$",
    ),
)
def test_the_question_of_a_written_problem_is_a_paragraph_behind_its_prompt(prompt: str) -> None:
    problem = WrittenProblem("W*X", "W", prompt=prompt)
    made = make_item(written_member(problem, Notation()), "open", seed="s")
    assert made is not None
    assert prose(made.prompt).startswith(prose(prompt) + "<p>Let \\(W")


def test_the_question_goes_on_in_the_paragraph_of_a_prompt() -> None:
    made = make_item(
        written_member(WrittenProblem("W*X", "W", prompt="A layer."), Notation()), "open", seed="s"
    )
    assert made is not None
    assert made.prompt.startswith("A layer. Let ")
