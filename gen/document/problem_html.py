"""The parts of problems as HTML: derivations, answers to choose from, pictures of matrices, sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from gen.document.formula import Phrase
from gen.document.page import environment
from gen.document.tex import Text
from gen.document.tex_html import blocks_html, displayed, inline_html
from gen.document.web_blocks import WebShown
from gen.document.web_maths import set_apart
from gen.document.web_page import derivation_filters, phrase
from gen.document.words import words_of


def part_html(part: WebShown, level: int, language: str) -> Markup:
    """A part without its title; headings in it are of the `level`."""
    module = _environment(language).get_template("web/problem.html").module
    return Markup(str(getattr(module, type(part).__name__)(part, level)).strip())


def hints_html(hints: tuple[Phrase, ...], language: str) -> Markup:
    """Hints, each of which is shown when it is asked for."""
    words = words_of(language)
    made = Markup("\n").join(
        Markup("<li><details><summary>{}</summary><p>{}</p></details></li>").format(
            words.filled("hint", n=n), phrase(hint, language)
        )
        for n, hint in enumerate(hints, start=1)
    )
    return Markup('<ul class="hints">\n{}\n</ul>').format(made)


def marks_of(marks: Text | int, language: str) -> str:
    """A number of marks in words."""
    key = "marks_one" if f"{marks}" == "1" else "marks_many"
    return words_of(language).filled(key, n=f"{marks}")


@cache
def problem_filters(language: str) -> Mapping[str, Callable[..., object]]:
    """What the templates of problems ask for, on a page in `language`."""
    spoken: Mapping[str, Callable[..., object]] = {
        "tex": inline_html,
        "paragraphs": blocks_html,
        "displayed": displayed,
        "set_apart": set_apart,
        "marks": marks_of,
        "part": part_html,
        "hints": hints_html,
    }
    return MappingProxyType(
        {
            **{name: partial(made, language=language) for name, made in spoken.items()},
            **derivation_filters(language),
        }
    )


@cache
def _environment(language: str) -> Environment:
    return environment(language, **problem_filters(language))
