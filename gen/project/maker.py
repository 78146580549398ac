"""From the tree of a chapter to its finished blocks: running text, lists, tables, and each directive."""

from __future__ import annotations

from collections.abc import Mapping

from gen.derivation.record import Rule
from gen.derivation.result import Derivation
from gen.document.formula import Formula, Phrase
from gen.document.inline import Inline, Reference
from gen.document.mathguard import guarded
from gen.document.mathshape import check_shape
from gen.document.note_blocks import (
    Display,
    Heading,
    ListBlock,
    Listing,
    NoteBlock,
    Paragraph,
    Quotation,
    RawBlock,
    RuleRow,
    TableBlock,
)
from gen.document.note_blocks import Rule as Line
from gen.document.reason_words import reason_in
from gen.document.sentence import sentence
from gen.document.table_tex import ALIGN
from gen.errors import FreeIndexError, InputError, Report
from gen.project.chapter_text import ChapterText
from gen.project.directive import Branch
from gen.project.labels import HEADINGS, Labels
from gen.project.located import located
from gen.project.markdown_parser import parser
from gen.project.markdown_tree import ReadChapter
from gen.project.notes_file import NotesFile
from gen.project.roles import Place, Speaking
from gen.project.running_text import running_text

Used = dict[str, tuple[Rule, Reference]]


class Maker:
    """Makes the blocks of one chapter; `used` are the rules of the chapters before it, which it adds to.

    What is wrong is collected in `faults`, so that all of it can be told.
    """

    def __init__(
        self,
        chapter: ReadChapter,
        notes: NotesFile,
        labels: Labels,
        texts: Mapping[str, ChapterText],
        used: Used,
    ) -> None:
        self.faults: list[Report] = []
        self._chapter = chapter
        self._notes = notes
        self._labels = labels
        self._texts = texts
        self._used = used
        self._structures: set[str | None] = set()
        self._speaking = Speaking(chapter.text, chapter.number, notes, labels)

    @property
    def notes(self) -> NotesFile:
        """The project."""
        return self._notes

    @property
    def text(self) -> ChapterText:
        """The text of the chapter."""
        return self._chapter.text

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that the index names, so far."""
        return tuple(self._speaking.places)

    @property
    def structures(self) -> frozenset[str | None]:
        """The structures of the variables of all derivations, so far."""
        return frozenset(self._structures)

    # --- running text -----------------------------------------------------------------

    def line(self, branch: Branch) -> Inline:
        """The running text of a block."""
        if branch.inline is None:
            return ()
        pieces, faults = running_text(branch.inline.children or [], branch.start, self._speaking)
        self.faults += faults
        return pieces

    def words(self, text: str) -> Inline:
        """Markdown of one line, such as a title, which stands somewhere in the chapter."""
        if not text:
            return ()
        tokens = parser(self.notes.language).parseInline(text, {})
        start = max(0, self.text.text.find(text))
        pieces, faults = running_text(tokens[0].children or [], start, self._speaking)
        self.faults += faults
        return pieces

    def caption(self, branch: Branch) -> Inline:
        """The body of a directive as one line. Raises InputError where it is anything else."""
        if not branch.children:
            return ()
        if len(branch.children) > 1 or branch.children[0].kind != "paragraph":
            at = branch.children[-1].start
            raise InputError(self.text.fault(at, branch.children[-1].end, "a caption is one paragraph"))
        return self.line(branch.children[0])

    # --- blocks -----------------------------------------------------------------------

    def blocks(self, branches: tuple[Branch, ...]) -> tuple[NoteBlock, ...]:
        """The finished blocks; of what is wrong there is none."""
        out: list[NoteBlock] = []
        for branch in branches:
            try:
                out += self._block(branch)
            except FreeIndexError as error:
                self.faults.append(self._placed(branch, error.report))
        return tuple(out)

    def _placed(self, branch: Branch, report: Report) -> Report:
        """A report with a place in this file, if need be that of its block."""
        if report.source == self.text.text:
            return report
        start, end = (branch.start, branch.end) if branch.directive is None else branch.directive.span()
        return self.text.fault(start, end, report.message, hint=report.hint, code=report.code)

    def _block(self, branch: Branch) -> tuple[NoteBlock, ...]:
        match branch.kind:
            case "heading":
                made = Heading(branch.level, self.line(branch), branch.anchor, branch.number)
                self._speaking.section = f"{self._notes.pen.words[HEADINGS[branch.level]]} {branch.number}"
                return (made,)
            case "paragraph":
                return (Paragraph(self.line(branch)),)
            case "list":
                items = tuple(self.blocks(item.children) for item in branch.children)
                return (ListBlock(items, branch.first),)
            case "quote":
                return (Quotation(self.blocks(branch.children)),)
            case "table":
                return (self._table(branch),)
            case "listing":
                return (Listing(branch.content.rstrip("\n"), branch.info),)
            case "display":
                return (self._display(branch),)
            case "rule":
                return (Line(),)
            case "raw":
                return (RawBlock(branch.info, branch.content),)
        assert branch.directive is not None, f"a block of the kind {branch.kind}"
        if not branch.sound:
            self.blocks(branch.children)
            return ()
        return branch.directive.kind.make(branch, self)

    def _table(self, branch: Branch) -> TableBlock:
        header, *rows = (tuple(self.line(cell) for cell in row.children) for row in branch.children)
        align = tuple(ALIGN.get(cell.info, "left") for cell in branch.children[0].children)
        return TableBlock(header, tuple(rows), align)

    def _display(self, branch: Branch) -> Display:
        content = branch.content.strip()
        try:
            tex = guarded(content)
            check_shape(content)
        except FreeIndexError as error:
            start = self.text.text.find(content, branch.start)
            raise InputError(located(self.text, start, content, error.report)) from None
        return Display(tex, branch.anchor, branch.number)

    # --- what directives ask for ------------------------------------------------------

    def exercise(self, label: str) -> tuple[Branch, ChapterText, str] | None:
        """The exercise with a label, its text and its chapter."""
        target = self._labels.targets.get(label)
        directive = None if target is None else target.branch.directive
        if target is None or directive is None or directive.kind.name != "problem":
            return None
        return target.branch, self._texts[target.chapter], target.chapter

    def solution_of(self, label: str) -> tuple[str, str]:
        """The anchor and the chapter of the solution of an exercise, "" where there is none."""
        return self._labels.solutions.get(label, ("", ""))

    def exercises(self) -> tuple[str, ...]:
        """The labels of all exercises, for hints."""
        return tuple(label for label in self._labels.targets if self.exercise(label) is not None)

    def derived(self, derivations: tuple[Derivation, ...], branch: Branch) -> None:
        """Remember which rules are used, and where first."""
        kind = branch.directive.kind.word if branch.directive else ""
        word = self._notes.pen.words[kind] if kind else ""
        text = f"{word} {branch.number}".strip()
        where = Reference(branch.anchor, self._chapter.name, text)
        for derivation in derivations:
            self._structures.add(derivation.problem.wrt.structure)
            for step in derivation.steps:
                self._used.setdefault(step.rule.name, (step.rule, where))

    def rules(self) -> tuple[RuleRow, ...]:
        """The rules that have been used up to here, in the order of their first use."""
        return tuple(
            RuleRow(
                name=rule.name,
                law=sentence(rule.law, self._notes.pen.laws),
                because=sentence(self._because(rule), self._notes.pen.laws),
                web_law=_phrase(rule.law),
                web_because=_phrase(self._because(rule)),
                first_used=(where,),
            )
            for rule, where in self._used.values()
        )

    def _because(self, rule: Rule) -> str:
        """Why a rule holds, in the language of the notes where it is known there."""
        return "".join(map(str, reason_in((rule.because,), self._notes.pen.words)))


def _phrase(text: str) -> Phrase:
    parts: tuple[str | Formula, ...] = (text,)
    return parts
