"""The 38 cases on which other programs were measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "tests" / "data" / "peers.jsonl"


def cases() -> list[dict[str, Any]]:
    """One dict a case, as in the file."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
