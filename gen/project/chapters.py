"""From `notes.toml` to finished notes: read all chapters, then make those that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from gen.document.formula import phrase
from gen.document.note_blocks import Chapter, IndexLine, Notes
from gen.document.said_once import said_once
from gen.document.wording import sentence_tex
from gen.errors import FreeIndexError, InputError, Report, input_error, nearest
from gen.project.chapter_text import read_chapter
from gen.project.directives import DIRECTIVE_NAMED
from gen.project.labels import Labels, labels_of, walk
from gen.project.maker import Maker, Used
from gen.project.markdown_tree import ReadChapter, read_tree
from gen.project.notation import stated
from gen.project.notes_file import NotesFile
from gen.project.roles import Place

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """All chapters as read, with their labels; `unread` are the faults of those that could not be."""

    file: NotesFile
    chapters: tuple[ReadChapter, ...]
    labels: Labels
    unread: tuple[Report, ...]

    @property
    def faults(self) -> tuple[Report, ...]:
        """Everything that is wrong with how the chapters are written, in their order."""
        found = [
            fault
            for chapter in self.chapters
            for fault in _in_order((*chapter.faults, *self.labels.faults[chapter.name]))
        ]
        return (*self.unread, *found)


def read_notes_chapters(file: NotesFile) -> ReadNotes:
    """Read every chapter. What cannot be read at all is among the faults."""
    chapters: list[ReadChapter] = []
    unread: list[Report] = []
    for number, name in enumerate(file.chapters, start=1):
        try:
            text = read_chapter(file.folder / name)
        except FreeIndexError as error:
            unread.append(error.report)
            continue
        chapters.append(read_tree(text, number, file, DIRECTIVE_NAMED))
    return ReadNotes(file, tuple(chapters), labels_of(tuple(chapters), file.pen.words), tuple(unread))


def examine_chapters(read: ReadNotes, tell: Tell = lambda words: None) -> tuple[Notes, tuple[Report, ...]]:
    """The notes, and everything that is wrong with them, in the order of the chapters."""
    faults: dict[str, list[Report]] = {chapter.name: [] for chapter in read.chapters}
    made: list[tuple[Chapter, Maker]] = []
    used: Used = {}
    for chapter in read.chapters:
        tell(f"chapter {chapter.number} ...")
        finished, maker = _made(chapter, read, used)
        made.append((finished, maker))
        faults[chapter.name] += maker.faults
    for chapter in read.chapters:
        faults[chapter.name] += (*chapter.faults, *read.labels.faults[chapter.name])
    found = [fault for chapter in read.chapters for fault in _in_order(faults[chapter.name])]
    # What is asked for in two places, such as an exercise and its solution, has one fault.
    once = {fault.message: fault for fault in (*read.unread, *found)}
    return _notes(read, made), tuple(once.values())


def whole_notes(read: ReadNotes, tell: Tell = lambda words: None) -> Notes:
    """The notes. Raises InputError with the first fault; nothing is derived after it."""
    if read.faults:
        raise InputError(read.faults[0])
    made: list[tuple[Chapter, Maker]] = []
    used: Used = {}
    for chapter in read.chapters:
        tell(f"chapter {chapter.number} ...")
        finished, maker = _made(chapter, read, used)
        if maker.faults:
            raise InputError(_in_order(maker.faults)[0])
        made.append((finished, maker))
    return _notes(read, made)


def single_chapter(read: ReadNotes, name: str) -> Notes:
    """The notes with one chapter, whose numbers and links are those it has among all.

    The chapters before it are made only where it lists the rules used so far. Raises InputError for a
    name that no chapter has, and with the first fault of the chapter.
    """
    name = name.removesuffix(".md")
    names = read.file.names
    if name not in names:
        close = nearest(name, names)
        hint = f"did you mean {close}?" if close else "the chapters are " + ", ".join(names)
        raise input_error(
            "unknown_name", f"{read.file.file}: there is no chapter {name}", where="file", hint=hint
        )
    if read.faults:
        raise InputError(read.faults[0])
    wanted = next(chapter for chapter in read.chapters if chapter.name == name)
    used: Used = {}
    if any(b.directive is not None and b.directive.kind.name == "reference" for b in walk(wanted)):
        for chapter in read.chapters[: wanted.number - 1]:
            _made(chapter, read, used)
    finished, maker = _made(wanted, read, used)
    if maker.faults:
        raise InputError(_in_order(maker.faults)[0])
    return _notes(read, [(finished, maker)])


def _made(chapter: ReadChapter, read: ReadNotes, used: Used) -> tuple[Chapter, Maker]:
    maker = _maker(chapter, read, used)
    plain = _without_blocks(chapter, maker)
    return replace(plain, blocks=said_once(maker.blocks(chapter.blocks))), maker


def _maker(chapter: ReadChapter, read: ReadNotes, used: Used) -> Maker:
    texts = {known.name: known.text for known in read.chapters}
    return Maker(chapter, read.file, read.labels, texts, used)


def _without_blocks(chapter: ReadChapter, maker: Maker) -> Chapter:
    title = maker.line(chapter.title) if chapter.title is not None else ()
    anchor = chapter.title.anchor if chapter.title is not None else f"chapter.{chapter.number}"
    return Chapter(chapter.name, str(chapter.number), title, anchor, ())


def _notes(read: ReadNotes, made: list[tuple[Chapter, Maker]]) -> Notes:
    file = read.file
    structures = frozenset(structure for _, maker in made for structure in maker.structures)
    paper: Literal["a4", "letter"] = "letter" if file.paper == "letter" else "a4"
    pen = file.pen
    said = stated(file.notation, pen.words, structures)
    return Notes(
        id=file.id,
        title=file.title,
        chapters=tuple(chapter for chapter, _ in made),
        subtitle=file.subtitle,
        author=file.author,
        date=file.date,
        language=file.language,
        paper=paper,
        convention=tuple(sentence_tex(sentence, pen) for sentence in said),
        web_convention=tuple(phrase(x, pen) for x in (*said, pen.words.sentence("underlined"))),
        index=_index((chapter.name, place) for chapter, maker in made for place in maker.places),
        contents=tuple(_without_blocks(known, _maker(known, read, {})) for known in read.chapters),
    )


def _index(places: Iterable[tuple[str, Place]]) -> tuple[IndexLine, ...]:
    """The terms in the order of the alphabet, each with its places in the order of the notes."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for chapter, place in places:
        found.setdefault(place.term, []).append((chapter, place.anchor, place.words))
    terms = sorted(found, key=lambda term: (term.casefold(), term))
    return tuple(IndexLine(term, tuple(found[term])) for term in terms)


def _in_order(faults: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.start or 0))
