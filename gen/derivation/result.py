"""The finished derivation, and its JSON (FORMATS section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gen.derivation.record import Check, Display, Line, Problem, Reason, Result, Results, Step
from gen.language.abstract import split_order
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.index import Delta, Entry, Index, Letter, Order, Pair, Partial, Term, Terms
from gen.language.latex import LATEX, latex, shape_tex
from gen.language.node import Node
from gen.language.notation import Line as Written
from gen.language.text import TEXT, text
from gen.language.writer import Writer

SCHEMA = "freeindex/derivation/1"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A question, the steps that answer it, the answer in every form it has, and the figures of the check."""

    problem: Problem
    value: Node
    free: tuple[Letter, ...]
    upstream: Node | None
    steps: tuple[Step, ...]
    results: Results
    check: Check | None
    against: str
    verified: bool
    notes: tuple[str, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()

    @property
    def method(self) -> str:
        """The name of the method."""
        return self.problem.method

    @property
    def answer(self) -> Result | None:
        """The form of the answer that the kind asks for."""
        if self.problem.kind in ("vecjac", "vechess") and self.results.vec is not None:
            return self.results.vec
        return self.results.matrix or self.results.index or self.results.vec

    def __str__(self) -> str:
        """The answer as typed text, `0` kept as it is."""
        return "no closed form" if self.answer is None else text(self.answer.line)

    def lines(self) -> tuple[Line, ...]:
        """The line it starts from, and the line that each step ends with."""
        return (self.steps[0].before, *[s.after for s in self.steps]) if self.steps else ()

    def texts(self) -> tuple[str | None, ...]:
        """Its lines as typed text; the tables of the components method have none."""
        write = Writer(TEXT).fresh
        return tuple([None if isinstance(x, Display) else write(x) for x in self.lines()])

    def to_json(self) -> dict[str, Any]:
        """The JSON of FORMATS section 4."""
        return {
            "schema": SCHEMA,
            "problem": _problem_json(self.problem),
            "value": {"name": self.value.name, "shape": _shape_json(self.value)},
            "indices": {x.name: x.dim.text() for x in self.letters()},
            "free": [x.name for x in self.free],
            "upstream": None if self.upstream is None else self.upstream.name,
            "steps": _steps_json(self.steps, self.texts()),
            "results": {
                "index": _result_json(self.results.index),
                "matrix": _result_json(self.results.matrix),
                "vec": _result_json(self.results.vec),
            },
            "check": None if self.check is None else {"against": self.against, **_check_json(self.check)},
            "verified": self.verified,
            "notes": list(self.notes),
        }

    def letters(self) -> list[Letter]:
        """Every index of its lines, in order of appearance."""
        found: dict[Letter, None] = dict.fromkeys(self.free)
        lines: list[Line] = [x for s in self.steps for x in (s.before, s.after)]
        if self.results.index is not None:
            lines.append(self.results.index.line)
        for line in lines:
            if isinstance(line, tuple):
                for term in line:
                    _collect(term, found)
        return list(found)

    def _repr_latex_(self) -> str:
        """What a notebook shows: every line below the last with its reason, then the answer.

        Only TeX that MathJax and KaTeX know, so no sign that TeX escapes stands inside `\text`.
        """
        rows = [f"& {line_tex(self.steps[0].before)}"] if self.steps else []
        for step in self.steps:
            why = "".join(t if maths else words_tex(t) for maths, t in reason_pieces(step.because))
            rows.append(rf"={{}}& {line_tex(step.after)}" + (rf" &&\quad {why}" if why else ""))
        if self.answer is not None:
            shape = shape_tex(self.answer.shape)
            rows.append(rf"\Rightarrow{{}}& {latex(self.answer.line)} &&\quad \text{{the answer, }}{shape}")
        return r"$\displaystyle\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}$"


def words_tex(words: str) -> str:
    """Plain words in math mode; signs that TeX reads as commands stand outside `\\text`."""
    signs = {"\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim "}
    parts = re.split(r"([#$%&_{}\\^~])", words)
    return "".join(
        (signs.get(part, "\\" + part) if k % 2 else rf"\text{{{part}}}")
        for k, part in enumerate(parts)
        if part
    )


def line_tex(line: Line) -> str:
    """A line in TeX with written sums."""
    return line.latex if isinstance(line, Display) else latex(line)


def reason_text(reason: Reason) -> str:
    """A reason in plain words: expressions in the text form."""
    return "".join(p if isinstance(p, str) else _piece(p) for p in reason)


def _piece(piece: Node | Terms | Index) -> str:
    if isinstance(piece, Letter | Pair):
        return TEXT.index(piece)
    written: Written = piece
    return text(written)


def reason_pieces(reason: Reason) -> tuple[tuple[bool, str], ...]:
    """A reason as (is it mathematics, plain words or TeX) pieces, for whoever sets it."""
    out: list[tuple[bool, str]] = []
    for piece in reason:
        if isinstance(piece, str):
            out.append((False, piece))
        elif isinstance(piece, Letter | Pair):
            out.append((True, LATEX.index(piece)))
        else:
            out.append((True, latex(piece)))
    return tuple(out)


def _collect(term: Term, found: dict[Letter, None]) -> None:
    for factor in term.factors:
        if isinstance(factor, Entry):
            places: tuple[Index | None, ...] = (factor.row, factor.col)
        elif isinstance(factor, Delta | Order):
            places = (factor.first, factor.second)
        else:
            assert isinstance(factor, Partial)
            for inner in factor.body:
                _collect(inner, found)
            places = (factor.by.row, factor.by.col)
        for place in places:
            _letters_of(place, found)
    for letter in term.bound:
        found[letter] = None


def _letters_of(index: Index | None, found: dict[Letter, None]) -> None:
    if isinstance(index, Letter):
        found[index] = None
    elif isinstance(index, Pair):
        _letters_of(index.first, found)
        _letters_of(index.second, found)


def _problem_json(p: Problem) -> dict[str, Any]:
    return {
        "expr": p.source,
        "wrt": p.wrt.name,
        "kind": p.kind,
        "method": p.method,
        "order": p.order,
        "layout": p.layout,
        "symmetric": p.symmetric,
        "symbols": {
            s.name: {"shape": _shape_json(s), "structure": s.structure, "domain": s.domain} for s in p.symbols
        }
        | {name: {"function": "elementwise"} for name in _abstract_functions(p.expr)},
    }


def _abstract_functions(node: Node) -> list[str]:
    """The abstract functions of an expression, by their own names."""
    own = [split_order(node.name)[0]] if node.kind == "call" and node.name not in FUNCTION_NAMED else []
    return list(dict.fromkeys(own + [n for a in node.args for n in _abstract_functions(a)]))


def _shape_json(node: Node) -> list[int | str]:
    if node.is_scalar:
        return []
    if node.is_vector:
        return [node.rows.json()]
    return [node.rows.json(), node.cols.json()]


def _steps_json(steps: tuple[Step, ...], texts: tuple[str | None, ...]) -> list[dict[str, Any]]:
    """Each line is written once: where a step ends, the next one begins."""
    tex = [line_tex(line) for line in (steps[0].before, *[s.after for s in steps])] if steps else []
    lines = [{"text": text, "latex": latex} for text, latex in zip(texts, tex, strict=True)]
    return [
        {
            "rule": step.rule.name,
            "kind": step.rule.kind,
            "grain": step.rule.grain,
            "path": list(step.path),
            "before": dict(before),
            "after": dict(after),
            "because": reason_text(step.because),
            "check": None if step.check is None else _check_json(step.check),
        }
        for step, before, after in zip(steps, lines, lines[1:], strict=False)
    ]


def _check_json(check: Check) -> dict[str, Any]:
    return {"points": check.points, "max_error": check.max_error}


def _result_json(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    out: dict[str, Any] = {"text": text(result.line)}
    if result.free is not None:
        out["free"] = [x.name for x in result.free]
    out["shape"] = [d.json() for d in result.shape]
    out["latex"] = latex(result.line)
    out["shape_latex"] = shape_tex(result.shape)
    return out
