"""The PDF of a run of TeX, opened once: it is looked at when TeX has made it, and cut afterwards."""

from __future__ import annotations

from contextlib import ExitStack

import pikepdf

from gen.build.pdf import DamagedPdfError, whole


class Uncut:
    """A PDF, from when its pages are counted until the block ends."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._data: bytes | None = None
        self._document: pikepdf.Pdf | None = None

    def __enter__(self) -> Uncut:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def pages(self, data: bytes) -> int:
        """The number of pages; the PDF stays open. Raises `DamagedPdfError` as `count_pages`."""
        if data is not self._data:
            self._stack.close()
            self._data = self._document = None
            self._document = self._stack.enter_context(whole(data, inherit=True))
            self._data = data
        return len(self.opened().pages)

    def opened(self) -> pikepdf.Pdf:
        """The PDF whose pages were counted. Raises `DamagedPdfError` where none was whole."""
        if self._document is None:
            raise DamagedPdfError("was not opened")
        return self._document
