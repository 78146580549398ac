"""Whether bytes are a whole PDF that shows pages and does nothing else, and how many pages it has."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from gen.build.pdf_actions import harm


class DamagedPdfError(Exception):
    """The bytes are no PDF to hand out; the message says what is wrong, as the end of a sentence."""


def count_pages(data: bytes) -> int:
    """The number of pages.

    Raises `DamagedPdfError` for what has none, would have to be repaired first, or does more than show them.
    """
    if not data:
        raise DamagedPdfError("is empty")
    if not data.startswith(b"%PDF-"):
        raise DamagedPdfError("does not begin as a PDF")
    if b"%%EOF" not in data[-1024:]:
        raise DamagedPdfError("is cut off")
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            pages, harmful = len(document.pages), harm(document)
    except pikepdf.PdfError as error:
        raise DamagedPdfError(f"cannot be read: {error}") from error
    if pages == 0:
        raise DamagedPdfError("has no pages")
    if harmful is not None:
        raise DamagedPdfError(f"holds {harmful}")
    return pages
