"""`make soak`: thousands of random expressions of depth 6 from every function, by every kind and method.

Not part of the suite, which has a sample of the same in `test_derivation_properties.py`.
FREEINDEX_SOAK sets the number of examples, FREEINDEX_SEED the seed, which is random otherwise.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st

from tests.expressions import Question, questions
from tests.test_derivation_properties import outcome

EXAMPLES = int(os.environ.get("FREEINDEX_SOAK", "3000"))
SEED = int(os.environ.get("FREEINDEX_SEED", "0")) or int.from_bytes(os.urandom(4))
SETTINGS = settings(
    max_examples=EXAMPLES, derandomize=False, database=None, suppress_health_check=list(HealthCheck)
)
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"methods": ("all",)},
    {"methods": ("all",), "layout": "denominator"},
    {"kind": "vecjac"},
    {"kind": "differential"},
    {"order": 2},
    {"kind": "vechess"},
)


@SETTINGS
@seed(SEED)
@given(questions(6), st.sampled_from(OPTIONS))
def test_every_question_is_answered_or_refused(question: Question, options: dict[str, Any]) -> None:
    event(outcome(*question, **options))
