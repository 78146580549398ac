"""Pictures, tables and words of a flattened derivative agree with the layout of its derivation."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from gen.derivation.derive import derive, derive_all
from gen.derivation.evaluate import Numbers
from gen.derivation.result import Derivation
from gen.document.drawing import Drawing, Note, Rectangle
from gen.document.figure_request import FigureRequest
from gen.document.figures import figure_named
from gen.document.formula import Formula
from gen.document.pen import PLAIN, USUAL
from gen.document.reconcile import picture_of
from gen.document.telling import telling_of
from gen.document.web_lines import web_part
from gen.document.web_picture import web_picture
from gen.document.web_tables import flattened
from gen.document.wording import sentence_tex
from gen.language.function import Array
from gen.language.node import Node

LAYOUTS = ("numerator", "denominator")
CASES = (
    ("W*X", "W", {"W": "m x n", "X": "n x p"}, {"m": 2, "n": 2, "p": 3}),
    ("W*X", "X", {"W": "m x n", "X": "n x p"}, {"m": 3, "n": 2, "p": 1}),
    ("X'*A", "X", {"X": "m x n", "A": "m x p"}, {"m": 2, "n": 1, "p": 3}),
    ("X'", "X", {"X": "m x n"}, {"m": 3, "n": 2}),
    ("A.*X", "X", {"A": "m x n", "X": "m x n"}, {"m": 3, "n": 2}),
)
_ENTRY = re.compile(r"([A-Z])_\{(\d)(\d)\}")


@cache
def solved(number: int, layout: str) -> tuple[Derivation, ...]:
    expr, wrt, symbols, sizes = CASES[number]
    return derive_all(expr, (wrt,), ("index", "vec"), symbols=symbols, layout=layout, sizes=sizes)


def drawn(number: int) -> dict[str, Array]:
    """Values of all symbols, whose entries are all different."""
    known = np.random.default_rng(3)
    sizes = CASES[number][3]
    return {
        node.name: known.normal(size=(1, 1, node.rows.size(sizes), node.cols.size(sizes)))
        for node in solved(number, "numerator")[0].problem.symbols
    }


def matrix(number: int, layout: str) -> Array:
    """The matrix that the derivation ends in, in numbers."""
    vec = solved(number, layout)[1].results.vec
    assert vec is not None and isinstance(vec.line, Node)
    return np.asarray(Numbers(drawn(number), CASES[number][3]).node(vec.line)[0, 0])


def number_of(tex: str, number: int) -> float:
    """What an entry of the picture is: a number times entries of symbols."""
    values = drawn(number)
    product = float(np.prod([values[a][0, 0, int(i) - 1, int(j) - 1] for a, i, j in _ENTRY.findall(tex)]))
    return float(_ENTRY.sub("", tex).strip(r"\, ") or 1) * product


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_flattened_matrix_is_the_one_it_is_named_after(number: int, layout: str) -> None:
    block = picture_of(solved(number, layout), USUAL)
    assert block is not None
    flat = np.array([[number_of(cell.tex, number) for cell in line] for line in block.flat])
    np.testing.assert_allclose(flat, matrix(number, layout))
    assert (len(block.row_labels), len(block.column_labels)) == flat.shape
    assert (block.row_name, block.column_name) == (
        ("i,k", "q,r") if layout == "numerator" else ("q,r", "i,k")
    )
    down, across = block.split
    of_value, of_variable = len(block.tiles), len(block.tiles[0][0].rows)
    assert (down, across) == ((of_value, of_variable) if layout == "numerator" else (of_variable, of_value))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_words_of_a_picture_name_the_place_of_the_traced_entry(number: int, layout: str) -> None:
    block = picture_of(solved(number, layout), USUAL)
    assert block is not None
    (marked,) = ((r, c) for r, line in enumerate(block.flat) for c, cell in enumerate(line) if cell.traced)
    row, column = (int(n) - 1 for n in re.findall(r"=(\d+)\$", block.words)[-2:])
    assert (row, column) == marked
    i, k, q, r = (int(n) for n in re.findall(r"=\((\d),(\d),(\d),(\d)\)", block.words)[0])
    first, then = block.row_labels[row], block.column_labels[column]
    assert (first, then)[:: 1 if layout == "numerator" else -1] == (f"{i},{k}", f"{q},{r}")
    places = re.findall(r"in row \$(\w)[^$]*\$ and column \$(\w)", block.rule)[-1]
    assert places == (("i", "q") if layout == "numerator" else ("q", "i"))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("method", [0, 1])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_table_of_a_page_holds_that_matrix(number: int, method: int, layout: str) -> None:
    d = solved(number, layout)[method]
    found = flattened(d, PLAIN)
    assert found is not None
    (grid,) = found[0].grids
    assert (len(grid.rows), len(grid.columns)) == matrix(number, layout).shape
    zeros = [[cell.zero for cell in cells] for _, cells in grid.rows]
    np.testing.assert_array_equal(zeros, matrix(number, layout) == 0)
    named = [d.value.name, d.problem.wrt.name]
    down, across = named if layout == "numerator" else reversed(named)
    assert (grid.rows_are, grid.columns_are) == (f"entry of {down}", f"entry of {across}")


def test_the_inverse_has_its_table_in_both_layouts() -> None:
    over = {}
    for layout in LAYOUTS:
        found = flattened(derive("inv(X)", "X", method="vec", layout=layout, sizes={"n": 2}), PLAIN)
        assert found is not None
        over[layout] = [[cell.formula.mathml for cell in cells] for _, cells in found[0].grids[0].rows]
    assert over["denominator"] == [list(column) for column in zip(*over["numerator"], strict=True)]
    assert over["denominator"] != over["numerator"]


def test_the_words_of_the_derivation_say_which_way_round_it_is() -> None:
    said = {}
    for layout in LAYOUTS:
        d = solved(0, layout)[1]
        telling = telling_of(d)
        said[layout] = [
            str(sentence_tex(part(d, USUAL.words), USUAL)) for part in (telling.intro, telling.discussion)
        ]
    assert "what stands before it is the derivative." in said["numerator"][0]
    assert "the transpose of what stands before it is the derivative" in said["denominator"][0]
    assert (
        "One row of this matrix belongs to one entry of $F$, one column to one entry of $W$"
        in (said["numerator"][1])
    )
    assert (
        "One row of this matrix belongs to one entry of $W$, one column to one entry of $F$"
        in (said["denominator"][1])
    )


@pytest.mark.parametrize("method", ["vec", "differential"])
def test_a_jacobian_by_a_differential_says_when_it_is_transposed(method: str) -> None:
    for layout in LAYOUTS:
        intro = web_part(derive("A*x", "x", method=method, layout=layout), "a").intro
        assert any("transpose" in str(piece) for piece in intro) == (layout == "denominator")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_picture_of_a_page_is_that_of_paper(number: int, layout: str) -> None:
    paper, web = picture_of(solved(number, layout), USUAL), web_picture(solved(number, layout), PLAIN)
    assert paper is not None and web is not None
    (flat,) = web.flat.grids
    assert [name for name, _ in flat.rows] == list(paper.row_labels)
    assert list(flat.columns) == list(paper.column_labels)
    tiles = [tile.rows for row in paper.tiles for tile in row]
    assert web.tiles.across == len(paper.tiles[0])
    for printed, grid in zip((paper.flat, *tiles), (flat, *web.tiles.grids), strict=True):
        assert [[(cell.zero, cell.traced) for cell in row] for row in printed] == [
            [(cell.zero, cell.traced) for cell in cells] for _, cells in grid.rows
        ]
    said = [cell.formula.spoken for _, cells in flat.rows for cell in cells]
    assert [words == "0" for words in said] == [value == 0 for value in matrix(number, layout).ravel()]
    places = re.findall(r"=(\d+)\$", paper.words)[-2:]
    heard = [piece.spoken for piece in web.words if isinstance(piece, Formula)]
    assert [words.rpartition(" equals ")[2] for words in heard[-2:]] == places


# --- figures ---


def figure(kind: str, number: int, layout: str) -> Drawing:
    expr, wrt, symbols, sizes = CASES[number]
    return figure_named(kind).make(FigureRequest("", expr, wrt, symbols, sizes, layout=layout))


def last_matrix(drawing: Drawing, shape: tuple[int, int]) -> list[list[str]]:
    """The TeX of the cells of the matrix that stands furthest to the right."""
    cells = {
        (m.left, m.top): m.label.tex.strip("$") for m in drawing.marks if isinstance(m, Rectangle) if m.label
    }
    rows, columns = shape
    last = [cells[at] for at in sorted(cells)][-rows * columns :]
    return [last[row::rows] for row in range(rows)]


def titles(drawing: Drawing) -> set[str]:
    return {mark.label.plain for mark in drawing.marks if isinstance(mark, Note)}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_flattening_of_a_figure_is_in_the_layout_of_its_document(number: int, layout: str) -> None:
    drawing, expected = figure("flattening", number, layout), matrix(number, layout)
    shown = last_matrix(drawing, expected.shape)
    np.testing.assert_allclose([[number_of(tex, number) for tex in row] for row in shown], expected)
    rows, columns = expected.shape
    assert f"as one {rows} by {columns} matrix" in drawing.words
    by = CASES[number][1]
    names = {"numerator": f"∂vec(F)/∂vec({by})ᵀ", "denominator": f"∂vec(F)ᵀ/∂vec({by})"}
    assert titles(drawing) & set(names.values()) == {names[layout]}
    place = [int(n) for n in re.findall(r"in row (\d+) and column (\d+)\.$", drawing.words)[0]]
    value = re.findall(r"which is (\S+):", drawing.words)[0]
    tex = shown[place[0] - 1][place[1] - 1]
    assert tex == re.sub(r"_(\d+)", r"_{\1}", value)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_pattern_of_a_figure_is_in_the_layout_of_its_document(number: int, layout: str) -> None:
    drawing, expected = figure("sparsity", number, layout), matrix(number, layout)
    shown = last_matrix(drawing, expected.shape)
    np.testing.assert_array_equal([[tex == "0" for tex in row] for row in shown], expected == 0)
    line = "row" if layout == "numerator" else "column"
    chosen = re.findall(rf"the {line} of (\w+) is framed", drawing.words)
    assert len(chosen) == 1
    frames = [
        (round(m.height / 0.9), m.width)
        for m in drawing.marks
        if isinstance(m, Rectangle) and m.thick and m.label is None
    ]
    assert [high for high, _ in frames] == [1 if layout == "numerator" else expected.shape[0]]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", [0, 1])
def test_the_blocks_of_a_figure_are_in_the_layout_of_its_document(number: int, layout: str) -> None:
    drawing, expected = figure("kron-blocks", number, layout), matrix(number, layout)
    shown = last_matrix(drawing, expected.shape)
    np.testing.assert_allclose([[number_of(tex, number) for tex in row] for row in shown], expected)
    assert ("in denominator layout" in drawing.words) == (layout == "denominator")


def test_a_scalar_has_no_transpose_in_the_name_of_its_derivative() -> None:
    for expr, wrt, layout, name in (
        ("a'*x", "x", "denominator", "∂f/∂x"),
        ("a'*x", "x", "numerator", "∂f/∂xᵀ"),
        ("c*x", "c", "denominator", "∂fᵀ/∂c"),
        ("c*x", "c", "numerator", "∂f/∂c"),
    ):
        asked = FigureRequest("", expr, wrt, {"c": "scalar"} if "c" in expr else {}, {}, layout=layout)
        assert name in titles(figure_named("flattening").make(asked)), (expr, layout)
