"""A question that is known by its outline is answered, or refused, as if it had been read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.derivation import recalled
from gen.derivation.derive import derive, derive_all
from gen.derivation.outline import outline
from gen.errors import FreeIndexError, InputError
from gen.language.names import default_reading, is_reserved
from tests.expressions import SYMBOLS, questions

WORD = re.compile(r"[A-Za-z]\w*")
TOKEN = re.compile(r"[A-Za-z]\w*|\d+|\.[*/^]|\S")
# Every letter that the program would like for itself, and names of every make.
GOOD = (*"FGLYZHMQUABXWDITKSPfgLyzhugpikabqrcdjlstvwoxmn", "n1", "X_1", "e1", "F1", "Sigma", "v" * 40)
SCALARS = ("alpha", "beta", "lambda", "beta2", "mu_1")
# Names of functions, of differentials, of properties, and one too long.
ODD = ("tr", "exp", "eye", "et", "dX", "dx", "dA", "scalar", "symmetric", "positive", "v" * 41)
OPTIONS: tuple[dict[str, Any], ...] = (
    *({}, {}, {"methods": ("all",)}, {"methods": ("backprop", "index")}, {"kind": "vecjac"}, {"order": 2}),
    *({"layout": "denominator"}, {"symmetric": "projected"}, {"strict": True}, {"kind": "jacobian"}),
    *({"methods": ("nothing",)}, {"check": True}),
)


@dataclass(frozen=True)
class Typed:
    """A question as it is typed."""

    expr: str
    wrt: str
    symbols: dict[str, Any]

    def renamed(self, names: dict[str, str]) -> Typed:
        """The same with other names, functions among them where one is so renamed."""

        def new(text: Any) -> Any:
            if isinstance(text, list):
                return [new(part) for part in text]
            return WORD.sub(lambda w: names.get(w[0], w[0]), text) if isinstance(text, str) else text

        symbols = {
            names.get(name, name): {**form, "shape": new(form["shape"])}
            if isinstance(form, dict)
            else new(form)
            for name, form in self.symbols.items()
        }
        return Typed(new(self.expr), names.get(self.wrt, self.wrt), symbols)

    def outcome(self, options: dict[str, Any], *, cache: bool) -> Any:
        """All that comes of it: the derivations to the letter, or the error with its place."""
        options = {"check": False, **options}
        try:
            found = derive_all(self.expr, (self.wrt,), symbols=self.symbols, cache=cache, **options)
        except FreeIndexError as error:
            return error.report
        return [(d.to_json(), [s.marks for s in d.steps], d.sizes, d.problem, d.texts()) for d in found]


def _form(name: str, way: int) -> Any:
    """The declaration of a symbol as text or as a table, with a dimension that is a number now and then."""
    text = str(SYMBOLS[name])
    words = text.split()
    if way == 0 or text == "elementwise":
        return text
    dims: list[Any] = [] if words[0] == "scalar" else [words[0], *words[2:3]]
    if way == 2:
        dims = [3 if dim == "m" else dim for dim in dims]
    structure = words[3] if len(words) > 3 else None
    return {"shape": dims, "structure": structure, "domain": "positive" if way == 3 else None}


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    """A random question, some of its names declared; now and then with a word too many or too few."""
    expr, wrt = draw(questions(draw(st.integers(1, 3))))
    ways = draw(st.fixed_dictionaries({}, optional={name: st.integers(0, 3) for name in SYMBOLS}))
    if draw(st.booleans()):
        ways = {name: ways.get(name, 0) for name in SYMBOLS if name != "f" or "f(" in expr}
    if draw(st.integers(0, 3)) == 0:
        words = TOKEN.findall(expr)
        place = draw(st.integers(0, len(words) - 1))
        words[place : place + draw(st.integers(0, 1))] = draw(
            st.sampled_from([[], ["X"], ["'"], ["("], ["é"], ["2"]])
        )
        expr = " ".join(words)
    if draw(st.integers(0, 3)) == 0:
        expr = f"H = {expr}"
    return Typed(expr, wrt, {name: _form(name, way) for name, way in ways.items()})


@st.composite
def renamings(draw: st.DrawFn, question: Typed) -> dict[str, str]:
    """Other names for all names of a question: any for any, or such as are read alike."""
    own = [name for name in _names(question) if not is_reserved(name)]
    pool = draw(st.sampled_from((GOOD, GOOD, GOOD, SCALARS + GOOD, ODD + GOOD)))
    new = draw(st.permutations(pool))
    if draw(st.booleans()):
        return dict(zip(own, new, strict=False))
    out: dict[str, str] = {}
    for name in own:
        alike = [x for x in new if x not in out.values() and default_reading(x) == default_reading(name)]
        out[name] = next(iter(alike), name)
    return out


def _names(question: Typed) -> list[str]:
    forms = [str(form["shape"] if isinstance(form, dict) else form) for form in question.symbols.values()]
    words = WORD.findall(" ".join([question.expr, question.wrt, *question.symbols, *forms]))
    kept = {"x", "scalar", "symmetric", "skew", "diagonal", "lower", "elementwise"}
    # The x of a shape that is a text is a sign; in a table it is a name like others.
    texts = any(isinstance(form, str) for form in question.symbols.values())
    return [name for name in dict.fromkeys(words) if not (name in kept and (texts or name != "x"))]


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(st.data(), typed(), st.sampled_from(OPTIONS))
def test_what_is_known_by_its_outline_is_what_is_derived_anew(
    data: st.DataObject, question: Typed, options: dict[str, Any]
) -> None:
    question.outcome(options, cache=True)
    other = question.renamed(data.draw(renamings(question)))
    assert other.outcome(options, cache=True) == other.outcome(options, cache=False)


SAME: tuple[tuple[tuple[str, str, Any], tuple[str, str, Any]], ...] = (
    (("A*X*B", "X", None), ("J *V* U", "V", None)),
    (("A*X", "X", {"A": "m x n", "X": "n x p"}), ("B*Y", "Y", {"B": "p x m", "Y": "m x q"})),
    (("A*X", "X", {"A": ["m", "n"]}), ("B*Y", "Y", {"B": {"shape": ("p", "m"), "domain": None}})),
    (("F = a'*X*b", "X", None), ("y = u'*A*v", "A", None)),
    (("tr(A*eye(n))*n", "A", {"A": "n x n"}), ("tr(B*eye(k))*k", "B", {"B": "k x k"})),
)
OTHER: tuple[tuple[tuple[str, str, Any], tuple[str, str, Any]], ...] = (
    (("A*X", "X", {"A": "m x n", "X": "n x p"}), ("A*X", "X", {"A": "n x n", "X": "n x n"})),
    (("A*X", "X", {"A": ["3", 3]}), ("A*X", "X", {"A": [3, 3]})),
    (("A*x", "x", None), ("A*alpha", "alpha", None)),
    (("A*X", "X", None), ("A*A", "A", None)),
    (("A*X", "X", None), ("A*X", "A", None)),
    (("A*X", "X", None), ("A.*X", "X", None)),
    (("tr(S)", "S", {"S": "n x n"}), ("tr(S)", "S", {"S": "n x n symmetric"})),
    (("sum(sin(x))", "x", None), ("sum(cos(x))", "x", None)),
    (("2*x", "x", None), ("3*x", "x", None)),
)


def _recalls(first: tuple[str, str, Any], second: tuple[str, str, Any]) -> bool:
    """Is the second question not read, once the first is known?"""
    recalled.forget()
    derive(first[0], first[1], symbols=first[2])
    before = recalled.known()
    found = derive(second[0], second[1], symbols=second[2])
    assert found.to_json() == derive(second[0], second[1], symbols=second[2], cache=False).to_json()
    return recalled.known() == before == 1


@pytest.mark.parametrize(("first", "second"), SAME)
def test_questions_that_are_equal_up_to_names_have_one_outline(
    first: tuple[str, str, Any], second: tuple[str, str, Any]
) -> None:
    assert _recalls(first, second)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_questions_that_differ_in_more_than_names_have_two(
    first: tuple[str, str, Any], second: tuple[str, str, Any]
) -> None:
    assert not _recalls(first, second)


@pytest.mark.parametrize(
    ("expr", "wrt", "symbols"),
    [
        ("A*é", "A", None),
        ("A*X\u00a0", "X", None),
        ("A*X", "Y", None),
        ("A*dX*X", "X", None),
        ("det(X)*et", "et", None),
        ("A*" + "v" * 41, "A", None),
        ("A*X", "X", {"A": "2*m x n"}),
        ("A*X", "X", {"A": "3x4"}),
        ("f(x)", "x", {"f": "elementwise"}),
        ("A*X", "X", {"tr": "m x n"}),
        ("A*X", "X", {"A": "symmetric"}),
        ("A*X", "X", {"A": ["m", None]}),
        ("A*X", "X", {"A": {"function": "elementwise"}}),
    ],
)
def test_what_the_words_alone_do_not_tell_has_no_outline(expr: str, wrt: str, symbols: Any) -> None:
    assert outline(expr, symbols, (wrt,), ()) is None
    assert outline("A*X", None, ("X",), ({},)) is None


def test_an_error_shows_what_was_typed_each_time() -> None:
    for name in ("Quite", "Other"):
        with pytest.raises(InputError) as caught:
            derive(f"A*{name} + {name}'", name, symbols={name: "m x n"})
        assert name in str(caught.value)
