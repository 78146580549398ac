"""Moodle XML: categories of questions for a question bank.

Source: the format `xml` of Moodle (question/format/xml/format.php), as it imports since version 3.5.
Moodle itself has no schema of it; what it reads of each kind of question is written here in the order
in which it exports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from gen.platforms.html import legal
from gen.platforms.quiz import Category, ChoiceQuestion, EssayQuestion, NumberQuestion, Question, Quiz
from gen.platforms.xml import number, xml

PENALTY = "0.3333333"  # what a further try costs, of all marks


def moodle_xml(quiz: Quiz) -> bytes:
    """The file that a question bank imports."""
    root = ET.Element("quiz")
    for category in quiz.categories:
        root.append(_category(quiz, category))
        for question in category.questions:
            root.append(_question(question))
    return xml(root)


def _category(quiz: Quiz, category: Category) -> ET.Element:
    """The category that the questions after it go to."""
    out = ET.Element("question", type="category")
    # A slash parts categories; one in a name is doubled.
    path = "/".join(("$course$", "top", *(part.replace("/", "//") for part in (quiz.title, category.name))))
    _text(out, "category", path, format="")
    _text(out, "info", category.about)
    return out


def _question(question: Question) -> ET.Element:
    kind, fill = _KINDS[type(question)]
    out = ET.Element("question", type=kind)
    _text(out, "name", question.name, format="")
    _text(out, "questiontext", question.text)
    _text(out, "generalfeedback", question.solution)
    _plain(out, "defaultgrade", f"{question.points}")
    _plain(out, "penalty", PENALTY if kind != "essay" else "0")
    _plain(out, "hidden", "0")
    fill(out, question)
    return out


def _choice(out: ET.Element, question: ChoiceQuestion) -> None:
    for name, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")):
        _plain(out, name, value)
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(out, name, "")
    for answer in question.answers:
        one = ET.SubElement(out, "answer", fraction="100" if answer.right else "0", format="html")
        _plain(one, "text", answer.text)
        _text(one, "feedback", answer.feedback)
    _hints(out, question)


def _number(out: ET.Element, question: NumberQuestion) -> None:
    values = [(question.value, "100", "")]
    values += [(near.value, "0", near.feedback) for near in question.near]
    for value, fraction, feedback in values:
        one = ET.SubElement(out, "answer", fraction=fraction, format="moodle_auto_format")
        _plain(one, "text", number(value))
        _text(one, "feedback", feedback)
        _plain(one, "tolerance", number(question.tolerance))
    for name, setting in (
        ("unitgradingtype", "0"),
        ("unitpenalty", "0.1"),
        ("showunits", "3"),
        ("unitsleft", "0"),
    ):
        _plain(out, name, setting)
    _hints(out, question)


def _essay(out: ET.Element, question: EssayQuestion) -> None:
    settings = (
        ("responseformat", "editor"),
        ("responserequired", "1"),
        ("responsefieldlines", f"{question.lines}"),
        ("attachments", "1"),  # a photograph of what was written by hand
        ("attachmentsrequired", "0"),
    )
    for name, value in settings:
        _plain(out, name, value)
    _text(out, "graderinfo", question.marking)
    _text(out, "responsetemplate", "")


def _hints(out: ET.Element, question: ChoiceQuestion | NumberQuestion) -> None:
    for hint in question.hints:
        _text(out, "hint", hint)


def _text(parent: ET.Element, name: str, text: str, format: str = "html") -> None:
    """`<name format="html"><text>...</text></name>`."""
    holder = ET.SubElement(parent, name, {"format": format} if format else {})
    _plain(holder, "text", text)


def _plain(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = legal(text)


_KINDS: Mapping[type[Any], tuple[str, Callable[[ET.Element, Any], None]]] = MappingProxyType(
    {
        ChoiceQuestion: ("multichoice", _choice),
        NumberQuestion: ("numerical", _number),
        EssayQuestion: ("essay", _essay),
    }
)
