"""Making the picture that shows how the tensor and its flattening hold the same entries."""

from __future__ import annotations

from collections.abc import Callable

from gen.document.blocks import Cell, FlatteningBlock, Tile
from gen.document.pen import USUAL, Pen
from gen.document.tex import Tex, Text
from gen.document.wording import sentence_tex
from gen.document.words import Written
from gen.document.written import at, name, slanted
from gen.language.dimension import named
from gen.language.node import symbol

Entry = Callable[[int, int, int, int], Tex | None]
LETTERS = "ikqr"


def flattening(
    sizes: tuple[int, int, int, int],
    entry: Entry,
    traced: tuple[int, int, int, int],
    *,
    value: str = "F",
    variable: str = "W",
    flat_name: Tex = Tex(""),
    size_names: tuple[str, str] = ("m", "m"),
    title: Text = "",
    intro: Text = "",
    pen: Pen = USUAL,
    letters: str = LETTERS,
    layout: str = "numerator",
) -> FlatteningBlock:
    r"""The picture for a value of size `sizes[:2]` and a variable of size `sizes[2:]`, of these names.

    `entry(i, k, q, r)`, counted from one, is the entry as LaTeX, None for a zero;
    `traced` is the entry to follow from one picture into the other. Columns are
    stacked: entry (i, k, q, r) stands in row i + (k-1)·rows of the value and in
    column q + (r-1)·rows of the variable; `size_names` is how the text calls these
    two numbers of rows, `letters` how it calls the four indices. That is the numerator
    layout; in the denominator layout the flattened matrix is the transpose, with one row
    for each entry of the variable.
    """
    rows, columns, high, wide = (range(1, size + 1) for size in sizes)
    of, by = _matrix(value), _matrix(variable)

    def cell(i: int, k: int, q: int, r: int) -> Cell:
        tex = entry(i, k, q, r)
        return Cell(tex if tex is not None else Tex("0"), tex is None, (i, k, q, r) == traced)

    def tile(i: int, k: int) -> Tile:
        label = slanted(at(value, (f"{i}", f"{k}")), by)(pen.n)
        return Tile(Tex(label), tuple(tuple(cell(i, k, q, r) for r in wide) for q in high))

    turned = layout == "denominator"
    of_value = tuple((i, k) for k in columns for i in rows)
    of_variable = tuple((q, r) for r in wide for q in high)
    flat = tuple(tuple(cell(*at_value, *at_by) for at_by in of_variable) for at_value in of_value)
    sides = (
        (tuple(Tex(f"{a},{b}") for a, b in of_value), Tex(",".join(letters[:2])), sizes[0]),
        (tuple(Tex(f"{a},{b}") for a, b in of_variable), Tex(",".join(letters[2:])), sizes[2]),
    )
    down, across = reversed(sides) if turned else sides
    return FlatteningBlock(
        title=title or pen.words["same_numbers"],
        intro=intro,
        tiles=tuple(tuple(tile(i, k) for k in columns) for i in rows),
        flat=tuple(zip(*flat, strict=True)) if turned else flat,
        row_labels=down[0],
        column_labels=across[0],
        block_name=Tex(slanted(of, by)(pen.n)),
        flat_name=flat_name,
        row_name=down[1],
        column_name=across[1],
        split=(down[2], across[2]),
        rule=_rule(letters, size_names, turned, pen),
        words=_traced(
            traced, (sizes[0], sizes[2]), (value, variable), cell(*traced).tex, letters, turned, pen
        ),
        name=pen.words["same_numbers"],
    )


def _rule(letters: str, size_names: tuple[str, str], turned: bool, pen: Pen) -> Tex:
    """Which entry stands where, in general."""
    i, k, q, r = tuple(letters)
    m, n = size_names
    places = _tex(f"{i}+({k}-1){m}"), _tex(f"{q}+({r}-1){n}")
    flat_row, flat_column = reversed(places) if turned else places
    said = pen.words.sentence(
        "flattening_rule",
        entry=_tex(f"({i},{k},{q},{r})"),
        block=_tex(f"({i},{k})"),
        row=_tex(q),
        column=_tex(r),
        flat_row=flat_row,
        flat_column=flat_column,
    )
    return sentence_tex(said, pen)


def _traced(
    traced: tuple[int, int, int, int],
    stacked: tuple[int, int],
    names: tuple[str, str],
    value: Tex,
    letters: str,
    turned: bool,
    pen: Pen,
) -> Tex:
    """Where the entry that is followed stands; `stacked` are the rows of value and variable."""
    i, k, q, r = traced
    high, wide = stacked
    entry = slanted(at(names[0], (f"{i}", f"{k}")), at(names[1], (f"{q}", f"{r}")))(pen.n)
    places = (
        _tex(rf"{i}+{k - 1}\cdot{high}={i + (k - 1) * high}"),
        _tex(rf"{q}+{r - 1}\cdot{wide}={q + (r - 1) * wide}"),
    )
    flat_row, flat_column = reversed(places) if turned else places
    said = pen.words.sentence(
        "flattening_traced",
        traced=_tex(f"({','.join(letters)})=({i},{k},{q},{r})"),
        value=_tex(f"{entry}={value}"),
        flat_row=flat_row,
        flat_column=flat_column,
    )
    return sentence_tex(said, pen)


def _tex(formula: str) -> Written:
    return lambda n: formula


def _matrix(called: str) -> Written:
    return name(symbol(called, named("m"), named("n")))
