"""Figures made from data: what they show is true, nothing overlaps, and every engine sets them cleanly."""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from gen.build.engine import Engine, installed, missing
from gen.build.needs import Needs
from gen.build.typeset import typeset
from gen.derivation.constants import constant_value
from gen.derivation.derive import derive, read_expression
from gen.document.drawing import Drawing, Label, Note, Rectangle, Wire
from gen.document.drawing_labels import line_height, maths, room, words
from gen.document.drawing_path import curves, head
from gen.document.drawing_svg import drawing_svg
from gen.document.drawing_tikz import PACKAGES, drawing_tikz
from gen.document.figure_entries import entries_of
from gen.document.figure_request import FigureRequest, OptionError, request
from gen.document.figures import FIGURES, figure_named
from gen.document.folder import template_folder
from gen.document.graph_layers import layered
from gen.document.latex import Needed, preamble_of
from gen.document.render import FONTS
from gen.document.tokens import definitions, style, tokens
from gen.errors import InputError
from gen.language.style import Style
from tests.conftest import ACCEPT

CASES: dict[str, tuple[FigureRequest, ...]] = {
    "flattening": (
        request("W*X", "W"),
        request("W*X", "X", sizes="m=3, n=2, p=1"),
        request("A*X*B", "X", sizes="m=2, n=2, p=2, d=2"),
        request("x'*A*x", "x"),
        request("A*x", "x"),
        request("X'", "X", "X: m x n", "m=2, n=3"),
        request("A.*X", "X"),
        request("X*A*X", "X", "X: n x n", "n=2"),
        request("tril(X)*a", "X", "X: n x n; a: n"),
        request("a*X", "a", "a: scalar; X: m x n"),
        request("inv(X)", "X", sizes="n=2"),
        request("S*x", "S", "S: n x n symmetric; x: n"),
        request("A*X*B", "X", sizes="m=3, n=3, p=4, d=4"),
        request("X*A*X", "X", "X: n x n", "n=3"),
        replace(request("W*X", "W", sizes="m=2, n=2, p=3"), layout="denominator"),
        replace(request("A*X*B", "X", sizes="m=3, n=3, p=4, d=4"), layout="denominator"),
    ),
    "kron-blocks": (
        request("W*X", "W"),
        request("A*X*B", "X"),
        request("kron(A, B)", "", "A: 2 x 3; B: 2 x 2"),
        request("kron(X', eye(3))", "", "X: 2 x 2"),
        request("inv(X)", "X", sizes="n=2"),
        request("X*A*X", "X"),
        request("X*a", "X", "X: m x n; a: n"),
        request("X'*X", "X", "X: m x n"),
        request("kron(A, B)", "B", "A: m x n; B: p x q", "m=2, n=2, p=2, q=2"),
        request("relu(W*X)", "W"),
        request("kron(A, B)", "", "A: 4 x 4; B: 4 x 4"),
        request("kron(ones(2,2), A)", "", "A: 2 x 2"),
        request("kron(comm(2,2), B)", "", "B: 1 x 2"),
        request("kron(A+B, C*D)", "", "A: 2 x 2; B: 2 x 2; C: 2 x 2; D: 2 x 2"),
        replace(request("X'*X", "X", "X: m x n"), product=2),
        replace(request("X*A*X", "X"), layout="denominator"),
    ),
    "commutation": tuple(
        request(sizes=f"m={m}, n={n}")
        for m, n in ((2, 3), (3, 2), (1, 4), (4, 1), (2, 2), (3, 3), (3, 4), (2, 6), (1, 1))
    ),
    "index-diagram": (
        request("W*X", "W"),
        request("A*X*B", "X"),
        request("tr(A*X*B)", "X"),
        request("tr(X'*A*X*B)", "X"),
        request("tr(A*X*B*X')", "X"),
        request("x'*A*x", "x"),
        request("sin(A*x)", "x"),
        request("A.*X", "X"),
        request("inv(X)", "X"),
        request("diag(x)*A*x", "x"),
        request("X*A*X", "X"),
        request("normF(relu(W*X + b*ones(1,p)) - Y)^2", "W"),
        request("sum(exp(A*x))", "x"),
        request("a*b'*X", "X"),
        request("kron(A, X)", "X"),
        request("tril(X)*a", "X", "X: n x n; a: n"),
        request("softmax(W*x)", "x"),
    ),
    "computation-graph": (
        request("normF(relu(W*X + b*ones(1,p)) - Y)^2", "W, b"),
        request("W*X", "W"),
        request("F = W*X", "W,X"),
        request("A*(x.*sin(B*x))", "x"),
        request("tr(X'*A*X) + normF(X - Y)^2", "X"),
        request("sum(exp(W2*tanh(W1*x)))", "W1, W2"),
        request("x'*A*x / (x'*x)", "x"),
        request("logdet(A*X*A') - tr(inv(X)*S)", "X"),
        request("W*X", ""),
        request("W", "W"),
        request("softmax(W2*relu(W1*x + b1) + b2)", "W1, W2, b1, b2"),
    ),
    "sparsity": (
        request("W*X", "W"),
        request("W*X", "X"),
        request("A*X*B", "X", sizes="m=2, n=2, p=2, d=2"),
        request("A.*X", "X", sizes="m=4, n=5"),
        request("tril(X)*a", "X", "X: n x n; a: n"),
        request("sin(x)", "x", sizes="n=6"),
        request("x'*x", "x", sizes="n=5"),
        request("X'", "X", "X: m x n", "m=3, n=4"),
        request("diag(x)*A", "x"),
        request("A*X*B", "X", sizes="m=4, n=4, p=6, d=6"),
        replace(request("W*X", "W"), layout="denominator"),
        replace(request("A*X*B", "X", sizes="m=4, n=4, p=6, d=6"), layout="denominator"),
        request("A", "x", "A: m x n; x: n"),
    ),
}
ALL = [(name, asked) for name, cases in CASES.items() for asked in cases]


def made(name: str, asked: FigureRequest) -> Drawing:
    """The figure; those of CASES are made once for all tests."""
    number = next((k for k, case in enumerate(CASES[name]) if case is asked), None)
    return figure_named(name).make(asked) if number is None else sample(name, number)


@cache
def sample(name: str, number: int) -> Drawing:
    return figure_named(name).make(CASES[name][number])


def shown(case: object) -> str:
    if isinstance(case, FigureRequest):
        return f"{case.of} by {case.wrt} {','.join(f'{k}={v}' for k, v in case.sizes.items())}"
    return str(case)


Box = tuple[float, float, float, float]
EASE = 0.02


def label_box(note: Note, unit: float) -> Box:
    wide, high = room(note.label, note.small) / unit, line_height(note.small) / unit
    left = {"left": note.x, "right": note.x - wide}.get(note.side, note.x - wide / 2)
    top = {"above": note.y, "below": note.y - high}.get(note.side, note.y - high / 2)
    return left, top, left + wide, top + high


def rectangle_box(mark: Rectangle) -> Box:
    return mark.left, mark.top, mark.left + mark.width, mark.top + mark.height


def overlap(one: Box, other: Box) -> bool:
    a = min(one[2], other[2]) - max(one[0], other[0])
    b = min(one[3], other[3]) - max(one[1], other[1])
    return a > EASE and b > EASE


def boxes(drawing: Drawing) -> list[Rectangle]:
    """What holds something: a cell that is drawn again above a frame counts once."""
    found = [m for m in drawing.marks if isinstance(m, Rectangle) and m.label is not None]
    return list(dict.fromkeys(found))


def path(wire: Wire) -> Iterator[tuple[float, float]]:
    """Points along a wire."""
    start = wire.points[0]
    for k, end in enumerate(wire.points[1:]):
        first, second = start, end
        if wire.curved:
            first, second, _ = curves(wire.points)[k]
        for t in np.linspace(0, 1, 21):
            w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            if not wire.curved:
                w = (1 - t, 0, 0, t)
            four = (start, first, second, end)
            yield (
                float(sum(a * p[0] for a, p in zip(w, four, strict=True))),
                float(sum(a * p[1] for a, p in zip(w, four, strict=True))),
            )
        start = end


@pytest.mark.parametrize(("name", "asked"), ALL, ids=shown)
def test_nothing_overlaps_and_labels_fit(name: str, asked: FigureRequest) -> None:
    drawing = made(name, asked)
    held = boxes(drawing)
    for box in held:
        assert box.label is not None
        assert room(box.label) / drawing.unit <= box.width + EASE, box.label.plain
    for one, other in combinations(held, 2):
        assert not overlap(rectangle_box(one), rectangle_box(other)), (one, other)
    notes = [m for m in drawing.marks if isinstance(m, Note) and m.label.plain != "•"]
    for note in notes:
        for box in held:
            assert not overlap(label_box(note, drawing.unit), rectangle_box(box)), (note, box)
    for first, second in combinations(notes, 2):
        assert not overlap(label_box(first, drawing.unit), label_box(second, drawing.unit)), (first, second)


@pytest.mark.parametrize(("name", "asked"), ALL, ids=shown)
def test_everything_is_inside(name: str, asked: FigureRequest) -> None:
    drawing = made(name, asked)
    assert drawing.width * drawing.unit <= 162 / 0.7, "set to the width of a page, its labels are too small"
    assert drawing.height * drawing.unit <= 240, "it is higher than a page"
    for mark in drawing.marks:
        if isinstance(mark, Rectangle):
            places = [rectangle_box(mark)]
        elif isinstance(mark, Note):
            places = [label_box(mark, drawing.unit)]
        else:
            places = [(x, y, x, y) for x, y in path(mark)]
        for left, top, right, bottom in places:
            assert left >= -EASE and top >= -EASE, mark
            assert right <= drawing.width + EASE and bottom <= drawing.height + EASE, mark


@pytest.mark.parametrize("name", ["computation-graph", "index-diagram"])
def test_no_wire_runs_through_a_box_or_a_label(name: str) -> None:
    for asked in CASES[name]:
        drawing = made(name, asked)
        for wire in (m for m in drawing.marks if isinstance(m, Wire)):
            for x, y in path(wire):
                for box in boxes(drawing):
                    left, top, right, bottom = rectangle_box(box)
                    inside = left + EASE < x < right - EASE and top + EASE < y < bottom - EASE
                    assert not inside, (asked, wire, box)
                for note in (m for m in drawing.marks if isinstance(m, Note) and m.label.plain != "•"):
                    left, top, right, bottom = label_box(note, drawing.unit)
                    # Estimates of labels are generous: only what goes through their middle is a fault.
                    deep = 0.3 * (bottom - top)
                    assert not (left < x < right and top + deep < y < bottom - deep), (asked, wire, note)


@pytest.mark.parametrize(("name", "asked"), ALL, ids=shown)
def test_svg_is_valid_and_tells_what_it_shows(name: str, asked: FigureRequest) -> None:
    drawing = made(name, asked)
    root = ET.fromstring(drawing_svg(drawing, "fig-1"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    title, words = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None and words is not None
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], words.attrib["id"]]
    assert (title.text, words.text) == (drawing.name, drawing.words)
    labels = [m.label for m in drawing.marks if isinstance(m, Rectangle | Note) and m.label is not None]
    texts = ["".join(text.itertext()) for text in root.iter(f"{space}text")]
    assert len(texts) == len(labels)
    strip = re.compile(r"[_^().]|∘")
    assert [strip.sub("", t) for t in texts] == [strip.sub("", label.plain) for label in labels]


def test_classes_of_svg_are_those_of_the_style_sheet() -> None:
    css = (template_folder() / "site" / "drawing.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", "{}", css)))
    used = {
        word
        for name, asked in ALL
        for found in re.findall(r'class="([^"]*)"', drawing_svg(made(name, asked), "f"))
        for word in found.split()
    }
    assert used <= known | {"edge-none"}
    assert set(re.findall(r"var\(--([\w-]+)\)", css)) <= set(re.findall(r"--([\w-]+):", style()))


def document(drawings: list[Drawing], engine: str) -> str:
    """One document with all drawings, each a paragraph."""
    fonts = next((known.packages for known in FONTS if known.engine == engine), ())
    packages = (*fonts, Needed("amsmath"), *PACKAGES, Needed("geometry", ("a4paper", "margin=24mm")))
    text = (template_folder() / "macros.tex").read_text(encoding="utf-8")
    macros = "\n".join(line for line in text.splitlines() if not line.startswith(r"\BLOCK"))
    body = "\n\n".join(rf"\noindent {drawing_tikz(d)}\par" for d in drawings)
    return (
        f"% engine: {engine}\n\\documentclass{{article}}\n{preamble_of(packages)}\n"
        f"{definitions(tokens('paper'))}\n{macros}\n"
        f"\\begin{{document}}\\BodyFont\\raggedbottom\n{body}\n\\end{{document}}\n"
    )


NEEDS = Needs("article", tuple(p.name for p in (*PACKAGES, Needed("amsmath"), Needed("geometry"))))
ENGINES = tuple(engine for engine in installed() if not missing(engine, NEEDS))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_all_figures_are_set_with_a_clean_log(engine: Engine) -> None:
    # All with one engine; the others, which differ in fonts, set three of each kind.
    chosen = (
        ALL if engine is ENGINES[0] else [(n, asked) for n, cases in CASES.items() for asked in cases[:3]]
    )
    drawings = [made(name, asked) for name, asked in chosen]
    done = typeset(document(drawings, engine.plain_name), engine, name="figures")
    assert done.log.overfull == ()
    assert done.log.undefined == ()
    assert done.log.missing_characters == ()
    assert done.log.warnings == ()
    assert done.pages > 2


# --- what the figures say is true ---


def numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", text)]


def test_the_flattening_says_where_the_entry_is() -> None:
    words = made("flattening", request("W*X", "W", sizes="m=2, n=2, p=3")).words
    assert "a 2 by 3 matrix of blocks, each a 2 by 2 matrix" in words
    assert "6 by 4 matrix" in words
    assert "12 of the 24 entries are not zero" in words
    found = re.search(r"derivative of F_(\d)(\d) by W_(\d)(\d), which is (\S+):", words)
    assert found is not None
    i, k, q, r = (int(n) for n in found.groups()[:4])
    assert (i == q, found[5]) == (True, f"X_{r}{k}")
    assert f"row {i} and column {k}, there in row {q} and column {r}" in words
    assert f"in row {i + 2 * (k - 1)} and column {q + 2 * (r - 1)}." in words


def test_the_block_structure_says_whose_product_an_entry_is() -> None:
    words = made("kron-blocks", request("kron(A, B)", "", "A: 2 x 3; B: 2 x 2")).words
    i, j = numbers(re.findall(r"belongs to entry (\d,\d)", words)[0])
    k, h = numbers(re.findall(r"entry (\d,\d) of B", words)[0])
    assert f"A_{i}{j} B_{k}{h}, stands in row {2 * (i - 1) + k} and column {2 * (j - 1) + h}" in words
    assert "4 by 6 matrix in 2 by 3 framed blocks" in words


@pytest.mark.parametrize(
    ("expr", "wrt", "value"), [("W*X", "W", "X_{r}{k}"), ("A*X*B", "X", "B_{r}{k} A_{i}{q}")]
)
@pytest.mark.parametrize("sizes", ["", "m=2, n=3, p=2", "m=3, n=2, p=4"])
def test_the_block_structure_of_a_derivative_holds_the_entry_that_it_says(
    expr: str, wrt: str, value: str, sizes: str
) -> None:
    words = made("kron-blocks", request(expr, wrt, sizes=sizes)).words
    size = {name: int(number) for name, number in re.findall(r"(\w) = (\d)", words)}
    variable = (size["m"], size["n"]) if wrt == "W" else (size["n"], size["p"])
    function = (size["m"], size["p"]) if wrt == "W" else (size["m"], size["d"])
    rows, columns = (int(n) for n in re.findall(r"product, a (\d+) by (\d+) matrix", words)[0])
    assert (rows, columns) == (function[0] * function[1], variable[0] * variable[1])
    row, column = (int(n) - 1 for n in re.findall(r"in row (\d+) and column (\d+) of the whole", words)[0])
    (k, i), (r, q) = divmod(row, function[0]), divmod(column, variable[0])
    assert wrt != "W" or i == q
    label = value.format(i=i + 1, k=k + 1, q=q + 1, r=r + 1)
    assert f"Their product, {label}, stands" in words
    assert words.endswith(f"The derivative of {expr} by {wrt}, columns stacked, is this product.")


def test_the_block_structure_says_of_what_it_is_a_part() -> None:
    words = made("kron-blocks", request("X*A*X", "X")).words
    assert words.endswith(
        "is (Xᵀ Aᵀ) ⊗ I_m + I_n ⊗ (X A), a sum of two terms; this product stands in one of them, "
        "and the others are not drawn."
    )


def test_each_of_several_products_can_be_drawn() -> None:
    both = [made("kron-blocks", replace(request("X*A*X", "X"), product=k)) for k in (1, 2)]
    assert [drawing.name for drawing in both] == ["Blocks of (Xᵀ Aᵀ) ⊗ I_m", "Blocks of I_n ⊗ (X A)"]
    inside = replace(request("kron(kron(A, B), A)", "", "A: 2 x 2; B: 1 x 2"), product=2)
    assert made("kron-blocks", inside).name == "Blocks of A ⊗ B"
    with pytest.raises(OptionError) as caught:
        made("kron-blocks", replace(request("X*A*X", "X"), product=3))
    assert caught.value.option == "product"
    assert caught.value.report.message == "there are 2 Kronecker products here, and no number 3"
    assert caught.value.report.hint == "1 is (Xᵀ Aᵀ) ⊗ I_m, 2 is I_n ⊗ (X A)"
    with pytest.raises(OptionError, match="there is one Kronecker product here, and no number 2"):
        made("kron-blocks", replace(request("W*X", "W"), product=2))


@pytest.mark.parametrize("asked", CASES["commutation"], ids=shown)
def test_the_commutation_matrix_takes_the_entry_where_it_says(asked: FigureRequest) -> None:
    m, n = asked.sizes["m"], asked.sizes["n"]
    words = made("commutation", asked).words
    i, j = numbers(
        re.findall(r"marked entry A_(\d)(\d)", words)[0][0] + " " + re.findall(r"A_\d(\d)", words)[0]
    )
    row, column = (int(x) for x in re.findall(r"marked 1 in row (\d+) and column (\d+)", words)[0])
    a = np.arange(m * n).reshape(m, n)
    assert a.ravel(order="F")[column - 1] == a[i - 1, j - 1] == a.T.ravel(order="F")[row - 1]
    assert f"entry {column} of vec(A)" in words
    assert f"entry {row} of vec(A transposed)" in words


def test_the_pattern_says_what_an_entry_depends_on() -> None:
    words = made("sparsity", request("W*X", "W", sizes="m=2, n=3, p=2")).words
    row = re.findall(r"entry F_(\d)\d marked", words)[0]
    assert f"marked: W_{row}1, W_{row}2 and W_{row}3." in words
    assert "dots stand at the 12 of its 24 entries" in words
    assert "no entry of x" in made("sparsity", CASES["sparsity"][-1]).words
    assert "every entry of x" in made("sparsity", request("x'*x", "x")).words


@pytest.mark.parametrize("asked", CASES["sparsity"], ids=shown)
def test_dots_stand_where_the_derivative_is_not_zero(asked: FigureRequest) -> None:
    drawing = made("sparsity", asked)
    dots = sum(box.label is not None and box.label.plain == "•" for box in boxes(drawing))
    assert f"dots stand at the {dots} of its" in drawing.words


def test_the_index_diagram_tells_every_stage() -> None:
    words = made("index-diagram", request("W*X", "W")).words
    assert "First: Σ_j ∂W_ij/∂W_qr X_jk. Boxes ∂W and X" in words
    assert "Then, by delta substitution: Σ_j δ_iq δ_jr X_jk. Box X" in words
    assert "wire j joins the plain wire δ_jr and X (row)" in words
    assert "Then, by contraction: δ_iq X_rk." in words
    assert "r is an open end of X (row); k is an open end of X (column). An arrowhead stands" in words


def test_the_index_that_vanishes_is_marked() -> None:
    drawing = made("index-diagram", request("W*X", "W"))
    thick = [m for m in drawing.marks if isinstance(m, Wire) and m.thick and not m.arrow]
    assert len(thick) == 1


def test_three_ends_of_an_index_meet_in_a_dot() -> None:
    drawing = made("index-diagram", request("sin(A*x)", "x"))
    dots = [m for m in drawing.marks if isinstance(m, Note) and m.label.plain == "•"]
    assert len(dots) == 3
    assert "i is an open end that cos(A x) and A (row) share, in a dot" in drawing.words


def test_the_graph_has_each_value_once_and_its_gradients() -> None:
    drawing = made("computation-graph", request("A*(x.*sin(B*x))", "x"))
    labels = [box.label.plain for box in boxes(drawing) if box.label is not None]
    assert labels == ["A", "x", "B", "z_1 = B x", "z_2 = sin(z_1)", "z_3 = x ∘ z_2", "f = A z_3"]
    assert "in this order: ∂L/∂f, ∂L/∂z_3, ∂L/∂z_2, ∂L/∂z_1, ∂L/∂x." in drawing.words
    assert "x is used more than once" in drawing.words
    back = [m for m in drawing.marks if isinstance(m, Wire) and m.dashed]
    assert len(back) == 6
    assert not any(m.dashed for m in made("computation-graph", request("W*X")).marks if isinstance(m, Wire))


def test_layers_keep_places_for_edges_that_pass() -> None:
    laid = layered([1.0, 1.0, 1.0, 1.0], [(0, 1), (1, 2), (0, 3), (2, 3)], 0.5, 0.5)
    assert [len(layer) for layer in laid.layers] == [1, 2, 2, 1]
    assert laid.routes[2] == (0, 4, 5, 3)
    for layer in laid.layers:
        for a, b in combinations(layer, 2):
            assert abs(laid.centres[a] - laid.centres[b]) >= 0.99


# --- faults ---


@pytest.mark.parametrize(
    ("name", "asked", "message"),
    [
        ("flattening", request("", "W"), "the figure needs an expression"),
        ("flattening", request("W*X"), "the figure needs a variable"),
        ("flattening", request("W*X", "W,X"), "one variable, not several"),
        ("flattening", request("W*X", "W", sizes="k=2"), "k is no dimension of this figure"),
        ("flattening", request("W*X", "W", sizes="m=0"), "a size is from 1 to 12"),
        ("flattening", request("W*X", "W", sizes="m=12, n=12"), "a picture shows at most 12"),
        ("kron-blocks", request("A*B"), "there is no Kronecker product in this expression"),
        ("kron-blocks", request("A.*X", "X"), "no Kronecker product in the stacked derivative"),
        ("commutation", request(sizes="m=4, n=4"), "a 16 by 16 matrix"),
        ("commutation", request(sizes="q=4"), "q is no dimension"),
        ("index-diagram", request("A", "x", "A: m x n; x: n"), "no index is contracted"),
        ("computation-graph", request("W*X", "V"), "V does not occur"),
        ("computation-graph", request("sin(cos(" * 8 + "x" + "))" * 8, "x"), "millimetres high"),
        ("computation-graph", request("sin(cos(" * 14 + "x" + "))" * 14, "x"), "29 values"),
        ("index-diagram", request("tr(A*X*A*X*A*X*A*X*A*X*A)", "X"), "5 terms of up to 11 factors"),
        ("sparsity", request("W*", "W"), ""),
    ],
    ids=shown,
)
def test_what_cannot_be_drawn_is_said(name: str, asked: FigureRequest, message: str) -> None:
    with pytest.raises(InputError) as caught:
        made(name, asked)
    assert message in caught.value.report.message


def test_kinds_by_name() -> None:
    with pytest.raises(InputError) as caught:
        figure_named("flatening")
    assert caught.value.report.hint == "did you mean flattening?"
    assert set(CASES) == {kind.name for kind in FIGURES}
    for kind in FIGURES:
        assert set(kind.options) <= {"of", "wrt", "let", "sizes", "layout", "product"}
        assert kind.make(kind.example).words


def test_marked_things_are_thick_too() -> None:
    """Colour is never the only sign: rectangles and solid wires in the colour of marks are thick."""
    for name, asked in ALL:
        for mark in made(name, asked).marks:
            if isinstance(mark, Rectangle) and mark.ink == "mark":
                assert mark.thick, (name, asked)
            if isinstance(mark, Wire) and mark.ink == "mark":
                assert mark.thick or mark.dashed, (name, asked)


def test_arrow_heads_and_curves() -> None:
    tip, one, other = head((0.0, 0.0), (2.0, 0.0))
    assert tip == (2.0, 0.0) and one[0] == other[0] < 2 and one[1] == -other[1]
    ((first, second, end),) = curves(((0.0, 0.0), (2.0, 1.0)))
    assert (first[1], second[1], end) == (0.0, 1.0, (2.0, 1.0))


def test_the_gradient_of_the_example_is_what_the_graph_says() -> None:
    """The graph begins the way back with the loss itself, as the derivation does."""
    solved = derive("normF(W*X - Y)^2", "W")
    words = made("computation-graph", request("normF(W*X - Y)^2", "W")).words
    assert solved.value.name == "f" and "order: ∂f/∂f" in words and "∂f/∂W." in words


# --- every kind of mark, as accepted ---

EVERY_MARK = Drawing(
    "Every mark",
    8.0,
    4.0,
    (
        Rectangle(0.5, 0.5, 1.0, 0.9, maths("X_{11}", "X_11"), ground="wash"),
        Rectangle(1.5, 0.5, 1.0, 0.9, maths("0", "0"), "faint", "pale"),
        Rectangle(0.5, 0.5, 2.0, 0.9, ink="ink"),
        Rectangle(1.5, 0.5, 1.0, 0.9, maths("0", "0"), "mark", "pale", thick=True),
        Rectangle(4.0, 0.5, 2.0, 1.0, maths(r"A^{\mathsf T}", "Aᵀ"), "ink", "wash", round=True),
        Wire(((2.5, 1.0), (4.0, 1.0)), arrow=True),
        Wire(((5.0, 1.5), (5.0, 2.0), (3.0, 3.0)), "mark", arrow=True, curved=True, dashed=True),
        Wire(((6.0, 1.0), (7.0, 1.0)), "mark", thick=True),
        Note(7.1, 1.0, maths("k", "k"), "ink", "left"),
        Note(3.0, 3.2, words("a < b & c"), "soft", "above", small=True),
    ),
    'Words with "quotes" & signs < >.',
)


@pytest.mark.parametrize("ending", ["tex", "svg"])
def test_every_mark_is_drawn_as_accepted(ending: str) -> None:
    golden = Path(__file__).parent / "golden" / f"drawing.{ending}"
    text = drawing_tikz(EVERY_MARK) if ending == "tex" else drawing_svg(EVERY_MARK, "figure-1")
    if os.environ.get(ACCEPT):
        golden.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind.name for kind in FIGURES])
def test_figures_are_described_in_the_language_of_their_document(kind: str) -> None:
    english = re.compile(r"\b(the|with|of|by|and|that|matrix|entry|scalar|every|marked|stands)\b")
    for asked in CASES[kind]:
        drawn = figure_named(kind).make(replace(asked, language="de"))
        labels = [mark.label.plain for mark in drawn.marks if isinstance(mark, Note)]
        assert [text for text in (drawn.name, drawn.words, *labels) if english.search(text)] == []


def matrices(drawing: Drawing, *shapes: tuple[int, int]) -> list[list[list[str]]]:
    """The labels of the cells of each matrix of a drawing, row by row; shapes are in their order."""
    cells = sorted(
        dict.fromkeys((m.left, m.top, m.label.plain) for m in boxes(drawing) if m.label is not None)
    )
    out, start = [], 0
    for rows, columns in shapes:
        part = cells[start : start + rows * columns]
        out.append([[label for _, _, label in part[r::rows]] for r in range(rows)])
        start += rows * columns
    assert start == len(cells)
    return out


@pytest.mark.parametrize("wrt", ["A", "B"])
def test_zeros_of_a_factor_are_those_of_its_numbers(wrt: str) -> None:
    let = "A: m x n; B: p x q"
    drawing = made("kron-blocks", request("kron(A, B)", wrt, let, "m=2, n=2, p=2, q=2"))
    assert "the 8 by 8 matrix I_n ⊗ K_q,m, the 2 by 2 matrix I_p" in drawing.words
    first = np.kron(np.eye(2), constant_value("comm", (2, 2)).real)
    shown = matrices(drawing, (8, 8), (2, 2), (16, 16))
    for found, expected in zip(shown, (first, np.eye(2), np.kron(first, np.eye(2))), strict=True):
        assert [[int(label) for label in row] for row in found] == expected.tolist()
    assert sum(label == "1" for row in shown[0] for label in row) == 8


def test_entries_without_numbers_have_their_zeros_all_the_same() -> None:
    sizes = {"n": 2}
    reading = read_expression("diag(x)*A", {"x": "n", "A": "n x n"}, ("x",)).node
    assert all(term is not None for row in entries_of(reading, sizes) for term in row)
    reading = read_expression("relu(x)", {"x": "n"}, ("x",)).node
    assert all(term is not None for row in entries_of(reading, sizes) for term in row)
    reading = read_expression("diag(x)*eye(n)", {"x": "n"}, ("x",)).node
    assert [[term is None for term in row] for row in entries_of(reading, sizes)] == [
        [False, True],
        [True, False],
    ]


def test_a_block_structure_of_one_term_says_that_there_are_others() -> None:
    drawing = made("kron-blocks", request("X'*X", "X", "X: m x n", "m=2, n=2"))
    assert "is (Xᵀ ⊗ I_n) K_m,n + I_n ⊗ Xᵀ, a sum of two terms; this product stands in one of them" in (
        drawing.words
    )
    notes = [m.label.plain for m in drawing.marks if isinstance(m, Note)]
    assert "one of two terms of the derivative" in notes
    whole = made("kron-blocks", request("W*X", "W"))
    assert not any("terms" in m.label.plain for m in whole.marks if isinstance(m, Note))


def test_a_transpose_can_be_seen_in_an_index_diagram() -> None:
    drawing = made("index-diagram", request("tr(A*X*B*X')", "X"))
    last = drawing.words.rpartition("Then, by contraction")[2]
    first, second = last.split(" Plus: ")
    assert "wire j joins A (row) and X (row); q is an open end of A (column); " in first
    assert "wire t joins X (column) and B (column); r is an open end of B (row)." in first
    assert "q is an open end of A (row); wire l joins A (column) and X (row); " in second
    assert "wire s joins X (column) and B (row); r is an open end of B (column)." in second
    assert second.endswith("along the arrows boxes multiply, against them they are transposed.")
    below = max(m.top for m in drawing.marks if isinstance(m, Rectangle))
    level = [m for m in drawing.marks if isinstance(m, Wire) and m.points[-1][1] > below]
    row = sorted((m for m in level if m.arrow), key=lambda m: m.points[-1][0])
    ways = ["right" if m.points[0][0] < m.points[-1][0] else "left" for m in row]
    # The transposes of A and B are met against their arrows, X between them along its own.
    assert ways == ["left", "right", "left", "right", "right", "right"]
    names = [m.label.plain for m in drawing.marks if isinstance(m, Note)]
    assert any(name.startswith("An arrowhead stands at the row index") for name in names)


def test_only_boxes_with_two_sides_have_arrows() -> None:
    drawing = made("index-diagram", request("x'*A*x", "x"))
    assert "∂x (row)" not in drawing.words and "A (row)" in drawing.words
    plain = made("index-diagram", request("a'*x", "x"))
    assert "arrow" not in plain.words
    assert [m for m in plain.marks if isinstance(m, Wire) and m.arrow and m.points[0][0] != 0.6] == []


# --- figures are written as their document is ---

STYLED = Style(sums="einstein", partial="upright", transpose="prime", matrices="bold")
WRITTEN = [
    (name, replace(asked, style=STYLED, letters="abcdefgh"))
    for name, cases in CASES.items()
    for asked in cases[:4]
]


def seen(drawing: Drawing) -> list[str]:
    """What the labels show on a screen."""
    root = ET.fromstring(drawing_svg(drawing, "fig-1"))
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(("name", "asked"), WRITTEN, ids=shown)
def test_a_figure_is_written_in_the_style_of_its_document(name: str, asked: FigureRequest) -> None:
    drawing = figure_named(name).make(asked)
    tex, text = drawing_tikz(drawing), "\n".join(seen(drawing))
    for sign in (r"\partial", r"\mathsf", r"\sum"):
        assert sign not in tex
    for sign in "∂ᵀΣ":
        assert sign not in text
    assert re.search(r"[\U0001D468-\U0001D49B]", text) if r"\boldsymbol" in tex else True
    assert not re.search(r"[\U0001D400-\U0001D7FF]", drawing.words), "what is read aloud has plain letters"
    test_nothing_overlaps_and_labels_fit(name, asked)
    test_everything_is_inside(name, asked)


def test_signs_and_letters_of_a_document_stand_in_its_figures() -> None:
    flattening = figure_named("flattening").make(replace(request("W*X", "W"), style=STYLED))
    assert "dvec(𝑭)/dvec(𝑾)′" in seen(flattening)
    assert r"\boldsymbol{W}" in drawing_tikz(flattening) and r"\prime" in drawing_tikz(flattening)
    index = figure_named("index-diagram").make(replace(request("W*X", "W"), letters="abcdefgh"))
    assert "δ_ac X_db" in index.words
    product = figure_named("kron-blocks").make(replace(request("W*X", "W"), style=STYLED))
    assert "𝑿′ ⊗ 𝑰m" in seen(product)
    turned = figure_named("commutation").make(replace(request(), style=Style(transpose="top")))
    assert "vec(A⊤)" in seen(turned)
    usual = figure_named("index-diagram").make(replace(request("W*X", "W"), style=Style()))
    assert not any("Σ" in text for text in seen(usual))


@pytest.mark.parametrize("engine", ENGINES[:1], ids=lambda engine: engine.name)
def test_figures_in_another_style_are_set_with_a_clean_log(engine: Engine) -> None:
    drawings = [figure_named(name).make(asked) for name, asked in WRITTEN]
    done = typeset(document(drawings, engine.plain_name), engine, name="styled")
    assert (done.log.overfull, done.log.undefined, done.log.missing_characters) == ((), (), ())


def test_an_upright_d_is_no_variable() -> None:
    label = Label(maths("x", "x").tex, "dX/d𝑾 d xd dvec(F)")
    drawing = Drawing("", 9, 1, (Note(1, 1, label),), "")
    assert re.findall(r'"variable">(.)<', drawing_svg(drawing, "f")) == ["X", "d", "F"]
