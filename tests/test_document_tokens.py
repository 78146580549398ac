"""Colours and lengths stand in the token file and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gen.document.folder import template_folder
from gen.document.tokens import Medium, definitions, macro, style, tokens

TEMPLATES = sorted(path for path in template_folder().rglob("*.tex"))
PAGES = sorted(path for kind in ("*.css", "*.html") for path in template_folder().rglob(kind))
LENGTH = re.compile(r"(?<![A-Za-z\\])\d*\.?\d+\s*(?:pt|mm|cm|em|ex|in|bp|sp|pc)\b")
COLOUR = re.compile(r"![0-9]+|\b[0-9A-Fa-f]{6}\b|\b(?:red|green|blue|gray|grey|black|cyan|white)\b")
NUMBER_BEFORE_LENGTH = re.compile(r"\d*\.\d+\\")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_length_or_a_colour_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lengths = [found for found in LENGTH.findall(text) if not re.match(r"0\s*pt", found)]
    assert lengths == []
    assert COLOUR.findall(text) == []
    assert NUMBER_BEFORE_LENGTH.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_command_runs_into_what_a_template_prints(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\\[A-Za-z]+\\VAR", text.replace(r"\VAR{", r"\VAR")) == []


@pytest.mark.parametrize("medium", ["paper", "slides"])
def test_every_token_is_used_and_defined_once(medium: Medium) -> None:
    made = definitions(tokens(medium))
    names = re.findall(r"\\newlength\{(\\\w+)\}|\\newcommand\{(\\\w+)\}", made)
    flat = [a or b for a, b in names]
    assert len(flat) == len(set(flat))
    used = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    used += "".join(
        path.read_text(encoding="utf-8") for path in (template_folder().parent / "gen").rglob("*.py")
    )
    lengths = [macro(name) for name, _ in tokens(medium).lengths]
    assert [name for name in lengths if not re.search(rf"\\{name}(?![A-Za-z])", used)] == []
    ratios = [name for name, _ in tokens(medium).ratios]
    assert [
        n for n in ratios if f'"{n}"' not in used and not re.search(rf"\\{macro(n)}(?![A-Za-z])", used)
    ] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_has_a_size_or_a_colour_of_its_own(path: Path) -> None:
    """Rules of a page take them from the token file; a share of the whole and nothing are no sizes."""
    text = path.read_text(encoding="utf-8")
    rules = re.sub(r"@media[^{]*|\.hidden\{[^}]*\}|\.skip\{[^}]*\}", "", text)
    assert re.findall(r"(?<![\w-])\d*\.?\d+(?:px|rem|em|pt|vw|vh|ch)\b", rules) == []
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![-\w])|rgb|hsl", rules) == []
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= set(re.findall(r"--([\w-]+):", style()))


def test_every_size_of_a_page_is_used() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    names = re.findall(r"--([\w-]+):", style())
    assert [name for name in dict.fromkeys(names) if f"var(--{name})" not in used] == []


def test_both_media_use_the_same_colours() -> None:
    assert tokens("paper").colours == tokens("slides").colours


def test_names() -> None:
    assert macro("line_indent") == "LineIndent"
    with pytest.raises(KeyError):
        tokens("paper").ratio("nothing")
