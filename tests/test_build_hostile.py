"""Everything people type prints literally: every hostile text in every field, read back from the PDF."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from gen.cli.main import main
from tests.pdf_text import pdf_text, stands_in

SAMPLES = Path(__file__).parent / "data" / "hostile_text.jsonl"
TEXTS: tuple[str, ...] = tuple(
    json.loads(line)["value"] for line in SAMPLES.read_text(encoding="utf-8").splitlines()
)
# Several at a time, each after its number, so that one that ends the text early is seen.
GROUPS = tuple(TEXTS[start : start + 8] for start in range(0, len(TEXTS), 8))
LONGEST_NAME = 200


def numbered(field: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts with marks around them that say where they stand."""
    return tuple(f"{field}{number} {text} {field}{number}" for number, text in enumerate(texts))


def together(texts: tuple[str, ...], longest: int) -> tuple[str, ...]:
    """The texts in as few lines of at most `longest` characters as their order allows."""
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + 1 + len(text) <= longest:
            lines[-1] += " " + text
        else:
            lines.append(text)
    return tuple(lines)


def toml(text: str) -> str:
    """A string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def markdown(text: str) -> str:
    """Markdown that says the text literally: every sign of punctuation escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def hold_literal(fields: dict[str, tuple[str, ...]], pdf: bytes) -> None:
    """Every text of every field stands on the pages."""
    text = pdf_text(pdf)
    lost = [value for values in fields.values() for value in values if not stands_in(value, text)]
    assert lost == []


@pytest.mark.parametrize("texts", GROUPS, ids=lambda texts: texts[0][:20])
def test_every_field_of_a_sheet_and_a_roster_prints_literally(
    texts: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = ("title", "course", "author", "date", "term", "instructions", "prompt")
    students = together(numbered("stu", texts), LONGEST_NAME)
    fields = {name: numbered(name[:3], texts) for name in names}
    plain = {name: " ".join(fields[name]) for name in names}
    lines = ['id = "s"', 'formats = ["worksheet"]']
    lines += [f"{name} = {toml(plain[name])}" for name in names[:5]]
    lines += [f"instructions = {toml(markdown(plain['instructions']))}"]
    lines += ["[[problem]]", 'of = "W*X"', 'wrt = "W"', f"prompt = {toml(markdown(plain['prompt']))}"]
    (tmp_path / "sheet.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (tmp_path / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "name"))
        table.writerows((f"s{number}", name) for number, name in enumerate(students))
    words = ["build", str(tmp_path / "sheet.toml"), "-o", str(tmp_path / "out"), "--engine", "tinytex"]
    assert main([*words, "--roster", str(tmp_path / "roster.csv"), "--only", "worksheet"]) == 0, (
        capfd.readouterr()
    )
    made = tmp_path / "out" / "s" / "worksheet"
    for number, student in enumerate(students):
        hold_literal({"name": (student,), **fields}, (made / f"s{number}.pdf").read_bytes())


@pytest.mark.parametrize("texts", GROUPS, ids=lambda texts: texts[0][:20])
def test_every_field_and_text_of_notes_prints_literally(
    texts: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = ("title", "subtitle", "author", "date", "heading", "text", "item", "cell", "theorem", "code")
    fields = {name: numbered(name[:3], texts) for name in names}
    plain = {name: " ".join(fields[name]) for name in names}
    lines = ['id = "n"', 'chapters = ["one.md", "two.md"]'] + [
        f"{name} = {toml(plain[name])}" for name in names[:4]
    ]
    (tmp_path / "notes.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = {name: markdown(plain[name]) for name in names}
    chapter = (
        f"# {said['heading']}\n\n{said['text']}\n\n- {said['item']}\n\n"
        f"| a | b |\n|---|---|\n| {said['cell']} | x |\n\n"
        f"> {said['theorem']}\n\n```\n" + "\n".join(fields["code"]) + "\n```\n"
    )
    (tmp_path / "one.md").write_text(chapter, encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\nwords\n", encoding="utf-8")
    words = ["notes", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "pdf", "--engine", "tinytex"]
    assert main(words) == 0, capfd.readouterr()
    hold_literal(fields, next((tmp_path / "out").rglob("notes.pdf")).read_bytes())
