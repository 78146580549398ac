"""The records of the formats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen.document.folder import template_folder
from gen.document.format import FORMATS, Format, format_named, suited
from gen.errors import InputError
from tests.document_samples import seed_document


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_complete(known: Format) -> None:
    assert format_named(known.name) is known
    assert (template_folder() / known.template).is_file()
    assert known.view(seed_document()).document.title == seed_document().title
    assert known.fallback is None or format_named(known.fallback).needs == ()


def test_names_are_distinct() -> None:
    assert len({known.name for known in FORMATS}) == len(FORMATS)


def test_slides_fall_back_where_beamer_is_missing() -> None:
    slides = format_named("slides")
    assert suited(slides, {"beamer.cls"}) is slides
    assert suited(slides, ()) is format_named("slides-plain")
    assert suited(format_named("notes"), ()) is format_named("notes")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        format_named("solution")
    assert caught.value.report.hint == "did you mean solutions?"


def test_nothing_that_answers_a_problem_reaches_the_worksheet() -> None:
    view = format_named("worksheet").view(seed_document())
    assert all(problem.parts == () and problem.closing == "" for problem in view.document.problems)
    assert view.total == 11


def test_symbols_are_said_once() -> None:
    document = seed_document()
    own = replace(document, problems=document.problems[:2])
    for name in ("worksheet", "notes"):
        assert format_named(name).view(document).document.symbols == document.symbols
        assert format_named(name).view(own).document.symbols == ()


def test_the_handout_has_no_steps() -> None:
    frames = format_named("slides-handout").view(seed_document()).frames
    assert all(frame.start == frame.steps for frame in frames)
