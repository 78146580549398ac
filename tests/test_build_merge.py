"""PDFs put together: whole sheets of paper for each student, and thumbnails on one page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gen.build.merge import A4, TOGETHER, merge_files, thumbnails

LETTER = (612.0, 792.0)


def pdf(pages: int, size: tuple[float, float] = A4) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=size)
        out = BytesIO()
        made.save(out)
        return out.getvalue()


def sizes(data: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(data)) as read:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in read.pages]


def merged(folder: Path, documents: list[bytes], *, duplex: bool = True) -> bytes:
    """The documents as one, by way of files; the number of pages is what is said."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.pdf" for number, _ in enumerate(documents)]
    for path, data in zip(paths, documents, strict=True):
        path.write_bytes(data)
    pages = merge_files(paths, folder / "out.pdf", duplex=duplex)
    data = (folder / "out.pdf").read_bytes()
    assert pages == len(sizes(data))
    return data


def test_each_document_is_padded_to_whole_sheets_of_its_paper(tmp_path: Path) -> None:
    data = merged(tmp_path, [pdf(1, LETTER), pdf(2), pdf(3)])
    assert [round(wide) for wide, _ in sizes(data)] == [612] * 2 + [595] * 6
    assert len(sizes(merged(tmp_path, [pdf(1), pdf(2)], duplex=False))) == 3


def test_more_documents_than_are_open_at_a_time_stay_in_order(tmp_path: Path) -> None:
    documents = [pdf(1, (300.0 + number, 400.0)) for number in range(2 * TOGETHER + 1)]
    found = sizes(merged(tmp_path, documents, duplex=False))
    assert [wide for wide, _ in found] == [300.0 + number for number in range(2 * TOGETHER + 1)]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    assert merged(tmp_path / "a", [pdf(1), pdf(2)]) == merged(tmp_path / "b", [pdf(1), pdf(2)])
    assert thumbnails([pdf(1)]) == thumbnails([pdf(1)])


@pytest.mark.parametrize("count", [1, 3, 4, 9])
def test_thumbnails_stand_on_one_page_inside_it(count: int) -> None:
    data = thumbnails([pdf(2, LETTER)] * count)
    with pikepdf.open(BytesIO(data)) as read:
        (page,) = read.pages
        assert len(page.Resources.XObject) == count
        drawn = pikepdf.parse_content_stream(page)
        frames = [word.operands for word in drawn if str(word.operator) == "re"]
    assert len(frames) == count
    for left, low, wide, high in (map(float, map(str, frame)) for frame in frames):
        assert 0 < left < left + wide < A4[0]
        assert 0 < low < low + high < A4[1]
        assert wide / high == pytest.approx(612 / 792, rel=0.01)
