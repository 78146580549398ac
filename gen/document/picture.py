"""Where everything stands in the picture of a flattening, counted in cells."""

from __future__ import annotations

from dataclasses import dataclass

from gen.document.blocks import Cell, FlatteningBlock
from gen.document.tex import Tex
from gen.document.tokens import Medium, tokens


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell or a label with its centre; y counts downwards."""

    x: float
    y: float
    tex: Tex
    style: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two matrices of the picture."""

    cells: tuple[Placed, ...]
    frames: tuple[Frame, ...]
    labels: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Both matrices, the arrow between them (from, to, height) and the whole extent."""

    blocks: Side
    flat: Side
    arrow: tuple[float, float, float]
    extent: Frame


def picture(block: FlatteningBlock, medium: Medium) -> Picture:
    """The layout of `block` with the gaps of `medium`."""
    ratio = tokens(medium).ratio
    high, wide = len(block.tiles[0][0].rows), len(block.tiles[0][0].rows[0])
    down, across = len(block.tiles), len(block.tiles[0])
    step_x, step_y = wide + ratio("block_gap_x"), high + ratio("block_gap_y")
    left_width = across * step_x - ratio("block_gap_x")
    left_height, right_height = down * step_y - ratio("block_gap_y"), len(block.flat)
    middle = max(left_height, right_height) / 2
    start_x = left_width + ratio("arrow_gap") + _LABELS
    blocks = _blocks(block, step_x, step_y, middle - left_height / 2)
    flat = _flat(block, start_x, middle - right_height / 2)
    top = min(middle - left_height / 2 - 1, middle - right_height / 2 - 2)
    arrow = (left_width + 0.35, start_x - _LABELS - 0.35, middle)
    bottom = middle + max(left_height, right_height + 1.4) / 2
    extent = Frame(-0.1, top, start_x + len(block.column_labels) + 0.6, bottom)
    return Picture(blocks, flat, arrow, extent)


_LABELS = 0.9  # width of the row labels, in cells


def _style(cell: Cell) -> str:
    return "traced" if cell.traced else "zero" if cell.zero else "full"


def _blocks(block: FlatteningBlock, step_x: float, step_y: float, top: float) -> Side:
    cells, frames, labels = [], [], []
    for i, row in enumerate(block.tiles):
        for k, tile in enumerate(row):
            x, y = k * step_x, top + i * step_y
            high, wide = len(tile.rows), len(tile.rows[0])
            cells += [
                Placed(x + r + 0.5, y + q + 0.5, cell.tex, _style(cell))
                for q, line in enumerate(tile.rows)
                for r, cell in enumerate(line)
            ]
            frames.append(Frame(x, y, x + wide, y + high))
            has = any(cell.traced for line in tile.rows for cell in line)
            labels.append(Placed(x + wide / 2, y - 0.45, tile.label, "marked" if has else "label"))
    return Side(_last_traced(cells), tuple(frames), tuple(labels))


def _flat(block: FlatteningBlock, left: float, top: float) -> Side:
    rows, columns = len(block.row_labels), len(block.column_labels)
    cells = [
        Placed(left + c + 0.5, top + r + 0.5, cell.tex, _style(cell))
        for r, line in enumerate(block.flat)
        for c, cell in enumerate(line)
    ]
    high, wide = block.split
    frames = [
        Frame(left + c, top + r, left + c + wide, top + r + high)
        for r in range(0, rows, high)
        for c in range(0, columns, wide)
    ]
    on_row = {r for r, line in enumerate(block.flat) if any(cell.traced for cell in line)}
    on_column = {c for line in block.flat for c, cell in enumerate(line) if cell.traced}
    labels = [Placed(left + columns / 2, top - 1.55, block.flat_name, "label")]
    labels += [Placed(left - 0.5, top - 0.45, block.row_name, "label")]
    labels += [Placed(left + columns + 0.4, top - 0.45, block.column_name, "label")]
    for r, tex in enumerate(block.row_labels):
        style = "marked" if r in on_row else "label"
        labels.append(Placed(left - 0.5, top + r + 0.5, tex, style))
        labels.append(Placed(left + columns + 0.4, top + r + 0.5, Tex(str(r + 1)), style))
    for c, tex in enumerate(block.column_labels):
        style = "marked" if c in on_column else "label"
        labels.append(Placed(left + c + 0.5, top - 0.45, tex, style))
        labels.append(Placed(left + c + 0.5, top + rows + 0.45, Tex(str(c + 1)), style))
    return Side(_last_traced(cells), tuple(frames), tuple(labels))


def _last_traced(cells: list[Placed]) -> tuple[Placed, ...]:
    """The cells with the traced one at the end, so that no neighbour covers its frame."""
    return tuple(sorted(cells, key=lambda cell: cell.style == "traced"))
