"""Where keys stand: every value found by path is the one that tomllib reads there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.project.places import line_of, places

SAMPLE = '''# a comment with [brackets] and x = 1
id = "a" # and = behind
notation = { sums = "einstein", deep = { a = [1, 2] } }
formats = ["worksheet", # with a comment
  "slides",]
text = """many
id = 3
"""
raw = \'\'\'[no] = table\'\'\'
when = 2026-11-01 10:00:00
dotted.key = true
[symbols]
W = "m x n"
"quoted name" = 1
[[problem]]
of = 'F # no comment'
[problem.symbols]
x = "n"
[[problem]]
of = "with \\" quote"
'''


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value that is no table and no list, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path, value


def assert_found(text: str) -> None:
    found = places(text)
    for path, value in leaves(tomllib.loads(text)):
        span = found[path]
        assert tomllib.loads(f"x = {text[span.value_start : span.value_end]}")["x"] == value


def test_every_value_of_the_sample_is_found() -> None:
    assert_found(SAMPLE)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("notation", "deep", "a", 1), 3),
        (("formats", 1), 5),
        (("symbols",), 12),
        (("problem", 0), 15),
        (("problem", 0, "symbols", "x"), 18),
        (("problem", 1), 19),
        (("problem", 1, "of"), 20),
    ],
)
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(SAMPLE, places(SAMPLE)[path].start) == line


def test_a_key_in_a_string_or_a_comment_is_no_key() -> None:
    assert ("x",) not in places(SAMPLE)
    assert line_of(SAMPLE, places(SAMPLE)[("id",)].start) == 2


NAMES = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
SCALARS = st.one_of(
    st.integers(-9, 9).map(str),
    st.booleans().map(lambda b: str(b).lower()),
    st.text(st.characters(codec="ascii", exclude_characters="'\n\r", categories=["L", "P", "S", "Zs"])).map(
        lambda text: f"'{text}'"
    ),
    st.text(max_size=8)
    .map(lambda text: json.dumps(text))
    .filter(lambda text: "\\ud" not in text and "\x7f" not in text),
    st.text(st.sampled_from('ab =[]#\n"')).map(lambda text: f"'''{text}'''"),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[ {' , '.join(items)} ]"),
        st.dictionaries(NAMES, inner, max_size=2).map(
            lambda table: "{ " + ", ".join(f"{key} = {value}" for key, value in table.items()) + " }"
        ),
    ),
    max_leaves=4,
)
TABLES = st.dictionaries(NAMES, VALUES, max_size=4)


@given(TABLES, st.dictionaries(NAMES.map(lambda name: "t" + name), TABLES, max_size=3))
def test_every_value_of_any_document_is_found(top: dict[str, str], tables: dict[str, dict[str, str]]) -> None:
    lines = [f"{key} = {value} # note" for key, value in top.items() if key not in tables]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f'"{key}"={value}' for key, value in table.items())]
        lines += [f"[[list-{name}]]", "a = 1", f"[[list-{name}]]", *(f"{k} = {v}" for k, v in table.items())]
    assert_found("\n".join(lines))
