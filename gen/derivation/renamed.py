"""A derivation that is known under other names: each part is renamed when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

from gen.derivation.record import Check, Display, Problem, Results, Step
from gen.derivation.renaming import Renaming
from gen.derivation.result import Derivation
from gen.derivation.template import Template, template
from gen.language.index import Letter
from gen.language.node import Node


@dataclass(frozen=True)
class Known:
    """A derivation under names of the program's own.

    `chosen` are the names it was free to choose, of which `drawn` are those of dummy indices.
    """

    derivation: Derivation
    chosen: tuple[str, ...]
    drawn: int

    @cached_property
    def template(self) -> Template:
        """Its lines as typed text with places for names."""
        return template([x for x in self.derivation.lines() if not isinstance(x, Display)])


class Renamed(Derivation):
    """What a known derivation is for a problem that is the same one under other names.

    A part stands in the instance once it is renamed, as any `cached_property`. A changed copy
    (`dataclasses.replace`) has all its parts from the start and is `of` nothing.
    """

    _known: Known | None = None
    _renaming: Renaming
    _typed: str
    _wanted: str

    @classmethod
    def of(cls, known: Known, renaming: Renaming, typed: str, letters: str = "") -> Renamed:
        """Nothing is renamed yet; `typed` is the text of the question, `letters` those its author chose."""
        new = cls.__new__(cls)
        vars(new).update(_known=known, _renaming=renaming, _typed=typed, _wanted=letters)
        return new

    @property
    def origin(self) -> tuple[Known, Renaming] | None:
        """What is renamed, and how."""
        return None if self._known is None else (self._known, self._renaming)

    @property
    def _source(self) -> Derivation:
        assert self._known is not None
        return self._known.derivation

    @cached_property
    def problem(self) -> Problem:
        problem = self._renaming.problem(self._source.problem, self._typed)
        return replace(problem, letters=self._wanted) if self._wanted else problem

    @cached_property
    def check(self) -> Check | None:
        return self._source.check

    @cached_property
    def against(self) -> str:
        return self._source.against

    @cached_property
    def verified(self) -> bool:
        return self._source.verified

    @cached_property
    def value(self) -> Node:
        return self._renaming.node(self._source.value)

    @cached_property
    def free(self) -> tuple[Letter, ...]:
        return tuple([self._renaming.letter(x) for x in self._source.free])

    @cached_property
    def upstream(self) -> Node | None:
        upstream = self._source.upstream
        return None if upstream is None else self._renaming.node(upstream)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple([self._renaming.step(s) for s in self._source.steps])

    @cached_property
    def results(self) -> Results:
        return self._renaming.results(self._source.results)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        return tuple([self._renaming.words(note) for note in self._source.notes])

    @cached_property
    def sizes(self) -> tuple[tuple[str, int], ...]:
        dims = self._renaming.dims
        return tuple([(dims.get(name, name), size) for name, size in self._source.sizes])

    def texts(self) -> tuple[str | None, ...]:
        """From the template of the known derivation: no step need be renamed for it."""
        return super().texts() if self._known is None else self._known.template.filled(self._renaming)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Derivation) and all(
            getattr(self, f.name) == getattr(other, f.name) for f in fields(Derivation)
        )

    __hash__ = Derivation.__hash__
