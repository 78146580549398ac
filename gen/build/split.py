"""One PDF of many documents cut into one a document, each with its own outline, names and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from gen.build.marks import Entry, Marked
from gen.build.uncut import Uncut

_KEPT = ("/Lang", "/PageMode", "/PageLayout", "/ViewerPreferences")
_EFFORT: Literal[3] = 3  # of 9, to pack what is not packed yet: more takes time and saves nothing to speak of
_SAME_ID = b"31415926535897932384626433832795"  # what qpdf writes where it is not to make an id of its own


def split(uncut: Uncut, marked: Sequence[Marked]) -> Iterator[bytes]:
    """Yield the PDF of each document of a run, in order.

    The catalogue of the run becomes that of one document after another, and what its pages do not use is not
    written. Destinations were named `CODE.name`: those of the
    document become `name` again, and links to them; its outline is made of its marks. Equal input gives
    equal bytes.
    """
    run = uncut.opened()
    pikepdf.settings.set_flate_compression_level(_EFFORT)
    names: dict[str, list[tuple[str, Any]]] = {}
    for name, view in _destinations(run):
        code, _, own = name.partition(".")
        names.setdefault(code, []).append((own, view))
    if "/ID" in run.trailer:
        del run.trailer["/ID"]
    pages = [page.obj for page in run.pages]
    about = dict(run.docinfo.items())
    catalogue = {key: run.Root[key] for key in _KEPT if key in run.Root}
    for one in marked:
        shown = pages[one.first : one.first + one.pages]
        node = run.make_indirect(Dictionary(Type=Name.Pages, Count=len(shown), Kids=Array(shown)))
        for page in shown:
            page.Parent = node
            _shorten_links(page, f"{one.code}.")
        root = Dictionary(Type=Name.Catalog, Pages=node)
        for key, value in catalogue.items():
            root[key] = value
        root.OpenAction = Dictionary(S=Name.GoTo, D=Array([shown[0], Name.Fit]))
        if one.language:
            root.Lang = _string(one.language)
        _name_places(run, root, shown, names.get(one.code, ()))
        _outline(run, root, one.outline)
        info = Dictionary(about)
        info.Title, info.Author = _string(one.title), _string(one.author)
        run.trailer.Root = run.make_indirect(root)
        run.trailer.Info = run.make_indirect(info)
        made = BytesIO()
        run.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
        yield _identified(made.getvalue())


def _identified(data: bytes) -> bytes:
    """A PDF with an id that follows from all that is in it; that of qpdf takes a third of the time to cut."""
    own = sha256(data).hexdigest()[: len(_SAME_ID)].encode()
    end = data.rfind(b"/ID ")
    return data[:end] + data[end:].replace(_SAME_ID, own)


def _destinations(whole: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The named places of a PDF, each as its array: page, kind, numbers."""
    if "/Names" in whole.Root and "/Dests" in whole.Root.Names:
        for name, view in pikepdf.NameTree(whole.Root.Names.Dests).items():
            yield str(name), view.D if isinstance(view, Dictionary) else view


def _name_places(run: pikepdf.Pdf, root: Any, pages: Sequence[Any], names: Iterable[tuple[str, Any]]) -> None:
    """Name the places of some pages."""
    numbers = {page.objgen for page in pages}
    tree: list[Any] = []
    for name, place in sorted(names, key=lambda named: named[0].encode("utf-8")):
        if place[0].objgen in numbers:
            tree += [String(name), Dictionary(D=place)]
    if tree:
        limits = Array([tree[0], tree[-2]])
        leaf = run.make_indirect(Dictionary(Limits=limits, Names=Array(tree)))
        root.Names = Dictionary(Dests=run.make_indirect(Dictionary(Kids=Array([leaf]))))


def _shorten_links(page: Any, prefix: str) -> None:
    """Let the links of a page go to the names without their prefix."""
    for link in page.get("/Annots", ()):
        action = link.get("/A")
        if action is not None and action.get("/S") == Name.GoTo and isinstance(action.get("/D"), String):
            action.D = String(str(action.D).removeprefix(prefix))
        if isinstance(link.get("/Dest"), String):
            link.Dest = String(str(link.Dest).removeprefix(prefix))


def _outline(run: pikepdf.Pdf, catalogue: Any, entries: Sequence[Entry]) -> None:
    """Make the outline: an entry belongs to the last one before it that has a lower level."""
    if not entries:
        return
    root = run.make_indirect(Dictionary(Type=Name.Outlines))
    above: list[tuple[int, Any]] = [(-1_000_000, root)]
    for entry in entries:
        while above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1]
        action = Dictionary(S=Name.GoTo, D=_string(entry.destination))
        item = run.make_indirect(Dictionary(Title=_string(entry.title), A=action, Parent=parent))
        if "/Last" in parent:
            item.Prev = parent.Last
            parent.Last.Next = item
        else:
            parent.First = item
        parent.Last = item
        # Everything is open, as TeX makes it: each entry counts for all that it is below.
        for _, higher in above:
            higher.Count = int(higher.get("/Count", 0)) + 1
        above.append((entry.level, item))
    catalogue.Outlines = root


def _string(escaped: str) -> Any:
    """A string from its escaped form, which is what TeX writes between the brackets."""
    return pikepdf.Object.parse(b"(" + escaped.encode("utf-8") + b")")
