"""The outline of a PDF, made of the entries that TeX wrote into its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from gen.build.marks import Entry


@dataclass(slots=True)
class _Item:
    """A line of the outline: its place among the objects, and those around it; the root has no `entry`."""

    at: int
    entry: Entry | None = None
    parent: _Item | None = None
    previous: _Item | None = None
    following: _Item | None = None
    children: list[_Item] = field(default_factory=list)
    below: int = 0


def outline(entries: Sequence[Entry], first: int) -> list[bytes]:
    """The objects of an outline with these entries, numbered from `first`; the first one is its root.

    An entry belongs to the last one before it that has a lower level. Everything is open, as TeX makes it:
    each entry counts for all that it is below.
    """
    items = [_Item(first)]
    above: list[tuple[int, _Item]] = [(-1_000_000, items[0])]
    for entry in entries:
        while len(above) > 1 and above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1]
        item = _Item(first + len(items), entry, parent)
        if parent.children:
            item.previous = parent.children[-1]
            item.previous.following = item
        parent.children.append(item)
        for _, higher in above:
            higher.below += 1
        above.append((entry.level, item))
        items.append(item)
    return [_text(item) for item in items]


def string(escaped: str) -> pikepdf.Object:
    """A string from its escaped form, which is what TeX writes between the brackets."""
    return pikepdf.Object.parse(b"(" + escaped.encode("utf-8") + b")")


def _text(item: _Item) -> bytes:
    said = b"/Type /Outlines"
    if item.entry is not None:
        goes = string(item.entry.destination).unparse()
        said = b"/A << /D %b /S /GoTo >> /Title %b" % (goes, string(item.entry.title).unparse())
    if item.children:
        ends = (item.children[0].at, item.children[-1].at, item.below)
        said += b" /First %d 0 R /Last %d 0 R /Count %d" % ends
    for key, other in ((b"Parent", item.parent), (b"Prev", item.previous), (b"Next", item.following)):
        if other is not None:
            said += b" /%b %d 0 R" % (key, other.at)
    return b"<< %b >>" % said
