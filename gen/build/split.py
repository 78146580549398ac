"""One PDF of many documents cut into one a document, each with its own outline, names and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from gen.build.marks import Entry, Marked
from gen.build.uncut import Uncut

_KEPT = ("/Lang", "/PageMode", "/PageLayout", "/ViewerPreferences")


def split(uncut: Uncut, marked: Sequence[Marked]) -> Iterator[bytes]:
    """Yield the PDF of each document of a run, in order.

    Copied are the pages of its range and what they use. Destinations were named `CODE.name`: those of the
    document become `name` again, and links to them; its outline is made of its marks. Equal input gives
    equal bytes.
    """
    whole = uncut.opened()
    names: dict[str, list[tuple[str, Any]]] = {}
    for name, view in _destinations(whole):
        code, _, own = name.partition(".")
        names.setdefault(code, []).append((own, view))
    pages = list(whole.pages)
    places = {_key(page.obj): number for number, page in enumerate(pages)}
    for one in marked:
        with pikepdf.new() as out:
            for page in pages[one.first : one.first + one.pages]:
                out.pages.append(page)
            _name_places(out, one, names.get(one.code, ()), places)
            _shorten_links(out, f"{one.code}.")
            _describe(out, whole, one)
            _outline(out, one.outline)
            made = BytesIO()
            out.save(
                made,
                min_version=whole.pdf_version,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        yield made.getvalue()


def _destinations(whole: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The named places of a PDF, each as its array: page, kind, numbers."""
    if "/Names" in whole.Root and "/Dests" in whole.Root.Names:
        for name, view in pikepdf.NameTree(whole.Root.Names.Dests).items():
            yield str(name), view.D if isinstance(view, Dictionary) else view


def _key(value: Any) -> tuple[int, int]:
    """The number of an object that stands for itself; (0, 0) for others."""
    number, generation = value.objgen if isinstance(value, pikepdf.Object) else (0, 0)
    return int(number), int(generation)


def _name_places(
    out: pikepdf.Pdf, one: Marked, names: Iterable[tuple[str, Any]], places: dict[tuple[int, int], int]
) -> None:
    """Name the places of the pages in `out`."""
    tree: list[Any] = []
    for name, place in sorted(names, key=lambda named: named[0].encode("utf-8")):
        view = list(place)
        number = places.get(_key(view[0]), -1) - one.first
        if 0 <= number < one.pages:
            tree.append(String(name))
            tree.append(Dictionary(D=Array([out.pages[number].obj, *view[1:]])))
    if tree:
        limits = Array([tree[0], tree[-2]])
        leaf = out.make_indirect(Dictionary(Limits=limits, Names=Array(tree)))
        out.Root.Names = Dictionary(Dests=out.make_indirect(Dictionary(Kids=Array([leaf]))))


def _shorten_links(out: pikepdf.Pdf, prefix: str) -> None:
    """Let the links of `out` go to the names without their prefix."""
    for page in out.pages:
        for link in page.get("/Annots", ()):
            action = link.get("/A")
            if action is not None and action.get("/S") == Name.GoTo and isinstance(action.get("/D"), String):
                action.D = String(str(action.D).removeprefix(prefix))
            if isinstance(link.get("/Dest"), String):
                link.Dest = String(str(link.Dest).removeprefix(prefix))


def _describe(out: pikepdf.Pdf, whole: pikepdf.Pdf, one: Marked) -> None:
    """The title, author and language of the document; the rest as it is for the whole run."""
    about = Dictionary(dict(whole.docinfo.items()))
    about.Title, about.Author = _string(one.title), _string(one.author)
    out.trailer.Info = out.make_indirect(about)
    for key in _KEPT:
        if key in whole.Root:
            out.Root[key] = out.copy_foreign(whole.Root[key]) if _indirect(whole, key) else whole.Root[key]
    if one.language:
        out.Root.Lang = _string(one.language)
    out.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([out.pages[0].obj, Name.Fit]))


def _indirect(whole: pikepdf.Pdf, key: str) -> bool:
    return isinstance(whole.Root[key], Dictionary | Array) and bool(whole.Root[key].is_indirect)


def _outline(out: pikepdf.Pdf, entries: Sequence[Entry]) -> None:
    """Make the outline: an entry belongs to the last one before it that has a lower level."""
    if not entries:
        return
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    above: list[tuple[int, Any]] = [(-1_000_000, root)]
    for entry in entries:
        while above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1]
        action = Dictionary(S=Name.GoTo, D=_string(entry.destination))
        item = out.make_indirect(Dictionary(Title=_string(entry.title), A=action, Parent=parent))
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
    out.Root.Outlines = root


def _string(escaped: str) -> Any:
    """A string from its escaped form, which is what TeX writes between the brackets."""
    return pikepdf.Object.parse(b"(" + escaped.encode("utf-8") + b")")
