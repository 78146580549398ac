"""Mistakes in reading: free and dummy indices confused, and shapes of derivatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gen.derivation.frame import Frame
from gen.language.dimension import ONE
from gen.language.index import Letter, factor_letters
from gen.language.node import Node
from gen.problems.index_world import dummy_letters
from gen.problems.misconception import Misconception, Misread
from gen.problems.mistake_sources import READING
from gen.problems.read_task import framed
from gen.problems.reading_lines import is_of_indices, last_line
from gen.problems.shape_lines import Parts, shape_steps
from gen.problems.task import Read
from gen.problems.worked import Worked


def sum_forgotten(worked: Worked) -> Iterator[Misread]:
    """No index called dummy. Lines without the sums are not wrong where sums are implied."""
    if is_of_indices(worked):
        letters = (*worked.free, *dummy_letters(last_line(worked)))
        yield Misread(worked.steps, tuple(sorted(letters, key=lambda x: x.name)))


def free_for_dummy(worked: Worked) -> Iterator[Misread]:
    """What is free called dummy, and what is summed over called free."""
    if is_of_indices(worked):
        yield Misread(worked.steps, dummy_letters(last_line(worked)), worked.free)


def twice_means_summed(worked: Worked) -> Iterator[Misread]:
    """An index that stands twice in the line, though in two terms, called dummy."""
    if not is_of_indices(worked):
        return
    line = last_line(worked)
    found = Counter(x for t in line for f in t.factors for x in factor_letters(f))
    letters = sorted(found, key=lambda x: x.name)
    free, dummy = ([x for x in letters if (found[x] > 1) == twice] for twice in (False, True))
    yield Misread(worked.steps, tuple(free), tuple(dummy))


def order_misread(worked: Worked) -> Iterator[Misread]:
    """A matrix taken for a vector, a vector or a number for a matrix."""
    if not is_of_indices(worked):
        return
    dim = worked.symbols[0].rows
    i, k = Letter("i", dim), Letter("k", dim)
    dummy = dummy_letters(last_line(worked))
    count = len(worked.free)
    for free in {0: ((i,), (i, k)), 1: ((*worked.free, k),), 2: (worked.free[:1],)}[count]:
        yield Misread(worked.steps, free, dummy)


def of_variable_only(worked: Worked) -> Iterator[Misread]:
    """The shape of the variable, as if the function were a number."""
    for f, expr in _shapes(worked):
        yield _shape(f, expr, ((f.variable, f.of_variable),))


def of_function_only(worked: Worked) -> Iterator[Misread]:
    """The shape of the function, as if the variable were a number."""
    for f, expr in _shapes(worked):
        yield _shape(f, expr, ((expr, f.of_function),))


def rows_and_columns_changed(worked: Worked) -> Iterator[Misread]:
    """The rows of the function, or of the variable, taken for its columns."""
    for f, expr in _shapes(worked):
        yield _shape(f, expr, ((expr, f.of_function[::-1]), (f.variable, f.of_variable)))
        if f.of_function:  # the gradient of a number lies the other way in other books
            yield _shape(f, expr, ((expr, f.of_function), (f.variable, f.of_variable[::-1])))


def inner_axes_counted(worked: Worked) -> Iterator[Misread]:
    """An index that a product sums over counted as free."""
    for f, expr in _shapes(worked):
        inside = expr
        while inside.kind == "call" and len(inside.args) == 1 and not inside.is_scalar:
            inside = inside.args[0]
        chain = [a for a in inside.args if not a.is_scalar] if inside.kind == "product" else []
        inner = tuple([f.alphabet(a.cols) for a in chain[:-1] if a.cols != ONE])
        if inner:
            first, last = f.of_function[:1], f.of_function[1:]
            if inside.rows == ONE:
                first, last = (), f.of_function
            yield _shape(f, expr, ((expr, (*first, *inner, *last)), (f.variable, f.of_variable)))


def variable_counted_twice(worked: Worked) -> Iterator[Misread]:
    """The variable counted twice, as for a second derivative."""
    for f, expr in _shapes(worked):
        once = (f.variable, f.of_variable)
        yield _shape(f, expr, ((expr, f.of_function), once, once))


def _shapes(worked: Worked) -> Iterator[tuple[Frame, Node]]:
    """The names and the expression of a task to read a shape; nothing for any other."""
    if isinstance(worked.task, Read) and worked.task.what == "shape":
        expr, f = framed(worked.task)
        yield f, expr


def _shape(f: Frame, expr: Node, parts: Parts) -> Misread:
    return Misread(shape_steps(f, expr, parts)[1], tuple([x for _, indices in parts for x in indices]))


READINGS: tuple[Misconception, ...] = (
    Misconception(
        "sum-sign-forgotten",
        "An index that is summed over called free",
        r"In $(AB)_{ik} = \sum_j A_{ij}B_{jk}$ the index $j$ takes all its values inside the sum: the entry "
        r"does not depend on it. Free is only what must be given to say which entry is meant: $i$ and $k$.",
        READING,
        in_reading=sum_forgotten,
    ),
    Misconception(
        "free-for-dummy",
        "Free and dummy indices the wrong way round",
        "Free indices say which entry is meant, and stand on both sides of the equation. Dummy indices are "
        "summed over, stand on one side only, and may be given any other letter.",
        READING,
        in_reading=free_for_dummy,
    ),
    Misconception(
        "twice-means-summed",
        "An index called dummy because it stands in two terms",
        r"Count within one term: in $\sum_j A_{ij}B_{jk} + C_{ik}$ the index $i$ stands once in each term: "
        r"it is free. A dummy index stands twice in one and the same term.",
        READING,
        in_reading=twice_means_summed,
    ),
    Misconception(
        "order-misread",
        "Too many or too few free indices",
        "A number has no free index, a vector one, a matrix two. See first which of these the expression is: "
        "multiply the shapes of its factors from left to right.",
        READING,
        in_reading=order_misread,
    ),
    Misconception(
        "shape-of-variable",
        "The shape of the variable taken for that of the derivative",
        "The derivative has the shape of the variable only where the function is a number. Here the function "
        "has entries, and each of them is differentiated by every entry of the variable.",
        READING,
        in_reading=of_variable_only,
    ),
    Misconception(
        "shape-of-function",
        "The shape of the function taken for that of the derivative",
        "The derivative has the shape of the function only where the variable is a number. Here the variable "
        "has entries, and every entry of the function is differentiated by each of them.",
        READING,
        in_reading=of_function_only,
    ),
    Misconception(
        "rows-for-columns",
        "Rows and columns changed round",
        r"$A_{ij}$ names the row first: an $m \times n$ matrix has $i = 1 \dots m$ and $j = 1 \dots n$. The "
        r"axes of the derivative come in that order, those of the function before those of the variable.",
        READING,
        in_reading=rows_and_columns_changed,
    ),
    Misconception(
        "inner-axis-counted",
        "An index that is summed over counted as an axis",
        r"A product $AB$ has the rows of $A$ and the columns of $B$. The index between them is summed over: "
        r"it is no axis of the product, and none of its derivative.",
        READING,
        in_reading=inner_axes_counted,
    ),
    Misconception(
        "variable-counted-twice",
        "The variable counted twice",
        "A first derivative has the indices of the variable once. Twice they stand in a second derivative, "
        "for which you differentiate again.",
        READING,
        in_reading=variable_counted_twice,
    ),
)
