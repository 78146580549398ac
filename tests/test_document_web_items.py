"""Problems in every form for screens: formulas from expressions, blanks for eyes and ears, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from xml.etree import ElementTree

import pytest

from gen.derivation.record import Display
from gen.document import web_formulas
from gen.document.asked import asked_of
from gen.document.blocks import ChoiceBlock, DerivationBlock, KeyBlock
from gen.document.formula import Blank, Formula, both
from gen.document.items import item_block
from gen.document.pen import pen_for
from gen.document.problem_html import part_html
from gen.document.solved import Depth
from gen.document.tex_mathml import tex_formula
from gen.document.web_asked import web_asked
from gen.document.web_blocks import WebChoices, WebLine, WebPart, WebShown
from gen.document.web_margin import all_lines
from gen.document.web_solved import web_solved
from gen.document.written import expression
from gen.language.style import Style
from gen.problems.form import Fading
from gen.problems.item import FORMS, Choice, Fade, FindError, Item, Order
from gen.problems.make_item import item_of
from gen.problems.solve import solve
from gen.problems.task import Derive
from tests.problem_samples import TASKS, member_of

PEN = pen_for(Style(sums="sigma"))
WORKED = {name: solve(task) for name, task in TASKS.items()}
FADES: tuple[Fading, ...] = (1, 3, "reasons", "factors")
DEPTHS: tuple[Depth, ...] = ("answer", "outline", "full")


def item(name: str, form: str, fade: Fading | None = None) -> Item | None:
    """A sample task in a form, None where it cannot be asked so."""
    return item_of(member_of(name), WORKED[name], form, seed="s", fade=fade)


def made(name: str, form: str, fade: Fading | None = None) -> Item:
    found = item(name, form, fade)
    assert found is not None
    return found


EVERY = [
    found
    for name, form in product(TASKS, FORMS)
    for fade in (FADES if form == "fade" else (None,))
    if (found := item(name, form, fade)) is not None
]


def formulas(parts: tuple[WebShown, ...]) -> Iterator[Formula]:
    """The formulas of lines, results and options."""
    for part in parts:
        if isinstance(part, WebChoices):
            yield from (option.formula for option in part.options)
        if isinstance(part, WebPart):
            yield from (line.formula for line in all_lines(part) if line.formula is not None)
            yield from (result.formula for result in part.results)


def only_words(one: Item) -> Iterator[str]:
    """The TeX of answers and lines that are words and no expression, as those of reading indices."""
    answers = [one.worked.answer]
    if isinstance(one.body, Choice):
        answers += [option.answer for option in one.body.options]
    yield from (answer.tex for answer in answers if answer.line is None)
    found = [one.worked.given, *(step.after for step in one.worked.steps)]
    if isinstance(one.body, FindError):
        found += [one.body.right, *(line for line, _ in one.body.lines)]
    yield from (line.latex for line in found if isinstance(line, Display) and line.content is None)


def lines(parts: tuple[WebShown, ...]) -> list[WebLine]:
    return [line for part in parts if isinstance(part, WebPart) for line in all_lines(part)]


def test_every_line_and_option_is_made_from_its_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {tex for one in EVERY for tex in only_words(one)}

    def known(tex: str) -> Formula:
        assert tex in words
        return tex_formula(tex)

    monkeypatch.setattr(web_formulas, "tex_formula", known)
    count = 0
    for one in EVERY:
        for level in DEPTHS:
            for found in formulas((*web_asked(one, PEN), *web_solved(one, level, "a", PEN))):
                ElementTree.fromstring(f"<math>{found.mathml}</math>")
                assert found.spoken.strip() == found.spoken != ""
                count += 1
    assert count > 1000


def test_the_same_lines_stand_on_paper_and_on_screens() -> None:
    for one in EVERY:
        paper = asked_of(one, PEN)
        screens = web_asked(one, PEN)
        assert len(paper) == len(screens)
        for block, part in zip(paper, screens, strict=True):
            if isinstance(block, ChoiceBlock):
                assert isinstance(part, WebChoices) and len(part.options) == len(block.options)
                continue
            assert isinstance(block, DerivationBlock) and isinstance(part, WebPart)
            assert [line.label for line in block.lines] == [line.label for line in all_lines(part)]
            assert part.lettered == bool(block.lines[0].label)


@pytest.mark.parametrize("level", DEPTHS)
def test_solutions_have_the_same_parts_at_every_level(level: Depth) -> None:
    for one in EVERY:
        paper = item_block(1, one, level=level, pen=PEN).parts
        screens = web_solved(one, level, "a", PEN)
        assert [str(part.title) for part in paper] == [str(part.title) for part in screens]
        for block, part in zip(paper, screens, strict=True):
            if isinstance(block, DerivationBlock):
                assert isinstance(part, WebPart)
                shown = list(all_lines(part))
                assert len(shown) == len(block.lines)
                assert [bool(line.marks) for line in block.lines] == [bool(line.marks) for line in shown]
                assert bool(block.result) == bool(part.results)
            if isinstance(block, KeyBlock):
                assert isinstance(part, WebChoices)
                assert [option.note for option in block.options] == [option.note for option in part.options]


@pytest.mark.parametrize("language", ("en", "de"))
def test_a_line_that_is_left_out_is_a_blank_for_eyes_and_ears(language: str) -> None:
    pen = pen_for(Style(sums="sigma"), language)
    asked = web_asked(made("trace", "fade", 2), pen)
    blanks = [line for line in lines(asked) if line.formula and "blank" in line.formula.mathml]
    assert len(blanks) == 2
    word = {"en": "blank", "de": "Lücke"}[language]
    for line in blanks:
        assert line.formula is not None and line.formula.spoken == "equals blank"
        assert f'<mtext class="blank">{word}</mtext>' in line.formula.mathml
        page = part_html(asked[0], 3, language)
        assert page.count('aria-label="equals blank"') == 2


def test_a_factor_that_is_left_out_is_a_blank_inside_its_line() -> None:
    one = made("quadratic", "fade", "factors")
    assert isinstance(one.body, Fade)
    hidden = [line for line in one.body.lines if line.hidden == "factor"]
    shown = [line.formula for line in lines(web_asked(one, PEN)) if line.formula]
    found = [made for made in shown if "blank" in made.spoken]
    assert len(found) == len(hidden) > 0
    for formula in found:
        assert formula.spoken.split().count("blank") == formula.mathml.count('class="blank"') == 1
        assert formula.spoken != "equals blank"


def test_a_reason_that_is_left_out_is_a_blank() -> None:
    asked = web_asked(made("trace", "fade", "reasons"), PEN)
    assert [line.reason for line in lines(asked)[1:]] == [(Blank(),)] * (len(lines(asked)) - 1)
    assert '<span class="blank">blank</span>' in part_html(asked[0], 3, "en")


def test_what_is_hidden_is_not_on_the_page() -> None:
    for one in EVERY:
        if not isinstance(one.body, Fade):
            continue
        page = re.sub(r"\s", "", "".join(part_html(part, 3, "en") for part in web_asked(one, PEN)))
        told = [line.line for line in one.body.lines if line.hidden != "line"]
        for line in one.body.lines:
            if line.hidden == "line" and not isinstance(line.line, Display) and line.line not in told:
                whole = both(expression(line.line), PEN).mathml
                assert len(whole) < 60 or whole not in page


def test_the_wrong_line_is_marked_in_the_solution_alone() -> None:
    one = made("trace", "find-error")
    assert isinstance(one.body, FindError)
    asked, solved = web_asked(one, PEN), web_solved(one, "full", "a", PEN)
    assert "changed" not in "".join(found.mathml for found in formulas(asked))
    marked = [
        k
        for k, line in enumerate(lines(solved[:1]))
        if line.formula and line.formula.mathml.startswith('<mo form="infix">=</mo><mrow class="changed">')
    ]
    assert marked == [one.body.wrong]
    first = solved[0]
    assert isinstance(first, WebPart)
    assert first.outcome == f"What should stand in line {one.body.wrong + 1}"


def test_lettered_lines_say_what_they_are_about() -> None:
    one = next(item for item in EVERY if isinstance(item.body, Order) and any(item.body.lefts))
    assert isinstance(one.body, Order)
    shown = lines(web_asked(one, PEN)[1:])
    assert all(line.formula and not line.formula.mathml.startswith("<mo") for line in shown)


def test_marks_stand_beside_lines_where_somebody_gives_them() -> None:
    one = made("trace", "fade", 2)
    graded, plain = (web_solved(one, "full", "a", PEN, graded=graded) for graded in (True, False))
    assert any(line.marks for line in lines(graded)) and not any(line.marks for line in lines(plain))
    assert [line.was_blank for line in lines(plain)] == [False] * (len(lines(plain)) - 2) + [True] * 2
    assert part_html(plain[0], 3, "en").count('<span class="hidden">was blank: </span>') == 2


def test_formulas_follow_the_style_of_the_document() -> None:
    styled = pen_for(Style(sums="sigma", transpose="prime", partial="upright"))
    for form in ("fade", "choice", "find-error", "order"):
        text = "".join(found.mathml for found in formulas(web_asked(made("trace", form), styled)))
        assert "∂" not in text and ">T<" not in text


def test_a_table_in_a_form_can_be_heard() -> None:
    task = Derive("W*x", "W", (("W", "2 x 2"), ("x", "2")), method="components")
    one = item_of(member_of("trace"), solve(task), "fade", seed="s", fade="reasons")
    assert one is not None
    first, written, blocks = (line.formula for line in lines(web_asked(one, PEN)))
    assert first is not None and written is not None and blocks is not None
    assert written.spoken.startswith("equals matrix, row 1: W sub 1 1 times x sub 1 plus ")
    assert written.spoken.endswith(", end of matrix")
    assert blocks.mathml.count("<mtable>") == blocks.spoken.count("end of matrix") == 3
