"""Problems on the page: every form in worksheets and solutions, hints, levels, marks.

Golden files are written anew with FREEINDEX_ACCEPT=1.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
import pytest

from gen.build.documents import needs_of
from gen.build.engine import Engine, choose, installed, missing
from gen.build.needs import Needs
from gen.build.typeset import Typeset, typeset
from gen.derivation.record import Display
from gen.document.blocks import (
    ChoiceBlock,
    DerivationBlock,
    Document,
    KeyBlock,
    OptionLine,
    ProblemBlock,
    Space,
)
from gen.document.format import format_named
from gen.document.items import LEVELS, Level, item_block, item_blocks
from gen.document.prose import prose
from gen.document.render import render
from gen.document.tex import Tex
from gen.problems.form import Fading
from gen.problems.item import Choice, FindError, Item, Order
from gen.problems.make_item import item_of
from gen.problems.marking import FOLLOW_THROUGH
from gen.problems.solve import solve
from tests.document_samples import asked_document
from tests.pdf_text import page_text
from tests.problem_samples import TASKS, member_of

GOLDEN = Path(__file__).parent / "golden"
WORKED = {name: solve(task) for name, task in TASKS.items()}
ASKED: tuple[tuple[str, str, Fading | None], ...] = (
    ("quadratic", "open", None),
    ("trace", "choice", None),
    ("trace", "fade", None),
    ("trace", "fade", "reasons"),
    ("quadratic", "fade", "factors"),
    ("trace", "find-error", None),
    ("quadratic", "order", None),
    ("stacked", "order", None),
    ("deltas", "open", None),
)


def made(name: str, form: str, fade: Fading | None = None) -> Item:
    item = item_of(member_of(name), WORKED[name], form, seed="page", fade=fade)
    assert item is not None
    return item


ITEMS = tuple(made(*asked) for asked in ASKED)
EVERY = tuple(
    item
    for name in TASKS
    for form in ("open", "choice", "find-error", "order")
    if (item := item_of(member_of(name), WORKED[name], form, seed="page"))
) + tuple(
    item
    for name in TASKS
    for fade in (1, 3, "reasons", "factors")
    if (item := item_of(member_of(name), WORKED[name], "fade", seed="page", fade=fade))
)


def sheet(items: tuple[Item, ...] = ITEMS, level: Level = "full") -> Document:
    return Document("Every form", item_blocks(items, level=level), hints="foot", marking=(FOLLOW_THROUGH,))


def body_of(document: Document, name: str, engine: str = "pdflatex") -> str:
    """The source from the first problem on."""
    return render(document, format_named(name), engine).partition("%%<problem 1>")[2]


def set_(document: Document, name: str, engine: Engine | None = None) -> Typeset:
    chosen = format_named(name)
    able = engine or choose(needs_of(chosen, document))
    return typeset(render(document, chosen, able.plain_name), able, name="items")


def clean(done: Typeset) -> bool:
    log = done.log
    return not (
        [box for box in log.overfull if box.pt > 1] or log.undefined or log.missing_characters or log.warnings
    )


@pytest.mark.parametrize(
    ("file", "name", "hints"),
    (
        ("items-worksheet", "worksheet", "foot"),
        ("items-worksheet-last", "worksheet", "last"),
        ("items-solutions", "solutions", "none"),
        ("items-slides", "slides-plain", "none"),
    ),
)
def test_the_tex_of_every_block_is_as_accepted(
    file: str, name: str, hints: Literal["none", "foot", "last"]
) -> None:
    document = replace(asked_document(), hints=hints)
    made = body_of(document, name) if name != "slides-plain" else _slides(document)
    golden = GOLDEN / f"document-{file}.tex"
    if os.environ.get("FREEINDEX_ACCEPT"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


def _slides(document: Document) -> str:
    """The slides of the answers to choose from."""
    chosen = tuple(p for p in document.problems if any(isinstance(a, ChoiceBlock) for a in p.asked))
    alone = replace(document, problems=chosen)
    return render(alone, format_named("slides-plain"), "pdflatex").partition(r"\begin{document}")[2]


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize("name", ("worksheet", "solutions"))
def test_every_form_has_a_clean_log_on_every_engine(name: str, engine: Engine) -> None:
    if missing(engine, needs_of(format_named(name), sheet())):
        return
    done = set_(replace(sheet(), hints="last" if name == "worksheet" else "none"), name, engine)
    assert clean(done)
    # A PDF reader takes the identity of a file as two strings in brackets; other strings damage the file.
    assert re.search(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]", done.pdf)


@pytest.mark.parametrize("name", ("worksheet", "solutions"))
def test_every_task_in_every_form_has_a_clean_log(name: str) -> None:
    done = set_(sheet(EVERY), name)
    assert clean(done), done.log


@pytest.mark.parametrize("name", ("slides-handout", "notes"))
def test_problems_are_shown_in_every_other_format(name: str) -> None:
    done = set_(sheet((*ITEMS, made("stacked", "find-error"))), name)
    assert clean(done), done.log


# --- what is on which page --------------------------------------------------------


@pytest.mark.parametrize("item", ITEMS, ids=map("-".join, (map(str, a) for a in ASKED)))
def test_a_worksheet_holds_nothing_of_the_solution(item: Item) -> None:
    level_none, full = (body_of(sheet((item,), level), "worksheet") for level in ("none", "full"))
    assert level_none == full
    assert "Marking" not in full
    if isinstance(item.body, Choice):
        for option in item.body.options:
            assert option.misconception is None or option.misconception.title not in full


def test_hints_stand_where_the_document_says() -> None:
    foot, last, none = (body_of(replace(sheet(), hints=h), "worksheet") for h in ("foot", "last", "none"))
    assert foot.count(r"\UpsideDown{") == len(ITEMS) and foot.count(r"\Hint{") == 4 * len(ITEMS)
    assert r"\UpsideDown{" not in last and last.count(r"\Hint{") == 4 * len(ITEMS)
    assert last.index(r"\Hint{1}") > last.index(f"%%<problem {len(ITEMS)}>")
    assert r"\Hint{" not in none
    without = replace(sheet(), hints="last", problems=(ProblemBlock(1, "", ""),))
    assert "Hints" not in body_of(without, "worksheet")


@pytest.mark.parametrize("item", ITEMS, ids=map("-".join, (map(str, a) for a in ASKED)))
def test_each_level_shows_more_than_the_one_before(item: Item) -> None:
    shown = [_lines(item_block(1, item, level=level)) for level in LEVELS]
    assert shown[0] == 0
    assert shown == sorted(shown)
    assert item_block(1, item, level="none").scheme == ()
    assert item_block(1, item, level="answer").parts


def test_an_outline_has_the_key_lines_only() -> None:
    item = made("squares", "open")
    routine = [step for step in item.worked.steps if step.rule.grain == "routine"]
    full, outline = (item_block(1, item, level=level).parts[0] for level in ("full", "outline"))
    assert isinstance(full, DerivationBlock) and isinstance(outline, DerivationBlock)
    assert routine and len(full.lines) - len(outline.lines) == len(routine)
    assert full.result == outline.result


def _lines(problem: ProblemBlock) -> int:
    """How much the parts show."""
    return sum(
        1 + len(part.lines) + (part.result is not None) if isinstance(part, DerivationBlock) else 1
        for part in problem.parts
    )


# --- forms ------------------------------------------------------------------------


def test_the_key_says_of_every_wrong_answer_what_it_shows_and_what_to_tell() -> None:
    item = made("trace", "choice")
    assert isinstance(item.body, Choice)
    (key,) = [part for part in item_block(1, item).parts if isinstance(part, KeyBlock)]
    (asked,) = item_block(1, item).asked
    assert isinstance(asked, ChoiceBlock)
    assert [o.tex for o in asked.options] == [o.tex for o in key.options]
    assert [o.right for o in key.options] == [k == item.body.right for k in range(4)]
    assert all(not option.note for option in asked.options)
    for option, shown in zip(item.body.options, key.options, strict=True):
        if option.misconception is not None:
            assert len(shown.note) > len(option.misconception.title) + 20


def test_a_blank_hides_its_line_and_the_reason_that_would_tell_it() -> None:
    (asked,) = item_block(1, made("trace", "fade")).asked
    assert isinstance(asked, DerivationBlock)
    blank = [line.right.startswith(r"\BlankLine{") for line in asked.lines]
    assert blank == [False, False, False, False, True, True]
    source = body_of(replace(sheet((made("trace", "fade"),)), hints="none"), "worksheet")
    (solved,) = item_block(1, made("trace", "fade")).parts
    assert isinstance(solved, DerivationBlock)
    for line, hidden in zip(solved.lines, blank, strict=True):
        assert (line.right in source) != hidden
        assert (str(line.reason) in source) != hidden
    (asked,) = item_block(1, made("quadratic", "fade", "factors")).asked
    assert isinstance(asked, DerivationBlock)
    assert [line.right.count(r"\Blank{") for line in asked.lines] == [0, 0, 1, 1, 1, 0]
    (asked,) = item_block(1, made("trace", "fade", "reasons")).asked
    assert isinstance(asked, DerivationBlock)
    assert all(str(line.reason).startswith(r"\BlankReason") for line in asked.lines[1:])


def test_the_numbers_of_lines_are_those_of_the_key() -> None:
    item = made("trace", "find-error")
    assert isinstance(item.body, FindError)
    (asked,) = item_block(1, item).asked
    mended, told, _ = item_block(1, item).parts
    assert isinstance(asked, DerivationBlock) and isinstance(mended, DerivationBlock)
    assert [line.label for line in asked.lines] == [f"{n + 1}" for n in range(len(item.body.lines))]
    assert mended.title == f"The mistake is in line {item.body.wrong + 1}"
    assert [n for n, line in enumerate(mended.lines) if line.marked] == [item.body.wrong]
    assert told.title == item.body.misconception.title


def test_lettered_lines_come_in_the_right_order_in_the_key() -> None:
    item = made("quadratic", "order")
    assert isinstance(item.body, Order)
    block = item_block(1, item)
    _, asked = block.asked
    (solved,) = block.parts
    assert isinstance(asked, DerivationBlock) and isinstance(solved, DerivationBlock)
    by_letter = {line.label: (line.left, line.right) for line in asked.lines}
    assert [by_letter[line.label] for line in solved.lines[1:]] == [
        (asked.lines[place].left, asked.lines[place].right) for place in item.body.right
    ]
    # Where some lines are about terms, every line says what it is about.
    assert all(line.left for line in asked.lines)


def test_marks_stand_beside_the_lines_that_earn_them() -> None:
    item = made("quadratic", "open")
    (part,) = item_block(1, item).parts
    assert isinstance(part, DerivationBlock) and part.result is not None
    beside = [int(line.marks) for line in part.lines if line.marks] + [int(part.result.marks)]
    assert sum(beside) == item.total
    assert sum(row.marks for row in item_block(1, item).scheme) == item.total


@pytest.mark.parametrize(("ems", "columns"), ((3, 2), (40, 1)))
def test_short_answers_stand_side_by_side(ems: int, columns: int) -> None:
    options = tuple(OptionLine(letter, Tex("x" * ems)) for letter in "ABCD")
    problem = ProblemBlock(1, "", "", asked=(ChoiceBlock(options),))
    short, long = (
        _height(replace(problem, asked=(ChoiceBlock(tuple(options[:n])),)) if n else problem) for n in (2, 0)
    )
    # Four answers take twice the rows of two where there is one column, and two rows where there are two.
    assert long - short == pytest.approx((4 - 2) // columns * 20.0, abs=1.0)


def _height(problem: ProblemBlock) -> float:
    """How far down the page a rule after the problem stands, in points."""
    source = render(Document("T", (problem,)), format_named("worksheet"), choose(_needs()).plain_name)
    told = source.replace(r"\end{document}", r"\par\errmessage{at \the\pagetotal}\end{document}")
    with pytest.raises(Exception, match=r"at [0-9.]+pt") as failure:
        typeset(told, choose(_needs()), name="height")
    found = re.search(r"at ([0-9.]+)pt", str(failure.value))
    assert found is not None
    return float(found[1])


def _needs() -> Needs:
    return needs_of(format_named("worksheet"))


def test_sums_are_written_where_a_wrong_line_would_make_them_ambiguous() -> None:
    item = made("trace", "find-error")
    assert isinstance(item.body, FindError)
    assert not any(isinstance(line, Display) for line, _ in item.body.lines)
    assert r"\sum" in body_of(sheet((item,)), "worksheet")
    assert r"\sum_" not in body_of(replace(sheet((made("trace", "open"),)), hints="none"), "worksheet")


def test_hints_upside_down_stand_on_the_page_of_their_problem() -> None:
    room = ProblemBlock(1, "First", "Do.", space=Space("blank", 115.0))
    hinted = ProblemBlock(2, "Second", "Derive it.", space=Space("lines", 8), hints=("look here",) * 4)
    done = set_(Document("Hints", (room, hinted), hints="foot"), "worksheet")
    assert clean(done) and done.pages == 2
    with pikepdf.open(BytesIO(done.pdf)) as pdf:
        first, second = map(page_text, pdf.pages)
    assert "Deriveit." in second and "lookhere" in second and "lookhere" not in first


def test_the_bold_header_of_a_narrow_column_has_room() -> None:
    long = "The weights of the layer, which are learned from data; a sentence that breaks in its cell. "
    table = f"| name | shape | what |\n|:--|:-:|--:|\n| $W$ | $m\\times n$ | {long * 2}|"
    document = Document("Table", (ProblemBlock(1, "One", prose(table)),))
    for name in ("worksheet", "slides-plain"):
        assert clean(set_(document, name))
