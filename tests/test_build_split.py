"""Marks, and what is read back: a page that belongs to somebody else never passes."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from gen.build.chunk_run import made_together
from gen.build.marks import Entry, Marked, MarksError, read_marks
from gen.build.pdf import DamagedPdfError
from gen.build.readback import Run, StrangerError, read_back
from tests.chunk_class import code_of, piece, setting

GOOD = (
    "document\\|A\\|T \\(1\\) \\\\\\|\\|en\\|\\!\noutline\\|A\\|1\\|p.1\\|\\376\\377\\0001\\|\\!\n"
    "page\\|A\\|1\\|\\!\npage\\|A\\|2\\|\\!\ndone\\|A\\|2\\|\\!\n"
    "document\\|B\\|\\|\\|\\|\\!\npage\\|B\\|1\\|\\!\ndone\\|B\\|1\\|\\!\n"
)


def test_marks_are_read_whole_and_broken() -> None:
    expected = (
        Marked("A", "T \\(1\\) \\\\", "", "en", 0, 2, (Entry(1, "p.1", "\\376\\377\\0001"),)),
        Marked("B", "", "", "", 2, 1, ()),
    )
    assert read_marks(GOOD, ["A", "B"], 3) == expected
    broken = GOOD.replace("\n", "")
    broken = "\n".join(broken[at : at + 7] for at in range(0, len(broken), 7))
    assert read_marks(broken, ["A", "B"], 3) == expected


@pytest.mark.parametrize(
    ("old", "new", "codes", "pages"),
    [
        ("", "", ["A", "B"], 4),
        ("", "", ["B", "A"], 3),
        ("", "", ["A", "B", "C"], 3),
        ("", "", ["A"], 3),
        ("page\\|A\\|2", "page\\|B\\|2", ["A", "B"], 3),
        ("page\\|A\\|2", "page\\|A\\|3", ["A", "B"], 3),
        ("done\\|A\\|2", "done\\|A\\|1", ["A", "B"], 3),
        ("done\\|A\\|2\\|\\!\n", "", ["A", "B"], 3),
        ("done\\|B\\|1\\|\\!", "done\\|B", ["A", "B"], 3),
        ("outline\\|A\\|1", "outline\\|A\\|x", ["A", "B"], 3),
        ("outline\\|A", "strange\\|A", ["A", "B"], 3),
    ],
)
def test_marks_that_do_not_add_up(old: str, new: str, codes: list[str], pages: int) -> None:
    with pytest.raises(MarksError):
        read_marks(GOOD.replace(old, new), codes, pages)


@pytest.fixture(scope="module")
def made() -> list[tuple[str, bytes, int]]:
    results = made_together([piece(number, "tinytex") for number in (1, 2, 3)], setting("tinytex"))
    return [(code_of(n), r.typeset.pdf, r.typeset.pages) for n, r in enumerate(results, 1) if r.typeset]


CODES = [code_of(number) for number in (1, 2, 3)]


def test_what_was_made_is_read_back(made: list[tuple[str, bytes, int]]) -> None:
    for code, data, pages in made:
        read_back(data, code, pages, Run(CODES))


def test_what_was_cut_is_without_a_fault_and_holds_no_other_page(made: list[tuple[str, bytes, int]]) -> None:
    for _, data, pages in made:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            assert document.check_pdf_syntax() == []
            found = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
            assert sum(one.get("/Type") == pikepdf.Name.Page for one in found) == pages
            assert sum(one.get("/Type") == pikepdf.Name.Catalog for one in found) == 1


def test_every_document_has_an_id_of_its_own(made: list[tuple[str, bytes, int]]) -> None:
    ids = []
    for _, data, _ in made:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
            first, second = map(bytes, document.trailer.ID)
            assert first == second and len(first) == 16
            ids.append(first)
    assert len(set(ids)) == len(made)


def test_a_page_of_another_one_is_seen(made: list[tuple[str, bytes, int]]) -> None:
    (_, first, _), _, (code, third, pages) = made
    with pikepdf.open(BytesIO(third)) as document, pikepdf.open(BytesIO(first)) as other:
        document.pages[1] = other.pages[0]
        with pytest.raises(StrangerError, match=f"page 2 of {code} is marked as page 1 of {CODES[0]}"):
            read_back(saved(document), code, pages, Run(CODES))


def test_pages_that_changed_places_or_are_lost_are_seen(made: list[tuple[str, bytes, int]]) -> None:
    code, data, pages = made[2]
    assert pages > 1
    with pikepdf.open(BytesIO(data)) as document:
        del document.pages[0]
        with pytest.raises(StrangerError, match="instead of"):
            read_back(saved(document), code, pages, Run(CODES))
        with pytest.raises(StrangerError, match="is marked as page 2"):
            read_back(saved(document), code, pages - 1, Run(CODES))


@pytest.mark.parametrize("form", [False, True])
def test_another_code_on_the_page_is_seen(made: list[tuple[str, bytes, int]], form: bool) -> None:
    """In the drawing itself, in pieces; and inside a form that is drawn."""
    code, data, pages = made[0]
    with pikepdf.open(BytesIO(data)) as document:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        page.obj.Resources.Font["/Strange"] = font
        shown = b"\nBT /Strange 9 Tf [(AB02)-20(\\055X0)3(02)]TJ ET\n"
        if form:
            fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Strange=font))
            drawn = document.make_stream(shown, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            drawn.Resources = fonts
            page.obj.Resources.XObject = pikepdf.Dictionary(Inner=drawn)
            shown = b"\nq /Inner Do Q\n"
        page.contents_add(shown)
        with pytest.raises(StrangerError, match=f"shows the code {CODES[1]}"):
            read_back(saved(document), code, pages, Run(CODES))


def test_a_page_without_its_code_is_seen(made: list[tuple[str, bytes, int]]) -> None:
    code, data, pages = made[0]
    with pikepdf.open(BytesIO(data)) as document:
        page = document.pages[0]
        mark = f"/FreeIndex <</Code ({code}) /Page 1>> DP\n".encode()
        page.obj.Contents = document.make_stream(mark)
        with pytest.raises(StrangerError, match="does not show its code"):
            read_back(saved(document), code, pages, Run(CODES))
    with pytest.raises(DamagedPdfError):
        read_back(data[:-2000], code, pages, Run(CODES))


def saved(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
