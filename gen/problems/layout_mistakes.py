"""Mistakes about transposes, the layout of a derivative and the order of factors."""

from __future__ import annotations

from collections.abc import Iterator

from gen.language.node import Node, multiply
from gen.language.product_parts import parts
from gen.language.transposition import flip
from gen.problems import entry_mistakes as entries
from gen.problems.misconception import Misconception, Misread
from gen.problems.mistake_places import summed
from gen.problems.mistake_sources import LAYOUT, SCALAR_RULES
from gen.problems.reading_lines import carried_wrongly, is_of_indices, read_backward, read_forward
from gen.problems.reform import chain_of, each, mapped, parts_of
from gen.problems.worked import Worked


def forgotten_transpose(node: Node) -> Iterator[Node]:
    """Every transpose dropped; then all those of one matrix; then each alone."""

    turned = dict.fromkeys(n.args[0] for n in parts_of(node) if n.kind == "transpose")
    if turned:
        yield mapped(node, lambda n: n.args[0] if n.kind == "transpose" else n)
    if len(turned) > 1:
        yield from (_without_transposes_of(one, node) for one in turned)
    yield from each(node, ("transpose",), lambda n: iter(n.args))


def _without_transposes_of(matrix: Node, node: Node) -> Node:
    return mapped(node, lambda n: matrix if n.kind == "transpose" and n.args[0] == matrix else n)


def transpose_too_many(node: Node) -> Iterator[Node]:
    """One factor of a product, or one matrix of a sum, transposed that should not be."""

    def turn(n: Node) -> Iterator[Node]:
        for k, a in enumerate(n.args):
            if not a.is_scalar and a.kind != "transpose" and parts(a).chain == (a,):
                turned = flip(a)
                # A beside Aᵀ made Aᵀ twice is a matrix taken to be symmetric.
                if turned not in n.args and _transposes(turned) > _transposes(a):
                    yield _with_argument(n, k, turned)

    yield from each(node, ("sum", "product"), turn)


def _transposes(node: Node) -> int:
    return sum(n.kind == "transpose" for n in parts_of(node))


def entry_read_forward(worked: Worked) -> Iterator[Misread]:
    """In an entry that is written out: the indices of a transposed factor not changed round."""
    if is_of_indices(worked):
        yield from carried_wrongly(worked, read_forward)


def entry_read_backward(worked: Worked) -> Iterator[Misread]:
    """In an entry that is written out: the indices of a factor changed round that is not transposed."""
    if is_of_indices(worked):
        yield from carried_wrongly(worked, read_backward)


def transposed_answer(node: Node) -> Iterator[Node]:
    """The transpose of the whole."""
    yield flip(node)


def factors_commuted(node: Node) -> Iterator[Node]:
    """Two neighbours of a product in the wrong order."""

    def swap(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k in range(len(chain) - 1):
            yield multiply(*scalars, *chain[:k], chain[k + 1], chain[k], *chain[k + 2 :])

    yield from each(node, ("product",), swap)


def layouts_mixed(node: Node) -> Iterator[Node]:
    """One term of a sum, a product of matrices, in the other layout."""

    def turn(n: Node) -> Iterator[Node]:
        for k, a in enumerate(n.args):
            if not a.is_scalar and len(parts(a).chain) > 1:
                yield _with_argument(n, k, flip(a))

    yield from each(node, ("sum",), turn)


def _with_argument(node: Node, place: int, new: Node) -> Node:
    """A sum or a product with another argument at one place."""
    join = summed if node.kind == "sum" else multiply
    return join(*node.args[:place], new, *node.args[place + 1 :])


TRANSPOSES: tuple[Misconception, ...] = (
    Misconception(
        "forgotten-transpose",
        "A transpose forgotten",
        r"In $\sum_j A_{ji}B_{jk}$ the summed index is the first of both, so $A$ is read backwards: it is "
        r"an entry of "
        r"$A^{\mathsf T} B$. Neighbours of a product share the last index of one and the first of the next.",
        LAYOUT,
        in_form=forgotten_transpose,
        in_reading=entry_read_forward,
        in_entries=entries.read_backwards,
    ),
    Misconception(
        "transpose-too-many",
        "A transpose too many",
        r"In $\sum_j A_{ij}B_{jk}$ the summed index is the last of $A$ and the first of $B$: it is an entry "
        r"of $AB$, and nothing is transposed. A transpose comes only from a factor whose indices are read "
        r"backwards.",
        LAYOUT,
        in_form=transpose_too_many,
        in_reading=entry_read_backward,
    ),
)

LAYOUTS: tuple[Misconception, ...] = (
    Misconception(
        "transposed-answer",
        "The whole answer transposed",
        r"The gradient has the shape of the variable: entry $q,r$ is $\partial f/\partial X_{qr}$. Yours "
        r"has it at "
        r"$r,q$. Where $X$ is square only the indices show it.",
        LAYOUT,
        in_form=transposed_answer,
        in_entries=entries.wrong_delta,
    ),
    Misconception(
        "factors-commuted",
        "Factors commuted",
        "Matrix products keep their order. In index notation the factors may change places, since entries "
        "are "
        "numbers; their order in the matrix product is that in which neighbours share an index.",
        SCALAR_RULES,
        in_form=factors_commuted,
    ),
    Misconception(
        "layouts-mixed",
        "Numerator and denominator layout mixed",
        "One term of the sum is written in one layout and the rest in the other. Choose one: here the "
        "gradient has the shape of "
        r"the variable, and a Jacobian has a row for each entry of the function.",
        LAYOUT,
        in_form=layouts_mixed,
    ),
)
