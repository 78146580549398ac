"""Which mistakes a solution invites: those that can be made in it, at the step where they are."""

from __future__ import annotations

from gen import derive
from gen.problems.invited import invited


def named(expr: str, wrt: str, method: str = "index", **symbols: str) -> dict[str, set[str]]:
    """The mistakes by the rules at which they are made."""
    derivation = derive(expr, wrt, method=method, symbols=symbols or None)
    return {
        derivation.steps[k].rule.name: {m.name for m in mistakes}
        for k, mistakes in invited(derivation).items()
    }


def test_mistakes_stand_at_the_step_that_makes_them() -> None:
    found = named("W*X", "W")
    assert "delta-wrong-index" in found["delta_substitution"]
    assert "identity-lost" in found["contraction"]
    assert {"kron-swapped", "kron-identity-lost"} <= named("W*X", "W", "vec")["vec_identity"]


def test_only_what_can_be_made_is_named() -> None:
    every = set().union(*named("W*X", "W").values())
    assert every.isdisjoint({"symmetric-as-free", "softmax-as-elementwise", "logdet-like-log"})
    assert "logdet-like-log" in set().union(*named("logdet(X)", "X", X="n x n").values())
    assert "factor-two-lost" in set().union(*named("normF(W*X - Y)^2", "W").values())


def test_slips_are_not_named() -> None:
    assert set().union(*named("x'*A*x", "x").values()).isdisjoint({"sign-lost", "counted-twice", "sum-kept"})


def test_a_derivative_that_is_zero_invites_nothing() -> None:
    assert invited(derive("A*B", "X", symbols={"X": "m x n"})) == {}
