"""No other student's code stands anywhere in a file: wherever one is put, it is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from gen.build.glance import glance
from gen.build.readback import DamagedPdfError, Run, StrangerError, read_back

OWN, OTHER = "AB01-X001", "CD02-Y002"
CODES = (OWN, OTHER)
Change = Callable[[Pdf], None]
# Shows other letters than its bytes are: A as C, and so on; digits and the hyphen as they are.
SHIFTED = b"1 beginbfrange <41> <58> <0043> endbfrange"
CAPITALS = b"1 beginbfrange <41> <5A> <0041> endbfrange"


def font_of(document: Pdf, cmap: bytes = CAPITALS) -> Any:
    table = document.make_indirect(Stream(document, cmap))
    return document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, ToUnicode=table))


def page_of(code: str, number: int, more: bytes = b"") -> bytes:
    mark = f"/FreeIndex <</Code ({code}) /Page {number}>> DP".encode()
    text = b"BT\n/F1 9 Tf 10 700 Td [(Pr)-3(oblem)]TJ\n%b\nET\nBT\n/F1 8 Tf 10 20 Td [(%b)-20(%b)]TJ\nET\n"
    return mark + b"\n" + text % (more, code[:3].encode(), code[3:].encode())


def made(change: Change = lambda document: None, code: str = OWN, *contents: bytes) -> bytes:
    """A document of two pages, or of pages with some contents, changed."""
    with pikepdf.new() as document:
        font = font_of(document)
        for content in contents or (page_of(code, 1), page_of(code, 2)):
            document.add_blank_page()
            page = document.pages[-1].obj
            page.Resources = Dictionary(Font=Dictionary(F1=font))
            page.Contents = document.make_stream(content)
        change(document)
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def on_page(more: bytes, **resources: Any) -> Change:
    """Something else drawn on the second page."""

    def change(document: Pdf) -> None:
        page = document.pages[1].obj
        for kind, entries in resources.items():
            made_of = {f"/{name}": entry(document) for name, entry in entries.items()}
            page.Resources[f"/{kind}"] = Dictionary(dict(page.Resources.get(f"/{kind}", {})) | made_of)
        page.Contents = document.make_stream(page_of(OWN, 2, more))

    return change


def form(content: bytes, **fonts: Any) -> Callable[[Pdf], Any]:
    def made_in(document: Pdf) -> Any:
        drawn = document.make_stream(content, Type=Name.XObject, Subtype=Name.Form)
        drawn.Resources = Dictionary(Font=Dictionary({f"/{k}": f(document) for k, f in fonts.items()}))
        return drawn

    return made_in


def linked(document: Pdf) -> None:
    action = Dictionary(S=Name.GoTo, D=String(f"{OTHER}.problem-1"))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])


def place(document: Pdf) -> None:
    names = Array([String(OTHER + ".page.1"), Array([document.pages[0].obj, Name.Fit])])
    document.Root.Names = Dictionary(Dests=Dictionary(Names=names))


def outlined(document: Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Ü {OTHER}", 0))


def titled(text: str) -> Change:
    def change(document: Pdf) -> None:
        document.docinfo["/Title"] = String(text)

    return change


def described(document: Pdf) -> None:
    with document.open_metadata() as about:
        about["dc:title"] = f"Sheet of {OTHER}"


def named(document: Pdf) -> None:
    document.pages[0].obj["/PieceInfo"] = document.make_indirect(Name(f"/{OTHER}"))


def keyed(document: Pdf) -> None:
    document.pages[0].obj["/PieceInfo"] = Dictionary({f"/x{OTHER}x": 1})


def undrawn(document: Pdf) -> None:
    shown = form(b"BT /F2 9 Tf [(AB)1(02-W002)]TJ ET", F2=lambda found: font_of(found, SHIFTED))
    document.pages[0].obj.Resources.XObject = Dictionary(Fm9=shown(document))


def noted(document: Pdf) -> None:
    """What a note shows is no part of the drawing of a page."""
    look = form(b"BT /F2 9 Tf (CD02-Y002) Tj ET", F2=font_of)(document)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, AP=Dictionary(N=look))
    document.pages[0].Annots = Array([note])


def in_a_table(document: Pdf) -> None:
    document.pages[0].obj.Resources.Font.F2 = font_of(document, b"% " + OTHER.encode())


def utf_16_in_a_stream(document: Pdf) -> None:
    document.pages[0].obj["/PieceInfo"] = document.make_stream(OTHER.encode("utf-16-be"))


def shifted(more: bytes, cmap: bytes = SHIFTED) -> Change:
    """With a second font, which shows other letters."""
    return on_page(more, Font={"F2": lambda document: font_of(document, cmap)})


def drawing(more: bytes, content: bytes, cmap: bytes = CAPITALS) -> Change:
    """With a form that has two names for its font."""
    font = partial(font_of, cmap=cmap)
    return on_page(more, XObject={"Fm": form(content, F1=font, F2=font)})


def hiding_its_fonts(document: Pdf) -> None:
    """The fonts are those of the page's parent; others with their names stand in the page."""
    shifted(b"/F2 9 Tf (AB02-W002) Tj /F1 9 Tf")(document)
    page = document.pages[1].obj
    plain = Dictionary(Font=Dictionary(F1=font_of(document), F2=font_of(document)))
    page.Parent.Resources, page["/PieceInfo"] = page.Resources, Dictionary(Resources=plain)
    del page["/Resources"]


def hidden_in_resources(document: Pdf) -> None:
    """Something else in the resources has fonts with the same names; these were seen on the page before."""
    shifted(b"/F2 9 Tf (AB02-W002) Tj /F1 9 Tf")(document)
    resources, known = document.pages[1].obj.Resources, document.pages[0].obj.Resources.Font.F1
    resources.Font = document.make_indirect(resources.Font)
    resources.Properties = Dictionary(A=Dictionary(Font=Dictionary(F1=known, F2=known)))


def without_fonts(document: Pdf) -> None:
    """Fonts that are none of the page's: what is drawn is what a reader makes of it."""
    on_page(b"(CD02-Y002) Tj")(document)
    page = document.pages[1].obj
    page.Resources = Dictionary(Properties=Dictionary(A=Dictionary(Font=Dictionary(F9=font_of(document)))))


FILE, SHOWN, DRAWING = "the file of .* holds", "page 2 of .* shows", "the drawing of page 2 of .* holds"
FAULTS: dict[str, tuple[Change, str]] = {
    "text": (on_page(b"[(CD0)-28(2-Y)]TJ 0 g (002) Tj"), SHOWN),
    "text-in-two-fonts": (shifted(b"(C) Tj /F2 9 Tf (B02-W) Tj /F1 9 Tf (002) Tj"), SHOWN),
    "text-by-a-table": (shifted(b"/F2 9 Tf (AB02-W002) Tj /F1 9 Tf"), SHOWN),
    "text-by-a-font-from-above": (hiding_its_fonts, SHOWN),
    "text-by-a-font-beside-others": (hidden_in_resources, SHOWN),
    "text-without-fonts": (without_fonts, SHOWN),
    "text-in-hexadecimal": (on_page(b"<434430322D59303032> Tj"), SHOWN),
    "text-in-numbers": (on_page(b"(\\103\\104\\0602-Y002) Tj"), SHOWN),
    "text-in-few-digits": (on_page(b"(CD02\\55Y002) Tj"), SHOWN),
    "text-after-brackets": (on_page(b"(\\() Tj [(CD02)(-Y002)]TJ (\\)) Tj"), SHOWN),
    "text-between-brackets": (on_page(b"((CD02-Y002)) Tj"), SHOWN),
    "text-before-brackets-in-a-comment": (on_page(b"% (\n[(CD02)(-Y002)]TJ % )"), SHOWN),
    "drawn-form": (drawing(b"/Fm Do", b"BT /F1 9 Tf (CD02)Tj (-Y002) Tj ET"), SHOWN),
    "half-in-a-form": (drawing(b"(CD0) Tj /Fm Do", b"BT /F1 9 Tf (2-Y002) Tj ET"), SHOWN),
    "undrawn-form": (undrawn, FILE),
    "look-of-a-note": (noted, FILE),
    "other-text-of-a-mark": (on_page(b"/Span <</ActualText (CD02-Y002)>> BDC (x) Tj EMC"), SHOWN),
    "name-in-the-drawing": (on_page(b"/CD02-Y002 gs"), DRAWING),
    "comment-in-the-drawing": (on_page(b"% CD02-Y002\n"), DRAWING),
    "title": (titled(f"Sheet of {OTHER}"), FILE),
    "title-in-utf-16": (titled(f"Übung {OTHER} \u2014 \u4e2d"), FILE),
    "outline": (outlined, FILE),
    "link": (linked, FILE),
    "name-of-a-place": (place, FILE),
    "metadata": (described, FILE),
    "name-by-reference": (named, FILE),
    "key": (keyed, FILE),
    "table-of-a-font": (in_a_table, FILE),
    "data-in-utf-16": (utf_16_in_a_stream, FILE),
}  # fmt: skip


def test_what_is_made_by_hand_is_its_own() -> None:
    read_back(made(), OWN, 2, Run(CODES))


@pytest.mark.parametrize("name", FAULTS)
def test_another_code_is_seen_wherever_it_stands(name: str) -> None:
    change, told = FAULTS[name]
    with pytest.raises(StrangerError, match=f"{told} the code {OTHER}$"):
        read_back(made(change), OWN, 2, Run(CODES))
    # Nothing else is wrong with it, and one's own code may stand anywhere.
    read_back(made(change), OWN, 2, Run([OWN, "EF03-Z003"]))


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_seen_after_other_documents_were_read(name: str) -> None:
    """What is the other one's own is nothing to be known by."""
    run = Run(CODES)
    read_back(made(), OWN, 2, run)
    read_back(made(code=OTHER), OTHER, 2, run)
    with pytest.raises(StrangerError, match=OTHER):
        read_back(made(FAULTS[name][0]), OWN, 2, run)


def test_what_one_may_hold_another_may_not() -> None:
    title = titled(f"\u4e2d {OTHER}")
    run = Run(CODES)
    read_back(made(title, OTHER), OTHER, 2, run)
    with pytest.raises(StrangerError, match="the file of"):
        read_back(made(title), OWN, 2, run)


def test_a_stream_is_known_by_all_of_its_data() -> None:
    def holding(text: str) -> bytes:
        # Not packed, so that both begin alike and are equally long.
        out = BytesIO()
        with pikepdf.open(BytesIO(made())) as document:
            document.pages[0].obj["/PieceInfo"] = document.make_stream(b"letters " * 99 + text.encode())
            document.save(out, compress_streams=False)
        return out.getvalue()

    run = Run(CODES)
    read_back(holding("x" * len(OTHER)), OWN, 2, run)
    with pytest.raises(StrangerError, match="the file of"):
        read_back(holding(OTHER), OWN, 2, run)


def test_a_font_is_not_known_by_its_number() -> None:
    """Two files that differ in the table of a font alone; all texts and numbers are equal."""
    first = made(
        on_page(b"/F2 9 Tf (AB02-W002) Tj /F1 9 Tf", Font={"F2": lambda found: font_of(found, CAPITALS)})
    )
    second = made(
        on_page(b"/F2 9 Tf (AB02-W002) Tj /F1 9 Tf", Font={"F2": lambda found: font_of(found, SHIFTED)})
    )
    with pikepdf.open(BytesIO(first)) as one, pikepdf.open(BytesIO(second)) as other:
        fonts = [document.pages[1].obj.Resources.Font.F2 for document in (one, other)]
        assert fonts[0].unparse(resolved=True) == fonts[1].unparse(resolved=True)
    run = Run(CODES)
    read_back(first, OWN, 2, run)
    with pytest.raises(StrangerError, match="shows the code"):
        read_back(second, OWN, 2, run)


def test_a_form_is_not_known_by_its_drawing_alone() -> None:
    """What it shows depends on fonts that are other objects."""

    drawn = b"BT /F2 9 Tf (AB02-W002) Tj ET"
    first, second = (made(drawing(b"/Fm Do", drawn, cmap)) for cmap in (CAPITALS, SHIFTED))
    run = Run(CODES)
    read_back(first, OWN, 2, run)
    with pytest.raises(StrangerError, match="shows the code"):
        read_back(second, OWN, 2, run)


def test_between_the_objects_of_a_file_nothing_is_hidden() -> None:
    data = made()
    with pytest.raises(StrangerError, match="the file of"):
        read_back(data.replace(b"startxref", f"% {OTHER}\nstartxref".encode()), OWN, 2, Run(CODES))


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ((page_of(OWN, 1), page_of(OWN, 1)), "page 2 of AB01-X001 is marked as page 1 of AB01-X001"),
        ((page_of(OWN, 1), page_of(OTHER, 2)), "page 2 of AB01-X001 is marked as page 2 of CD02-Y002"),
        ((page_of(OWN, 1), b"BT /F1 9 Tf (AB01-X001) Tj ET"), "page 2 of AB01-X001 is marked as nobody's"),
        ((page_of(OWN, 1), page_of(OWN, 2) + page_of(OWN, 1)), "is marked as page 2 of .*, page 1 of"),
        ((page_of(OWN, 1), page_of(OWN, 2).replace(b"(1-X", b"(1-Y")), "does not show its code"),
        ((page_of(OWN, 1), rb"(/FreeIndex <</Code \(A\) /Page 2>> DP) Tj (AB01-X001) Tj"), "nobody's"),
        ((page_of(OWN, 1),), "there are 1 pages instead of 2"),
    ],
)  # fmt: skip
def test_a_page_must_be_marked_and_show_its_code(contents: tuple[bytes, ...], told: str) -> None:
    with pytest.raises(StrangerError, match=told):
        read_back(made(lambda document: None, OWN, *contents), OWN, 2, Run(CODES))


def test_the_code_in_the_mark_is_not_shown() -> None:
    mark = f"/FreeIndex <</Code ({OWN}) /Page 1>> DP /F1 9 Tf (x) Tj".encode()
    with pytest.raises(StrangerError, match="does not show its code"):
        read_back(made(lambda document: None, OWN, mark), OWN, 1, Run(CODES))


def test_a_font_that_shows_no_code_does_not_show_it() -> None:
    """The bytes are there, and in the font in which they are drawn they are other signs."""
    drawn = f"/FreeIndex <</Code ({OWN}) /Page 1>> DP\nBT\n/F1 9 Tf (x) Tj /F2 9 Tf ({OWN}) Tj ET".encode()

    def change(document: Pdf) -> None:
        document.pages[0].obj.Resources.Font.F2 = font_of(document, SHIFTED)

    assert glance(drawn) is not None
    with pytest.raises(StrangerError, match="does not show its code"):
        read_back(made(change, OWN, drawn), OWN, 1, Run(CODES))


def test_harm_is_seen_after_other_documents_were_read() -> None:
    def launching(document: Pdf) -> None:
        document.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("x")))]
        )

    def by_reference(document: Pdf) -> None:
        action = Dictionary(S=document.make_indirect(Name.Launch))
        document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=action)])

    def listed(document: Pdf) -> None:
        """The name is there, and is the action of nobody."""
        document.pages[0].obj["/PieceInfo"] = Array([document.make_indirect(Name.Launch)])

    def referring(document: Pdf) -> None:
        document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.GoTo))])
        document.pages[0].Annots[0].A.S = document.make_indirect(Name.GoTo)

    run = Run(CODES)
    for change in (lambda document: None, listed, referring):
        read_back(made(change), OWN, 2, run)
    for change in (launching, by_reference):
        for _ in range(2):
            with pytest.raises(DamagedPdfError, match="holds a Launch action"):
                read_back(made(change), OWN, 2, run)
