"""What the form of a problem has drawn, as JSON, and a problem brought back to what was recorded.

A newer version may draw other wrong answers or another order from the same seed; a sheet that is
printed must not change by that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gen.derivation.record import Display, Line
from gen.language.text import text
from gen.problems.item import Body, Choice, Fade, FadedLine, FindError, Item, Option, Order
from gen.problems.misconceptions import MISCONCEPTION_NAMED
from gen.problems.worked import Answer


def form_record(body: Body) -> dict[str, Any] | None:
    """What a body has drawn; None where nothing is drawn."""
    match body:
        case Choice():
            return {"right": body.right, "options": [_option(option) for option in body.options]}
        case Fade():
            return {"hidden": [[line.hidden, [list(place) for place in line.places]] for line in body.lines]}
        case FindError():
            return {"wrong": body.wrong, "mistake": body.misconception.name}
        case Order():
            return {"lines": [_text(line) for line, _ in body.lines]}
    return None


def restored(item: Item, record: Any) -> Item:
    """The problem with what is recorded of its form, as far as its solution still has the same lines."""
    if not isinstance(record, Mapping):
        return item
    try:
        return replace(item, body=_restored(item.body, record))
    except (KeyError, TypeError, ValueError, IndexError):
        # What no version has written is as good as nothing.
        return item


def _restored(body: Body, record: Mapping[str, Any]) -> Body:
    match body:
        case Choice():
            fresh = {option.answer.text: option for option in body.options}
            right = range(len(record["options"])).index(record["right"])
            options = (_recorded(fresh, body, o, k == right) for k, o in enumerate(record["options"]))
            return Choice(tuple(options), right)
        case Fade():
            pairs = zip(body.lines, record["hidden"], strict=True)
            return Fade(tuple(_faded(line, hidden, places) for line, (hidden, places) in pairs))
        case Order():
            return _ordered(body, record["lines"])
    return body


def _option(option: Option) -> dict[str, Any]:
    out: dict[str, Any] = {"text": option.answer.text, "tex": option.answer.tex}
    return out if option.misconception is None else {**out, "mistake": option.misconception.name}


def _recorded(fresh: Mapping[str, Option], body: Choice, record: Mapping[str, Any], right: bool) -> Option:
    known = fresh.get(record["text"])
    shape = body.options[body.right].answer.shape
    answer = Answer(shape, words=(str(record["text"]), str(record["tex"]))) if known is None else known.answer
    if right:
        return Option(answer, None)
    # Several mistakes may lead to one answer; one that this version does not know is told of no more.
    mistake = MISCONCEPTION_NAMED.get(record.get("mistake", ""))
    return Option(answer, mistake or (known.misconception if known else None))


def _faded(line: FadedLine, hidden: Any, places: Any) -> FadedLine:
    if hidden not in ("", "line", "reason", "factor"):
        raise ValueError(hidden)
    return replace(line, hidden=hidden, places=tuple(tuple(map(int, place)) for place in places))


def _ordered(body: Order, shown: Any) -> Order:
    """The lines in the order in which they are recorded."""
    left = [_text(line) for line, _ in body.lines]
    taken: list[int] = []
    for line in shown:
        # Two lines may have one text; each is taken once.
        taken.append(next((k for k, other in enumerate(left) if other == line and k not in taken), -1))
    if sorted(taken) != list(range(len(left))):
        raise ValueError("lines are missing")
    now = {old: new for new, old in enumerate(taken)}
    return Order(
        tuple(body.lines[old] for old in taken),
        tuple(now[old] for old in body.right),
        frozenset((now[a], now[b]) for a, b in body.before),
        tuple(body.lefts[old] for old in taken),
    )


def _text(line: Line) -> str:
    return line.terminal if isinstance(line, Display) else text(line)
