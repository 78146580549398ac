"""The picture of a flattening: every entry in its place."""

from __future__ import annotations

import numpy as np

from gen.document.flattening import flattening
from gen.document.picture import picture
from gen.document.tex import Tex
from gen.document.tokens import Medium
from tests.document_samples import flattening_part

M, N, P = 2, 2, 3


def test_the_flattened_matrix_is_the_kronecker_product() -> None:
    block = flattening_part()
    x = [[f"X_{{{r}{k}}}" for k in range(1, P + 1)] for r in range(1, N + 1)]
    for row, line in enumerate(block.flat):
        for column, cell in enumerate(line):
            k, i = divmod(row, M)
            r, q = divmod(column, M)
            assert cell.tex == (x[r][k] if i == q else "0"), (row, column)
            assert cell.zero == (i != q)


def test_shapes_differ_and_counts_agree() -> None:
    block = flattening_part()
    high, wide = len(block.tiles[0][0].rows), len(block.tiles[0][0].rows[0])
    assert (len(block.tiles) * high, len(block.tiles[0]) * wide) == (4, 6)
    assert (len(block.flat), len(block.flat[0])) == (6, 4)


def test_columns_are_stacked() -> None:
    names = np.arange(36).reshape(3, 2, 3, 2)  # unequal sizes: F is 3 x 2, X is 3 x 2
    block = flattening(
        (3, 2, 3, 2), lambda i, k, q, r: Tex(str(names[i - 1, k - 1, q - 1, r - 1])), (3, 2, 2, 1)
    )
    flat = names.transpose(1, 0, 3, 2).reshape(6, 6)
    assert [[int(cell.tex) for cell in line] for line in block.flat] == flat.tolist()
    assert block.row_labels[1] == "2,1" and block.column_labels[3] == "1,2"


def test_the_traced_entry_is_named_with_its_row_and_column() -> None:
    block = flattening_part()
    marked = [
        (r + 1, c + 1) for r, line in enumerate(block.flat) for c, cell in enumerate(line) if cell.traced
    ]
    assert marked == [(6, 2)]
    assert "(2,3,2,1)" in block.words
    assert r"row $2 + 2\cdot 2=6$, column $2 + 0\cdot 2=2$" in block.words


def test_the_layout_keeps_the_two_matrices_apart() -> None:
    media: tuple[Medium, ...] = ("paper", "slides")
    for medium in media:
        drawn = picture(flattening_part(), medium)
        assert len(drawn.blocks.cells) == len(drawn.flat.cells) == 24
        right = max(cell.x for cell in drawn.blocks.cells)
        left = min(cell.x for cell in drawn.flat.cells)
        assert right < drawn.arrow[0] < drawn.arrow[1] < left
        places = {(cell.x, cell.y) for side in (drawn.blocks, drawn.flat) for cell in side.cells}
        assert len(places) == 48
        assert drawn.flat.cells[-1].style == "traced"
