"""Sentences that a chapter would say twice."""

from __future__ import annotations

from pathlib import Path

from gen.document.note_blocks import Compared, Derived, Only, Solution
from tests.notes_projects import notes_of


def _derive(expr: str, wrt: str, method: str) -> str:
    return f"```{{derive}} {expr}\n:wrt: {wrt}\n:method: {method}\n```\n"


def _derived(folder: Path, *texts: str) -> list[Derived]:
    blocks = notes_of(folder, "# T\n\n" + "\n".join(texts)).chapters[0].blocks
    return [block for block in blocks if isinstance(block, Derived)]


def test_what_a_shape_means_is_said_once_whatever_the_names(tmp_path: Path) -> None:
    """Below W*X and A*X stands the same, of F and W and of F and A."""
    first, second, vec = _derived(
        tmp_path, _derive("W*X", "W", "index"), _derive("A*Z", "A", "index"), _derive("A*Z", "A", "vec")
    )
    assert first.paper.discussion and first.web.discussion
    assert not second.paper.discussion and not second.web.discussion
    assert vec.paper.discussion and vec.web.discussion


def test_what_names_things_goes_only_where_it_is_the_same(tmp_path: Path) -> None:
    """The loss is said to depend on W, and then on X."""
    first, other, again = _derived(
        tmp_path,
        _derive("F = W*X", "W", "backprop"),
        _derive("F = W*X", "X", "backprop"),
        _derive("F = W*X*A", "W", "backprop"),
    )
    assert first.paper.intro and other.paper.intro and first.paper.intro != other.paper.intro
    assert again.paper.intro == ""
    assert again.web.intro


def test_a_chapter_does_not_know_what_others_said(tmp_path: Path) -> None:
    """Chapters are read alone."""
    text = "# T\n\n" + _derive("W*X", "W", "index")
    one, two = notes_of(tmp_path, text, text).chapters
    told = [block for block in (*one.blocks, *two.blocks) if isinstance(block, Derived)]
    assert len(told) == 2
    assert all(block.paper.discussion and block.web.discussion for block in told)


def test_comparisons_stay_whole_and_one_format_does_not_speak_for_the_other(tmp_path: Path) -> None:
    """A derivation for pages only leaves the paper as it is."""
    compared = "```{compare} W*X\n:wrt: W\n:methods: index, vec\n```\n"
    only = "````{only} html\n" + _derive("W*X", "W", "index") + "````\n"
    blocks = (
        notes_of(tmp_path, "# T\n\n" + only + "\n" + _derive("W*X", "W", "index") + compared)
        .chapters[0]
        .blocks
    )
    inside = next(block for block in blocks if isinstance(block, Only))
    paper = next(block for block in blocks if isinstance(block, Derived))
    whole = next(block for block in blocks if isinstance(block, Compared))
    assert all(block.web.discussion for block in inside.blocks if isinstance(block, Derived))
    assert paper.paper.discussion and paper.paper.intro
    assert all(part.paper.discussion for part in whole.parts)


def test_solutions_count_too(tmp_path: Path) -> None:
    """A solution after a derivation of its kind is only its lines."""
    problem = "```{problem} A*Z\n:wrt: A\n:methods: index\n:label: p\n```\n"
    text = "# T\n\n" + _derive("W*X", "W", "index") + problem + "```{solution} p\n```\n"
    blocks = notes_of(tmp_path, text).chapters[0].blocks
    found = next(block for block in blocks if isinstance(block, Solution))
    assert [getattr(part, "discussion", None) for part in found.problem.parts] == [()]
    assert [part.discussion for part in found.web] == [()]
