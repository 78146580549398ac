"""The names of one problem: letters handed out by role, none twice, with their declarations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from gen.problems.pick import Pick
from gen.problems.roles import ROLE_NAMED

FEW = 3
_AXES: Mapping[str, int] = MappingProxyType({"matrix": 2, "vector": 1, "scalar": 0})


class Cast:
    """Hands out names; `names` chooses among the letters of a role, so that structure and names are apart."""

    def __init__(self, names: Pick | None = None) -> None:
        self._pick = names
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
        assert len(shape) == _AXES[kind], f"{role} is a {kind}"
        name = self._letter(role)
        form = " x ".join(shape) or "scalar"
        self._declared[name] = (
            " ".join(filter(None, (form, structure, domain))) if structure or domain else form
        )
        return name

    def _letter(self, role: str) -> str:
        letters, near = ROLE_NAMED[role].letters, self._near
        # Of many letters one of the first few, so that a page does not run to the end of the alphabet.
        few = 1 if self._pick is None else FEW
        # X beside x, or M beside a dimension m, only where nothing else is left.
        free = _first_without(near, letters, few) or _first_without(self._used, letters, few)
        assert free, f"no letter is left for {role}"
        letter = free[0] if self._pick is None else self._pick(*free)
        self._used.add(letter)
        near.add(letter)
        near.add(letter.swapcase())
        return letter


def _first_without(taken: Collection[str], letters: Iterable[str], count: int) -> list[str]:
    """The first few letters that are not taken."""
    free: list[str] = []
    for letter in letters:
        if letter not in taken:
            free.append(letter)
            if len(free) == count:
                break
    return free
