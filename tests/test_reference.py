"""The reference: complete, true by numbers, and fit to read on paper and on screens."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.typeset import typeset
from gen.derivation.reference import Law, general_call, laws
from gen.derivation.rulebook import RULES
from gen.document.blocks import Document
from gen.document.folder import template_folder
from gen.document.format import FORMATS, REFERENCE
from gen.document.page import page, scripted
from gen.document.reference import OPENING, reference_document
from gen.document.reference_blocks import ReferenceEntry
from gen.document.render import render
from gen.document.sentence import sentence
from gen.document.tokens import style
from gen.language.catalogue import FUNCTIONS
from gen.language.function import Function
from gen.language.index import Letter, Pair, letters
from gen.language.text import text
from tests.numbers import value
from tests.pages import Reader, hold_accessible, hold_links, read

SIZES = {"m": 3, "n": 2, "p": 5, "q": 4}


@cache
def document() -> Document:
    return reference_document()


def entries() -> tuple[ReferenceEntry, ...]:
    return tuple(entry for section in document().sections for entry in section.entries)


# --- what it says -----------------------------------------------------------------


def test_every_function_and_every_rule_has_its_entry_once() -> None:
    wanted = [f"function-{f.name}" for f in FUNCTIONS] + [f"rule-{r.name}" for r in RULES]
    assert sorted(entry.anchor for entry in entries()) == sorted(wanted)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_function_is_fully_described(function: Function) -> None:
    entry = next(e for e in entries() if e.anchor == f"function-{function.name}")
    assert entry.name.plain.startswith(f"{function.name}(")
    assert [fact.label for fact in entry.facts] == ["Reason", "Example", "Source"]
    example = entry.facts[1].phrase
    assert example[0].plain == function.example
    assert example[-1].plain.startswith("∂")
    assert entry.aside
    assert entry.equations
    assert all(function.where in note.plain for law in entry.equations for note in law.note)


def test_a_function_with_a_smaller_domain_says_so_in_words() -> None:
    whole = {"exp", "sin", "cos", "arctan", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf", "gelu"}
    for function in FUNCTIONS:
        small = function.domain is not None and function.name not in whole
        assert (function.where != "everywhere") == small, function.name


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_law_is_true_by_numbers(function: Function) -> None:
    """Both sides by the evaluator that the program has no part in."""
    rng = np.random.default_rng(3)
    rules: tuple[str | None, ...] = function.signatures if function.entry is not None else (None,)
    found = laws(function)
    for at, law in enumerate(found):
        args = general_call(function, rules[at % len(rules)]).args
        env = {a.name: _entries(rng, a.rows.size(SIZES), a.cols.size(SIZES)) for a in args}
        steps = {f"d{name}": rng.uniform(0.5, 1, np.shape(v)) for name, v in env.items()}
        if "constant" in law.what:
            steps = {name: 0 * step for name, step in steps.items()}
        env |= {**steps, "t": np.asarray(0.7), "dt": np.asarray(0.3)}
        indices, right = _ranges(law), text(law.right)
        bound = {x for group in re.findall(r"sum\[([^]]*)\]", right) for x in group.split(",")}
        free = sorted(set(indices) - bound)
        a, b = (value(side, env, SIZES, indices=indices, free=free) for side in (text(law.left), right))
        np.testing.assert_allclose(a, b, atol=1e-8)
        assert np.max(np.abs(a)) > 0 or function.name in ("sign", "step")


def _entries(rng: np.random.Generator, rows: int, cols: int) -> NDArray[np.float64]:
    """Inside every domain: positive, below 1, and with a positive determinant."""
    if rows == cols == 1:
        return np.asarray(rng.uniform(0.3, 0.8))
    return np.asarray(rng.uniform(0.1, 0.3, (rows, cols)) + 0.6 * np.eye(rows, cols))


def _ranges(law: Law) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for side in (law.left, law.right):
        for term in side if isinstance(side, tuple) else ():
            for factor in term.factors:
                places = [getattr(factor, name, None) for name in ("row", "col", "first", "second")]
                for index in places:
                    if isinstance(index, Letter | Pair):
                        found |= {x.name: x.dim.text() for x in letters(index)}
    return found


def test_formulas_in_sentences() -> None:
    assert sentence("a vector of A") == "a vector of $A$"
    assert sentence("a u^(a−1) ∂u") == r"$a\,u^{a-1}\,\partial u$"
    assert sentence("slope sign(u) (undefined at 0)") == r"slope $\operatorname{sign}(u)$ (undefined at 0)"
    assert sentence("100% & $5") == r"100\% \& \$5"
    assert sentence("") == ""


# --- on paper ---------------------------------------------------------------------


def test_no_sheet_can_ask_for_the_reference() -> None:
    assert REFERENCE not in FORMATS


def test_the_pdf_has_a_clean_log() -> None:
    engine = choose(needs_of(REFERENCE, document()))
    tex = render(document(), REFERENCE, engine.plain_name)
    done = typeset(tex, engine, name="reference")
    assert done.pages >= 8
    assert [box for box in done.log.overfull if box.pt > 1] == []
    assert (done.log.undefined, done.log.missing_characters, done.log.warnings) == ((), (), ())


# --- on screens -------------------------------------------------------------------


@cache
def on_screen() -> Reader:
    return read(page(document(), OPENING))


def test_the_page_is_well_formed_and_accessible() -> None:
    hold_accessible(on_screen())


def test_every_link_leads_somewhere() -> None:
    hold_links(on_screen())
    links = [attrs["href"] or "" for tag, attrs in on_screen().tags if tag == "a"]
    assert all(f"#{entry.anchor}" in links for entry in entries())


def test_the_page_asks_for_no_other_file() -> None:
    made = page(document(), OPENING)
    assert re.findall(r"https?:|src=|@import|url\(", made) == []


def test_colours_stand_in_the_token_file_only() -> None:
    for name in ("reference.html", "derivation.html", "page.css", "derivation.css"):
        source = (template_folder() / name).read_text(encoding="utf-8")
        assert (
            re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![-\w])|rgb|hsl|\b(?:white|black|gray|red)\b(?!-)", source)
            == []
        )
        used = set(re.findall(r"var\(--([\w-]+)\)", source))
        assert used <= set(re.findall(r"--([\w-]+):", style()))


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("room", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "card", "wash"])
@pytest.mark.parametrize("ink", ["text", "soft", "ink", "link", "focus"])
def test_what_is_read_stands_out(room: int, ground: str, ink: str) -> None:
    colours = dict(re.findall(r"--(\w+):#([0-9A-F]{6});", style().split("@media")[room]))
    high, low = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_indices_and_exponents_are_set_as_such() -> None:
    assert scripted("K_m,n A_(jk), x^2 <b>") == ("K<sub>m,n</sub> A<sub>(jk)</sub>, x<sup>2</sup> &lt;b&gt;")
    assert scripted("x.^2") == "x<sup>∘2</sup>"
