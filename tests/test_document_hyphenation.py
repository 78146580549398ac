"""Patterns of a language are used where a TeX has them; where it has none, it is not taken for English."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from gen.build.engine import Engine, installed
from gen.build.typeset import Typeset, typeset
from gen.document.render import tex_environment
from gen.document.words import words_of

SHOWN = (
    r"\newcommand{\NoSign}{}"
    r"\typeout{language: \the\language; marked: \ifx\Syllable\NoSign no\else yes\fi; patterns: "
    r"\ifcsname directlua\endcsname"
    r"\directlua{tex.sprint(string.len(lang.patterns(lang.new(\the\language)) or ''))}\fi.}"
)


def said(engine: Engine, language: str, patterns: str) -> str:
    """What a document says that is set by the patterns of this name."""
    words = words_of(language)
    words = replace(words, texts=MappingProxyType({**words.texts, "patterns": patterns}))
    made = tex_environment().get_template("hyphenation.tex").render(words=words)
    lines = (
        f"% engine: {engine.plain_name}",
        r"\documentclass{article}\usepackage{lmodern}",
        r"\ifcsname directlua\endcsname\else\usepackage[T1]{fontenc}\fi",
        made,
        SHOWN,
        r"\begin{document}Gesell\Syllable{}schafts\Syllable{}raum\end{document}",
    )
    done: Typeset = typeset("\n".join(lines), engine, name="hyphenation")
    (line,) = (line for line in done.said.splitlines() if line.startswith("language: "))
    return line


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_a_language_without_patterns_is_broken_at_marks_alone(engine: Engine) -> None:
    assert said(engine, "de", "nosuchlanguage").startswith("language: 255; marked: yes; patterns: ")


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_patterns_of_a_format_are_used(engine: Engine) -> None:
    assert said(engine, "de", "nohyphenation").split("; ")[1] == "marked: no"
    assert said(engine, "en", "english").startswith("language: 0; marked: no")


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_patterns_in_files_are_loaded_by_lua_alone(engine: Engine) -> None:
    found = said(engine, "de", "monogreek")
    language, marked, patterns = found.rstrip(".").split("; ")
    if engine.plain_name == "lualatex" and marked == "marked: no":
        assert language == "language: 255" and int(patterns.removeprefix("patterns: ")) > 1000
    else:
        # A format that has them has given them a number; else there are none.
        assert (language == "language: 255") == (marked == "marked: yes")


def test_the_name_of_the_patterns_is_a_word() -> None:
    assert words_of("de")["patterns"] == "ngerman"
    assert (Path(__file__).parent.parent / "templates" / "hyphenation.tex").is_file()
