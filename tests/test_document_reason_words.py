"""Reasons in the language of the document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gen.derivation.derive import derive
from gen.derivation.record import Reason, Rule
from gen.derivation.rulebook import RULES
from gen.document.lines import derivation_block
from gen.document.pen import EINSTEIN, pen_for
from gen.document.reason_words import note_in, reason_in
from gen.document.words import LANGUAGES, words_of
from gen.errors import FreeIndexError
from gen.language.catalogue import FUNCTIONS

DATA = Path(__file__).parent / "data"
CASES: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("identities", "peers")
    for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
METHODS = ("index", "vec", "differential", "components", "backprop")
OTHERS = [language for language in LANGUAGES if language != "en"]


def unknown(because: Reason, language: str) -> bool:
    """Whether a reason stays English."""
    words = words_of(language)
    kept = reason_in(because, words) == because
    return kept and "".join("{}" if not isinstance(p, str) else p for p in because) not in words.reasons


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_reason_of_the_literature_is_known(case: dict[str, Any], language: str) -> None:
    found: set[str] = set()
    for method in METHODS:
        for order in (1, 2):
            try:
                made = derive(
                    case["expr"],
                    case["wrt"],
                    symbols=case["symbols"],
                    method=method,
                    order=order,
                    check=False,
                )
            except FreeIndexError:
                continue  # what a method does not offer has no reasons
            found |= {str(s.because) for s in made.steps if unknown(s.because, language)}
            found |= {note for note in made.notes if unknown((note,), language)}
    assert found == set()


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_every_reason_of_a_function_is_known(function: Any, language: str) -> None:
    assert not unknown((function.because,), language)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_reason_of_a_rule_is_known(rule: Rule, language: str) -> None:
    assert not unknown((rule.because,), language)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_formulas_of_its_key(language: str) -> None:
    for key, text in words_of(language).reasons.items():
        assert key.count("*") == text.count("*"), key
        assert key.count("{}") == len(re.findall(r"\{\d*\}", text)), key


def test_formulas_keep_their_places_over_several_clauses() -> None:
    made = derive("x'*A*x", "x", method="index", check=False)
    step = next(s for s in made.steps if "product rule" in str(s.because[0]))
    said = reason_in(step.because, words_of("de"))
    assert [p for p in said if not isinstance(p, str)] == [p for p in step.because if not isinstance(p, str)]
    assert str(said[0]).startswith("Produktregel")


def test_a_reason_with_an_unknown_clause_stays_as_it_is() -> None:
    because = ("product rule: nobody has said this yet",)
    assert reason_in(because, words_of("de")) == because


def test_notes_are_sentences() -> None:
    assert note_in("the expression does not contain x: its derivative is zero", words_of("de")) == (
        "Der Ausdruck enthält x nicht: seine Ableitung ist null."
    )
    assert note_in("the derivative is zero wherever it exists", words_of("en")) == (
        "The derivative is zero wherever it exists."
    )


def test_english_reasons_are_not_looked_up() -> None:
    because = ("product rule: each factor is differentiated in turn",)
    assert reason_in(because, words_of("en")) is because


def test_lines_of_a_german_derivation_have_german_reasons() -> None:
    made = derive("W*X", "W", method="index", check=False)
    reasons = [str(line.reason) for line in derivation_block(made, pen_for(EINSTEIN, "de")).lines]
    assert "Produktregel; $X$ hängt nicht von $W$ ab{,} also wird nur der erste Faktor abgeleitet" in reasons
