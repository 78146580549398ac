"""A derivation that is known under other names is the one that would be derived anew, letter for letter."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gen.derivation import canonical, recalled
from gen.derivation.derive import derive, derive_all
from gen.derivation.record import Display
from gen.errors import InputError
from gen.language.names import is_reserved
from gen.language.text import text

DATA = Path(__file__).parent / "data"
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("identities.jsonl", "peers.jsonl")
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()
]
WORD = re.compile(r"[A-Za-z_]\w*")
# Names of every make, and every letter that the program would like for itself.
NAMES = [*"ABCFGHLMPQXYZabcdfghjklmnopqrstuvwyzi", "beta", "x1", "n1", "W_1", "dim", "j1", "F1", "g1"]


def _names(row: dict[str, Any]) -> list[str]:
    """Symbols and dimensions of a row."""
    shapes = [str(d) for form in row["symbols"].values() for d in form.get("shape", [])]
    found = dict.fromkeys([*row["symbols"], *WORD.findall(" ".join([*shapes, row["expr"]]))])
    return [name for name in found if not is_reserved(name)]


def _renamed(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    def new(text: object) -> Any:
        return WORD.sub(lambda w: names.get(w[0], w[0]), text) if isinstance(text, str) else text

    symbols = {
        names[name]: {
            key: [new(d) for d in value] if key == "shape" else value for key, value in form.items()
        }
        for name, form in row["symbols"].items()
    }
    return {"expr": new(row["expr"]), "wrt": names[row["wrt"]], "symbols": symbols, "kind": row["kind"]}


def _answers(row: dict[str, Any], *, check: bool = False, cache: bool = True) -> list[Any]:
    found = derive_all(
        row["expr"],
        (row["wrt"],),
        ("all",),
        symbols=row["symbols"],
        kind=row["kind"],
        check=check,
        cache=cache,
    )
    return [(d.to_json(), [s.marks for s in d.steps], d.sizes) for d in found]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ROWS), st.permutations(NAMES), st.booleans())
def test_what_is_known_under_other_names_equals_what_is_derived_anew(
    row: dict[str, Any], new: list[str], check: bool
) -> None:
    names = dict(zip(_names(row), new, strict=False))
    assume(not {f"d{name}" for name in names.values()} & {*names.values()})
    other = _renamed(row, names)
    _answers(row, check=check)
    assert _answers(other, check=check) == _answers(other, check=check, cache=False)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_template_filled_is_what_is_written_of_the_renamed_lines(row: dict[str, Any]) -> None:
    other = _renamed(row, {name: f"{name}_2" for name in _names(row)})
    for known in derive_all(
        other["expr"], (other["wrt"],), ("all",), symbols=other["symbols"], kind=other["kind"], check=False
    ):
        lines = known.lines()
        assert known.texts() == tuple([None if isinstance(x, Display) else text(x) for x in lines])
        assert all(step.before == before for step, before in zip(known.steps, lines, strict=False))


def test_a_renamed_derivation_is_a_record_like_any_other() -> None:
    known = derive("A*X*B", "X", symbols={"A": "p x m", "X": "m x n", "B": "n x q"})
    anew = derive("A*X*B", "X", symbols={"A": "p x m", "X": "m x n", "B": "n x q"}, cache=False)
    assert known == anew
    assert anew == known
    assert hash(known) == hash(anew)
    assert repr(replace(known, notes=())) == repr(known)
    short = replace(known, steps=known.steps[:1])
    assert short != known
    assert len(short.texts()) == 2


def test_a_renamed_question_is_not_derived_again() -> None:
    canonical.forget()
    recalled.forget()
    derive("A*X*B", "X", symbols={"A": "p x m", "X": "m x n", "B": "n x q"})
    known = canonical.known()
    derive("J*V*U", "V", symbols={"J": "a x b", "V": "b x c", "U": "c x d"})
    assert canonical.known() == known == 1
    derive("A*X*B", "B", symbols={"A": "p x m", "X": "m x n", "B": "n x q"})
    assert canonical.known() == 2


def test_equal_dimensions_make_another_question() -> None:
    """Squareness decides what cancels, so it is part of what is known."""
    wide = derive("A*X", "X", symbols={"A": "m x n", "X": "n x p"}).to_json()
    square = derive("A*X", "X", symbols={"A": "n x n", "X": "n x n"}).to_json()
    assert wide["results"]["vec"]["shape"] != square["results"]["vec"]["shape"]


def test_an_error_is_told_in_the_names_of_the_author() -> None:
    for _ in range(2):
        with pytest.raises(InputError, match="expm") as caught:
            derive("expm(Q)", "Q", symbols={"Q": "n x n"})
        assert "$" not in str(caught.value)
