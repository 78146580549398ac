"""What every label of the notes leads to, and what is wrong with them: known before anything is derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gen.document.words import Words
from gen.errors import Report
from gen.project.directive import Branch
from gen.project.markdown_tree import ReadChapter

HEADINGS = ("", "chapter", "section", "section")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a label leads: `text` is what a reference prints, such as "Derivation 3.2"."""

    label: str
    chapter: str
    anchor: str
    text: str
    number: str
    branch: Branch


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels; `solutions` are the anchor and the chapter of the solution of an exercise by its label."""

    targets: Mapping[str, Target]
    solutions: Mapping[str, tuple[str, str]]
    faults: Mapping[str, tuple[Report, ...]]


def labels_of(chapters: tuple[ReadChapter, ...], words: Words) -> Labels:
    """The labels of all chapters; faults by the name of the chapter: a label twice, a solution twice."""
    targets: dict[str, Target] = {}
    solutions: dict[str, tuple[str, str]] = {}
    faults: dict[str, list[Report]] = {chapter.name: [] for chapter in chapters}
    files = {chapter.name: chapter.text for chapter in chapters}
    for chapter in chapters:
        text = chapter.text
        for branch in walk(chapter):
            if branch.label:
                known = targets.get(branch.label)
                if known is None:
                    targets[branch.label] = _target(branch, chapter.name, words)
                else:
                    first = files[known.chapter]
                    row = first.text.count("\n", 0, known.branch.label_start) + 1
                    start = branch.label_start
                    message = f"the label {branch.label} is given twice"
                    hint = f"the first is in {first.file}:{row}"
                    faults[chapter.name].append(
                        text.fault(start, start + len(branch.label), message, hint=hint)
                    )
            directive = branch.directive
            if directive is not None and directive.kind.name == "solution" and directive.argument:
                if directive.argument in solutions:
                    message = f"{directive.argument} has a solution already"
                    faults[chapter.name].append(text.fault(*directive.span(), message))
                solutions.setdefault(directive.argument, (branch.anchor, chapter.name))
    return Labels(targets, solutions, {name: tuple(found) for name, found in faults.items()})


def walk(chapter: ReadChapter) -> Iterator[Branch]:
    """Every block of a chapter, its title first, each before those inside it."""
    if chapter.title is not None:
        yield chapter.title
    stack = list(reversed(chapter.blocks))
    while stack:
        branch = stack.pop()
        yield branch
        stack += reversed(branch.children)


def _target(branch: Branch, chapter: str, words: Words) -> Target:
    if branch.kind == "heading":
        text = f"{words[HEADINGS[branch.level]]} {branch.number}"
    elif branch.directive is None:
        text = words.filled("equation", n=branch.number)
    else:
        kind = branch.directive.kind
        text = f"{words[kind.word]} {branch.number}" if kind.word else words[kind.name]
    return Target(branch.label, chapter, branch.anchor, text, branch.number, branch)
