"""Whether a PDF does anything but show pages: every object is looked at, by its decoded names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pikepdf

# What a link may do by its /S; all else starts programs, sends data, plays or loads something.
HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
ACTIONS = frozenset(
    "/GoTo /URI /Named /Launch /JavaScript /SubmitForm /ResetForm /ImportData /GoToR /GoToE /GoToDp /Thread "
    "/Sound /Movie /Hide /SetOCGState /Rendition /Trans /GoTo3DView /RichMediaExecute".split()
)
FORBIDDEN_KEYS = {
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/EF": "an embedded file",
    "/EmbeddedFiles": "an embedded file",
    "/AA": "an action without a click",
    "/XFA": "a form",
    "/AcroForm": "a form",
    "/RichMediaContent": "other media",
    "/Collection": "embedded files",
}
FORBIDDEN_TYPES = {
    "/EmbeddedFile": "an embedded file",
    "/Filespec": "a link to a file",
    "/F": "a link to a file",
}
FORBIDDEN_NOTES = frozenset(
    {"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D", "/Widget"}
)
_COMPOUND = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
# What an object without harm does not name: only those that do are taken apart. A space follows every name.
# /F is a glyph of fonts too: as a type, or with a string, a dictionary or another object, it names a file.
_NAMES = {*ACTIONS - HARMLESS_ACTIONS, *FORBIDDEN_KEYS, *FORBIDDEN_TYPES, *FORBIDDEN_NOTES, "/URI"} - {"/F"}
_FILE = r"/Type /F(?!\S)|/F (?:[(<]|\d+ \d+ R)|^/F$"
_RISKY = re.compile(rf"(?:{'|'.join(sorted(_NAMES))})(?!\S)|{_FILE}".encode(), re.MULTILINE)
# To the web, or to a page beside the PDF, such as the accessible one that says the same.
_LINK = re.compile(
    rb"(?:https?|mailto):|(?:\.\./)*(?:[\w.%-]+/)*[\w.%-]+\.html(?:#[\w.%-]*)?\Z", re.IGNORECASE
)


def harm(document: pikepdf.Pdf, texts: bytes | None = None) -> str | None:
    """What in `document` is more than pages, links on them and to the web, and an outline; None if nothing.

    The answer is an object for `holds`: `a Launch action`, `an embedded file`. `texts` are what all of its
    objects are by `text_of`; those may be missing of which `can_harm` is false.
    """
    if texts is None:
        texts = b"\n".join(map(text_of, document.objects))
    if can_harm(texts):
        for found in _dictionaries(_risky(document)):
            if (told := _harm(found)) is not None:
                return told
    start = document.Root.get("/OpenAction")
    if isinstance(start, pikepdf.Dictionary) and str(start.get("/S")) != "/GoTo":
        return "an action without a click"
    return None


def can_harm(texts: bytes) -> bool:
    """Whether objects name something harmful, be it for another object that refers to it."""
    return _RISKY.search(texts) is not None


def text_of(found: pikepdf.Object) -> bytes:
    """An object as text without escapes in its names, what it refers to left as references."""
    return (found.stream_dict if isinstance(found, pikepdf.Stream) else found).unparse(resolved=True)


def _harm(found: pikepdf.Object) -> str | None:
    keys = set(found.keys())
    for key in FORBIDDEN_KEYS.keys() & keys:
        return FORBIDDEN_KEYS[key]
    if "/S" in keys:
        does = found.get("/S")
        name = str(does) if isinstance(does, pikepdf.Name) else ""
        if name in ACTIONS and name not in HARMLESS_ACTIONS:
            return f"a {name[1:]} action"
    if "/URI" in keys:
        target = found.get("/URI")
        # In the catalogue /URI is a dictionary with the base of all links.
        if not isinstance(target, pikepdf.String) or not _LINK.match(bytes(target)):
            return "a link that is none to the web"
    if "/Type" in keys and (told := FORBIDDEN_TYPES.get(str(found.get("/Type")))):
        return told
    if "/Subtype" in keys and str(found.get("/Subtype")) in FORBIDDEN_NOTES:
        return f"a {str(found.get('/Subtype'))[1:]} annotation"
    if isinstance(found, pikepdf.Stream) and "/F" in keys:
        return "a link to a file"
    return None


def _risky(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The objects that name something harmful, decoded; all of them where a name stands by itself.

    Such a name can be what another object says by reference.
    """
    everything = list(document.objects)
    risky = [found for found in everything if _RISKY.search(text_of(found))]
    return risky if all(isinstance(found, _COMPOUND) for found in risky) else everything


def _dictionaries(among: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """Every dictionary and the one of every stream, however deep inside others."""
    for whole in among:
        inside = [whole]
        while inside:
            found = inside.pop()
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                yield found
                values = [value for _, value in found.items()]
            elif isinstance(found, pikepdf.Array):
                values = list(found)
            else:
                continue
            # What is indirect has its own turn.
            inside += [
                value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect
            ]
