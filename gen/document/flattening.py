"""Making the picture that shows how the tensor and its flattening hold the same entries."""

from __future__ import annotations

from collections.abc import Callable

from gen.document.blocks import Cell, FlatteningBlock, Tile
from gen.document.tex import Tex, Text, indexed

Entry = Callable[[int, int, int, int], Tex | None]


def flattening(
    sizes: tuple[int, int, int, int],
    entry: Entry,
    traced: tuple[int, int, int, int],
    *,
    value: str = "F",
    variable: str = "W",
    flat_name: Tex = Tex(""),
    size_names: tuple[str, str] = ("m", "m"),
    title: Text = "The same numbers",
    intro: Text = "",
) -> FlatteningBlock:
    r"""The picture for a value of size `sizes[:2]` and a variable of size `sizes[2:]`.

    `entry(i, k, q, r)`, counted from one, is the entry as LaTeX, None for a zero;
    `traced` is the entry to follow from one picture into the other. Columns are
    stacked: entry (i, k, q, r) stands in row i + (k-1)·rows of the value and in
    column q + (r-1)·rows of the variable; `size_names` is how the text calls these
    two numbers of rows.
    """
    rows, columns, high, wide = (range(1, size + 1) for size in sizes)

    def cell(i: int, k: int, q: int, r: int) -> Cell:
        tex = entry(i, k, q, r)
        return Cell(tex if tex is not None else Tex("0"), tex is None, (i, k, q, r) == traced)

    tiles = tuple(
        tuple(
            Tile(
                Tex(rf"\partial {indexed(value, f'{i}{k}')}/\partial {variable}"),
                tuple(tuple(cell(i, k, q, r) for r in wide) for q in high),
            )
            for k in columns
        )
        for i in rows
    )
    down = tuple((i, k) for k in columns for i in rows)
    across = tuple((q, r) for r in wide for q in high)
    i, k, q, r = traced
    row, column = down.index((i, k)) + 1, across.index((q, r)) + 1
    m, n = size_names
    partial = rf"\partial {indexed(value, f'{i}{k}')}/\partial {indexed(variable, f'{q}{r}')}"
    return FlatteningBlock(
        title=title,
        intro=intro,
        tiles=tiles,
        flat=tuple(tuple(cell(*at, *by) for by in across) for at in down),
        row_labels=tuple(Tex(f"{a},{b}") for a, b in down),
        column_labels=tuple(Tex(f"{a},{b}") for a, b in across),
        block_name=Tex(rf"\partial {value}/\partial {variable}"),
        flat_name=flat_name,
        row_name=Tex("i,k"),
        column_name=Tex("q,r"),
        split=(sizes[0], sizes[2]),
        rule=Tex(
            rf"Entry $(i,k,q,r)$ stands in block $(i,k)$ at row $q$ and column $r$; "
            rf"flattened, in row $i+(k-1){m}$ and column $q+(r-1){n}$."
        ),
        words=Tex(
            rf"The framed one: $(i,k,q,r)=({i},{k},{q},{r})$ is "
            rf"${partial}={cell(*traced).tex}$; "
            rf"row ${i}+{k - 1}\cdot{sizes[0]}={row}$, column ${q}+{r - 1}\cdot{sizes[2]}={column}$."
        ),
        name="The same numbers",
    )
