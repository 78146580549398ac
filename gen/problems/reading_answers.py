"""Answers to tasks of reading: indices told apart, and the shape of a derivative."""

from __future__ import annotations

from collections.abc import Sequence

from gen.language.dimension import Dim
from gen.language.index import Letter
from gen.language.latex import shape_tex
from gen.problems.worked import Answer


def indices_answer(free: Sequence[Letter], dummy: Sequence[Letter]) -> Answer:
    """As in `free: i, k; dummy: j`; its shape is that of the free indices."""
    groups = (("free", free), ("dummy", dummy))
    typed = "; ".join(f"{name}: {_listed(letters)}" for name, letters in groups)
    tex = r";\quad ".join(rf"\text{{{name}: }}{_listed_tex(letters)}" for name, letters in groups)
    return Answer(tuple(x.dim for x in free), words=(typed, tex))


def shape_answer(shape: tuple[Dim, ...]) -> Answer:
    """As in `m x p x m x n`."""
    return Answer(shape, words=(" x ".join(d.text() for d in shape) or "scalar", shape_tex(shape)))


def _listed(letters: Sequence[Letter]) -> str:
    return ", ".join(x.name for x in letters) or "none"


def _listed_tex(letters: Sequence[Letter]) -> str:
    return ", ".join(x.name for x in letters) or r"\text{none}"
