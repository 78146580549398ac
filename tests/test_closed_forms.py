"""Our closed forms beside those of the books: no longer in the middle, and where longer, docs say why.

The table in docs/closed-forms.md is written anew with `--accept`.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from statistics import median

from gen.derivation.derive import derive
from gen.language.text import text

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "closed-forms.md"
DATA = ROOT / "tests" / "data" / "identities.jsonl"
MOST = 1.5
SIZED = re.compile(r"\b(eye|ones)\([^()]*\)")
TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|\.[*/^]|[-+*/^']")
WHY = "## Why some are longer"


def count(form: str) -> int:
    """Signs and names; brackets and commas are free, and a constant with its size counts one."""
    return len(TOKEN.findall(SIZED.sub("eye", form)))


@cache
def ratios() -> tuple[tuple[str, float, str, str], ...]:
    """Id, ratio, our form and the book's, of every row that has one."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = []
    for row in rows:
        if not row.get("expected"):
            continue
        answer = derive(row["expr"], row["wrt"], symbols=row["symbols"], kind=row["kind"], check=False).answer
        assert answer is not None, row["id"]
        ours = text(answer.line)
        found.append((row["id"], count(ours) / count(row["expected"]), ours, row["expected"]))
    return tuple(found)


def figures() -> str:
    """The part of the page that is computed."""
    longer = sorted((r for r in ratios() if r[1] > 1), key=lambda r: (-r[1], r[0]))
    lines = [
        f"{len(ratios())} rows; the median of the ratio is {median(r[1] for r in ratios()):.2f}; "
        f"{len(longer)} rows are above 1.0, {sum(r[1] > MOST for r in longer)} above {MOST}.",
        "",
        "| row | ratio | ours | the book's |",
        "|---|---|---|---|",
        *(f"| {name} | {ratio:.2f} | `{ours}` | `{book}` |" for name, ratio, ours, book in longer),
    ]
    return "\n".join(lines)


def test_what_is_counted() -> None:
    assert count("2*A'*(A*x - b)") == 10
    assert count("kron(X', eye(m))") == 4
    assert count("X.^2") == 3


def test_half_of_the_answers_are_no_longer_than_in_the_books() -> None:
    assert len(ratios()) > 190
    assert median(ratio for _, ratio, _, _ in ratios()) <= 1.0


def test_every_answer_that_is_much_longer_has_its_reason() -> None:
    reasons = PAGE.read_text(encoding="utf-8").split(WHY)[1]
    named = set(re.findall(r"`([\w-]+)`", "".join(re.findall(r"^- (.*?):", reasons, re.MULTILINE))))
    assert {name for name, ratio, _, _ in ratios() if ratio > MOST} <= named
    assert named <= {name for name, ratio, _, _ in ratios() if ratio > 1}


def test_the_table_is_what_the_engine_gives() -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split("## Figures\n")
    _, why = rest.split(WHY)
    made = f"{head}## Figures\n\n{figures()}\n\n{WHY}{why}"
    if os.environ.get("FREEINDEX_ACCEPT"):
        PAGE.write_text(made, encoding="utf-8")
        page = made
    assert page == made
