"""Index diagrams: the tensor networks of a derivation before and after each contraction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from gen.derivation.derive import derive
from gen.derivation.record import Line
from gen.derivation.result import Derivation
from gen.document.drawing import Drawing, Label, Mark, Note, Rectangle, Wire
from gen.document.drawing_labels import expression, maths, room, words
from gen.document.figure_grid import MOST_HIGH, UNIT
from gen.document.figure_request import FigureRequest
from gen.document.figure_words import listed
from gen.document.index_network import Network, network
from gen.document.network_layout import Laid, laid_out
from gen.document.pen import Pen
from gen.document.words import Words
from gen.errors import input_error
from gen.language.index import Term, Terms
from gen.language.latex import latex
from gen.language.terminal import terminal

MOST_TERMS, MOST_FACTORS = 6, 8
WIDEST = 22.5  # units: what a line of text holds
_MOST_WIDE = 32.0  # one term alone may be set smaller
_STEPS = ("delta_substitution", "contraction")
_BETWEEN, _ROW = 1.5, 0.5
_LEGEND = 11.0  # units: the least room of the lines that say what the arrows mean


@dataclass(frozen=True, slots=True)
class _Stage:
    """A line of the derivation as networks, one a term, and the name of the rule that led to it."""

    terms: Terms
    networks: tuple[Network, ...]
    rule: str


def index_figure(asked: FigureRequest) -> Drawing:
    """The lines of the derivation around its substitutions and contractions, one under the other.

    Factors are boxes, indices wires; an index that is gone in the next line is marked. Raises InputError
    where the derivation contracts nothing or is too long to draw.
    """
    solved = derive(
        asked.expression("W*X"),
        asked.variable("W"),
        symbols=asked.symbols,
        method="index",
        letters=asked.letters,
    )
    stages = _stages(solved, asked.pen)
    if not stages:
        raise input_error(
            "unsupported", "no index is contracted in this derivation, so there is nothing to draw"
        )
    for stage in stages:
        most = max(len(term.factors) for term in stage.terms) if stage.terms else 0
        if len(stage.terms) > MOST_TERMS or most > MOST_FACTORS:
            raise input_error(
                "too_large",
                f"a line of this derivation has {len(stage.terms)} terms of up to {most} factors",
                hint=f"an index diagram shows at most {MOST_TERMS} terms of {MOST_FACTORS} factors",
            )
    marks: list[Mark] = []
    y, width = 0.2, 0.0
    for k, stage in enumerate(stages):
        if k:
            name = words(stage.rule.replace("_", " "))
            marks.append(Wire(((0.6, y + 0.2), (0.6, y + _BETWEEN - 0.3)), "ink", arrow=True))
            marks.append(Note(0.95, y + _BETWEEN / 2 - 0.05, name, "soft", "left", True))
            width = max(width, 1.2 + room(name, True) / UNIT)
            y += _BETWEEN
        gone = _vanishing(stage.terms, stages[k + 1].terms if k + 1 < len(stages) else stage.terms)
        label = expression(stage.terms, asked.pen)
        if room(label) / UNIT < WIDEST:
            marks.append(Note(0.2, y + 0.45, label, "text", "left"))
            width = max(width, 0.4 + room(label) / UNIT)
            y += 1.2
        drawn, right, y = _drawn(stage, gone, y)
        marks += drawn
        width = max(width, right)
    if y > MOST_HIGH or width > _MOST_WIDE:
        raise input_error(
            "too_large",
            f"the index diagram would be {round(width * UNIT)} by {round(y * UNIT)} millimetres large",
            hint="draw a shorter expression, or a part of this one",
        )
    fixed = asked.words
    if _directed(stages):
        for line in broken(fixed["figure_index_arrows"], max(width, _LEGEND) - 0.2):
            marks.append(Note(0.2, y + 0.6, line, "soft", "left", True))
            width, y = max(width, 0.2 + room(line, True) / UNIT), y + 0.5
        y += 0.4
    return Drawing(
        fixed.filled("figure_index_name", of=solved.value.name, by=solved.problem.wrt.name),
        width + 0.2,
        y + 0.1,
        tuple(marks),
        _said(stages, fixed),
    )


def broken(text: str, width: float) -> tuple[Label, ...]:
    """Small words in lines of at most `width` units."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and room(words(longer), True) / UNIT <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(map(words, lines))


def _directed(stages: tuple[_Stage, ...]) -> bool:
    """Is there a box with a row index and a column index?"""
    return any(t.rows for stage in stages for net in stage.networks for t in net.tensors)


def _stages(solved: Derivation, pen: Pen) -> tuple[_Stage, ...]:
    out: list[_Stage] = []
    for step in solved.steps:
        if step.rule.name not in _STEPS:
            continue
        for line, rule in ((step.before, ""), (step.after, step.rule.name)):
            stage = _stage(line, rule, pen)
            if stage is not None and not (out and out[-1].terms == stage.terms):
                out.append(stage)
    return tuple(out)


def _stage(line: Line, rule: str, pen: Pen) -> _Stage | None:
    """A line of terms each of which is a network."""
    if not isinstance(line, tuple):
        return None
    found = [network(term, pen) for term in line]
    nets = tuple(net for net in found if net is not None)
    return _Stage(line, nets, rule) if len(nets) == len(found) else None


def _vanishing(terms: Terms, then: Terms) -> tuple[frozenset[str], ...]:
    """For each term the summed indices that are gone in the next line, term by term where they match."""
    now, kept = [_bound((term,)) for term in terms], [_bound((term,)) for term in then]
    if len(now) != len(kept):
        kept = [_bound(then)] * len(now)
    return tuple(frozenset(a - b) for a, b in zip(now, kept, strict=True))


def _bound(terms: Terms) -> set[str]:
    return {letter.name for term in terms for letter in term.bound}


def _drawn(
    stage: _Stage, vanishing: tuple[frozenset[str], ...], top: float
) -> tuple[list[Mark], float, float]:
    """The networks of a line in rows that are not too wide, with signs between them; right and lower end."""
    rows: list[list[tuple[Label | None, Laid]]] = [[]]
    x = 0.4
    for k, (term, net) in enumerate(zip(stage.terms, stage.networks, strict=True)):
        laid, sign = laid_out(net, vanishing[k]), _sign(term, k == 0)
        wide = laid.width + (room(sign) / UNIT + 0.9 if sign is not None else 0.4)
        if rows[-1] and x + wide > WIDEST:
            rows.append([])
            x = 0.4
        rows[-1].append((sign, laid))
        x += wide
    marks: list[Mark] = []
    right, y = 0.0, top
    for row in rows:
        above = max((laid.above for _, laid in row), default=0.5)
        x = 0.4
        for sign, laid in row:
            if sign is not None:
                wide = room(sign) / UNIT
                marks.append(Note(x + 0.3 + wide / 2, y + above, sign))
                x += wide + 0.9
            marks += [_moved(mark, x, y + above) for mark in laid.marks]
            x += laid.width + 0.4
        right = max(right, x)
        y += above + max((laid.below for _, laid in row), default=0.5) + _ROW
    return marks, right, y - _ROW + 0.2


def _sign(term: Term, first: bool) -> Label | None:
    """What stands before a term: a sign, a number, nothing."""
    size = abs(term.coef)
    number = "" if size == 1 and term.factors else latex((Term(Fraction(size), ()),))
    plain = "" if size == 1 and term.factors else str(size)
    if term.coef < 0:
        return maths(f"-{number}", f"−{plain}")
    if first:
        return maths(number, plain) if number else None
    return maths(f"+{number}", f"+{plain}")


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Rectangle):
        return replace(mark, left=mark.left + x, top=mark.top + y)
    if isinstance(mark, Note):
        return replace(mark, x=mark.x + x, y=mark.y + y)
    return replace(mark, points=tuple((a + x, b + y) for a, b in mark.points))


def _said(stages: tuple[_Stage, ...], fixed: Words) -> str:
    out = []
    for k, stage in enumerate(stages):
        line = terminal(stage.terms) or "0"
        rule = stage.rule.replace("_", " ") or fixed["figure_index_others"]
        begin = fixed.filled("figure_index_then", rule=rule) if k else fixed["figure_index_first"]
        told = fixed["figure_index_plus"].join(_told(net, fixed) for net in stage.networks)
        out.append(f"{begin}: {line}. {told}")
    if _directed(stages):
        out.append(fixed["figure_index_arrows"])
    return " ".join(out).strip()


def _told(net: Network, fixed: Words) -> str:
    """One network in words: what is joined by which index, and what is open."""
    said = []
    for letter in net.letters():
        ends = [_end(net, k, leg, fixed) for k, leg in net.places(letter)]
        if letter not in net.bound:
            how = "figure_index_shared" if len(ends) > 1 else "figure_index_open"
        elif len(ends) == 1:
            how = "figure_index_ends"
        else:
            how = "figure_index_dot" if len(ends) > 2 else "figure_index_joins"
        said.append(fixed.filled(how, letter=letter, ends=listed(ends, fixed)))
    boxes = [t.label.plain for t in net.tensors if not t.plain]
    several = "figure_index_box_many" if len(boxes) > 1 else "figure_index_box_one"
    drawn = fixed.filled(several, boxes=listed(boxes, fixed)) if boxes else fixed["figure_index_no_box"]
    return drawn + ("; ".join(said) if said else fixed["figure_index_no_wire"]) + "."


def _end(net: Network, k: int, leg: int, fixed: Words) -> str:
    """The box at which a wire ends, and whether at its row index or at its column index."""
    tensor = net.tensors[k]
    if leg in tensor.rows or leg in tensor.columns:
        side = "figure_index_row" if leg in tensor.rows else "figure_index_column"
        return fixed.filled(side, box=tensor.label.plain)
    if not tensor.plain:
        return tensor.label.plain
    return fixed.filled("figure_index_plain", delta=f"δ_{''.join(sorted(tensor.legs))}")
