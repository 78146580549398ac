r"""Text as LaTeX that prints it literally, whatever it is written in.

What the usual fonts lack stands in `\Written{script}{letters}`, what runs to the left in `\RightToLeft`;
`templates/writing.tex` says what these are. Only documents that LuaLaTeX sets have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from gen.document.characters import character, is_unseen
from gen.document.direction import levels, mirrored, runs_leftward
from gen.document.glyphs import MATHS
from gen.document.scripts import LATIN, Script, han_of, script_named, script_of

_JOINERS = "\u200c\u200d"
_WRITTEN = re.compile(r"\\Written\{(\w+)\}\{([^{}]*)\}")


def spelled(text: str, *, leftward: bool = False) -> str:
    r"""`text` as LaTeX; `leftward` where it is part of a paragraph that runs to the left.

    >>> spelled("Zoë"), spelled("Иван Ли, s02")
    ('Zoë', '\\Written{cyrillic}{Иван Ли}{,} s02')
    """
    usual = [character(char) for char in text]
    if None not in usual and not leftward:
        return "".join(part for part in usual if part)
    clusters = list(_clusters(text))
    if leftward:
        return _leftward(clusters, levels(clusters, leftward=True), text)
    if not runs_leftward(text):
        return _runs(clusters, text)
    out = []
    at = 0
    for turns, stretch in groupby(levels(clusters), bool):
        kinds = list(stretch)
        part = clusters[at : at + len(kinds)]
        out.append(rf"\RightToLeft{{{_leftward(part, kinds, text)}}}" if turns else _runs(part, text))
        at += len(kinds)
    return "".join(out)


def written(tex: str) -> dict[Script, str]:
    """The letters of a rendered document that the usual fonts lack, sorted, by their script."""
    found: dict[str, set[str]] = {}
    for name, letters in _WRITTEN.findall(tex):
        found.setdefault(name, set()).update(letters)
    return {script_named(name): "".join(sorted(filter(_has_form, found[name]))) for name in sorted(found)}


def lacking(text: str) -> tuple[str, ...]:
    """The characters of `text` that the usual fonts lack, each once; empty where pdfLaTeX prints it.

    >>> lacking("Zoë 中 Smith")
    ('中',)
    """
    letters = (char for _, run in _WRITTEN.findall(spelled(text)) for char in run)
    return tuple(dict.fromkeys(filter(_has_form, letters)))


def _has_form(char: str) -> bool:
    """Whether a font must have a character: not blanks, joiners and marks that choose between forms."""
    return char != " " and not is_unseen(char) and not 0xFE00 <= ord(char) <= 0xFE0F


def _clusters(text: str) -> Iterator[str]:
    """Characters with the marks and joiners that follow them."""
    cluster = ""
    for char in text:
        joins = unicodedata.category(char).startswith("M") or (char in _JOINERS and not cluster.isascii())
        if joins and cluster.strip():
            cluster += char
        else:
            if cluster:
                yield cluster
            cluster = char
    if cluster:
        yield cluster


def _leftward(clusters: Sequence[str], kinds: Sequence[int], text: str) -> str:
    """What runs to the left; what is inside of level 2 runs to the right."""
    out = []
    at = 0
    for kind, run in groupby(kinds):
        length = len(list(run))
        part = clusters[at : at + length]
        out.append(_runs(part, text, turned=True) if kind == 1 else rf"\LeftToRight{{{_runs(part, text)}}}")
        at += length
    return "".join(out)


def _runs(clusters: Sequence[str], text: str, *, turned: bool = False) -> str:
    """Clusters that run one way, each script in runs of its own."""
    han, greek = han_of(text), _is_greek(text)
    out: list[str] = []
    script: Script | None = None
    run = ""
    for cluster in clusters:
        of = _script(cluster, han, greek)
        goes_on = cluster == " " and script is not None and not script.wide
        if (of is not None and of is script) or goes_on:
            run += cluster
            continue
        out += _closed(script, run)
        script, run = of, cluster if of is not None else ""
        if of is None:
            out.append(_usual(cluster, turned=turned))
    out += _closed(script, run)
    return "".join(out)


def _closed(script: Script | None, run: str) -> list[str]:
    """A run of a script, and the blank behind it."""
    if script is None or not run:
        return []
    letters = run.rstrip(" ")
    return [rf"\Written{{{script.name}}}{{{letters}}}", run[len(letters) :]]


def _script(cluster: str, han: Script, greek: bool) -> Script | None:
    """The script a cluster needs; None where the usual fonts print it, or nothing does."""
    if is_unseen(cluster[0]):
        return None
    if character(cluster) is not None and not (greek and cluster in MATHS and _is_letter(cluster)):
        return None
    if all(LATIN.has(char) for char in cluster):
        return LATIN
    of = script_of(cluster[0], han)
    # A Latin letter with a mark that is not to be composed.
    return script_of("\u0300") if of is LATIN or cluster[0].isascii() else of


def _usual(cluster: str, *, turned: bool) -> str:
    """The LaTeX of what the usual fonts print; the code point of what nothing prints."""
    if is_unseen(cluster[0]) and character(cluster) is None:
        return "".join(f"{{[}}U+{ord(char):04X}{{]}}" for char in cluster)
    shown = character(cluster) or ""
    other = mirrored(cluster) if turned else cluster
    return shown if other == cluster else rf"\Turned{{{shown}}}{{{character(other)}}}"


def _is_greek(text: str) -> bool:
    """Whether the Greek of a text is a language: it has letters that formulas do not use."""
    return any(_is_letter(char) and char not in MATHS for char in text)


def _is_letter(char: str) -> bool:
    return script_of(char).name == "greek" and unicodedata.category(char[0]).startswith("L")
