"""Templates with places, and what fills them."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.parts import ACTIVATIONS, SMOOTH, filled, one_or_two, shifted, tex
from gen.problems.pick import Pick, every


def test_a_place_is_filled_once_and_only_if_it_is_there() -> None:
    cast = Cast()
    form = filled(
        "{a}'*{x}*{a}",
        x="x",
        a=lambda: cast.new("fixed", "n"),
        b=lambda: cast.new("fixed", "n"),
    )
    assert form == "a'*x*a"
    assert cast.symbols == (("a", "n"),)


def test_a_shift_is_nothing_or_a_vector_with_its_sign() -> None:
    found = [shift for _, shift in every(lambda pick: shifted(pick, Cast(), "n"))]
    assert found == ["", " + a", " - a", " + B*a", " + B'*a", " - B*a", " - B'*a"]


def test_one_constant_or_a_product_of_two() -> None:
    found = {text for _, text in every(lambda pick: one_or_two(pick, Cast(), "m", "n"))}
    assert found == {"A", "A'", "A*B", "A*B'", "A'*B", "A'*B'"}


def test_a_product_of_two_has_the_shape_that_was_asked_for() -> None:
    cast = Cast()
    assert one_or_two(Pick((1, 1, 0)), cast, "m", "n") == "A'*B"
    assert cast.symbols == (("A", "m x m"), ("B", "m x n"))


def test_a_name_in_a_story_is_tex() -> None:
    assert (tex("X"), tex("Sigma")) == ("$X$", r"$\Sigma$")


def test_the_rectifier_is_the_only_activation_with_a_kink() -> None:
    assert set(ACTIVATIONS) - set(SMOOTH) == {"relu"}
