"""PDFs put together: all worksheets in one file for the printer, and thumbnails on one page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil

import pikepdf

A4 = (595.276, 841.89)
MARGIN, GAP = 28.0, 12.0


def merged(documents: Sequence[bytes], *, duplex: bool = True) -> bytes:
    """The documents one after another; for `duplex`, each is padded to whole sheets of paper."""
    with pikepdf.new() as out:
        for data in documents:
            with pikepdf.open(BytesIO(data)) as one:
                for page in one.pages:
                    out.pages.append(page)
                if duplex and len(one.pages) % 2:
                    out.add_blank_page(page_size=_size(one.pages[-1]))
        return _bytes(out)


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
