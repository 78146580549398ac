"""A package of QTI 1.2 as Canvas imports it: a quiz in which each problem is a group that one version is
picked from.

Source: IMS Content Packaging 1.1 and QTI 1.2; Canvas imports it as "QTI .zip file". Equal quizzes give
equal bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from xml.etree import ElementTree as ET

from gen.platforms.html import legal
from gen.platforms.qti_items import field, item
from gen.platforms.quiz import Category, Quiz
from gen.platforms.xml import xml

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGING = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
MANIFEST = "imsmanifest.xml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold: no build has another one


def qti_zip(quiz: Quiz) -> bytes:
    """The package."""
    name = _name(quiz)
    files = {
        MANIFEST: xml(_manifest(quiz, name)),
        f"{name}/{name}.xml": xml(_assessment(quiz, name)),
        f"{name}/assessment_meta.xml": xml(_settings(quiz, name)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells the system it was made on
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data, compresslevel=6)
    return out.getvalue()


def _name(quiz: Quiz) -> str:
    """The identifier of the quiz: an import of another version of it is another quiz."""
    digest = hashlib.blake2b(repr(quiz).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"quiz_{digest}"


def _assessment(quiz: Quiz, name: str) -> ET.Element:
    root = ET.Element("questestinterop", xmlns=QTI)
    assessment = ET.SubElement(root, "assessment", ident=name, title=legal(quiz.title))
    field(ET.SubElement(assessment, "qtimetadata"), "cc_maxattempts", "1")
    whole = ET.SubElement(assessment, "section", ident="root_section")
    for place, category in enumerate(quiz.categories, start=1):
        whole.append(_group(category, f"{name}_group{place}"))
    return root


def _group(category: Category, name: str) -> ET.Element:
    """A section of which one item is picked."""
    out = ET.Element("section", ident=name, title=legal(category.name))
    selection = ET.SubElement(ET.SubElement(out, "selection_ordering"), "selection")
    ET.SubElement(selection, "selection_number").text = "1"
    extension = ET.SubElement(selection, "selection_extension")
    ET.SubElement(extension, "points_per_item").text = f"{_points(category)}"
    for place, question in enumerate(category.questions, start=1):
        out.append(item(question, f"{name}_item{place}"))
    return out


def _points(category: Category) -> int:
    """All versions of a problem are worth the same."""
    return max(question.points for question in category.questions)


def _settings(quiz: Quiz, name: str) -> ET.Element:
    """What Canvas is told of the quiz beside its questions."""
    root = ET.Element("quiz", xmlns=CANVAS, identifier=name)
    settings = (
        ("title", quiz.title),
        ("description", quiz.instructions),
        ("shuffle_answers", "true"),
        ("scoring_policy", "keep_highest"),
        ("quiz_type", "assignment"),
        ("points_possible", f"{sum(_points(category) for category in quiz.categories)}"),
        ("allowed_attempts", "1"),
    )
    for label, value in settings:
        ET.SubElement(root, label).text = legal(value)
    return root


def _manifest(quiz: Quiz, name: str) -> ET.Element:
    root = ET.Element("manifest", xmlns=PACKAGING, identifier=f"{name}_package")
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    quiz_file = ET.SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    ET.SubElement(quiz_file, "file", href=f"{name}/{name}.xml")
    ET.SubElement(quiz_file, "dependency", identifierref=f"{name}_meta")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    path = f"{name}/assessment_meta.xml"
    settings = ET.SubElement(resources, "resource", identifier=f"{name}_meta", type=kind, href=path)
    ET.SubElement(settings, "file", href=path)
    return root
