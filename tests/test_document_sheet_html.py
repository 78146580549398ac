"""Pages of sheets: every format and form, well formed, with what its PDF says and nothing that it hides."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gen.document.format import FORMATS, Format, format_named
from gen.document.sheet_html import sheet_page
from gen.project.assemble import assemble
from gen.project.course import course, is_dealt, versions
from gen.project.sheet import Sheet, read_sheet
from gen.project.web_sheet import web_sheet
from tests.pages import hold_accessible, hold_links, read

EXAMPLES = Path(__file__).parent.parent / "examples"
SHEETS = ("linear-layer", "exam", "linear-algebra-revision")


def page(name: str, chosen: Format) -> str:
    """The page of one version of an example."""
    file = EXAMPLES / name / "sheet.toml"
    sheet: Sheet = read_sheet(file)
    found = course(sheet, file, None)
    version = next(versions(found)) if is_dealt(sheet, None) else None
    shown = assemble(sheet, version, found.shared)
    return sheet_page(shown, chosen, web_sheet(sheet, found.shared, version))


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.name)
@pytest.mark.parametrize("name", SHEETS)
def test_a_page_is_well_formed_and_accessible(name: str, chosen: Format) -> None:
    made = page(name, chosen)
    reader = read(made)
    hold_accessible(reader)
    hold_links(reader)
    for formula in re.findall(r"<math.*?</math>", made, re.DOTALL):
        ElementTree.fromstring(formula)


@pytest.mark.parametrize("name", SHEETS)
def test_a_worksheet_has_no_solution(name: str) -> None:
    worksheet, solutions = (page(name, format_named(chosen)) for chosen in ("worksheet", "solutions"))
    assert 'class="result"' not in worksheet and 'class="result"' in solutions
    assert "room for your answer" in worksheet and "room for your answer" not in solutions


def test_hints_are_shown_when_they_are_asked_for() -> None:
    made = page("linear-algebra-revision", format_named("worksheet"))
    assert "<summary>Hint 1</summary>" in made
    assert "<summary>Hint" not in page("exam", format_named("worksheet"))


def test_derivations_are_those_of_screens_with_their_marks() -> None:
    made = page("exam", format_named("solutions"))
    assert '<mrow class="changed">' in made
    assert re.search(r'<span class="marks">\d marks?</span>', made)
    assert "Marks of problem 1" in made


def test_room_is_named_where_an_answer_is_written() -> None:
    made = page("exam", format_named("worksheet"))
    sections = made.split('<section aria-labelledby="problem-')[1:]
    asked = ['class="choices"' not in section for section in sections]
    assert ["room for your answer" in section for section in sections] == asked


def test_pages_are_in_the_language_and_the_notation_of_their_sheet(tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    notation = 'notation = { partial = "upright", transpose = "prime", matrices = "bold" }'
    forms = ("fade", "find-error", "order", "choice", "open")
    problems = "".join(f'[[problem]]\nfamily = "trace-quadratic"\nform = "{form}"\n' for form in forms)
    written = '[[problem]]\nof = "F = W*X"\nwrt = "W"\nmethods = ["index", "vec", "backprop"]\n'
    head = f'hints = "last-page"\nid = "s"\ntitle = "S"\nseed = 1\nlanguage = "de"\n{notation}\n'
    file.write_text(head + problems + written, encoding="utf-8")
    sheet = read_sheet(file)
    found = course(sheet, file, None)
    version = next(versions(found))
    shown = assemble(sheet, version, found.shared)
    webs = web_sheet(sheet, found.shared, version)
    worksheet, solutions = (
        sheet_page(shown, format_named(name), webs) for name in ("worksheet", "solutions")
    )
    for made in (worksheet, solutions):
        lines = "".join(re.findall(r'(?s)<div class="formula.*?</div>', made))
        assert lines and "∂" not in lines and ">T<" not in lines and ">d</mo>" in lines
    assert "Lücke" in worksheet and 'aria-label="equals blank"' in worksheet
    assert "Mit gestapelten Spalten" in solutions and "Produktregel" in solutions
    assert "product rule:" not in re.sub(r"(?s)<p>.*?</p>", "", solutions)
    # What there is in English alone is told to be English.
    assert re.search(r'<h2 id="problem-1">1 <span lang="en">Trace', worksheet)
    assert worksheet.count('<div lang="en"><p>Let ') == 5 and solutions.count('<div lang="en"><p>Let ') == 5
    assert '<p><span lang="en">The answer has the shape' in worksheet
    assert (
        re.search(r'<h3 id="part-2-2" lang="en">', solutions) and '<span class="note" lang="en">' in solutions
    )
    assert "lang=" not in page("exam", format_named("solutions")).partition("<body")[2]
    # What the upstream gradient is called is said in the solution that has one.
    assert worksheet.count('<th scope="row">') == 3
