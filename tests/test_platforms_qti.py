"""QTI: the package is valid by the published content model, and reads back as the same questions."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest

from gen.platforms.html import legal
from gen.platforms.qti import qti_zip
from gen.platforms.quiz import ChoiceQuestion, NumberQuestion, Question, Quiz
from tests import platform_readers as readers
from tests.quizzes import HOSTILE, hostile, whole

KINDS = {
    "ChoiceQuestion": "multiple_choice_question",
    "NumberQuestion": "numerical_question",
    "EssayQuestion": "essay_question",
}
# The content model of QTI 1.2 (IMS ASI XML binding 1.2, chapter 3) for the elements that occur: the children
# in their order as a regular expression over names, and the attributes, those that must be there with a star.
MODEL: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "questestinterop": ("qticomment? (objectbank |assessment |(section |item )+)", ""),
        "assessment": (
            "qticomment? duration? (qtimetadata )*(objectives )*(assessmentcontrol )*(rubric )*"
            "presentation_material? outcomes_processing? assessproc_extension? (assessfeedback )*"
            "selection_ordering? reference? (sectionref |section )+",
            "ident* title",
        ),
        "section": (
            "qticomment? duration? (qtimetadata )*(objectives )*(sectioncontrol )*(sectionprecondition )*"
            "(sectionpostcondition )*(rubric )*presentation_material? outcomes_processing? "
            "sectionproc_extension? (sectionfeedback )*selection_ordering? reference? "
            "(itemref |item |sectionref |section )*",
            "ident* title",
        ),
        "selection_ordering": ("qticomment? (sequence_parameter )*(selection )*order? ", "sequence_type"),
        "selection": (
            "(sourcebank_ref )?(selection_number )?(selection_metadata |and_selection )?"
            "(selection_extension )?",
            "",
        ),
        "selection_number": ("", ""),
        "selection_extension": ("(points_per_item )?", ""),  # any content; Canvas has this one
        "points_per_item": ("", ""),
        "qtimetadata": ("vocabulary? (qtimetadatafield )+", ""),
        "qtimetadatafield": ("fieldlabel fieldentry ", "xml:lang"),
        "fieldlabel": ("", ""),
        "fieldentry": ("", ""),
        "item": (
            "qticomment? duration? itemmetadata? (objectives )*(itemcontrol )*(itemprecondition )*"
            "(itempostcondition )*(itemrubric |rubric )*presentation? (resprocessing )*"
            "itemproc_extension? (itemfeedback )*reference? ",
            "ident* title label maxattempts",
        ),
        "itemmetadata": ("(qtimetadata )*", ""),
        "presentation": (
            "qticomment? (flow |(material |response_lid |response_str |response_num )+)",
            "label",
        ),
        "material": ("qticomment? (mattext |matimage |mattextref )+", "label xml:lang"),
        "mattext": ("", "texttype charset label uri"),
        "response_lid": (
            "(material )*(render_choice |render_extension )(material )*",
            "ident* rcardinality rtiming",
        ),
        "response_str": (
            "(material )*(render_fib |render_extension )(material )*",
            "ident* rcardinality rtiming",
        ),
        "render_choice": (
            "(material |response_label |flow_label )*response_na? ",
            "shuffle minnumber maxnumber",
        ),
        "render_fib": (
            "(material |response_label |flow_label )*response_na? ",
            "fibtype prompt rows columns maxchars minnumber maxnumber encoding charset",
        ),
        "response_label": ("(qticomment |material |flow_mat )*", "ident* rshuffle rarea rrange labelrefid"),
        "resprocessing": ("qticomment? outcomes (respcondition |itemproc_extension )+", "scoremodel"),
        "outcomes": ("qticomment? (decvar |interpretvar )+", ""),
        "decvar": ("", "varname vartype defaultval minvalue maxvalue members cutvalue"),
        "respcondition": ("qticomment? conditionvar (setvar )*(displayfeedback )*", "title continue"),
        "conditionvar": ("(not |and |or |unanswered |other |varequal |vargte |varlte |varsubset )+", ""),
        "or": ("(not |and |or |varequal |vargte |varlte )+", ""),
        "and": ("(not |and |or |varequal |vargte |varlte )+", ""),
        "other": ("", ""),
        "varequal": ("", "respident* index case"),
        "vargte": ("", "respident* index"),
        "varlte": ("", "respident* index"),
        "setvar": ("", "varname action"),
        "displayfeedback": ("", "linkrefid* feedbacktype"),
        "itemfeedback": ("(flow_mat |material |solution |hint )+", "ident* title view"),
        "flow_mat": ("qticomment? (flow_mat |material )+", "class"),
    }
)
VALUES = {
    "continue": {"Yes", "No"},
    "rcardinality": {"Single"},
    "feedbacktype": {"Response"},
    "action": {"Set"},
}


def faults(root: ET.Element) -> list[str]:
    """Where a tree departs from the content model."""
    found: list[str] = []
    for element in root.iter():
        name = element.tag.removeprefix(readers.QTI)
        children, attributes = MODEL[name]
        pattern = re.sub(r"(\w+)\? ", r"(?:\1 )?", children)
        inside = "".join(child.tag.removeprefix(readers.QTI) + " " for child in element)
        if not re.fullmatch(pattern, inside):
            found.append(f"{name} holds {inside}")
        known = {word.rstrip("*") for word in attributes.split()}
        needed = {word.rstrip("*") for word in attributes.split() if word.endswith("*")}
        if not needed <= element.attrib.keys() <= known:
            found.append(f"{name} has {sorted(element.attrib)}")
        found += [f"{k}={v}" for k, v in element.attrib.items() if k in VALUES and v not in VALUES[k]]
    return found


def assessment(quiz: Quiz) -> ET.Element:
    package = zipfile.ZipFile(io.BytesIO(qti_zip(quiz)))
    (name,) = [
        n for n in package.namelist() if n.endswith(".xml") and "meta" not in n and "manifest" not in n
    ]
    return ET.fromstring(package.read(name))


def quizzes() -> list[Quiz]:
    return [whole(), *(hostile(text) for text in HOSTILE)]


@pytest.mark.parametrize("number", range(len(HOSTILE) + 1))
def test_the_package_is_valid(number: int) -> None:
    root = assessment(quizzes()[number])
    assert faults(root) == []
    idents = [
        e.attrib["ident"] for e in root.iter() if e.tag in (f"{readers.QTI}item", f"{readers.QTI}section")
    ]
    assert len(set(idents)) == len(idents)
    for item in root.iter(f"{readers.QTI}item"):
        told = {f.attrib["ident"] for f in item.iter(f"{readers.QTI}itemfeedback")}
        linked = {f.attrib["linkrefid"] for f in item.iter(f"{readers.QTI}displayfeedback")}
        assert told == linked


def test_the_model_finds_what_is_out_of_place() -> None:
    root = assessment(hostile("x"))
    item = next(root.iter(f"{readers.QTI}item"))
    item.append(item[0])
    del item.attrib["ident"]
    assert [fault.split()[0] for fault in faults(root)] == ["item", "item"]


def expected(question: Question) -> readers.Read:
    right: tuple[float, float] | str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    match question:
        case ChoiceQuestion():
            (right,) = (a.text for a in question.answers if a.right)
            wrong = tuple((a.text, a.feedback) for a in question.answers if a.text != right)
        case NumberQuestion():
            right = (question.value - question.tolerance, question.value + question.tolerance)
    kind = KINDS[type(question).__name__]
    return readers.Read(
        kind, legal(question.name), question.text, question.points, question.solution, right, wrong
    )


@pytest.mark.parametrize("number", range(len(HOSTILE) + 1))
def test_an_import_gives_back_the_same_questions(number: int) -> None:
    quiz = quizzes()[number]
    title, groups = readers.qti(qti_zip(quiz))
    assert title == legal(quiz.title).replace("\n", " ")
    assert len(groups) == len(quiz.categories)
    for category, questions in zip(quiz.categories, groups.values(), strict=True):
        assert len(questions) == len(category.questions)
        for read, question in zip(questions, category.questions, strict=True):
            wanted = expected(question)
            if isinstance(wanted.right, tuple):
                assert read.right == pytest.approx(wanted.right)
            else:
                assert read.right == wanted.right
            assert (read.kind, read.name, read.text, read.points) == (
                wanted.kind,
                wanted.name,
                wanted.text,
                wanted.points,
            )
            assert (read.solution, read.wrong) == (wanted.solution, wanted.wrong)


def test_a_version_of_each_problem_is_picked() -> None:
    quiz = whole()
    sections = [s for s in assessment(quiz).iter(f"{readers.QTI}section") if "title" in s.attrib]
    for section, category in zip(sections, quiz.categories, strict=True):
        assert section.findtext(f".//{readers.QTI}selection_number") == "1"
        points = section.findtext(f".//{readers.QTI}points_per_item")
        assert points == f"{max(question.points for question in category.questions)}"


def test_equal_quizzes_give_equal_bytes_and_others_another_name() -> None:
    assert qti_zip(whole()) == qti_zip(whole())
    one, other = (zipfile.ZipFile(io.BytesIO(qti_zip(hostile(t)))).namelist() for t in ("a", "b"))
    assert one[0] == other[0] == "imsmanifest.xml"
    assert one[1] != other[1]
