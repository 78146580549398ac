"""Which files of the last build stay beside those that are made now."""

from __future__ import annotations

from collections.abc import Sequence

from gen.build.class_files import ANSWERS
from gen.build.class_order import ClassOrder
from gen.build.contents import Contents
from gen.build.counted import counted
from gen.build.manifest import Made

DOCUMENTS = ("pdf", "tex", "html")  # endings of what is made of a sheet, not for a learning platform


def staying(
    before: Sequence[Made], order: ClassOrder, contents: Contents
) -> tuple[tuple[Made, ...], list[str]]:
    """The files of the last build that stay, and what is to be told of those that do not fit any more."""
    mine = set(order.names)
    stay: list[Made] = []
    gone: list[Made] = []
    unknown: list[Made] = []
    for old in before:
        # What is made for one student leaves the files of all others alone.
        if (not order.whole and old.student not in mine) or _is_export(old, order):
            stay.append(old)
        elif _is_not_made(old, order):
            fits = contents.fits(old)
            if fits is False or (old.student is not None and old.student not in mine):
                gone.append(old)
                continue
            stay.append(old)
            if fits is None:
                unknown.append(old)
    lines: list[str] = []
    if gone:
        lines.append(f"removed {counted(len(gone), 'file')} of another version of the sheet: {_kinds(gone)}")
    if unknown:
        what = f"{counted(len(unknown), 'file')} of an earlier build"
        lines.append(f"note: {what} may not fit the sheet as it is now: {_kinds(unknown)}; build them too")
    return tuple(stay), lines


def _is_export(old: Made, order: ClassOrder) -> bool:
    """Whether a file is one for a learning platform."""
    name, _, ending = old.path.rpartition(".")
    return name in order.others and ending not in DOCUMENTS


def _is_not_made(old: Made, order: ClassOrder) -> bool:
    """Whether a file is of a kind that is not made now: another format, or a PDF beside pages alone."""
    if _kind(old) in order.others:
        return True
    pages_alone = not order.formats and not old.path.endswith(".html")
    return pages_alone and not (old.path == ANSWERS and order.answers)


def _kind(old: Made) -> str:
    return old.path.split("/")[0].rsplit(".", 1)[0]


def _kinds(files: Sequence[Made]) -> str:
    return ", ".join(dict.fromkeys(map(_kind, files)))
