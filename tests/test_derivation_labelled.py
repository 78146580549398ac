"""Products of labelled arrays against one plain einsum over all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gen.derivation.labelled import Labels, contracted
from gen.language.dimension import Dim
from gen.language.function import Array
from gen.language.index import Letter, Pair

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
    found = contracted(list(zip(values, labels, strict=True)), free, LENGTHS)
    assert found.shape == whole.shape
    assert np.allclose(found, whole, rtol=1e-12)


def test_what_has_no_factors_is_one() -> None:
    assert contracted([], "", {}).tolist() == [[1]]


def test_there_may_be_more_factors_than_einsum_takes() -> None:
    two = np.full((1, 1), 2 + 0j)
    assert contracted([(two, "")] * 100, "", {}).tolist() == [[2.0**100]]


def test_there_are_labels_for_more_letters_than_einsum_has() -> None:
    labels = Labels({"n": 2})
    chain = [labels.of(Letter(f"j{k}", Dim(1, ("n",)))) for k in range(70)]
    assert len(set(chain)) == 70
    matrix = np.array([[1.0, 2.0], [3.0, 5.0]], dtype=complex)
    pairs = [(matrix[None, None], x + y) for x, y in pairwise(chain)]
    found = contracted(pairs, chain[0] + chain[-1], labels.lengths)
    assert np.allclose(found[0, 0] / np.linalg.matrix_power(matrix, 69), 1)


def test_a_compound_index_is_cut_with_its_fast_letter_last() -> None:
    labels = Labels({"m": 3, "n": 2})
    i, k = Letter("i", Dim(1, ("m",))), Letter("k", Dim(1, ("n",)))
    value, axes = labels.named(np.arange(6).reshape(1, 1, 6, 1), Pair(i, k), None)
    assert axes == labels.of(k) + labels.of(i)
    assert value.shape == (1, 1, 2, 3)
