"""A finished PDF is read once more before it gets its name: does every page of it belong to its student?"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

import pikepdf

from gen.build.page_text import PageReader
from gen.build.pdf import DamagedPdfError, whole


class StrangerError(Exception):
    """A page is not what the file says it is; the message says which, as a sentence without its end."""


def read_back(data: bytes, code: str, pages: int, others: Collection[str]) -> None:
    """Read every page of a document that came out of a chunk.

    Each must carry the document's mark with its own number, show the code, and show none of the codes of
    `others`. Raises `StrangerError` for the first page that does not, or when there are not `pages` of them,
    and `DamagedPdfError` for bytes that are no whole PDF.
    """
    strange = [other for other in others if other != code]
    reader = PageReader()
    with whole(data) as document:
        if len(document.pages) != pages:
            raise StrangerError(f"there are {len(document.pages)} pages instead of {pages}")
        for number, page in enumerate(document.pages, 1):
            text, marks = reader.read(page)
            if marks != ((code, number),):
                said = ", ".join(f"page {n} of {whose}" for whose, n in marks) or "nobody's"
                raise StrangerError(f"page {number} of {code} is marked as {said}")
            if code not in text:
                raise StrangerError(f"page {number} of {code} does not show its code")
            for other in strange:
                if other in text:
                    raise StrangerError(f"page {number} of {code} shows the code {other}")


def read_alone(data: bytes, code: str) -> None:
    """Read every page of a document that was set by itself: there are no marks, but each must show the code.

    Raises `StrangerError` for the first page that does not.
    """
    reader = PageReader()
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
        for number, page in enumerate(document.pages, 1):
            if code not in reader.read(page)[0]:
                raise StrangerError(f"page {number} of {code} does not show its code")


__all__ = ["DamagedPdfError", "StrangerError", "read_alone", "read_back"]
