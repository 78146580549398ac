"""PDFs put together: all worksheets in one file for the printer, and thumbnails on one page."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

import pikepdf

from gen.build.output import write_by

TOGETHER = 64  # documents
A4 = (595.276, 841.89)
MARGIN, GAP = 28.0, 12.0


def merge_files(documents: Sequence[Path], out: Path, *, duplex: bool = True) -> int:
    """Write the documents one after another into one file; for `duplex`, each is padded to whole sheets.

    The number of pages. Fonts that are the same in several documents are there once. Some documents are put
    together at a time, so that neither all are open at once nor all fonts in memory. Raises BuildError where
    the file cannot be written.
    """
    pages = 0
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        parts: list[Path] = []
        for start in range(0, len(documents), TOGETHER):
            with pikepdf.new() as part, ExitStack() as opened:
                fonts: dict[bytes, pikepdf.Object] = {}
                for path in documents[start : start + TOGETHER]:
                    pages += _append(part, opened.enter_context(_opened(path)), duplex, fonts)
                parts.append(Path(place) / f"{start}.pdf")
                part.save(parts[-1], deterministic_id=True)
        with pikepdf.new() as whole, ExitStack() as opened:
            for path in parts:
                for page in opened.enter_context(_opened(path)).pages:
                    whole.pages.append(page)
            write_by(out, partial(whole.save, deterministic_id=True))
    return pages


def _opened(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)


def _append(whole: pikepdf.Pdf, one: pikepdf.Pdf, duplex: bool, fonts: dict[bytes, pikepdf.Object]) -> int:
    """Append the pages of a document, without links and outline; the number of pages it takes.

    `fonts` are those that `whole` has, by what they are.
    """
    known: dict[tuple[int, int], pikepdf.Object] = {}
    for page in one.pages:
        whole.pages.append(page)
        copied = whole.pages[-1]
        # A link that leads nowhere in the file for the printer only takes pages with it.
        if "/Annots" in copied.obj:
            del copied.obj.Annots
        _share_fonts(copied, fonts, known)
    padding = len(one.pages) % 2 if duplex else 0
    if padding:
        whole.add_blank_page(page_size=_size(one.pages[-1]))
    return len(one.pages) + padding


def _share_fonts(
    page: pikepdf.Page, fonts: dict[bytes, pikepdf.Object], known: dict[tuple[int, int], pikepdf.Object]
) -> None:
    """Let a page use the fonts that there are already where they are the same.

    `known` are those that the pages before it of its document had, by the numbers of their objects.
    """
    named = page.resources.get("/Font")
    if not isinstance(named, pikepdf.Dictionary):
        return
    for name, font in list(named.items()):
        if font.objgen not in known:
            found = hashlib.sha256()
            _described(font, found.update)
            known[font.objgen] = fonts.setdefault(found.digest(), font)
        named[name] = known[font.objgen]


def _described(value: Any, tell: Callable[[bytes], None]) -> None:
    """Tell all that a font is made of: its dictionary with all that it refers to; fonts refer to no page."""
    if isinstance(value, pikepdf.Stream):
        data = value.read_raw_bytes()
        tell(b"stream %d " % len(data))
        tell(data)
        _described(value.stream_dict, tell)
    elif isinstance(value, pikepdf.Dictionary):
        for key, inner in sorted(value.items()):
            tell(f"{key} ".encode())
            _described(inner, tell)
        tell(b">>")
    elif isinstance(value, pikepdf.Array):
        for inner in value.as_list():
            _described(inner, tell)
        tell(b"]")
    else:
        tell(f"{type(value).__name__} {value!r} ".encode())


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
