"""Making the picture that shows how the tensor and its flattening hold the same entries."""

from __future__ import annotations

from collections.abc import Callable

from gen.document.blocks import Cell, FlatteningBlock, Tile
from gen.document.pen import USUAL, Pen
from gen.document.tex import Tex, Text
from gen.document.wording import sentence_tex
from gen.document.words import Sentence, Words, Written
from gen.document.written import at, equation, listed, name, slanted, whole
from gen.language.dimension import Dim, named
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
    size_names: tuple[Dim, Dim] = (named("m"), named("m")),
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
        rule=sentence_tex(rule_said(letters, size_names, turned, pen.words), pen),
        words=sentence_tex(
            traced_said(
                traced,
                (sizes[0], sizes[2]),
                (value, variable),
                lambda n: cell(*traced).tex,
                letters,
                turned,
                pen.words,
            ),
            pen,
        ),
        name=pen.words["same_numbers"],
    )


def rule_said(letters: str, rows: tuple[Dim, Dim], turned: bool, words: Words) -> Sentence:
    """Which entry stands where, in general; `rows` are the numbers of rows of value and variable."""
    i, k, q, r = tuple(letters)
    flat = (_stacked(_letter(i), _letter(k), rows[0]), _stacked(_letter(q), _letter(r), rows[1]))
    flat_row, flat_column = reversed(flat) if turned else flat
    return words.sentence(
        "flattening_rule",
        entry=listed(letters),
        block=listed(i + k),
        row=_letter(q),
        column=_letter(r),
        flat_row=flat_row,
        flat_column=flat_column,
    )


def traced_said(
    traced: tuple[int, int, int, int],
    rows: tuple[int, int],
    names: tuple[str, str],
    value: Written,
    letters: str,
    turned: bool,
    words: Words,
) -> Sentence:
    """Where the entry that is followed stands; `rows` are those of value and variable."""
    i, k, q, r = traced
    entry = slanted(at(names[0], (f"{i}", f"{k}")), at(names[1], (f"{q}", f"{r}")))
    flat = (_counted(i, k, rows[0]), _counted(q, r, rows[1]))
    flat_row, flat_column = reversed(flat) if turned else flat
    return words.sentence(
        "flattening_traced",
        traced=equation(listed(letters), _numbers(traced)),
        value=equation(entry, value),
        flat_row=flat_row,
        flat_column=flat_column,
    )


def _letter(called: str) -> Written:
    return lambda n: n.letter(called)


def _numbers(found: tuple[int, ...]) -> Written:
    return lambda n: n.listed(tuple(n.number(one) for one in found))


def _stacked(first: Written, second: Written, rows: Dim) -> Written:
    """i + (k - 1)m: the place of an entry where columns are stacked."""
    return lambda n: f"{first(n)}{n.plus}{n.brackets(second(n) + n.minus + n.number(1))}{n.size(rows)}"


def _counted(first: int, second: int, rows: int) -> Written:
    """The same in numbers, with what it comes to."""
    return equation(
        lambda n: f"{n.number(first)}{n.plus}{n.number(second - 1)}{n.dot}{n.number(rows)}",
        whole(first + (second - 1) * rows),
    )


def _matrix(called: str) -> Written:
    return name(symbol(called, named("m"), named("n")))
