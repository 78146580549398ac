"""Whether bytes are a whole PDF that shows pages and does nothing else, and how many pages it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from gen.build.pdf_actions import harm


class DamagedPdfError(Exception):
    """The bytes are no PDF to hand out; the message says what is wrong, as the end of a sentence."""


@contextmanager
def whole(
    data: bytes, harm: Callable[[pikepdf.Pdf], str | None] = harm, *, inherit: bool = False
) -> Iterator[pikepdf.Pdf]:
    """A PDF opened to be looked at; `harm` says what it does more than show pages.

    With `inherit`, what a page has from those above it stands in the page itself.

    Raises `DamagedPdfError` for what has no pages, would have to be repaired first, or does more than show
    them.
    """
    if not data:
        raise DamagedPdfError("is empty")
    if not data.startswith(b"%PDF-"):
        raise DamagedPdfError("does not begin as a PDF")
    if b"%%EOF" not in data[-1024:]:
        raise DamagedPdfError("is cut off")
    try:
        document = pikepdf.open(BytesIO(data), attempt_recovery=False, inherit_page_attributes=inherit)
    except pikepdf.PdfError as error:
        raise DamagedPdfError(f"cannot be read: {error}") from error
    with document:
        try:
            pages, harmful = len(document.pages), harm(document)
        except pikepdf.PdfError as error:
            raise DamagedPdfError(f"cannot be read: {error}") from error
        if pages == 0:
            raise DamagedPdfError("has no pages")
        if harmful is not None:
            raise DamagedPdfError(f"holds {harmful}")
        yield document


def count_pages(data: bytes) -> int:
    """The number of pages. Raises `DamagedPdfError` as `whole` does."""
    with whole(data) as document:
        return len(document.pages)
