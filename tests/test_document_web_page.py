"""The page of a derivation: well formed, accessible, complete, and as accepted.

Golden files are written anew with `--accept`.
"""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest

import gen
from gen.derivation.derive import derive, derive_all
from gen.document.formula import Formula, both, formula
from gen.document.lines import derivation_block
from gen.document.pen import PLAIN
from gen.document.web_blocks import Fold, WebPart
from gen.document.web_lines import web_part
from gen.document.web_maths import SHORT, deep, maths, pieces, signs, wide
from gen.document.web_page import phrase, to_html, web_page
from gen.document.web_tables import flattened
from gen.document.written import number
from tests.accessibility import SAMPLES, sample_page
from tests.pages import hold_accessible, hold_links, read
from tests.test_language_mathml import PARTS, hold, hold_words

GOLDEN = Path(__file__).parent / "golden"
ACCEPTED = ("product", "second", "zero")


@cache
def made(name: str) -> str:
    return sample_page(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_well_formed_and_accessible(name: str) -> None:
    reader = read(made(name))
    hold_accessible(reader)
    hold_links(reader)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_asks_for_no_other_file(name: str) -> None:
    assert re.findall(r"https?:|src=|@import|url\(", made(name)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_formula_is_valid_and_has_words(name: str) -> None:
    found = re.findall(r"<math[^>]*>(.*?)</math>", made(name))
    assert len(found) > 10
    for text in found:
        hold(text)
    for tag, attrs in read(made(name)).tags:
        if tag == "math" and attrs.get("aria-hidden") != "true":
            assert attrs["aria-label"] == attrs["alttext"]
            hold_words(attrs["aria-label"] or "")
        if attrs.get("role") == "math":
            hold_words(attrs["aria-label"] or "")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_whole_body_is_xml(name: str) -> None:
    body = made(name)[made(name).index("<body>") :].removesuffix("</html>\n")
    root = ET.fromstring(body)
    assert {part.tag for part in root.iter()} >= {"main", "math", "section"}
    assert PARTS.keys() >= {part.tag for part in root.iter() if part.tag.startswith("ms")}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_page_is_as_accepted(name: str) -> None:
    golden = GOLDEN / f"page-{name}.html"
    # The figures of the check may differ in their last digit from machine to machine.
    main = re.sub(r'(?s)<p class="checked">.*?</p>\n', "", made(name)[made(name).index("<body>") :])
    if os.environ.get("FREEINDEX_ACCEPT"):
        golden.write_text(main, encoding="utf-8")
    assert main == golden.read_text(encoding="utf-8")


def test_several_variables_stand_under_their_own_headings() -> None:
    page = web_page(derive_all("W*X", ("W", "X"), ("index", "vec")))
    assert [group.anchor for group in page.groups] == ["by-W", "by-X"]
    assert page.name == "W*X by W, X"
    html = to_html(*derive_all("W*X", ("W", "X"), ("index", "vec")))
    assert html.count("<h3") == 4 and html.count("<h4") == 4
    assert '<nav aria-labelledby="contents">' in html


def test_one_derivation_needs_no_contents() -> None:
    html = gen.to_html(derive("W*X", "W"))
    assert "<nav" not in html
    assert html == to_html(derive("W*X", "W"))


def test_what_changed_is_marked() -> None:
    assert gen.to_html(derive("W*X", "W")).count('<mrow class="changed">') == 5


def test_routine_lines_are_folded_but_never_the_last() -> None:
    part = web_part(derive("norm2(A*x-b)^2 + c*norm2(x)^2", "x", method="differential", symbols=SCALAR), "a")
    folds = [line for line in part.lines if isinstance(line, Fold)]
    assert folds and all(len(fold.lines) >= 2 for fold in folds)
    assert not isinstance(part.lines[-1], Fold)
    assert numbers(part) == list(range(1, len(numbers(part)) + 1))


SCALAR: dict[str, object] = {"c": "scalar", "A": "m x n", "b": "m", "x": "n"}


def numbers(part: WebPart) -> list[int]:
    """The numbers of all lines, folded or not."""
    return [x.number for line in part.lines for x in (line.lines if isinstance(line, Fold) else (line,))]


def test_the_flattening_is_a_table_even_where_stacking_alone_was_asked_for() -> None:
    found = flattened(derive("W*X", "W", method="vec"), PLAIN)
    assert found is not None
    (grid,) = found[0].grids
    assert grid.columns == ("1,1", "2,1", "1,2", "2,2")
    assert [name for name, _ in grid.rows] == ["1,1", "2,1", "1,2", "2,2", "1,3", "2,3"]
    first = grid.rows[0][1]
    assert [cell.formula.spoken for cell in first] == ["X sub 1 1", "0", "X sub 2 1", "0"]
    assert [cell.zero for cell in first] == [False, True, False, True]


def test_there_is_no_flattening_where_nothing_is_stacked() -> None:
    assert flattened(derive("A*x", "x", method="vec"), PLAIN) is None
    symmetric = {"S": "n x n symmetric", "A": "n x p"}
    assert flattened(derive("S*A", "S", symbols=symmetric, method="vec"), PLAIN) is None


def test_entries_and_blocks_are_tables() -> None:
    part = web_part(derive("W*X", "W", method="components"), "a")
    entries, blocks = (line.grids for line in part.lines[1:] if not isinstance(line, Fold))
    assert entries is not None and blocks is not None
    assert len(entries.grids) == 1 and len(blocks.grids) == 6 and blocks.across == 3


def test_a_derivation_that_was_not_checked_says_so() -> None:
    assert "not checked by numbers" in to_html(derive("W*X", "W", check=False))


def test_the_layout_is_stated() -> None:
    html = to_html(derive("A*x", "x", layout="denominator"))
    assert "denominator layout, entry " in html


def test_which_convention_symmetric_variables_follow() -> None:
    symbols: dict[str, object] = {"S": "n x n symmetric", "x": "n"}
    assert "free entries, so that" in to_html(derive("x'*S*x", "S", symbols=symbols))
    assert "twice as large" in to_html(derive("x'*S*x", "S", symbols=symbols, symmetric="projected"))
    assert "Symmetric variables" not in to_html(derive("W*X", "W"))


# --- formulas in HTML -------------------------------------------------------------


def test_a_long_formula_may_be_broken_before_its_signs() -> None:
    answer = derive("W*X", "W").answer
    assert answer is not None
    short = formula(answer.line)
    assert len(pieces(short.mathml)) == 1 and signs(short.mathml) <= SHORT
    long = formula(derive("A*B*X + B*X*A + X*A*B", "X").problem.expr)
    twice = Formula(long.mathml * 2, long.spoken)
    assert len(pieces(twice.mathml)) == 5
    assert "".join(pieces(twice.mathml)) == twice.mathml
    assert maths(twice).count('aria-hidden="true"') == 5
    assert not wide(short) and not deep(short)


def test_words_are_escaped() -> None:
    assert phrase(("a < b & ", Formula("<mi>x</mi>", 'x"'))) == (
        'a &lt; b &amp; <math alttext="x&#34;" aria-label="x&#34;"><mi>x</mi></math>'
    )


def test_no_line_begins_with_the_punctuation_after_a_formula() -> None:
    kept = phrase((Formula("<mi>x</mi>", "x"), ", then"))
    assert kept.startswith('<span class="kept">') and kept.endswith("</math>,</span> then")


def test_small_numbers() -> None:
    assert both(number(2.4e-16)).spoken == "2 times 10 to the minus 16"
    hold(both(number(9e-17)).mathml)


@pytest.mark.parametrize(("expr", "wrt"), [("W*X", "W"), ("tr(A*X)", "X"), ("A*x", "x"), ("x'*A*x", "x")])
def test_a_page_ends_in_the_form_in_which_paper_ends(expr: str, wrt: str) -> None:
    for derivation in derive_all(expr, (wrt,)):
        paper, page = derivation_block(derivation).result, web_part(derivation, "a").results
        assert len(page) == (paper is not None)
        for result in page:
            assert ("vec" in result.formula.spoken) == ("operatorname{vec}" in (paper.tex if paper else ""))
