"""Which way each part of a line runs: the rules of Unicode (UAX 9) for text without marks of direction.

Marks that would turn text by themselves are not part of any text here, so that three levels are enough:
0 runs to the right, 1 to the left, 2 to the right inside of what runs to the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_LEFT, _RIGHT, _NUMBER, _NEUTRAL = "left", "right", "number", "neutral"
_PAIRS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥⟨⟩", ")(][}{><»«›‹≥≤⟩⟨")


def levels(clusters: Sequence[str], *, leftward: bool = False) -> list[int]:
    """The level of each cluster (a character with its marks); blanks and signs go with what is around them.

    `leftward` says that the whole runs to the left.

    >>> levels("ab אב 12"), levels("ab אב.", leftward=True)
    ([0, 0, 0, 1, 1, 1, 2, 2], [2, 2, 1, 1, 1, 1])
    """
    usual = _RIGHT if leftward else _LEFT
    classes = [_class(cluster) for cluster in clusters]
    classes = _separators(clusters, classes)
    strong = usual
    for place, kind in enumerate(classes):
        if kind in (_LEFT, _RIGHT):
            strong = kind
        elif kind == _NUMBER and strong == _LEFT and not _is_arabic_number(clusters[place]):
            classes[place] = _LEFT  # a number after text that runs to the right is part of it
    _brackets(clusters, classes, usual)
    found: list[int] = []
    before = usual
    runs = [(kind, len(list(run))) for kind, run in groupby(classes)]
    for at, (kind, length) in enumerate(runs):
        after = runs[at + 1][0] if at + 1 < len(runs) else usual
        way = kind
        if kind == _NEUTRAL:
            around = {_LEFT if side == _LEFT else _RIGHT for side in (before, after)}
            way = around.pop() if len(around) == 1 else usual
        found += [{_LEFT: 2 if leftward else 0, _RIGHT: 1, _NUMBER: 2}[way]] * length
        before = kind
    return found


def runs_leftward(text: str) -> bool:
    """Whether anything in a text runs to the left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)


def begins_leftward(text: str) -> bool:
    """Whether the first letter of a text is one that runs to the left."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def mirrored(char: str) -> str:
    """The bracket that opens where `char` closes; any other character is itself."""
    return char.translate(_MIRRORED)


def _class(cluster: str) -> str:
    kind = unicodedata.bidirectional(cluster[0])
    if kind in ("R", "AL"):
        return _RIGHT
    if kind in ("EN", "AN"):
        return _NUMBER
    return _LEFT if kind == "L" else _NEUTRAL


def _separators(clusters: Sequence[str], classes: list[str]) -> list[str]:
    """A point, comma or colon between two digits belongs to the number, a sign of percent beside one too."""
    out = list(classes)
    for place in range(1, len(clusters)):
        kind = unicodedata.bidirectional(clusters[place][0])
        after = classes[place + 1] if place + 1 < len(classes) else _NEUTRAL
        between = kind in ("CS", "ES") and out[place - 1] == after == _NUMBER
        if between or (kind == "ET" and _NUMBER in (out[place - 1], after)):
            out[place] = _NUMBER
    return out


def _brackets(clusters: Sequence[str], classes: list[str], usual: str) -> None:
    """Brackets run as what they hold does, if what stands before them does so too; else as the line does."""
    open_: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, cluster in enumerate(clusters):
        if cluster in _PAIRS:
            open_.append((_PAIRS[cluster], place))
        elif any(cluster == closing for closing, _ in open_):
            while (found := open_.pop())[0] != cluster:
                continue
            pairs.append((found[1], place))
    for first, last in sorted(pairs):
        inside = {
            _LEFT if kind == _LEFT else _RIGHT for kind in classes[first + 1 : last] if kind != _NEUTRAL
        }
        if usual in inside:
            kind = usual
        elif inside:
            before = next((kind for kind in reversed(classes[:first]) if kind != _NEUTRAL), usual)
            kind = _LEFT if before == _LEFT else _RIGHT
        else:
            kind = _NEUTRAL
        classes[first] = classes[last] = kind


def _is_arabic_number(cluster: str) -> bool:
    return unicodedata.bidirectional(cluster[0]) == "AN"
