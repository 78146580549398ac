"""Products of labelled arrays against one plain einsum over all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gen.derivation.evaluate import Numbers
from gen.derivation.labelled import Labels, contracted, joined
from gen.derivation.points import Stream, draw
from gen.language.dimension import Dim
from gen.language.function import Array
from gen.language.index import Entry, Letter, Pair, Partial, one
from gen.language.node import symbol

LENGTHS = {"a": 3, "b": 2, "c": 5, "d": 7, "e": 4}
PRODUCTS = (
    "ab->ab",
    "ab->ba",
    "aa->",
    "aab->b",
    "ab,b->a",
    "ab,cd->acdb",
    "ab,ab->ab",
    "ab,ba->ab",
    "ab,bc->ac",
    "ab,bc->",
    "aab,ac->bc",
    "aab,aac->bc",
    "ab,bc,cd->ad",
    "ab,ac,ad->bcd",
    "ab,abcd,dc->ab",
    "ab,abcd,abe,e->cd",
    "a,b,c,d->dcba",
    "ab,bc,cd,de,ea->",
    "abcde,edcba->c",
)


@pytest.mark.parametrize("moves", [1, 6])
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_product_is_the_sum_over_what_is_not_kept(product: str, moves: int) -> None:
    rng = np.random.default_rng(1)
    axes, free = product.split("->")
    labels = axes.split(",")
    values: list[Array] = [rng.normal(size=(3, moves, *[LENGTHS[x] for x in own])) + 1j for own in labels]
    whole = np.einsum(",".join(f"...{own}" for own in labels) + f"->...{free}", *values)
    found = contracted(list(zip(values, labels, strict=True)), free, LENGTHS, moves)
    assert found.shape == whole.shape
    assert np.allclose(found, whole, rtol=1e-12)


def test_what_has_no_factors_is_one() -> None:
    assert contracted([], "", {}, 1).tolist() == [[1]]


def test_there_may_be_more_factors_than_einsum_takes() -> None:
    two = np.full((1, 1), 2 + 0j)
    assert contracted([(two, "")] * 100, "", {}, 1).tolist() == [[2.0**100]]


def test_there_are_labels_for_more_letters_than_einsum_has() -> None:
    labels = Labels({"n": 2})
    chain = [labels.of(Letter(f"j{k}", Dim(1, ("n",)))) for k in range(70)]
    assert len(set(chain)) == 70
    matrix = np.array([[1.0, 2.0], [3.0, 5.0]], dtype=complex)
    pairs = [(matrix[None, None], x + y) for x, y in pairwise(chain)]
    found = contracted(pairs, chain[0] + chain[-1], labels.lengths, 1)
    assert np.allclose(found[0, 0] / np.linalg.matrix_power(matrix, 69), 1)


def test_a_compound_index_is_cut_with_its_fast_letter_last() -> None:
    labels = Labels({"m": 3, "n": 2})
    i, k = Letter("i", Dim(1, ("m",))), Letter("k", Dim(1, ("n",)))
    value, axes = labels.named(np.arange(6).reshape(1, 1, 6, 1), Pair(i, k), None)
    assert axes == labels.of(k) + labels.of(i)
    assert value.shape == (1, 1, 2, 3)


@pytest.mark.parametrize(
    ("product", "deltas", "bound"),
    [
        ("ab->b", ["ac"], "a"),
        ("ab->bc", ["ac"], "a"),
        ("ab->bc", ["ca"], "a"),
        ("ab->bd", ["ac", "cd"], "ac"),
        ("ab->cd", ["ac", "bd"], "ab"),
        ("ab->ac", ["bb", "ac"], "b"),
        ("ab,b->ac", ["ac"], "b"),
        ("ab->", ["ab"], "ab"),
        ("ab->", ["ab", "ba"], "ab"),
    ],
)
def test_deltas_are_used_up_as_if_multiplied(product: str, deltas: list[str], bound: str) -> None:
    """All ranges are equal here: a delta joins no others."""
    lengths = dict.fromkeys("abcd", 3)
    text, free = product.split("->")
    rng = np.random.default_rng(1)
    values: list[Array] = [rng.normal(size=(3, 1, *[3 for _ in own])) + 0j for own in text.split(",")]
    eye = np.eye(3, dtype=complex).reshape(1, 1, 3, 3)
    plain = [*text.split(","), *deltas]
    whole = np.einsum(
        ",".join(f"...{own}" for own in plain) + f"->...{free}", *values, *[eye for _ in deltas]
    )
    found, left, rest = joined(text, "".join(deltas), bound)
    assert set(rest) <= set(bound)
    axes = [*found.split(","), *[left[k : k + 2] for k in range(0, len(left), 2)]]
    arrays = [*values, *[eye for _ in left[::2]]]
    assert np.allclose(contracted(list(zip(arrays, axes, strict=True)), free, lengths, 1), whole, rtol=1e-12)


def test_deltas_of_different_ranges_are_not_joined() -> None:
    labels = Labels({"m": 3, "n": 2})
    i, k = Letter("i", Dim(1, ("m",))), Letter("k", Dim(1, ("n",)))
    j, q = Letter("j", Dim(1, ("m",))), Letter("q", Dim(1, ("n",)))
    assert labels.delta(i, k) is None
    assert labels.delta(i, None) is None
    assert labels.delta(Pair(i, k), i) is None
    assert labels.delta(Pair(i, k), Pair(k, i)) is None
    assert labels.delta(i, j) == labels.of(i) + labels.of(j)
    assert labels.delta(Pair(i, k), Pair(j, q)) == "".join(labels.of(x) for x in (k, q, i, j))
    assert labels.delta(None, None) == ""


@pytest.mark.parametrize(("rows", "cols"), [("m", "n"), ("m", ""), ("", "n"), ("", "")])
def test_the_slope_of_the_variable_by_itself_is_what_the_complex_step_gives(rows: str, cols: str) -> None:
    """It is evaluated as deltas, so that it need not be multiplied out."""
    sizes = {"m": 3, "n": 2}
    dims = [Dim(1, (name,)) if name else Dim(1) for name in (rows, cols)]
    x = symbol("X", dims[0], dims[1])
    numbers = Numbers({"X": draw(x, sizes, Stream(), 0)}, sizes)
    entry, by = [
        Entry(x, *[None if dim.is_one else Letter(name, dim) for name, dim in zip(names, dims, strict=True)])
        for names in ("ik", "qr")
    ]
    free = [index for e in (entry, by) for index in (e.row, e.col) if isinstance(index, Letter)]
    found = numbers.terms(one(Partial(one(entry), by)), numbers.axes(free))
    slope = numbers.slope(x, x)  # (points, moves, rows, cols), by entries of the variable in turn
    assert np.allclose(found.reshape(len(found), -1), slope.swapaxes(1, 2).swapaxes(2, 3).reshape(3, -1))
