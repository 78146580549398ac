"""`notes.toml` as a frozen record, and the keys it may hold as visible tuples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gen.document.pen import Pen, pen_for
from gen.document.words import LANGUAGES
from gen.errors import InputError, Report, input_error
from gen.language.declaration import Declaration, together
from gen.project import kinds
from gen.project.keys import Key, read_table
from gen.project.notation import NOTATION_KEYS, USUAL, Notation
from gen.project.places import Path as KeyPath
from gen.project.source import Source, read_source
from gen.project.theme_key import THEME_KEY, theme_of
from gen.project.written import NOTHING, clash, symbols_of

NAME = "notes.toml"
RAW = ("tex", "html")
MOST_CHAPTERS = 200


@dataclass(frozen=True, slots=True)
class NotesFile:
    """What a person's `notes.toml` says.

    `chapters` are the files in the order of the notes, `folder` where they lie; `raw` are the formats of
    which raw text is let through. `theme` is a name or a file.
    """

    file: str
    folder: Path
    id: str
    title: str
    chapters: tuple[str, ...]
    subtitle: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    paper: str = "a4"
    seed: int = 1
    raw: tuple[str, ...] = ()
    theme: str = "light"
    notation: Notation = USUAL
    strict: bool = False
    declarations: tuple[Declaration, ...] = ()

    @property
    def pen(self) -> Pen:
        """What formulas and fixed words are written with."""
        return pen_for(self.notation.style, self.language)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the chapters, which are those of their pages."""
        return tuple(Path(chapter).stem for chapter in self.chapters)


NOTES_KEYS = (
    Key("id", kinds.IDENTIFIER, 'the name of the output folder, such as id = "calculus"', required=True),
    Key("title", kinds.FILLED, 'what stands on the cover, such as title = "Matrices"', required=True),
    Key(
        "chapters",
        kinds.texts(MOST_CHAPTERS),
        'the files of the chapters in their order, such as chapters = ["01-why.md"]',
        required=True,
    ),
    Key("subtitle", kinds.TEXT, "the line below the title", default=""),
    Key("author", kinds.TEXT, "who wrote the notes", default=""),
    Key("date", kinds.MOMENT, "the date to print", default=""),
    Key("language", kinds.choice(*LANGUAGES), "the language of the fixed words", default="en"),
    Key("paper", kinds.choice("a4", "letter"), "the size of the pages", default="a4"),
    Key("seed", kinds.whole(0), "the number that all that is random comes from", default=1),
    Key("raw", kinds.choices_or_none(*RAW), "formats of which raw text is let through", default=()),
    THEME_KEY,
    Key("notation", kinds.TABLE, "how derivations are written", default=NOTHING),
    Key("symbols", kinds.TABLE, "shapes that hold in all chapters", default=NOTHING),
)


def notes_path(project: Path) -> Path:
    """The file of a project, which may be named by the folder it lies in.

    Raises InputError for a folder without one, with a folder in it that has one as the hint.
    """
    if not project.is_dir() or (project / NAME).is_file():
        return project / NAME if project.is_dir() else project
    found = next((file.parent for file in sorted(project.glob(f"*/{NAME}"))), None)
    hint = f"name the folder of the notes: {found}" if found else "freeindex init DIR makes one"
    raise input_error("syntax", f"{project}: there is no {NAME} in this folder", where="file", hint=hint)


def read_notes(file: Path) -> NotesFile:
    """The record of a file. Raises InputError with the first fault, with its line."""
    notes, faults = examine_notes(read_source(file))
    if faults or notes is None:
        raise InputError(faults[0])
    return notes


def examine_notes(source: Source) -> tuple[NotesFile | None, tuple[Report, ...]]:
    """The record of `source`, None where something is wrong, and every fault in the order of the file."""
    if "problem" in source.table and "chapters" not in source.table:
        hint = f"freeindex build {source.file}"
        return None, (source.fault(("problem",), "this is a sheet, not notes", hint=hint),)
    values, faults = read_table(source, (), source.table, NOTES_KEYS)
    folder = Path(source.file).parent
    notation, of_notation = read_table(source, ("notation",), values["notation"], NOTATION_KEYS)
    strict, declared, of_symbols = symbols_of(source, ("symbols",), values["symbols"])
    faults += (*of_notation, *of_symbols)
    try:
        together(declared)
    except InputError as error:
        faults += (clash(source, ("symbols",), error.report),)
    faults += _chapters(source, folder, values["chapters"] or ())
    theme, of_theme = theme_of(source, values["theme"])
    faults += of_theme
    if faults:
        return None, tuple(sorted(faults, key=lambda fault: (fault.start is None, fault.start or 0)))
    plain: Mapping[str, Any] = {
        name: value for name, value in values.items() if name not in ("notation", "symbols", "theme")
    }
    return NotesFile(
        file=source.file,
        folder=folder,
        notation=Notation(**notation),
        strict=strict,
        declarations=declared,
        theme=theme,
        **plain,
    ), ()


def _chapters(source: Source, folder: Path, chapters: tuple[str, ...]) -> tuple[Report, ...]:
    """Files that are not there, lie elsewhere, or would have one page."""
    faults: list[Report] = []
    names: dict[str, str] = {}
    for number, chapter in enumerate(chapters):
        at: KeyPath = ("chapters", number)
        name = Path(chapter).stem
        if "/" in chapter or "\\" in chapter or not chapter.endswith(".md"):
            hint = 'chapters lie beside notes.toml and end in .md, such as "01-why.md"'
            faults.append(source.fault(at, f"{chapter!r} is no file of a chapter", hint=hint, value=True))
        elif not kinds.is_identifier(name) or name in ("index", "genindex"):
            hint = "its page is named after it: letters a-z, digits, - and _; not index, not genindex"
            faults.append(source.fault(at, f"{chapter!r} cannot name a chapter", hint=hint, value=True))
        elif name.lower() in names:
            faults.append(source.fault(at, f"{chapter} is named twice", value=True))
        elif not (folder / chapter).is_file():
            faults.append(source.fault(at, f"{chapter}: there is no such file beside {NAME}", value=True))
        names[name.lower()] = chapter
    return tuple(faults)
