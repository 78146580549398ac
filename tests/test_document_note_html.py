"""Notes as pages: every kind of block as accepted, well formed, reachable, and the same whole or alone."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gen.document.folder import template_folder
from gen.document.note_blocks import NoteBlock, Notes
from gen.document.note_html import chapter_page, site
from gen.errors import InputError
from gen.project.chapters import read_notes_chapters, whole_notes
from gen.project.notes_file import read_notes
from tests.notes_projects import CHAPTERS, PNG, notes_of
from tests.pages import Reader, read

BOOK = Path(__file__).parent.parent / "examples" / "matrix-calculus" / "notes.toml"
GOLDEN = Path(__file__).parent / "golden" / "notes"
EXERCISE = "```{problem} F = W*X\n:wrt: W\n:label: ex\n:form: %s\n```"
# A chapter for each kind of block, by the name of its golden file.
KINDS = {
    "paragraph": "A *b* **c** `d` {term}`e` $x$, [f](https://example.org/?a=1&b=2) {expr}`W'*X`.\n\n$$y$$",
    "heading": "## A $x$\n\n### B",
    "list": "- a\n- b\n\n  c\n\n3. d",
    "listing": "```python\nx < 1\n```",
    "quotation": "> a",
    "table": "| $F$ | b | |\n|---|:-:|--:|\n| c | d | 1 |",
    "display": "$$\nx=y\n$$ (eq-x)",
    "rule": "a\n\n---\n\nb",
    "only": "```{only} html\na\n```\n\n```{only} pdf\nb\n```",
    "boxes": "```{definition} T\na\n```\n\n```{warning}\nb\n```",
    "derived": "```{derive} a'*x\n:wrt: x\n:title: The sum\n```",
    "compared": "```{compare} F = W*x\n:wrt: W\n:methods: index, vec\n```",
    "choice": EXERCISE % "choice",
    "fade": EXERCISE % "fade",
    "find-error": EXERCISE % "find-error",
    "order": EXERCISE % "order",
    "solution": "```{problem} f = a'*x\n:wrt: x\n:label: ex\nDerive.\n```\n\n```{solution} ex\nWords.\n```",
    "blanks": EXERCISE % "fade\n:fade: factors",
    "fade-key": f"{EXERCISE % 'fade'}\n\n```{{solution}} ex\n```",
    "find-error-key": f"{EXERCISE % 'find-error'}\n\n```{{solution}} ex\n:level: outline\n```",
    "order-key": f"{EXERCISE % 'order'}\n\n```{{solution}} ex\n:level: answer\n```",
    "key": f"{EXERCISE % 'choice'}\n\n```{{solution}} ex\n```",
    "figure": "```{figure} index-diagram\n:of: F = W*X\n:wrt: W\nA caption.\n```",
    "reference": "```{derive} a'*x\n:wrt: x\n```\n\n```{reference}\n```",
    "raw": '```{raw} html\n<b id="own">a</b>\n```\n\n```{raw} tex\nb\n```',
}


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Notes:
    """Two chapters with every kind of block."""
    return notes_of(tmp_path_factory.mktemp("notes"), *CHAPTERS, more='raw = ["html"]\n')


def body(page: str) -> str:
    """What stands in the main part of a page."""
    start, end = page.index("<main"), page.index("</main>")
    # The figures of the check may differ in their last digit from machine to machine.
    return re.sub(r'(?s)<p class="checked">.*?</p>\n', "", page[start:end].partition("\n")[2])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_block_is_as_accepted(kind: str, tmp_path: Path) -> None:
    notes = notes_of(tmp_path, f"# T\n\n{KINDS[kind]}\n", more='raw = ["html", "tex"]\n')
    made = body(chapter_page(notes, notes.chapters[0]))
    file = GOLDEN / f"{kind}.html"
    if os.environ.get("FREEINDEX_ACCEPT"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")


def kinds_in(blocks: tuple[NoteBlock, ...]) -> set[str]:
    out = set()
    for block in blocks:
        out.add(type(block).__name__)
        out |= kinds_in(getattr(block, "blocks", ()))
    return out


def test_the_chapters_have_every_kind_of_block_but_files(every: Notes) -> None:
    known = {kind.__name__ for kind in NoteBlock.__args__}
    found = set().union(*(kinds_in(chapter.blocks) for chapter in every.chapters))
    assert known - found <= {"Picture"}


def test_formulas_and_pictures_are_valid_xml(every: Notes) -> None:
    found = 0
    for _, page in site(every):
        for made in re.findall(r"<math.*?</math>|<svg.*?</svg>", page, re.DOTALL):
            ElementTree.fromstring(made)
            found += 1
    assert found > 300


def test_pages_are_well_formed_and_their_links_lead_somewhere(every: Notes) -> None:
    hold_pages({path: read(text) for path, text in site(every)})


def test_the_pages_of_the_book_hold_together() -> None:
    book = whole_notes(read_notes_chapters(read_notes(BOOK)))
    pages = dict(site(book))
    assert len(pages) == len(book.chapters) + 2 and len(book.chapters) >= 10
    hold_pages({path: read(text) for path, text in pages.items()})
    shown = re.findall(r'<p class="reason">(.*?)</p>', "".join(pages.values()), re.DOTALL)
    words = [re.sub(r"(?s)<math.*?</math>|<[^>]*>", "", reason) for reason in shown]
    assert not [reason for reason in words if re.search(r"[=_ᵀ⁻¹⊗Σ∂δ]", reason)]


def hold_pages(pages: dict[str, Reader]) -> None:
    """Every id is there once on its page, and every link and label finds its own."""
    ids = {path: [a["id"] or "" for _, a in reader.tags if "id" in a] for path, reader in pages.items()}
    for path, reader in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        hold_structure(reader)
        for link in (a["href"] or "" for tag, a in reader.tags if tag == "a"):
            if not link.startswith("https:"):
                page, _, anchor = link.partition("#")
                assert (page or path) in pages, link
                assert not anchor or anchor in ids[page or path], link
        named = [a["aria-labelledby"] or "" for _, a in reader.tags if "aria-labelledby" in a]
        assert {name for label in named for name in label.split()} <= set(ids[path])


def test_pages_say_their_own_words_in_their_language(tmp_path: Path) -> None:
    more = 'raw = ["html"]\nlanguage = "de"\n'
    pages = dict(site(notes_of(tmp_path, *CHAPTERS, more=more)))
    told = "\n".join(
        re.sub(r"(?s)<style>.*?</style>|<math.*?</math>|<svg.*?</svg>", "", x) for x in pages.values()
    )
    english = (
        r"\b(Chapters?|Contents|Exercise|Solution of|Show the|Derivation|Figure|Next|Previous|First used|"
        r"Steps|Reason|Result|Hint|Skip to|Conventions|Signs|Identity|Warning|as typed|marks?)\b"
    )
    shown = re.sub(r'<[^>]*?(?:aria-label="([^"]*)")?[^>]*>', r" \1 ", told)
    assert re.findall(english, shown) == []
    for word in ("Inhalt", "Übung", "Lösung anzeigen", "Vorlesungsskript", "Zum Text springen", "Weiter"):
        assert word in told
    formulas = re.findall("<math [^>]*alttext", "".join(pages.values()))
    assert formulas and all('xml:lang="en"' in tag for tag in formulas)


def hold_structure(reader: Reader) -> None:
    """Landmarks, one h1, headings without gaps, headers of tables, pictures with words, no script."""
    names = reader.names()
    for once in ("html", "main", "header", "footer", "h1"):
        assert names.count(once) == 1
    assert dict(reader.tags)["html"]["lang"] == "en"
    assert "nav" in names and "script" not in names
    assert reader.tags[names.index("a")][1]["href"] == "#content"
    levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
    assert all(then - now <= 1 for now, then in pairwise(levels))
    assert all(a.get("scope") in ("col", "row") for tag, a in reader.tags if tag == "th")
    assert all(a.get("alt") for tag, a in reader.tags if tag == "img")
    assert all("aria-labelledby" in a for tag, a in reader.tags if tag == "svg")


def test_a_chapter_leads_to_the_ones_beside_it(every: Notes) -> None:
    pages = dict(site(every))
    assert 'rel="next" href="2.html"' in pages["1.html"] and 'rel="prev"' not in pages["1.html"]
    assert 'rel="prev" href="1.html"' in pages["2.html"] and 'rel="next"' not in pages["2.html"]
    assert 'href="1.html" aria-current="page"' in pages["1.html"]


def test_what_changed_is_marked_and_routine_steps_are_folded(every: Notes) -> None:
    page = dict(site(every))["1.html"]
    assert '<mrow class="changed">' in page
    assert re.search(r"\.changed\{[^}]*border-bottom", page)
    assert "routine</summary>" in page


def test_a_solution_is_shown_when_it_is_asked_for(every: Notes) -> None:
    page = dict(site(every))["2.html"]
    assert page.count("<summary>Show the solution</summary>") == 6
    assert page.count('<mtext class="blank">blank</mtext>') >= 2


def test_pictures_from_files_have_words(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    notes = notes_of(tmp_path, '# T\n\n```{figure} a.png\n:alt: A "dot"\nIt.\n```\n')
    assert '<img src="a.png" alt="A &#34;dot&#34;">' in chapter_page(notes, notes.chapters[0])


def test_a_theme_changes_the_page_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    notes = notes_of(tmp_path, "# T\n\na\n")
    assert "--size-body:1.375rem" in dict(site(notes, "large"))["1.html"]
    with pytest.raises(InputError, match="no-such"):
        site(notes, str(tmp_path / "no-such.toml"))


def test_tables_of_narrow_pages_are_wide_rather_than_high() -> None:
    """A cell has the width of its words up to a limit, and the table is moved to the side."""
    style = (template_folder() / "site" / "site.css").read_text(encoding="utf-8")
    narrow = style.split("@media (max-width:40rem){")[1].split("\n}\n")[0]
    assert ".plain{width:max-content}" in narrow and "max-width:var(--size-column)" in narrow
    symbols = (template_folder() / "derivation.css").read_text(encoding="utf-8")
    assert "overflow-wrap:break-word" in symbols.split(".symbols th,.symbols td{")[1].split("}")[0]


def test_what_there_is_in_english_alone_says_so_in_notes_of_another_language(tmp_path: Path) -> None:
    chapter = f"# T\n\n{EXERCISE % 'fade'}\n\n```{{problem}} A*X\n:wrt: X\n:form: fade\nErgänzen Sie.\n```\n"
    notes = notes_of(tmp_path, chapter, more='language = "de"\n')
    made = body(chapter_page(notes, notes.chapters[0]))
    assert made.count('<div lang="en">') == 1 and "<p>Ergänzen Sie.</p>" in made
    assert '<div lang="en">\n<p>Let ' in made and '<p><span lang="en">The answer has the shape' in made
    assert made.count('<mtext class="blank">Lücke</mtext>') == 4
