"""Which way each part of a line runs: the rules of Unicode (UAX 9) for a line that begins at the left.

Marks that would turn text by themselves are not part of any text here, so that three levels are enough:
0 runs to the right, 1 to the left, 2 is a number inside of what runs to the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_LEFT, _RIGHT, _NUMBER, _NEUTRAL = "left", "right", "number", "neutral"
_PAIRS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥⟨⟩", ")(][}{><»«›‹≥≤⟩⟨")


def levels(clusters: Sequence[str]) -> list[int]:
    """The level of each cluster (a character with its marks); blanks and signs go with what is around them.

    >>> levels("ab אב 12")
    [0, 0, 0, 1, 1, 1, 2, 2]
    """
    classes = [_class(cluster) for cluster in clusters]
    classes = _separators(clusters, classes)
    strong = _LEFT
    for place, kind in enumerate(classes):
        if kind in (_LEFT, _RIGHT):
            strong = kind
        elif kind == _NUMBER and strong == _LEFT and not _is_arabic_number(clusters[place]):
            classes[place] = _LEFT  # a number after text that runs to the right is part of it
    _brackets(clusters, classes)
    found: list[int] = []
    before = _LEFT
    runs = [(kind, len(list(run))) for kind, run in groupby(classes)]
    for at, (kind, length) in enumerate(runs):
        after = runs[at + 1][0] if at + 1 < len(runs) else _LEFT
        if kind == _NEUTRAL:
            level = 1 if before in (_RIGHT, _NUMBER) and after in (_RIGHT, _NUMBER) else 0
        else:
            level = {_LEFT: 0, _RIGHT: 1, _NUMBER: 2}[kind]
        found += [level] * length
        before = kind
    return found


def runs_leftward(text: str) -> bool:
    """Whether anything in a text runs to the left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)


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


def _brackets(clusters: Sequence[str], classes: list[str]) -> None:
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
        inside = set(classes[first + 1 : last])
        if _LEFT in inside or not inside & {_RIGHT, _NUMBER}:
            kind = _LEFT if _LEFT in inside else _NEUTRAL
        else:
            before = next((kind for kind in reversed(classes[:first]) if kind != _NEUTRAL), _LEFT)
            kind = _LEFT if before == _LEFT else _RIGHT
        classes[first] = classes[last] = kind


def _is_arabic_number(cluster: str) -> bool:
    return unicodedata.bidirectional(cluster[0]) == "AN"
