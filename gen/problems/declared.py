r"""Declarations in words: Let $A\in\mathbf R^{m\times n}$ and $S\in\mathbf R^{n\times n}$ be …"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.language.declaration import declaration_from
from gen.language.dimension import ONE
from gen.language.latex import LATEX, shape_tex, symbol_tex
from gen.language.node import Node
from gen.language.notation import Notation
from gen.problems.task import Symbols
from gen.problems.worked import Worked

STRUCTURE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "symmetric": "symmetric",
        "skew": "skew-symmetric",
        "diagonal": "diagonal",
        "lower": "lower triangular",
    }
)
DOMAIN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "positive": "have positive entries",
        "spd": "be positive definite",
        "nonsing": "be invertible",
        "posdet": "have a positive determinant",
        "small": "have entries close to zero",
        "simplex": "have positive entries that sum to one",
        "rowsimplex": "have positive entries, each row of which sums to one",
        "pm1": r"have entries $\pm1$",
    }
)
_OF_SCALARS: Mapping[str, str] = MappingProxyType({"positive": "be positive", "nonsing": "not be zero"})


def let(worked: Worked, n: Notation = LATEX) -> str:
    """Sentences that say of every symbol its shape, structure and domain."""
    groups: dict[tuple[str, str], list[str]] = {}
    for node in worked.symbols:
        groups.setdefault((_words(node), _space(node)), []).append(n.named(node))
    said = {of: rf"${','.join(names)}\in{of[1]}$" for of, names in groups.items()}
    plain = [said[of] for of in groups if not of[0]]
    sentences = [f"Let {_listed(plain)}."] if plain else []
    sentences += [f"Let {said[of]} {of[0]}." for of in groups if of[0]]
    functions = [f"${symbol_tex(name)}$" for name in _functions(worked.task.symbols)]
    if functions:
        verb = "acts" if len(functions) == 1 else "act"
        sentences.append(
            f"The function{'s' * (len(functions) > 1)} {_listed(functions)} {verb} on every entry."
        )
    return " ".join(sentences)


def _space(node: Node) -> str:
    """The set that a symbol is from: symbols of one shape are declared together."""
    dims = (node.rows,) if node.cols == ONE else (node.rows, node.cols)
    return r"\mathbf R" if node.is_scalar else rf"\mathbf R^{{{shape_tex(dims)}}}"


def _words(node: Node) -> str:
    """What is said of a symbol beside its shape: be symmetric and positive definite."""
    structure = f"be {STRUCTURE_WORDS[node.structure]}" if node.structure else ""
    known = _OF_SCALARS if node.is_scalar else DOMAIN_WORDS
    domain = known.get(node.domain or "", "")
    if structure.startswith("be") and domain.startswith("be"):
        domain = domain.removeprefix("be ")
    return " and ".join(filter(None, (structure, domain)))


def _functions(symbols: Symbols) -> list[str]:
    return [name for name, form in symbols if declaration_from(name, form).function]


def _listed(said: list[str]) -> str:
    """a, b and c."""
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
