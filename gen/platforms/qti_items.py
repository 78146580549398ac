"""Questions as items of QTI 1.2, with the metadata by which Canvas knows their kinds.

Source: IMS Question & Test Interoperability, ASI information model 1.2 and XML binding; the metadata fields
`question_type` and `points_possible`, and the names of feedback, are those of Canvas's own exports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from gen.platforms.html import Html, legal
from gen.platforms.quiz import ChoiceQuestion, EssayQuestion, NumberQuestion, Question
from gen.platforms.xml import number

RESPONSE = "response1"
GENERAL = "general_fb"  # what Canvas shows of a question whatever was answered


def item(question: Question, ident: str) -> ET.Element:
    """The item of a question; `ident` is letters, digits, - and _, unique in a package."""
    kind, present, process = _KINDS[type(question)]
    out = ET.Element("item", ident=ident, title=legal(question.name))
    metadata = ET.SubElement(ET.SubElement(out, "itemmetadata"), "qtimetadata")
    for label, entry in (("question_type", kind), ("points_possible", f"{question.points}")):
        field(metadata, label, entry)
    presentation = ET.SubElement(out, "presentation")
    material(presentation, question.text)
    present(presentation, question)
    processing = ET.SubElement(out, "resprocessing")
    outcomes = ET.SubElement(processing, "outcomes")
    ET.SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    ET.SubElement(_shown(processing, GENERAL), "other")
    told = {GENERAL: question.solution, **process(processing, question)}
    for name, text in told.items():
        feedback = ET.SubElement(out, "itemfeedback", ident=name)
        material(ET.SubElement(feedback, "flow_mat"), text)
    return out


def field(metadata: ET.Element, label: str, entry: str) -> None:
    """One field of metadata."""
    holder = ET.SubElement(metadata, "qtimetadatafield")
    ET.SubElement(holder, "fieldlabel").text = label
    ET.SubElement(holder, "fieldentry").text = entry


def material(parent: ET.Element, text: Html) -> None:
    """A text; HTML in it is escaped, as the format has it."""
    ET.SubElement(ET.SubElement(parent, "material"), "mattext", texttype="text/html").text = legal(text)


# --- choice -----------------------------------------------------------------------


def _answers(presentation: ET.Element, question: ChoiceQuestion) -> None:
    response = ET.SubElement(presentation, "response_lid", ident=RESPONSE, rcardinality="Single")
    choices = ET.SubElement(response, "render_choice", shuffle="Yes")
    for place, answer in enumerate(question.answers):
        material(ET.SubElement(choices, "response_label", ident=_answer(place)), answer.text)


def _choice(processing: ET.Element, question: ChoiceQuestion) -> dict[str, Html]:
    told: dict[str, Html] = {}
    for place, answer in enumerate(question.answers):
        name = f"{_answer(place)}_fb"
        told[name] = answer.feedback
        ET.SubElement(_shown(processing, name), "varequal", respident=RESPONSE).text = _answer(place)
    right = next(place for place, answer in enumerate(question.answers) if answer.right)
    ET.SubElement(_scored(processing), "varequal", respident=RESPONSE).text = _answer(right)
    return told


def _answer(place: int) -> str:
    return f"answer{place + 1}"


# --- number -----------------------------------------------------------------------


def _decimal(presentation: ET.Element, question: NumberQuestion) -> None:
    response = ET.SubElement(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    ET.SubElement(ET.SubElement(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")


def _number(processing: ET.Element, question: NumberQuestion) -> dict[str, Html]:
    """Right within bounds. What is told of wrong numbers has no place: Canvas takes each for a right one."""
    either = ET.SubElement(_scored(processing), "or")
    ET.SubElement(either, "varequal", respident=RESPONSE).text = number(question.value)
    both = ET.SubElement(either, "and")
    for bound, sign in (("vargte", -1), ("varlte", 1)):
        edge = number(question.value + sign * question.tolerance)
        ET.SubElement(both, bound, respident=RESPONSE).text = edge
    return {}


# --- essay ------------------------------------------------------------------------


def _room(presentation: ET.Element, question: EssayQuestion) -> None:
    response = ET.SubElement(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    field_of_text = ET.SubElement(response, "render_fib")
    ET.SubElement(field_of_text, "response_label", ident="answer1", rshuffle="No")


def _essay(processing: ET.Element, question: EssayQuestion) -> dict[str, Html]:
    """Nothing is scored: somebody reads it."""
    condition = ET.SubElement(processing, "respcondition", {"continue": "No"})
    ET.SubElement(ET.SubElement(condition, "conditionvar"), "other")
    return {}


# --- conditions -------------------------------------------------------------------


def _shown(processing: ET.Element, name: str) -> ET.Element:
    """Where the condition goes under which a feedback is shown."""
    condition = ET.SubElement(processing, "respcondition", {"continue": "Yes"})
    where = ET.SubElement(condition, "conditionvar")
    ET.SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)
    return where


def _scored(processing: ET.Element) -> ET.Element:
    """Where the condition goes under which an answer is right."""
    condition = ET.SubElement(processing, "respcondition", {"continue": "No"})
    where = ET.SubElement(condition, "conditionvar")
    ET.SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"
    return where


_Present = Callable[[ET.Element, Any], None]
_Process = Callable[[ET.Element, Any], dict[str, Html]]
_KINDS: Mapping[type[Any], tuple[str, _Present, _Process]] = MappingProxyType(
    {
        ChoiceQuestion: ("multiple_choice_question", _answers, _choice),
        NumberQuestion: ("numerical_question", _decimal, _number),
        EssayQuestion: ("essay_question", _room, _essay),
    }
)
