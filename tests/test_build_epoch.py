"""The date in PDFs: SOURCE_DATE_EPOCH, and a constant where it is not set; never the clock."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gen.build.environment import EPOCH
from gen.build.epoch import LATEST, VARIABLE, epoch_of
from gen.cli.main import main
from gen.errors import InputError

SHEET = 'id = "s1"\ntitle = "T"\nformats = ["worksheet"]\n[[problem]]\nof = "W*X"\nwrt = "W"\n'
NOTES = 'id = "n1"\ntitle = "N"\nchapters = ["one.md"]\n'
BAD = ("soon", "-1", "+1", "1.5", "1e9", " 1", "٣", str(LATEST + 1), "32503680000", "9" * 100_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\ns1,Ada\ns2,Emmy\n", encoding="utf-8")
    (tmp_path / "notes.toml").write_text(NOTES, encoding="utf-8")
    (tmp_path / "one.md").write_text("# One\n\nwords\n", encoding="utf-8")
    return tmp_path


def commands(folder: Path) -> dict[str, list[str]]:
    """All that make a PDF, with what makes them quick."""
    sheet, out = str(folder / "sheet.toml"), ["-o", str(folder / "out")]
    small = ["--engine", "tinytex", *out]
    return {
        "build": ["build", sheet, *small],
        "class": ["build", sheet, "--roster", str(folder / "roster.csv"), "--merge", *small],
        "notes": ["notes", str(folder), "--format", "pdf", *small],
        "derive": [
            "derive",
            "W*X",
            "--wrt",
            "W",
            "--format",
            "pdf",
            "-o",
            str(folder / "out" / "derive.pdf"),
        ],
        "reference": ["reference", *small],
    }


def dates(folder: Path) -> dict[str, set[str]]:
    """The dates in all PDFs below a folder."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.pdf")):
        with pikepdf.open(BytesIO(path.read_bytes())) as document:
            info = document.docinfo
            found[path.name] = {str(info[key]) for key in ("/CreationDate", "/ModDate") if key in info}
    return found


def test_the_value_of_the_variable() -> None:
    assert epoch_of(None) == epoch_of("") == EPOCH
    assert epoch_of("0") == epoch_of("00") == 0
    assert epoch_of(str(LATEST)) == LATEST
    for bad in BAD:
        with pytest.raises(InputError, match=VARIABLE) as caught:
            epoch_of(bad)
        assert len(caught.value.report.message) < 200


@pytest.mark.parametrize("command", ["build", "class", "notes", "derive", "reference"])
def test_no_date_is_one_line_and_writes_nothing(
    command: str, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(folder.rglob("*"))
    for bad in (BAD[0], BAD[1], BAD[-2]):
        monkeypatch.setenv(VARIABLE, bad)
        assert main(commands(folder)[command]) == 2
        err = capfd.readouterr().err
        assert [line for line in err.splitlines() if not line.startswith("  hint: ")] == [err.splitlines()[0]]
        assert err.startswith(f"error: {VARIABLE} is ")
    assert "2147483647 (2038-01-19, 03:14:07 UTC)" in err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("command", ["build", "class", "notes", "derive"])
def test_the_dates_of_pdfs_follow_it(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words, out = commands(folder)[command], folder / "out"
    monkeypatch.delenv(VARIABLE, raising=False)
    assert main(words) == 0
    usual = dates(out)
    assert set().union(*usual.values()) == {"D:20000101000000Z"}
    monkeypatch.setenv(VARIABLE, "1700000000")
    assert main(words) == 0
    then = dates(out)
    assert set().union(*then.values()) == {"D:20231114221320Z"}
    # What is put together of others has no date of its own.
    assert {name for name, found in then.items() if not found} <= {"print.pdf"}
