"""PDFs put together: all worksheets in one file for the printer, and thumbnails on one page."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from math import ceil
from pathlib import Path

import pikepdf

from gen.build.output import write_by

TOGETHER = 64  # documents
A4 = (595.276, 841.89)
MARGIN, GAP = 28.0, 12.0


def merge_files(documents: Sequence[Path], out: Path, *, duplex: bool = True) -> int:
    """Write the documents one after another into one file; for `duplex`, each is padded to whole sheets.

    The number of pages. Some are put together at a time, so that not all are open at once. Raises BuildError
    where the file cannot be written.
    """
    pages = 0
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        parts: list[Path] = []
        for start in range(0, len(documents), TOGETHER):
            with pikepdf.new() as part, ExitStack() as opened:
                for path in documents[start : start + TOGETHER]:
                    pages += _append(part, opened.enter_context(pikepdf.open(path)), duplex)
                parts.append(Path(place) / f"{start}.pdf")
                part.save(parts[-1], deterministic_id=True)
        with pikepdf.new() as whole, ExitStack() as opened:
            for path in parts:
                _copy(opened.enter_context(pikepdf.open(path)), whole)
            write_by(out, partial(whole.save, deterministic_id=True))
    return pages


def _copy(one: pikepdf.Pdf, whole: pikepdf.Pdf) -> None:
    """Append the pages alone: what is printed needs no links and no outline."""
    for page in one.pages:
        whole.pages.append(page)


def _append(whole: pikepdf.Pdf, one: pikepdf.Pdf, duplex: bool) -> int:
    """Append a document; the number of pages it takes."""
    _copy(one, whole)
    padding = len(one.pages) % 2 if duplex else 0
    if padding:
        whole.add_blank_page(page_size=_size(one.pages[-1]))
    return len(one.pages) + padding


def thumbnails(documents: Sequence[bytes], columns: int = 3) -> bytes:
    """The first page of each document, all on one page."""
    rows = max(1, ceil(len(documents) / columns))
    wide, high = A4
    inner = (wide - 2 * MARGIN + GAP, high - 2 * MARGIN + GAP)
    cell = (inner[0] / columns - GAP, inner[1] / rows - GAP)
    with pikepdf.new() as out:
        page = out.add_blank_page(page_size=A4)
        for number, data in enumerate(documents):
            with pikepdf.open(BytesIO(data)) as one:
                shown = out.copy_foreign(one.pages[0].as_form_xobject())
            row, column = divmod(number, columns)
            left = MARGIN + column * (cell[0] + GAP)
            top = high - MARGIN - row * (cell[1] + GAP)
            box = pikepdf.Rectangle(left, top - cell[1], left + cell[0], top)
            name = page.add_resource(shown, pikepdf.Name.XObject, pikepdf.Name(f"/Page{number}"))
            placed = page.calc_form_xobject_placement(shown, name, box)
            page.contents_add(placed + _frame(shown, box))
        return _bytes(out)


def _frame(shown: pikepdf.Object, box: pikepdf.Rectangle) -> bytes:
    """A hairline around the thumbnail, which keeps the shape of its page in the middle of its cell."""
    left, low, right, top = (float(str(x)) for x in shown.BBox.as_list())
    scale = min((box.urx - box.llx) / (right - left), (box.ury - box.lly) / (top - low))
    width, height = (right - left) * scale, (top - low) * scale
    x = (box.llx + box.urx - width) / 2
    y = (box.lly + box.ury - height) / 2
    return f"\nq 0.6 G 0.4 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q\n".encode()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, low, right, top = (float(str(x)) for x in page.mediabox.as_list())
    return right - left, top - low


def _bytes(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()
