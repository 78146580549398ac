"""The fixed words: one file a language, the same keys in each, and no word of a page anywhere else."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gen import derive
from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.typeset import typeset
from gen.document.folder import template_folder
from gen.document.format import FORMATS, Format
from gen.document.pen import EINSTEIN, SIGMA, pen_for
from gen.document.render import render
from gen.document.web_page import to_html
from gen.document.words import LANGUAGES, words_of
from gen.project.assemble import assemble, single
from gen.project.sheet import read_sheet

FOLDER = template_folder()
PAPER = sorted(FOLDER.rglob("*.tex"))
PAGES = sorted(FOLDER.rglob("*.html"))
# The reference is made of the program's own records, which are English; so are the names of rules in index
# diagrams and the words for signs in formulas. What figures say otherwise are faults.
RECORDS = {
    "reference.py",
    "figures.py",
    "derivative_entries.py",
    "drawing_tikz.py",
    "mathml_words.py",
    "mathml_tree.py",
}
MODULES = sorted(
    file
    for file in (FOLDER.parent / "gen" / "document").glob("*.py")
    if file.name not in RECORDS and not file.name.startswith("figure_")
)
SHEET = """
id = "blatt"
title = "Blatt"
language = "de"
[[problem]]
of = "F = W*X"
wrt = "W"
methods = ["index", "vec", "components", "backprop"]
marks = 1
"""


def tables(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        (FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8")
    )
    return found


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_is_a_file_for_each_language_and_no_other() -> None:
    assert {file.stem for file in (FOLDER / "words").iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_with_the_same_places(language: str) -> None:
    english, other = tables("en"), tables(language)
    other.pop("reasons", None)  # English ones are those of the derivations
    assert {name: list(table) for name, table in other.items()} == {
        name: list(table) for name, table in english.items()
    }
    for name, table in english.items():
        for key, text in table.items():
            assert places(other[name][key]) == places(text), key
    assert len(words_of(language).texts) == sum(map(len, english.values()))


@pytest.mark.parametrize("key", sorted(words_of("en").texts))
def test_every_word_is_used(key: str) -> None:
    stem = re.sub(r"_(one|many|1|2|free|projected|sizes|exactly|sizes_exactly|twice|fixed|scalar)$", "", key)
    parts = {key, stem, stem.removesuffix("_sizes")}
    composed = ("method_", "by_", "complex_", "what_")
    figures = (file for file in (FOLDER.parent / "gen" / "document").glob("*.py") if file not in MODULES)
    sources = [*MODULES, *figures, *PAPER, *PAGES, *sorted((FOLDER.parent / "gen" / "project").glob("*.py"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    assert key.startswith(composed) or any(f'"{part}' in text for part in parts)


def words_of_template(text: str) -> list[str]:
    """The words that a TeX template prints by itself."""
    text = re.sub(r"(?m)%.*$", "", text)
    text = re.sub(r"\\(begin|end|newenvironment|setbeamer\w+)\{[^}]*\}(\{[^}]*\})?", " ", text)
    text = re.sub(r"\\BLOCK\{(?:[^{}]|\{[^{}]*\})*\}|\\VAR\{(?:[^{}]|\{[^{}]*\})*\}|\\#\{[^{}]*\}", " ", text)
    text = re.sub(r"\\[A-Za-z@]+\*?|\\.", " ", text)
    # What is left of commands: names of colours, keys, lengths; a fixed word begins with a capital or has a
    # neighbour.
    return re.findall(r"(?<![\w/=#-])[A-Z][a-z]{3,}\b|\b[a-z]{3,} [a-z]{3,}\b", text)


KEYS = re.compile(r"(height|width|depth|plus|minus|origin|inner|outer|minimum|line|rounded|bounding|as)\b")


@pytest.mark.parametrize("file", PAPER, ids=lambda file: file.name)
def test_templates_for_paper_print_no_word_of_their_own(file: Path) -> None:
    found = [word for word in words_of_template(file.read_text(encoding="utf-8")) if not KEYS.search(word)]
    assert not set(found) - {
        "Stealth",
        "wash ground",
        "thick mark",
        "goto name",
        "Syllable",
        "and luatexhyphen",
        "and pcall",
    }  # an arrow, grounds of an answer, a style, words of TeX and Lua


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_templates_of_pages_print_no_word_of_their_own(file: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    shown = re.sub(r'[\w-]+="[^"]*"', " ", re.sub(r"<[^>]*>", " ", text))
    labels = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', text)
    words = re.findall(r"[A-Za-z]{2,}", " ".join([shown, *labels]))
    assert set(words) <= {"Free", "Index"}


def texts(file: Path) -> Iterator[str]:
    """The texts in a module that are neither documentation nor part of an error."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    hidden: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(node.value)
        if isinstance(node, ast.Raise | ast.Assert):
            hidden.update(ast.walk(node))
        if isinstance(node, ast.Call) and "error" in ast.unparse(node.func).lower():
            hidden.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in hidden:
            yield node.value


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.name)
def test_modules_of_documents_print_no_word_of_their_own(file: Path) -> None:
    plain = (re.sub(r"\\[A-Za-z]+|\{[^}]*\}|\[[^\]]*\]|<[^>]*>", "", text) for text in texts(file))
    # Titles of formats and scripts, and faults, are for the command line; TeX names and CSS are no sentences.
    allowed = {
        "format.py",
        "mathguard.py",
        "mathshape.py",
        "tokens.py",
        "theme.py",
        "glyphs.py",
        "scripts.py",
    }
    said = [text for text in plain if re.search(r"\b[A-Za-z][a-z]+,? [a-z]{2,}\b", text)]
    assert file.name in allowed or not said


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_german_sheet_says_nothing_in_english_but_reasons(known: Format, tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    file.write_text(SHEET, encoding="utf-8")
    source = render(assemble(read_sheet(file)), known, "pdflatex")
    body = re.sub(r"\\[A-Za-z]+", "", source.partition(r"\begin{document}")[2])
    for word in ("Conventions", "Worksheet", "Solutions", "Checked", "Problem", "Marks", "Differentiate"):
        assert word not in body
    assert "Vereinbarungen" in body and r"\edef\@pdflang{de}" in source


def test_a_german_document_is_typeset() -> None:
    found = tuple(derive("F = W*X", "W", method=method) for method in ("index", "vec", "components"))
    document, notes = single(found, language="de"), next(known for known in FORMATS if known.name == "notes")
    engine = choose(needs_of(notes, document))
    made = typeset(render(document, notes, engine.plain_name), engine, name="notes")
    assert made.pdf.startswith(b"%PDF")


def test_a_german_page_names_its_language() -> None:
    page = to_html(derive("F = W*X", "W"), derive("F = W*X", "X"), pen=pen_for(SIGMA, "de"))
    assert '<html lang="de">' in page and "Zur Herleitung springen" in page and "nach" in page
    assert "Conventions" not in page and "Reason" not in page


def test_one_and_several_are_told_apart() -> None:
    words = pen_for(EINSTEIN, "de").words
    assert (words.counted("marks", 1), words.counted("marks", 2)) == ("1 Punkt", "2 Punkte")
    with pytest.raises(KeyError):
        words_of("fr")
