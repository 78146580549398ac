"""A typed answer as a matrix or as entries, read with the names of its problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gen.derivation.points import dim_names
from gen.errors import InputError, input_error
from gen.language.declaration import Declaration
from gen.language.dimension import Dim
from gen.language.index import Index, Letter, Term, Terms, factor_letters, substitute
from gen.language.index_parser import parse_terms
from gen.language.inference import Inference
from gen.language.names import CONSTANTS
from gen.language.node import Node
from gen.language.parser import parse
from gen.language.syntax import Syntax
from gen.problems.reform import parts_of
from gen.problems.typed_answer import Typed, in_language

USUAL = 7
MOST_ENTRIES = 300_000


@dataclass(frozen=True, slots=True)
class Names:
    """What may stand in an answer: symbols, declared functions, dimensions, and the letters of the answer."""

    symbols: Mapping[str, Node]
    functions: Mapping[str, Declaration]
    free: tuple[Letter, ...]

    @property
    def sizes(self) -> frozenset[str]:
        """The names of dimensions."""
        return frozenset(dim_names(self.symbols.values()))


def typed(answer: str, names: Names) -> Typed:
    """What was typed, in the language."""
    return in_language(answer, names.symbols, names.sizes)


def as_matrix(answer: Typed, names: Names, shape: tuple[Dim, Dim]) -> Node:
    """The matrix that was typed; `shape` gives an `eye` its size where nothing else does.

    Raises InputError that points into what was typed.
    """
    try:
        return _matrix(answer, names, shape)
    except InputError as error:
        # An identity of open size in a ⊗: the size with which the answer has the shape it should have.
        found = [_with_eye(answer.with_eye_of(size), names, shape) for size in sorted(names.sizes)]
        fitting = [n for n in found if n is not None and {n.rows, n.cols} == set(shape)]
        sized = any(p.text == "eye" for p in answer.pieces)
        if sized and fitting:
            return next((n for n in fitting if (n.rows, n.cols) == shape), fitting[0])
        raise answer.pointed(_of_problem(error, names)) from None


def _with_eye(answer: Typed, names: Names, shape: tuple[Dim, Dim]) -> Node | None:
    try:
        return _matrix(answer, names, shape)
    except InputError:
        return None


def _of_problem(error: InputError, names: Names) -> InputError:
    """An unknown name explained by the names there are, not by declaring it."""
    report = error.report
    if report.code != "unknown_name" or not (report.hint or "").startswith("declare it"):
        return error
    hint = f"its names are {', '.join(names.symbols)}"
    return InputError(
        replace(report, message=report.message.replace("declared", "in this problem"), hint=hint)
    )


def _matrix(answer: Typed, names: Names, shape: tuple[Dim, Dim]) -> Node:
    declared = {
        **names.functions,
        **{n: Declaration(n, s.rows, s.cols, s.structure, s.domain) for n, s in names.symbols.items()},
    }
    tree = parse(answer.text, where="answer")
    _check_sizes(tree, names)
    inference = Inference(answer.text, tree, declared, strict=True)
    node, shapes = inference.read(tree), inference.shapes
    if not shapes.settled:
        for own, wanted in zip((node.rows, node.cols), shape, strict=True):
            # Where the shape is another one, that is for the verdict to say.
            shapes.unknowns.unify(own, wanted)
        node = shapes.final(node, shapes.finish())
    if any(_entries(n) > MOST_ENTRIES for n in parts_of(node)):
        message = "the answer, or a part of it, is too large to be compared by numbers"
        raise input_error("too_large", message, where="answer", start=0, end=len(answer.text))
    return node


def _entries(node: Node) -> int:
    """How many entries it has about, when every dimension that has a name is a small one."""
    rows, cols = (d.factor * USUAL ** len(d.names) for d in (node.rows, node.cols))
    return int(rows * cols)


def _check_sizes(tree: Syntax, names: Names) -> None:
    """The sizes of eye(n), ones(n) and their like must be dimensions of the problem."""
    known = names.sizes
    for call in tree.walk():
        if call.op != "call" or call.name not in CONSTANTS:
            continue
        for part in call.walk():
            if part.op == "name" and part.name not in known:
                raise input_error(
                    "unknown_name",
                    f"{part.name} is no dimension of this problem",
                    where="answer",
                    start=part.start,
                    end=part.end,
                    hint=f"dimensions are {', '.join(sorted(known))}; eye alone takes the size that fits",
                )


def as_entries(answer: Typed, names: Names) -> tuple[Terms, tuple[Dim, ...]]:
    """The entries that were typed, with the letters of the answer, and the ranges of its own free letters.

    Letters other than those of the derivation name the axes in their alphabetical order, or in
    that in which they appear. A letter that stands twice in every term is summed over (Einstein).
    Raises InputError that points into what was typed.
    """
    terms = _terms(answer, names)
    terms = _summed(terms, {x.name for x in names.free})
    free = list(dict.fromkeys(x for t in terms for x in _free_in(t)))
    if all(x in names.free for x in free):
        return terms, tuple(x.dim for x in names.free if x in free)
    for order in (sorted(free, key=lambda x: x.name), free):
        if [x.dim for x in order] == [x.dim for x in names.free]:
            changes: dict[str, Index] = {x.name: y for x, y in zip(order, names.free, strict=True)}
            return _renamed(terms, changes), tuple(x.dim for x in names.free)
    return (), tuple(x.dim for x in free)


def _terms(answer: Typed, names: Names) -> Terms:
    """The terms, with ranges for letters of which no entry tells how far they run."""
    own = {x.name: x.dim for x in names.free}
    first: InputError | None = None
    for ranges in (own, *_by_order(answer.letters(), names.free), {}):
        try:
            return parse_terms(answer.text, names.symbols, ranges)
        except InputError as error:
            first = first or error
    assert first is not None
    raise answer.pointed(_of_problem(first, names)) from None


def _by_order(letters: list[str], free: tuple[Letter, ...]) -> list[dict[str, Dim]]:
    """Other letters for the free indices: in alphabetical order, or as they appear."""
    unlike = list(dict.fromkeys(letters))
    if len(unlike) > len(free):
        unlike = [x for x in unlike if letters.count(x) == 1]
    if len(unlike) != len(free) or all(x.name in unlike for x in free):
        return []
    dims = [x.dim for x in free]
    return [dict(zip(order, dims, strict=True)) for order in (sorted(unlike), unlike)]


def _free_in(term: Term) -> list[Letter]:
    return [x for f in term.factors for x in factor_letters(f) if x not in term.bound]


def _summed(terms: Terms, free: set[str]) -> Terms:
    """Einstein's convention for letters that are none of the answer's."""
    counts = [[x for x in _free_in(t) if x.name not in free] for t in terms]
    out: list[Term] = []
    for t, letters in zip(terms, counts, strict=True):
        twice = dict.fromkeys(
            x for x in letters if letters.count(x) > 1 and all(other.count(x) != 1 for other in counts)
        )
        out.append(Term(t.coef, t.factors, (*t.bound, *twice)))
    return tuple(out)


def _renamed(terms: Terms, changes: Mapping[str, Index]) -> Terms:
    """Terms with other free letters, by name; dummies called like one of these get out of the way."""
    taken = {x.name for x in changes.values() if isinstance(x, Letter)}
    out: list[Term] = []
    for t in terms:
        own: dict[str, Index] = {x.name: Letter(f"{x.name}'", x.dim) for x in t.bound if x.name in taken}
        factors = tuple(substitute(f, {**changes, **own}) for f in t.factors)
        bound = tuple(y for x in t.bound if isinstance(y := own.get(x.name, x), Letter))
        out.append(Term(t.coef, factors, bound))
    return tuple(out)
