"""`freeindex check notes.toml`: everything that is wrong with notes, found without running TeX."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gen.cli.check_letters import check_letters
from gen.cli.counted import counted
from gen.cli.progress import telling
from gen.cli.screen import say
from gen.document.note_blocks import NoteBlock, Notes
from gen.document.note_words import unprintable_in, words_in
from gen.document.tex import escape
from gen.errors import InputError
from gen.project.chapters import examine_chapters, read_notes_chapters
from gen.project.notes_file import examine_notes
from gen.project.source import read_source

# What is counted when nothing is wrong, by the names of the records.
COUNTED = (
    ("Derived", "derivation"),
    ("Compared", "comparison"),
    ("Exercise", "exercise"),
    ("Figure", "figure"),
    ("Picture", "picture"),
)


def check_notes(path: Path) -> int:
    """Read and derive everything.

    Of several faults each is one line on standard output; the first is the error as well. Raises InputError,
    and BuildError for what is right but cannot be printed on this machine.
    """
    source = read_source(path)
    file, faults = examine_notes(source)
    notes: Notes | None = None
    if file is not None:
        with telling() as tell:
            notes, faults = examine_chapters(read_notes_chapters(file), tell)
    if len(faults) > 1:
        for fault in faults:
            say(" ".join(fault.message.split()))
    if faults or notes is None:
        raise InputError(faults[0])
    for char in unprintable_in(notes):
        code = f"U+{ord(char):04X}"
        say(f"{source.file}: note: {code} can be seen in no font and will print as [{code}]")
    check_letters(source.file, map(escape, words_in(notes)), None, None)
    counts: Counter[str] = Counter()
    for chapter in notes.chapters:
        _count(chapter.blocks, counts)
    found = ", ".join(counted(counts[name], word) for name, word in COUNTED if counts[name])
    said = counted(len(notes.chapters), "chapter")
    say(f"{source.file}: no fault in {said}" + (f": {found}" if found else ""))
    return 0


def _count(blocks: tuple[NoteBlock, ...], counts: Counter[str]) -> None:
    for block in blocks:
        counts[type(block).__name__] += 1
        _count(getattr(block, "blocks", ()), counts)
