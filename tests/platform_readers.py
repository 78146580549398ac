"""Readers of what is exported, as far as the platforms read it: they know nothing of our writers.

A question is read as (kind, name, text, points, what is right, what is told, hints); HTML stays HTML.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
PACKAGING = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


@dataclass(frozen=True)
class Read:
    """A question as a platform knows it. `right` are bounds of a number, the text of an answer, or ""."""

    kind: str
    name: str
    text: str
    points: float
    solution: str
    right: tuple[float, float] | str
    wrong: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()


def moodle(data: bytes) -> dict[str, list[Read]]:
    """The questions of a Moodle XML file by category."""
    out: dict[str, list[Read]] = {}
    place = ""
    for question in ET.fromstring(data).findall("question"):
        if question.attrib["type"] == "category":
            place = _text(question, "category")
            out[place] = []
        else:
            out[place].append(_moodle_question(question))
    return out


def _moodle_question(question: ET.Element) -> Read:
    kind = question.attrib["type"]
    answers = [
        (a.attrib["fraction"], a.findtext("text") or "", _text(a, "feedback"), a.findtext("tolerance"))
        for a in question.findall("answer")
    ]
    right: tuple[float, float] | str = ""
    for fraction, text, _, tolerance in answers:
        if fraction == "100":
            assert not right
            span = float(tolerance or 0)
            right = (float(text) - span, float(text) + span) if kind == "numerical" else text
    return Read(
        kind,
        _text(question, "name"),
        _text(question, "questiontext"),
        float(question.findtext("defaultgrade") or 0),
        _text(question, "generalfeedback"),
        right,
        tuple((text, told) for fraction, text, told, _ in answers if fraction == "0"),
        tuple(hint.findtext("text") or "" for hint in question.findall("hint")),
    )


def _text(parent: ET.Element, name: str) -> str:
    holder = parent.find(name)
    assert holder is not None, name
    return holder.findtext("text") or ""


def qti(data: bytes) -> tuple[str, dict[str, list[Read]]]:
    """The title and the groups of questions of a QTI package, found by its manifest."""
    package = zipfile.ZipFile(io.BytesIO(data))
    manifest = ET.fromstring(package.read("imsmanifest.xml"))
    resources = {r.attrib["identifier"]: r for r in manifest.iter(f"{PACKAGING}resource")}
    for resource in resources.values():
        for depends in resource.findall(f"{PACKAGING}dependency"):
            assert depends.attrib["identifierref"] in resources
        for file in resource.findall(f"{PACKAGING}file"):
            package.getinfo(file.attrib["href"])
    (quiz,) = [r for r in resources.values() if r.attrib["type"] == "imsqti_xmlv1p2"]
    (path,) = [file.attrib["href"] for file in quiz.findall(f"{PACKAGING}file")]
    root = ET.fromstring(package.read(path))
    (assessment,) = root
    groups = {
        section.attrib["title"]: [_item(item) for item in section.findall(f"{QTI}item")]
        for section in assessment.iter(f"{QTI}section")
        if "title" in section.attrib
    }
    return assessment.attrib["title"], groups


def _item(item: ET.Element) -> Read:
    fields = {
        f.findtext(f"{QTI}fieldlabel") or "": f.findtext(f"{QTI}fieldentry") or ""
        for f in item.iter(f"{QTI}qtimetadatafield")
    }
    told = {f.attrib["ident"]: _mattext(f) for f in item.findall(f"{QTI}itemfeedback")}
    labels = {
        label.attrib["ident"]: _mattext(label)
        for label in item.iter(f"{QTI}response_label")
        if label.find(f".//{QTI}mattext") is not None
    }
    presentation = item.find(f"{QTI}presentation")
    assert presentation is not None
    right: tuple[float, float] | str = ""
    wrong: list[tuple[str, str]] = []
    for condition in item.iter(f"{QTI}respcondition"):
        equal = condition.find(f".//{QTI}varequal")
        low, high = (condition.find(f".//{QTI}{bound}") for bound in ("vargte", "varlte"))
        shown = condition.find(f"{QTI}displayfeedback")
        if condition.find(f"{QTI}setvar") is not None:
            assert equal is not None
            bounds = None if low is None or high is None else (float(low.text or ""), float(high.text or ""))
            right = bounds or labels[equal.text or ""]
        elif equal is not None and shown is not None:
            wrong.append((labels[equal.text or ""], told[shown.attrib["linkrefid"]]))
    return Read(
        fields["question_type"],
        item.attrib["title"],
        _mattext(presentation),
        float(fields["points_possible"]),
        told["general_fb"],
        right,
        tuple(pair for pair in wrong if pair[0] != right),
    )


def _mattext(parent: ET.Element) -> str:
    text = parent.find(f".//{QTI}mattext")
    assert text is not None
    return text.text or ""
