"""Any well-shaped expression gives a checked derivation or an error of the published kind.

`tests/soak.py` (`make soak`) does the same for thousands of deeper expressions.
"""

from __future__ import annotations

import gc
import time
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.derivation.derive import derive_all
from gen.derivation.result import Derivation
from gen.errors import Code, FreeIndexError
from tests.derivations import NoPointError, hold
from tests.expressions import ELEMENTWISE, LEAVES, MADE, OTHERS, SYMBOLS, Question, questions

SECONDS = 2  # for one method
# Of a well-shaped expression these may be said: it has no derivative here, or no point to check it at.
REFUSALS = {"unsupported", "domain", "not_scalar", "too_large"}


def outcome(expr: str, wrt: str, **options: Any) -> str:
    """Assert that a question is answered rightly or refused, in time; what came of it."""
    found: tuple[Derivation, ...] = ()
    gc.disable()  # what the tests themselves keep in memory is no part of the time
    start = time.process_time()
    try:
        found = derive_all(expr, (wrt,), symbols=SYMBOLS, cache=False, **options)
    except FreeIndexError as error:
        assert error.report.code in REFUSALS & set(get_args(Code)), error.report.message
        said = f"{error.report.code}: {error.report.message[:40]}"
    else:
        said = "answered"
    finally:
        taken = time.process_time() - start
        gc.enable()
    assert taken < SECONDS * max(1, len(found))
    for derivation in found:
        try:
            hold(derivation.to_json())
        except NoPointError:
            # exp(exp(exp(x))) is checked by the program but too steep for differences.
            said = "answered, not held"
    return said


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(questions(4))
def test_a_checked_derivation_or_a_published_error(question: Question) -> None:
    outcome(*question, methods=("index", "backprop"))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(questions(4))
def test_all_methods_agree_or_say_why_not(question: Question) -> None:
    outcome(*question, methods=("all",))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(questions(3), st.sampled_from([{"order": 2}, {"kind": "vechess"}, {"kind": "vecjac"}]))
def test_second_derivatives_and_stacked_ones(question: Question, options: dict[str, Any]) -> None:
    outcome(*question, **options)


def test_every_function_is_drawn() -> None:
    """A function that is added to the catalogue is added to the generator."""
    drawn = {name for name in OTHERS if any(f"{name}(" in form for form in _forms())}
    assert drawn == set(OTHERS)
    assert "f" in ELEMENTWISE


def _forms() -> list[str]:
    return [form for made in MADE.values() for form, _ in made] + [
        t for leaves in LEAVES.values() for t in leaves
    ]
