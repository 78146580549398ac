"""PDFs made of objects: qpdf reads them without a complaint; and cut from another one with all they need."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from gen.build.marks import Entry, Marked
from gen.build.pdf import DamagedPdfError
from gen.build.pdf_objects import Objects, references, renumbered, written
from gen.build.pdf_outline import outline
from gen.build.pdf_writer import pdf_of
from gen.build.split import split
from gen.build.uncut import Uncut

NUMBERS = st.sets(st.integers(1, 400), min_size=1, max_size=40)


@given(NUMBERS, st.data())
def test_objects_are_found_under_their_numbers(numbers: set[int], drawn: st.DataObject) -> None:
    streams = drawn.draw(st.sets(st.sampled_from(sorted(numbers))))
    objects = {
        number: written(number, b"<< /Length 3 >>", b"%03d" % number)
        if number in streams
        else written(number, b"<< /N %d >>" % number)
        for number in sorted(numbers)
    }
    root, info, pages = 401, 402, 403
    objects[root] = written(root, b"<< /Type /Catalog /Pages %d 0 R >>" % pages)
    objects[info] = written(info, b"<< /Title (x) >>")
    objects[pages] = written(pages, b"<< /Type /Pages /Kids [ 404 0 R ] /Count 1 >>")
    page = b"<< /Type /Page /Parent 403 0 R /MediaBox [ 0 0 9 9 ] /Resources << >> >>"
    objects[404] = written(404, page)
    # qpdf takes a number for a mistake that is a third of the bytes of a file.
    objects[405] = written(405, b"<< /Length 2000 >>", b"x" * 2000)
    data = pdf_of(objects, root, info, "1.4")
    assert data == pdf_of(objects, root, info, "1.5")
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
        assert document.check_pdf_syntax() == []
        assert (len(document.pages), str(document.docinfo.Title)) == (1, "x")
        for number in numbers:
            found = document.get_object(number, 0)
            if number in streams:
                assert found.read_raw_bytes() == b"%03d" % number
            else:
                assert number == found.N


def test_other_objects_make_another_identity() -> None:
    def identity(text: bytes) -> str:
        objects = {
            1: written(1, b"<< /Pages 2 0 R >>"),
            2: written(2, b"<< /Kids [ ] >>"),
            3: written(3, text),
        }
        with pikepdf.open(BytesIO(pdf_of(objects, 1, 3, "1.5"))) as document:
            return str(document.trailer.ID[0])

    assert identity(b"<< >>") == identity(b"<< >>") != identity(b"<< /A 1 >>")


def test_references_are_those_outside_of_strings() -> None:
    text = b"<< /A 7 0 R /B (8 0 R \\) 9 0 R) /C [ 1 0 2 7 0 R 10 0 R ] /R 3 >>"
    assert references(text) == (7, 10)
    expected = b"<< /A 1 0 R /B (8 0 R \\) 9 0 R) /C [ 1 0 2 1 0 R null ] /R 3 >>"
    assert renumbered(text, {7: 1, 8: 2}, {}) == expected
    inside = b"<< /A 1 0 R /B (8 0 R \\) 9 0 R) /C [ 1 0 2 1 0 R [ 1 0 R ] ] /R 3 >>"
    assert renumbered(text, {7: 1}, {10: b"[ 7 0 R ]"}) == inside
    with pytest.raises(DamagedPdfError):
        references(b"[ 7 1 R ]")


def test_only_what_one_object_refers_to_stands_inside_of_it() -> None:
    with pikepdf.new() as document:
        alone, twice = (document.make_indirect(Array([1, 2])) for _ in range(2))
        typed = document.make_indirect(Dictionary(Type=Name.FontDescriptor))
        data = document.make_stream(b"x")
        font = document.make_indirect(Dictionary(A=alone, B=twice, C=typed, D=data))
        other = document.make_indirect(Dictionary(A=twice))
        objects = Objects(document)
        reached = objects.reached([font.objgen[0], other.objgen[0]])
        assert reached == {found.objgen[0] for found in (alone, twice, typed, data, font, other)}
        assert objects.parts(reached, ()) == {alone.objgen[0]: b"[ 1 2 ]"}
        assert objects.parts(reached, [alone.objgen[0]]) == {}


def test_streams_have_the_first_numbers() -> None:
    with pikepdf.new() as document:
        text, data = document.make_indirect(Array([])), document.make_stream(b"x")
        objects = Objects(document)
        numbers = objects.numbered([text.objgen[0], data.objgen[0]], 5)
        assert numbers == {data.objgen[0]: 5, text.objgen[0]: 6}


def test_an_outline_counts_what_is_below() -> None:
    levels = (1, 2, 3, 2, 1)
    texts = outline([Entry(level, f"p.{level}", "T") for level in levels], 10)
    assert [text.count(b"/Parent 10 0 R") for text in texts] == [0, 1, 0, 0, 0, 1]
    assert texts[0] == b"<< /Type /Outlines /First 11 0 R /Last 15 0 R /Count 5 >>"
    assert b"/First 12 0 R /Last 14 0 R /Count 3" in texts[1]
    assert b"/Parent 11 0 R /Prev 12 0 R" in texts[4]
    assert b"/Prev 11 0 R" in texts[5]


def test_a_stream_whose_length_stands_elsewhere_and_pages_of_others() -> None:
    """Made by hand: what TeX could do and does not. No page of another document comes along."""
    with pikepdf.new() as whole:
        for _ in range(3):
            whole.add_blank_page()
        pages = [page.obj for page in whole.pages]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=String("A.x")))
        link.Also = pages[2]
        pages[0].Annots = Array([whole.make_indirect(link)])
        names = [String("A.x"), Array([pages[1], Name.Fit]), String("B.x"), Array([pages[2], Name.Fit])]
        whole.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
        whole.Root.ViewerPreferences = whole.make_indirect(Dictionary(DisplayDocTitle=True))
        out = BytesIO()
        whole.save(out)
    marked = (Marked("A", "One", "", "de", 0, 2, ()), Marked("B", "Two", "", "", 2, 1, (Entry(1, "x", "X"),)))
    with Uncut() as uncut:
        assert uncut.pages(out.getvalue()) == 3
        first, second = split(uncut, marked)
    with pikepdf.open(BytesIO(first)) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.pages) == 2
        types = [str(found.get("/Type")) for found in document.objects if isinstance(found, Dictionary)]
        assert types.count("/Page") == 2
        note = document.pages[0].obj.Annots[0]
        assert (str(note.A.D), note.get("/Also")) == ("x", None)
        ((name, view),) = pikepdf.NameTree(document.Root.Names.Dests).items()
        assert (name, view.D[0].objgen) == ("x", document.pages[1].obj.objgen)
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("de", "One")
    with pikepdf.open(BytesIO(second)) as document:
        assert (len(document.pages), str(document.Root.Outlines.First.A.D)) == (1, "x")
        assert "/Lang" not in document.Root


def test_what_is_cut_was_looked_at() -> None:
    with Uncut() as uncut:
        with pytest.raises(DamagedPdfError, match="is empty"):
            uncut.pages(b"")
        with pytest.raises(DamagedPdfError, match="was not opened"):
            uncut.opened()
