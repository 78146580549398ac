"""Index text as terms."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.language.dimension import Dim, named
from gen.language.index import Delta, Entry, Letter, Order, Pair, Partial, Term
from gen.language.index_parser import parse_terms
from gen.language.node import call, multiply, symbol
from gen.language.text import text as typed
from tests.numbers import value

M, N, P = named("m"), named("n"), named("p")
W, X, x, G = symbol("W", M, N), symbol("X", N, P), symbol("x", N), symbol("G", M, P)
t = symbol("t")
SYMBOLS = {node.name: node for node in (W, X, x, G, t)}
RANGES = {"i": M, "k": P, "q": M, "r": N}
IN_I, IN_K, IN_Q, IN_R = Letter("i", M), Letter("k", P), Letter("q", M), Letter("r", N)
IN_J = Letter("j", N)


def test_the_seed_answer() -> None:
    assert parse_terms("delta[i,q]*X[r,k]", SYMBOLS, RANGES) == (
        Term(Fraction(1), (Delta(IN_I, IN_Q), Entry(X, IN_R, IN_K))),
    )


def test_ranges_come_from_the_axes() -> None:
    (term,) = parse_terms("sum[j](W[i,j]*X[j,k])", SYMBOLS)
    assert term == Term(Fraction(1), (Entry(W, IN_I, IN_J), Entry(X, IN_J, IN_K)), (IN_J,))


def test_ranges_come_through_deltas_in_any_order() -> None:
    (term,) = parse_terms("delta[i,s]*delta[s,q]*W[q,r]", SYMBOLS)
    assert term.factors[0] == Delta(IN_I, Letter("s", M))


def test_partials() -> None:
    (term,) = parse_terms("sum[i,k](G[i,k]*d((W*X)[i,k], W[q,r]))", SYMBOLS)
    body = (Term(Fraction(1), (Entry(multiply(W, X), IN_I, IN_K),)),)
    assert term == Term(
        Fraction(1), (Entry(G, IN_I, IN_K), Partial(body, Entry(W, IN_Q, IN_R))), (IN_I, IN_K)
    )


def test_a_partial_by_a_scalar() -> None:
    (term,) = parse_terms("d(t^2, t)", SYMBOLS)
    assert isinstance(term.factors[0], Partial)
    assert term.factors[0].by == Entry(t)


def test_scalars_beside_entries() -> None:
    (term,) = parse_terms("3*tr(W*X*X'*W')*x[i]/2", SYMBOLS)
    assert term.coef == Fraction(3, 2)
    assert [typed((Term(Fraction(1), (f,)),)) for f in term.factors] == ["tr(W*X*X'*W')", "x[i]"]


def test_a_chain_of_matrices_is_one_scalar() -> None:
    (term,) = parse_terms("x'*x*delta[i,q]", SYMBOLS, RANGES)
    assert typed((term,)) == "(x'*x)*delta[i,q]"


def test_functions_of_entries() -> None:
    (term,) = parse_terms("exp(x[i])*x[i]^2", SYMBOLS)
    assert term.factors[0] == Entry(call("exp", N, x.cols, x), Letter("i", N))
    assert typed((term,)) == "exp(x)[i]*x[i]^2"


def test_products_are_multiplied_out() -> None:
    terms = parse_terms("-2*(x[i] - W[q,i])*x[i]", SYMBOLS)
    assert [term.coef for term in terms] == [-2, 2]
    assert parse_terms("0*x[i]", SYMBOLS) == ()


def test_patterns_and_pairs() -> None:
    (term,) = parse_terms("[q>=i]*vec(W)[(i,r)]", SYMBOLS, RANGES)
    assert term.factors[0] == Order(IN_Q, IN_I)
    assert isinstance(term.factors[1], Entry)
    assert term.factors[1].row == Pair(IN_I, IN_R)


def test_the_second_letter_of_a_pair_takes_what_the_first_leaves() -> None:
    (term,) = parse_terms("vec(W)[(i,s)]", SYMBOLS, {"i": M})
    assert isinstance(term.factors[0], Entry)
    assert term.factors[0].row == Pair(IN_I, Letter("s", N))


TEXTS = [
    "delta[i,q]*X[r,k]",
    "-W[i,r]*x[r]",
    "sum[j](W[i,j]*X[j,k])",
    "sum[j](delta[i,q]*delta[j,r]*X[j,k] + W[i,j]*X[j,k])",
    "d((W*X)[i,k], W[q,r])",
    "d(d((x'*x), x[j]), x[r])",
    "(W*X)[i,k]/2",
    "x[r]^2*t",
    "tr(W*X*G')*delta[i,q]*W[i,r]",
    "exp(W*X)[i,k]*[i>=q]*W[q,r]",
    "W'[r,i] + 2*inv(W*W')[i,q]*W[q,r]",
    "vec(W)[(i,r)]",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_read_and_printed_without_change_of_value(text: str) -> None:
    terms = parse_terms(text, SYMBOLS, RANGES)
    again = typed(terms)
    assert parse_terms(again, SYMBOLS, RANGES) == terms
    random, sizes = np.random.default_rng(3), {"m": 2, "n": 3, "p": 5}
    env = {
        s.name: random.uniform(0.5, 1.5, (s.rows.size(sizes), s.cols.size(sizes))) for s in SYMBOLS.values()
    }
    env["t"] = env["t"].reshape(())
    ranges: dict[str, int | str] = {"i": "m", "k": "p", "q": "m", "r": "n", "j": "n"}
    standing = set(re.findall(r"(?<=[\[(,=])[ijkqr](?=[\]),>])", text))
    free = sorted(standing - set(re.findall(r"sum\[(.)", text)))
    expected = value(text, env, sizes, indices=ranges, free=free)
    assert np.allclose(value(again, env, sizes, indices=ranges, free=free), expected)


REFUSED = [
    ("W[i]", "shape"),
    ("x[i,j]", "shape"),
    ("W[i,j]*W[j,i]", "shape"),
    ("delta[s,u]", "shape"),
    ("sum[s](x[i])", "shape"),
    ("vec(W)[(s,u)]", "shape"),
    ("delta[i]", "syntax"),
    ("x[IN_I]", "syntax"),
    ("x[ij]", "syntax"),
    ("x[1]", "syntax"),
    ("sum[j](sum[j](W[i,j]))", "syntax"),
    ("sum[j,j](W[i,j])", "syntax"),
    ("d(x[i])", "syntax"),
    ("d(x[i], 2*x[j])", "syntax"),
    ("x[i] = 2", "syntax"),
    ("x", "not_scalar"),
    ("W*x[i]", "not_scalar"),
    ("exp(x[i] + x[j])", "unsupported"),
    ("tr(x[i])", "unsupported"),
    ("1/(x[i] + x[j])", "unsupported"),
    ("delta[i,q]^2*W[i,r]", "unsupported"),
    ("x[i]'", "unsupported"),
    ("Z[i,j]", "unknown_name"),
    ("(W*W)[i,j]", "shape"),
    ("x[i]*foo(x[i])", "unsupported"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_no_index_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_terms(text, SYMBOLS)
    assert caught.value.report.code == code
    assert caught.value.report.start is not None


def test_errors_of_the_matrix_language_are_told_of_the_answer() -> None:
    with pytest.raises(InputError) as caught:
        parse_terms("Z[i,j]", SYMBOLS)
    assert caught.value.report.where == "answer"


def test_a_pair_must_fill_its_axis() -> None:
    with pytest.raises(InputError) as caught:
        parse_terms("vec(W)[(k,r)]", SYMBOLS, RANGES)
    assert caught.value.report.code == "shape"


def test_ranges_given_must_agree_with_the_axes() -> None:
    with pytest.raises(InputError):
        parse_terms("W[i,j]", SYMBOLS, {"i": Dim(7)})


@given(st.text(alphabet="WXxij12[](),*+-^/ dsum>=", max_size=30))
def test_any_row_of_signs_is_read_or_refused(text: str) -> None:
    try:
        parse_terms(text, SYMBOLS)
    except InputError as error:
        assert len(error.report.lines()) <= 4
