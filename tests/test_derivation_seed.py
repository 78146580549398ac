"""The question it all began with: F = W*X by W, by every method, letter for letter."""

from __future__ import annotations

import json

import pytest

from gen.derivation.derive import derive, derive_all
from tests.derivations import Json, answer, answers, hold, rules, texts

INDEX = [
    "d((W*X)[i,k], W[q,r])",
    "d(sum[j](W[i,j]*X[j,k]), W[q,r])",
    "sum[j](d(W[i,j], W[q,r])*X[j,k])",
    "sum[j](delta[i,q]*delta[j,r]*X[j,k])",
    "delta[i,q]*X[r,k]",
]
BACKPROP = [
    "sum[i,k](G[i,k]*d((W*X)[i,k], W[q,r]))",
    "sum[i,k](G[i,k]*d(sum[j](W[i,j]*X[j,k]), W[q,r]))",
    "sum[i,k,j](G[i,k]*d(W[i,j], W[q,r])*X[j,k])",
    "sum[i,k,j](G[i,k]*delta[i,q]*delta[j,r]*X[j,k])",
    "sum[k](G[q,k]*X[r,k])",
    "(G*X')[q,r]",
]
VEC = ["vec(D(W*X))", "vec(dW*X)", "vec(eye(m)*dW*X)", "kron(X', eye(m))*vec(dW)"]


@pytest.fixture(scope="module")
def seed() -> dict[str, Json]:
    return {d["problem"]["method"]: d for d in answers("W*X", "W")}


def test_the_methods_come_in_the_order_of_the_table(seed: dict[str, Json]) -> None:
    assert list(seed) == ["index", "backprop", "differential", "vec", "components"]


def test_every_line_is_the_derivative(seed: dict[str, Json]) -> None:
    for derivation in seed.values():
        hold(derivation)


def test_index_has_the_chain_of_key_lines(seed: dict[str, Json]) -> None:
    found = seed["index"]
    assert texts(found) == INDEX
    assert [s["kind"] for s in found["steps"]] == [
        "index_form",
        "product_rule",
        "delta_substitution",
        "contraction",
    ]
    assert {s["grain"] for s in found["steps"]} == {"key"}
    assert "X does not depend on W" in found["steps"][1]["because"]
    assert found["steps"][3]["because"] == "delta[j,r] replaces j by r"
    assert found["results"]["index"]["text"] == "delta[i,q]*X[r,k]"
    assert found["results"]["index"]["free"] == found["free"] == ["i", "k", "q", "r"]
    assert found["results"]["index"]["shape"] == ["m", "p", "m", "n"]
    assert found["results"]["matrix"] is None
    assert found["results"]["vec"]["text"] == "kron(X', eye(m))"
    assert found["upstream"] is None


def test_index_lines_in_tex(seed: dict[str, Json]) -> None:
    tex = [s["after"]["latex"] for s in seed["index"]["steps"]]
    assert r"\delta_{iq}" in tex[2]
    assert r"\delta_{jr}" in tex[2]
    assert r"\delta_{jr}" not in tex[3]
    assert "X_{rk}" in tex[3]


def test_vec_inserts_the_identity_and_uses_the_vec_identity(seed: dict[str, Json]) -> None:
    found = seed["vec"]
    assert found["problem"]["kind"] == "vecjac"
    assert texts(found) == VEC
    assert rules(found) == ["product_differential", "insert_identity", "vec_identity"]
    assert found["steps"][1]["because"] == "multiplying by eye(m) changes nothing"
    assert found["results"]["vec"]["text"] == "kron(X', eye(m))"
    assert found["results"]["vec"]["shape"] == ["m*p", "m*n"]
    assert found["free"] == []


def test_backprop_ends_in_g_times_x_transposed(seed: dict[str, Json]) -> None:
    found = seed["backprop"]
    assert texts(found) == BACKPROP
    assert rules(found)[-2:] == ["contraction", "matrix_form"]
    assert found["upstream"] == "G"
    assert found["free"] == ["q", "r"]
    assert found["results"]["matrix"]["text"] == "G*X'"
    assert found["results"]["matrix"]["shape"] == ["m", "n"]
    assert found["results"]["index"]["text"] == "sum[k](G[q,k]*X[r,k])"


def test_differential_ends_with_the_increment(seed: dict[str, Json]) -> None:
    assert texts(seed["differential"]) == ["D(W*X)", "dW*X"]


BLOCKS = """\
∂F_11/∂W = ⎡X_11  X_21⎤
           ⎣0     0   ⎦
∂F_12/∂W = ⎡X_12  X_22⎤
           ⎣0     0   ⎦
∂F_13/∂W = ⎡X_13  X_23⎤
           ⎣0     0   ⎦
∂F_21/∂W = ⎡0     0   ⎤
           ⎣X_11  X_21⎦
∂F_22/∂W = ⎡0     0   ⎤
           ⎣X_12  X_22⎦
∂F_23/∂W = ⎡0     0   ⎤
           ⎣X_13  X_23⎦"""


def test_components_with_small_sizes(seed: dict[str, Json]) -> None:
    found = seed["components"]
    assert rules(found) == ["multiply_out", "differentiate_entries"]
    assert "m = 2, n = 2, p = 3" in found["steps"][0]["because"]
    assert (
        "each of the 6 entries differentiated by each of the 4 entries of W" in found["steps"][1]["because"]
    )
    assert all(s[side]["text"] is None for s in found["steps"] for side in ("before", "after"))
    assert found["results"]["index"]["text"] == "delta[i,q]*X[r,k]"


def test_components_blocks_entry_by_entry() -> None:
    found = derive("W*X", "W", method="components")
    written, blocks = (s.after for s in found.steps)
    assert getattr(written, "terminal", "").split("\n") == [
        f"F_{i}{k} = W_{i}1 X_1{k} + W_{i}2 X_2{k}" for i in (1, 2) for k in (1, 2, 3)
    ]
    assert getattr(blocks, "terminal", "") == BLOCKS


def test_components_blocks_in_tex(seed: dict[str, Json]) -> None:
    tex = seed["components"]["steps"][1]["after"]["latex"]
    outer = tex.replace(" ", "")
    assert outer.count(r"\begin{pmatrix}") == 1 + 6
    first = r"\begin{pmatrix}X_{11}&X_{21}\\0&0\end{pmatrix}"
    assert outer.index(first) < outer.index(r"\begin{pmatrix}0&0\\X_{11}&X_{21}\end{pmatrix}")


def test_the_json_has_the_keys_of_the_formats(seed: dict[str, Json]) -> None:
    for method, found in seed.items():
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        assert set(found) >= {
            *("schema", "problem", "value", "indices", "free", "upstream", "steps"),
            *("results", "check", "verified"),
        }
        assert (
            found["problem"].items()
            >= {
                "expr": "W*X",
                "wrt": "W",
                "method": method,
                "layout": "numerator",
                "symmetric": "free",
                "symbols": {
                    "W": {"shape": ["m", "n"], "structure": None, "domain": None},
                    "X": {"shape": ["n", "p"], "structure": None, "domain": None},
                },
            }.items()
        )
        assert found["value"] == {"name": "F", "shape": ["m", "p"]}
        assert set(found["results"]) == {"index", "matrix", "vec"}
        assert found["check"]["against"] == "complex step"
        assert found["check"]["points"] == 3
        for step in found["steps"]:
            assert list(step) == ["rule", "kind", "grain", "path", "before", "after", "because", "check"]
            assert set(step["before"]) == set(step["after"]) == {"text", "latex"}
    assert seed["index"]["indices"] == {"i": "m", "k": "p", "q": "m", "r": "n", "j": "n"}
    assert seed["index"]["problem"]["kind"] == seed["components"]["problem"]["kind"] == "tensor4"
    assert seed["index"]["steps"][0]["path"] == [0, 0]


FIRST = (
    ("index", "W*X", "W", "d((W*X)[i,k], W[q,r])"),
    ("index", "tr(A*X*B)", "X", "d(tr(A*X*B), X[q,r])"),
    ("index", "A*x", "x", "d((A*x)[i], x[q])"),
    ("backprop", "tr(A*X*B)", "X", "d(tr(A*X*B), X[q,r])"),
    ("backprop", "A*x", "x", "sum[i](g[i]*d((A*x)[i], x[q]))"),
    ("backprop", "W*X", "X", "sum[i,k](G[i,k]*d((W*X)[i,k], X[q,r]))"),
    ("vec", "W*X", "X", "vec(D(W*X))"),
    ("differential", "tr(A*X*B)", "X", "D(tr(A*X*B))"),
)


@pytest.mark.parametrize(("method", "expr", "wrt", "first"), FIRST)
def test_the_first_line_is_the_derivative_untouched(method: str, expr: str, wrt: str, first: str) -> None:
    assert texts(answer(expr, wrt, method))[0] == first


LAST = (
    ("index", "tr(A*X*B)", "X", "(A'*B')[q,r]"),
    ("index", "A*x", "x", "A[i,q]"),
    ("backprop", "A*x", "x", "(A'*g)[q]"),
    ("backprop", "W*X", "X", "(W'*G)[q,r]"),
    ("differential", "tr(A*X*B)", "X", "tr((A'*B')'*dX)"),
    ("vec", "W*X", "X", "kron(eye(p), W)*vec(dX)"),
)


@pytest.mark.parametrize(("method", "expr", "wrt", "last"), LAST)
def test_the_last_line_is_the_answer(method: str, expr: str, wrt: str, last: str) -> None:
    found = answer(expr, wrt, method)
    assert texts(found)[-1] == last
    hold(found)


def test_derivations_are_the_same_every_time() -> None:
    assert answer("W*X", "W") == answer("W*X", "W")


def test_several_variables_come_in_the_order_given() -> None:
    found = derive_all("W*X", ("X", "W"), ("backprop", "index"))
    assert [(d.problem.wrt.name, d.method) for d in found] == [
        ("X", "index"),
        ("X", "backprop"),
        ("W", "index"),
        ("W", "backprop"),
    ]


def test_the_author_names_the_value() -> None:
    assert answer("Y = W*X", "W")["value"]["name"] == "Y"
