"""The names of one problem: letters handed out by role, none twice, with their declarations."""

from __future__ import annotations

from collections.abc import Iterable

from gen.problems.pick import Pick
from gen.problems.roles import ROLE_NAMED

FEW = 3


class Cast:
    """Hands out names; `names` chooses among the letters of a role, so that structure and names are apart."""

    def __init__(self, names: Pick | None = None) -> None:
        self._pick = Pick() if names is None else names
        self._used: set[str] = set()
        self._near: set[str] = set()  # what is used, and the same letters in the other case
        self._declared: dict[str, str] = {}

    @property
    def symbols(self) -> tuple[tuple[str, str], ...]:
        """Name and declaration of every symbol handed out, in order: ("W", "m x n")."""
        return tuple(self._declared.items())

    def dim(self) -> str:
        """A new dimension."""
        return self._letter("dimension")

    def dims(self, count: int) -> tuple[str, ...]:
        """New dimensions, all different."""
        return tuple(self.dim() for _ in range(count))

    def new(self, role: str, *shape: str, structure: str = "", domain: str = "") -> str:
        """A new name of a role, declared with a shape: none for a scalar, one dimension for a vector."""
        kind = ROLE_NAMED[role].kind
        assert len(shape) == {"matrix": 2, "vector": 1, "scalar": 0}[kind], f"{role} is a {kind}"
        name = self._letter(role)
        self._declared[name] = " ".join(filter(None, (" x ".join(shape) or "scalar", structure, domain)))
        return name

    def _letter(self, role: str) -> str:
        letters = ROLE_NAMED[role].letters
        # X beside x, or M beside a dimension m, only where nothing else is left.
        free = _first_not_in(self._near, letters) or _first_not_in(self._used, letters)
        assert free, f"no letter is left for {role}"
        letter = self._pick(*free)
        self._used.add(letter)
        self._near.update((letter, letter.swapcase()))
        return letter


def _first_not_in(taken: set[str], letters: Iterable[str]) -> list[str]:
    """Of many letters the first few, so that a page does not run to the end of the alphabet."""
    free: list[str] = []
    for letter in letters:
        if letter not in taken:
            free.append(letter)
            if len(free) == FEW:
                break
    return free
