"""Notes projects in a folder of their own, for tests."""

from __future__ import annotations

from pathlib import Path

from gen.document.note_blocks import Notes
from gen.errors import Report
from gen.project.chapters import examine_chapters, read_notes_chapters, whole_notes
from gen.project.notes_file import read_notes

# Chapters that hold every kind of block.
CHAPTERS = tuple(
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "data" / "notes").glob("*.md"))
)

# A picture of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def project(folder: Path, *chapters: str, more: str = "") -> Path:
    """`notes.toml` in `folder` with chapters 1.md, 2.md ...; `more` are further lines of it."""
    names = [f"{number}.md" for number, _ in enumerate(chapters, start=1)]
    for name, text in zip(names, chapters, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    listed = ", ".join(f'"{name}"' for name in names)
    file = folder / "notes.toml"
    file.write_text(f'id = "n"\ntitle = "T"\nchapters = [{listed}]\n{more}', encoding="utf-8")
    return file


def notes_of(folder: Path, *chapters: str, more: str = "") -> Notes:
    """The finished notes."""
    return whole_notes(read_notes_chapters(read_notes(project(folder, *chapters, more=more))))


def faults_in(folder: Path, *chapters: str, more: str = "") -> tuple[Report, ...]:
    """Everything that is wrong with the chapters."""
    read = read_notes_chapters(read_notes(project(folder, *chapters, more=more)))
    return examine_chapters(read)[1]


def shown(report: Report, folder: Path) -> tuple[str, str]:
    """The message from the file's name on, and what the caret stands under."""
    marked = "" if report.source is None else report.source[report.start : report.end]
    return report.message.replace(f"{folder}/", ""), marked
