"""Whether a file is a picture: whole ones are, and none that is cut, changed, or of another sort."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.project.picture_file import is_jpeg, is_picture, is_png
from tests.notes_projects import PNG, faults_in, shown

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


def test_a_whole_picture_is_one() -> None:
    assert is_png(PNG) and is_jpeg(JPEG)
    assert is_picture("a.PNG", PNG) and is_picture("a.jpeg", JPEG)
    assert not is_picture("a.jpg", PNG) and not is_picture("a.png", JPEG)


@pytest.mark.parametrize("length", range(len(PNG)))
def test_one_that_is_cut_is_none(length: int) -> None:
    assert not is_png(PNG[:length])


@pytest.mark.parametrize("place", range(len(PNG)))
def test_one_with_a_changed_byte_is_none(place: int) -> None:
    assert not is_png(PNG[:place] + bytes((PNG[place] ^ 1,)) + PNG[place + 1 :])


def test_a_chapter_tells_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"no picture")
    (fault,) = faults_in(tmp_path, "# A\n\n```{figure} p.png\nA caption.\n```\n")
    assert shown(fault, tmp_path) == ("1.md:3:13: p.png is no PNG, or it is damaged", "p.png")
