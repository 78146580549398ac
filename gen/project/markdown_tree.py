"""A chapter's Markdown as a tree of blocks, each with its place, its number and its anchor.

Numbers follow from reading alone, so that a chapter can be made without the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from gen.errors import Report
from gen.project.block_numbers import BlockNumbers
from gen.project.chapter_text import ChapterText
from gen.project.control_signs import control_signs
from gen.project.directive import Branch, DirectiveKind
from gen.project.fences import NAMED, fenced, is_closed, unclosed
from gen.project.markdown_parser import parser
from gen.project.notes_file import NotesFile
from gen.project.waiting_label import WaitingLabel

DEEPEST = 3
LISTS_DEEP = 4  # what LaTeX takes
_SIMPLE = {"paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "hr", "table"}


@dataclass(frozen=True, slots=True)
class ReadChapter:
    """A chapter as read; `number` counts from 1. `title` is the first heading, None where there is none."""

    text: ChapterText
    number: int
    title: Branch | None
    blocks: tuple[Branch, ...]
    faults: tuple[Report, ...]

    @property
    def name(self) -> str:
        """The name of its file and of its page."""
        return self.text.name


def read_tree(
    text: ChapterText, number: int, notes: NotesFile, kinds: Mapping[str, DirectiveKind]
) -> ReadChapter:
    """The blocks of a chapter and everything that is wrong with how it is written."""
    reader = _Reader(text, number, notes, kinds)
    blocks = reader.body(text.text, 0, 0)
    title = reader.title
    if title is None:
        hint = "a chapter begins with one: # Why indices"
        reader.faults.append(text.at_line(0, "the chapter has no title", hint=hint))
    elif blocks and blocks[0].line < title.line:
        hint = "nothing but its label stands before it"
        reader.faults.append(text.at_line(title.line, "the title of a chapter comes first", hint=hint))
    faults = tuple(sorted((*control_signs(text), *reader.faults), key=lambda fault: fault.start or 0))
    return ReadChapter(text, number, title, blocks, faults)


class _Reader:
    """One pass over a chapter; lives for one call of `read_tree`."""

    def __init__(
        self, text: ChapterText, number: int, notes: NotesFile, kinds: Mapping[str, DirectiveKind]
    ) -> None:
        self.faults: list[Report] = []
        self.title: Branch | None = None
        self._text = text
        self._number = number
        self._notes = notes
        self._kinds = kinds
        self._numbers = BlockNumbers(number)
        self._label = WaitingLabel(text, self.faults)
        self._lists = 0

    def body(self, source: str, line: int, depth: int) -> tuple[Branch, ...]:
        """The blocks of a text that begins in a line of the chapter."""
        if depth > 6:
            self.faults.append(self._text.at_line(line, "directives stand in each other too deeply"))
            return ()
        tokens = parser(self._notes.language).parse(source, {})
        for token in tokens:
            if token.map is not None:
                token.map = [token.map[0] + line, token.map[1] + line]
        made = self._blocks(SyntaxTreeNode(tokens).children, depth, outer=depth == 0)
        self._label.stray()
        return made

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], depth: int, *, outer: bool) -> tuple[Branch, ...]:
        out: list[Branch] = []
        for node in nodes:
            branch = self._block(node, depth, outer)
            if branch is not None:
                out.append(branch)
        return tuple(out)

    def _block(self, node: SyntaxTreeNode, depth: int, outer: bool) -> Branch | None:
        line = node.map[0] if node.map else 0
        match node.type:
            case "myst_line_comment":
                return None
            case "myst_target":
                self._label.found(node.content, line)
                return None
            case "heading":
                return self._heading(node, line, outer)
            case "fence" | "colon_fence":
                return self._fence(node, line, depth)
            case "math_block" | "math_block_label":
                return self._display(node, line)
            case "code_block":
                self._label.stray()
                return self._branch("listing", line, content=node.content)
            case "html_block":
                return self._html(node, line)
            case kind if kind in _SIMPLE:
                self._label.stray()
                return self._container(node, line, depth)
            case kind:
                self.faults.append(self._text.at_line(line, f"{kind} has no place in notes"))
                return None

    def _branch(self, kind: str, line: int, **fields: Any) -> Branch:
        text = self._text.line(line)
        start = self._text.start_of(line) + len(text) - len(text.lstrip())
        plain = Branch(kind, line, start, self._text.start_of(line) + len(text.rstrip()))
        return replace(plain, **fields)

    def _container(self, node: SyntaxTreeNode, line: int, depth: int) -> Branch:
        match node.type:
            case "paragraph":
                return self._branch("paragraph", line, inline=_inline(node))
            case "hr":
                return self._branch("rule", line)
            case "table":
                return self._table(node, line)
        is_list = node.type in ("bullet_list", "ordered_list", "blockquote")
        self._lists += is_list
        if self._lists > LISTS_DEEP:
            message = f"lists and quotations may stand {LISTS_DEEP} deep at most"
            self.faults.append(self._text.at_line(line, message))
        inside = self._blocks(node.children, depth, outer=False) if self._lists <= LISTS_DEEP else ()
        self._lists -= is_list
        first = int(str(node.attrs.get("start", 1))) if node.type == "ordered_list" else None
        kind = {"list_item": "item", "blockquote": "quote"}.get(node.type, "list")
        return self._branch(kind, line, children=inside, first=first)

    def _table(self, node: SyntaxTreeNode, line: int) -> Branch:
        rows: list[Branch] = []
        for part in node.children:
            for row in part.children:
                at = row.map[0] if row.map else line
                cells = tuple(
                    self._branch("cell", at, inline=_inline(cell), info=str(cell.attrs.get("style", "")))
                    for cell in row.children
                )
                rows.append(self._branch("row", at, children=cells))
        return self._branch("table", line, children=tuple(rows))

    def _heading(self, node: SyntaxTreeNode, line: int, outer: bool) -> Branch | None:
        level = int(node.tag[1:])
        if not outer:
            hint = "headings stand by themselves, not in lists, quotations or directives"
            self.faults.append(self._text.at_line(line, "a heading has no place here", hint=hint))
            return None
        if level > DEEPEST:
            hint = "there are # for the title, ## and ###"
            self.faults.append(self._text.at_line(line, f"a heading of level {level} is too deep", hint=hint))
            return None
        label, start = self._label.take()
        if not _said(node):
            hint = f"it is what follows on the line: {'#' * level} Why indices"
            self.faults.append(self._text.at_line(line, "the heading has no text", hint=hint))
        if level == 1:
            if self.title is not None:
                self.faults.append(
                    self._text.at_line(line, "the chapter has a second title", hint="## begins a section")
                )
                return None
            anchor, number = label or f"chapter.{self._number}", str(self._number)
        else:
            number = self._numbers.section(level)
            anchor = label or f"section.{number}"
        made = self._branch(
            "heading",
            line,
            inline=_inline(node),
            level=level,
            label=label,
            label_start=start,
            anchor=anchor,
            number=number,
        )
        if level > 1:
            return made
        self.title = made
        return None

    def _display(self, node: SyntaxTreeNode, line: int) -> Branch:
        label, start = self._label.take()
        if node.type == "math_block_label":
            last = (node.map or (line, line + 1))[1] - 1
            start = self._text.start_of(last) + self._text.line(last).rfind("(") + 1
            label = self._label.checked(node.info, start)
        number = self._numbers.counted("Equation") if label else ""
        return self._branch(
            "display",
            line,
            content=node.content,
            label=label,
            label_start=start,
            anchor=label,
            number=number,
        )

    def _html(self, node: SyntaxTreeNode, line: int) -> Branch | None:
        if node.content.lstrip().startswith("<!--") and node.content.rstrip().endswith("-->"):
            return None
        if "html" in self._notes.raw:
            return self._branch("raw", line, content=node.content, info="html")
        self.faults.append(self._text.at_line(line, NO_HTML, hint=HTML_HINT))
        return None

    def _fence(self, node: SyntaxTreeNode, line: int, depth: int) -> Branch | None:
        token = node.token
        assert token is not None, "a fence is one token"
        if not is_closed(token):
            self.faults.append(unclosed(self._text, line, token))
            self._label.take()
            return None
        if not NAMED.match(token.info):
            self._label.stray()
            if node.type == "colon_fence":
                hint = ":::{remark}, with the name in braces"
                self.faults.append(self._text.at_line(line, "colons need a directive behind them", hint=hint))
                return None
            words = token.info.split()
            return self._branch("listing", line, content=token.content, info=words[0] if words else "")
        read = fenced(self._text, line, token, self._kinds)
        self.faults += read.faults
        directive = read.directive
        if directive is None:
            self._label.take()
            return None
        wrong = read.faults
        if directive.kind.check is not None:
            wrong += directive.kind.check(directive, self._text, self._notes)
            self.faults += wrong[len(read.faults) :]
        before, start = self._label.take()
        label = before
        option = directive.option("label")
        if option is not None:
            start = option.value_start
            label = self._label.checked(option.value, start)
            if before:
                self.faults.append(self._text.fault(start, start + len(label), "a second label"))
        word = directive.kind.word
        number = self._numbers.counted(word) if word else ""
        anchor = label or f"{directive.kind.name}.{number or self._numbers.unnumbered()}"
        blocks = directive.kind.body == "blocks"
        children = self.body(directive.body + "\n", directive.body_line, depth + 1) if blocks else ()
        return self._branch(
            "directive",
            line,
            children=children,
            directive=directive,
            label=label,
            label_start=start,
            anchor=anchor,
            number=number,
            sound=not wrong,
        )


NO_HTML = "raw HTML is not let through"
HTML_HINT = 'write Markdown; raw = ["html"] in notes.toml turns it on'


def _said(node: SyntaxTreeNode) -> bool:
    """Whether a heading prints anything."""
    inside = _inline(node)
    pieces = [] if inside is None else inside.children or []
    return any(piece.type != "html_inline" and piece.content.strip() for piece in pieces)


def _inline(node: SyntaxTreeNode) -> Token | None:
    """The running text of a paragraph, a heading or a cell."""
    inside = node.children[0] if node.children else None
    return None if inside is None else inside.token
