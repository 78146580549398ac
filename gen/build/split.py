"""One PDF of many documents cut into one a document, each with its own outline, names and title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, String

from gen.build.marks import Marked
from gen.build.pdf_objects import Objects, Written, references, renumbered, written
from gen.build.pdf_outline import outline, string
from gen.build.pdf_writer import pdf_of
from gen.build.uncut import Uncut

_KEPT = ("/Lang", "/PageMode", "/PageLayout", "/ViewerPreferences")


def split(uncut: Uncut, marked: Sequence[Marked]) -> Iterator[bytes]:
    """Yield the PDF of each document of a run, in order.

    Copied are the pages of its range and what they use. What documents share has the same number in all of
    them, so that it is made ready once. Destinations were named `CODE.name`: those of the document become
    `name` again, and links to them; its outline is made of its marks. Equal input gives equal bytes.
    """
    run = _Run(*uncut.opened(), marked)
    for one in marked:
        yield run.document(one)


class _Run:
    """The PDF of a run, ready to be cut: each page is below the one node of its document's pages."""

    def __init__(self, document: pikepdf.Pdf, objects: Objects, marked: Sequence[Marked]) -> None:
        self._version = str(document.pdf_version)
        self._objects = objects
        pages = [page.obj for page in document.pages]
        self._pages = [_number(page) for page in pages]
        for one in marked:
            for page in pages[one.first : one.first + one.pages]:
                for link in page.get("/Annots", ()):
                    _shorten(link, f"{one.code}.")
                    objects.take_again(page, page.Annots, link, link.get("/A"))
        self._nodes = frozenset(_number(page.Parent) for page in pages)
        objects.apart = frozenset((*self._pages, *self._nodes, _number(document.Root)))
        self._about = dict(document.docinfo.items())
        self._kept = {key: document.Root[key].unparse() for key in _KEPT if key in document.Root}
        about = references(b" ".join((Dictionary(self._about).unparse(), *self._kept.values())))
        reached = {
            one.code: objects.reached([*self._pages[one.first : one.first + one.pages], *about])
            for one in marked
        }
        self._parts = objects.parts(set().union(*reached.values()), about)
        self._needed = {code: needed - self._parts.keys() for code, needed in reached.items()}
        users = Counter(chain.from_iterable(self._needed.values()))
        self._shared = objects.numbered([number for number, count in users.items() if count > 1])
        self._written: dict[int, Written] = {}
        self._views: dict[str, list[tuple[str, int, bytes]]] = {}
        for name, view in _destinations(document):
            code, _, own = name.partition(".")
            self._views.setdefault(code, []).append((own, _number(view[0]), view.unparse()))

    def document(self, one: Marked) -> bytes:
        """The PDF of a document."""
        needed = self._needed[one.code]
        numbers = dict(self._shared)
        numbers |= self._objects.numbered(needed - self._shared.keys(), len(numbers) + 1)
        top = len(numbers) + 1
        numbers |= dict.fromkeys(self._nodes, top)
        pages = self._pages[one.first : one.first + one.pages]
        kids = b" ".join([b"%d 0 R" % numbers[page] for page in pages])
        own = [b"<< /Count %d /Kids [ %b ] /Type /Pages >>" % (len(pages), kids)]
        catalogue = {"/Type": b"/Catalog", "/Pages": b"%d 0 R" % top}
        catalogue |= {key: renumbered(text, numbers, self._parts) for key, text in self._kept.items()}
        catalogue["/OpenAction"] = b"<< /D [ %d 0 R /Fit ] /S /GoTo >>" % numbers[pages[0]]
        if one.language:
            catalogue["/Lang"] = string(one.language).unparse()
        if names := _names(self._views.get(one.code, ()), pages):
            catalogue["/Names"] = b"<< /Dests %d 0 R >>" % (top + len(own))
            own.append(renumbered(names, numbers, self._parts))
        if one.outline:
            catalogue["/Outlines"] = b"%d 0 R" % (top + len(own))
            own += outline(one.outline, top + len(own))
        about = Dictionary(self._about)
        about.Title, about.Author = string(one.title), string(one.author)
        own.append(renumbered(about.unparse(), numbers, self._parts))
        own.append(b"<< %b >>" % b" ".join([b"%b %b" % (key.encode(), catalogue[key]) for key in catalogue]))
        objects = {numbers[number]: self._copied(number, numbers) for number in needed}
        objects |= {number: written(number, text) for number, text in enumerate(own, top)}
        root = top + len(own) - 1
        return pdf_of(dict(sorted(objects.items())), root, root - 1, self._version)

    def _copied(self, number: int, numbers: Mapping[int, int]) -> Written:
        """An object of the run as it is written in a document with these numbers."""
        if number in self._written:
            return self._written[number]
        found = self._objects.found(number)
        if number not in self._shared:
            text = renumbered(found.text, numbers, self._parts)
            return written(numbers[number], text, found.stream)
        text = renumbered(found.text, self._shared, self._parts)
        self._written[number] = written(self._shared[number], text, found.stream)
        return self._written[number]


def _destinations(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The named places of a PDF, each as its array: page, kind, numbers."""
    if "/Names" in document.Root and "/Dests" in document.Root.Names:
        for name, view in pikepdf.NameTree(document.Root.Names.Dests).items():
            yield str(name), view.D if isinstance(view, Dictionary) else view


def _number(found: Any) -> int:
    """The number of an object that stands for itself; 0 for others."""
    return int(found.objgen[0]) if isinstance(found, pikepdf.Object) else 0


def _names(views: Iterable[tuple[str, int, bytes]], pages: Sequence[int]) -> bytes:
    """The tree of names for those places that are on `pages`; empty where none is."""
    places = {
        name.encode("utf-8"): String(name).unparse() + b" << /D " + view + b" >>"
        for name, page, view in views
        if page in pages
    }
    listed = b" ".join([places[name] for name in sorted(places)])
    return b"<< /Names [ %b ] >>" % listed if listed else b""


def _shorten(link: Any, prefix: str) -> None:
    """Let a link go to the name without its prefix."""
    action = link.get("/A")
    if action is not None and action.get("/S") == Name.GoTo and isinstance(action.get("/D"), String):
        action.D = String(str(action.D).removeprefix(prefix))
    if isinstance(link.get("/Dest"), String):
        link.Dest = String(str(link.Dest).removeprefix(prefix))
