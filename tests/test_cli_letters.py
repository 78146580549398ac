"""`check`, `build` and `doctor` on letters that a machine can or cannot print; no line holds a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gen.build import doctor, lettering
from gen.build.engine import LUA, by_name
from gen.build.font_files import Font
from gen.cli.main import main
from gen.document.writing import Face

SHEET = 'id = "s1"\ntitle = "T"\nseed = 3\nformats = ["worksheet"]\n[[problem]]\nfamily = "trace-product"\n'
ROSTER = "id,name\ns1,Zoë\ns2,Иван\ns3,王小明\ns4,김철수\n"
FONT = Font(Face("/fonts/FreeSerif.otf"), "FreeSerif", False, ((0x20, 0x7E), (0x370, 0x52F)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet and a roster, on a machine with LuaLaTeX and one font."""
    lua = replace(
        by_name(LUA), find=lambda: Path("/usr/bin/lualatex"), files=lambda _, names: frozenset(names)
    )
    for module in (lettering, doctor):
        monkeypatch.setattr(module, "by_name", lambda name: lua)
        monkeypatch.setattr(module, "installed_fonts", lambda: (FONT,))
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def call(folder: Path, *words: str) -> int:
    return main([words[0], str(folder / "sheet.toml"), "--roster", str(folder / "roster.csv"), *words[1:]])


def test_check_names_the_student_the_character_and_what_to_install(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, "check") == 1
    out, err = capfd.readouterr()
    lines = [line for line in out.splitlines() if "student" in line and "no font" in line]
    place = folder / "roster.csv"
    assert lines == [
        f"{place}:4: student s3: no font here has U+5C0F (CJK UNIFIED IDEOGRAPH-5C0F) and 2 more; "
        "install fonts-noto-cjk (names of Debian), or a font for Chinese such as Noto Serif CJK SC or "
        "Source Han Serif SC",
        f"{place}:5: student s4: no font here has U+AE40 (HANGUL SYLLABLE GIM) and 2 more; "
        "install fonts-noto-cjk (names of Debian), or a font for Korean such as Noto Serif CJK KR or "
        "Source Han Serif K",
    ]
    assert err.startswith("error: 2 of what is to be printed cannot be; the first: ")
    assert not set("王김") & set(out + err)
    assert not (folder / "output").exists()


def test_one_fault_is_the_error_itself(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "roster.csv").write_text("id,name\ns3,王\n", encoding="utf-8")
    assert call(folder, "check") == 1
    err = capfd.readouterr().err.splitlines()
    assert err[0].endswith("roster.csv:2: student s3: no font here has U+738B (CJK UNIFIED IDEOGRAPH-738B)")
    assert err[1].startswith("  hint: install fonts-noto-cjk")


def test_what_is_printed_here_is_no_fault(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "roster.csv").write_text("id,name\ns1,Zoë\ns2,Иван\ns3,Phương\n", encoding="utf-8")
    assert call(folder, "check") == 0
    assert "no fault" in capfd.readouterr().out


def test_text_of_the_sheet_is_told_by_its_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "sheet.toml").write_text(SHEET.replace('"T"', '"Матрицы 数"'), encoding="utf-8")
    (folder / "roster.csv").write_text("id,name\ns1,Zoë\n", encoding="utf-8")
    assert call(folder, "check") == 1
    assert "sheet.toml: no font here has U+6570 (CJK" in capfd.readouterr().err


def test_a_build_makes_the_others_and_names_no_name(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "roster.csv").write_text("id,name\ns1,Zoë\ns3,王小明\n", encoding="utf-8")
    assert call(folder, "build", "-o", str(folder / "out")) == 1
    out, err = capfd.readouterr()
    assert "worksheet: 1 PDF\n" in out
    assert "worksheet/s3: no font here has U+5C0F" in err
    assert "hint: install fonts-noto-cjk" in err
    assert "王" not in out + err
    made = sorted(file.name for file in (folder / "out" / "s1" / "worksheet").iterdir())
    assert made == ["s1.pdf", "s3.tex"]


def test_the_doctor_says_which_scripts_are_printed_here(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor"]) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if "scripts" in line.split()[:2]]
    assert "with LuaLaTeX: Latin with further accents, as in Vietnamese, Greek, Cyrillic" in lines[0]
    assert any("no font for Japanese, Korean, Chinese: install fonts-noto-cjk" in line for line in lines)
    monkeypatch.setattr(doctor, "by_name", lambda name: replace(by_name(LUA), find=lambda: None))
    main(["doctor"])
    lines = [line for line in capfd.readouterr().out.splitlines() if "scripts" in line.split()[:2]]
    assert len(lines) == 1 and lines[0].startswith("no ") and "texlive-luatex" in lines[0]
