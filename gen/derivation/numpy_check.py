"""An answer as NumPy that a reader runs: the function, random numbers, and a derivative by differences."""

from __future__ import annotations

from gen.derivation.numpy_snippet import to_numpy
from gen.derivation.result import Derivation
from gen.errors import InputError
from gen.language.node import Node
from gen.language.numpy_code import numpy_code
from gen.language.numpy_node import dim_code, python_name

# No name of the language begins with an underscore, so that those of the check are its own.
# How the axes (i,k,q,r) of ∂F_ik/∂X_qr stand in the answer of each kind.
_AXES = {
    "gradient": "_slope[0, 0]",
    "tensor3": "_slope[:, 0]",
    "tensor3m": "_slope[:, :, :, 0]",
    "tensor4": "_slope",
}
_DOMAINS = {
    "positive": "np.abs({})",
    "small": "0.2 * {}",
    "pm1": "np.sign({})",
    "simplex": "np.abs({0}) / np.abs({0}).sum(axis=0)",
}


def numpy_check(derivation: Derivation) -> str:
    """Python that holds the answer against central differences at a random point, and fails if it is wrong.

    Empty where there is no such code: second derivatives, variables with a structure, domains that need
    more than random numbers, functions that NumPy lacks.
    """
    p = derivation.problem
    if p.order != 1 or any(s.structure or s.domain in _HARD for s in p.symbols):
        return ""
    try:
        function = to_numpy(derivation)
        value = numpy_code(p.expr)
    except InputError:
        return ""
    shown = _comparison(derivation)
    if shown is None:
        return ""
    arguments = [s for s in p.symbols if s.name != derivation.value.name]
    upstream = derivation.upstream
    drawn = [*arguments, *([upstream] if upstream is not None else [])]
    named = [python_name(s.name) for s in drawn]
    names = _dimensions(drawn)
    unread = _keywords(function)
    if not set(unread) <= set(names):
        return ""
    called = ", ".join([*named, *(f"{name}={name}" for name in unread)])
    if f"def derivative({', '.join([*named, *(['*', *unread] if unread else [])])}):" not in function:
        return ""
    x = python_name(p.wrt.name)
    # The sizes of the derivation's own check have points where everything has a value.
    known = {python_name(name): size for name, size in derivation.sizes}
    numbers = [str(known.get(name, 2 + k % 3)) for k, name in enumerate(names)]
    sizes = [f"{', '.join(names)} = {', '.join(numbers)}"] if names else []
    lines = [
        *sizes,
        "_rng = np.random.default_rng(1)",
        *(f"{python_name(s.name)} = {_drawn(s)}" for s in drawn),
        "",
        f"def _value({x}):",
        f"    return np.atleast_2d({value})",
        "",
        "_step = 1e-6",
        f"_start = np.atleast_2d({x})",
        f"_slope = np.zeros((*_value({x}).shape, *_start.shape))",
        "for _q, _r in np.ndindex(_start.shape):",
        "    _move = np.zeros_like(_start)",
        "    _move[_q, _r] = _step",
        "    _up, _down = _start + _move, _start - _move",
        *(["    _up, _down = float(_up[0, 0]), float(_down[0, 0])"] if p.wrt.is_scalar else []),
        "    _slope[:, :, _q, _r] = (_value(_up) - _value(_down)) / (2 * _step)",
        f"assert np.allclose(derivative({called}), {shown}, rtol=1e-4, atol=1e-6)",
    ]
    return function.rstrip() + "\n\n\n" + "\n".join(lines) + "\n"


_HARD = ("spd", "nonsing", "posdet", "rowsimplex")


def _comparison(derivation: Derivation) -> str | None:
    """The differences in the axes of the answer."""
    p, of, by = derivation.problem, derivation.problem.expr, derivation.problem.wrt
    if derivation.upstream is not None:
        up = python_name(derivation.upstream.name)
        return f"np.einsum('ik,ikqr->qr', np.atleast_2d({up}), _slope)"
    if p.kind == "jacobian":
        if by.is_scalar:
            return "_slope[:, :, 0, 0]"
        turned = ".T" if p.layout == "denominator" else ""
        return f"_slope.reshape({_length(of)}, {_length(by)}){turned}"
    if p.kind == "vecjac":
        turned = ".T" if p.layout == "denominator" else ""
        return f"_slope.transpose(1, 0, 3, 2).reshape({_length(of)}, {_length(by)}){turned}"
    return _AXES.get(p.kind)


def _length(node: Node) -> str:
    """The number of entries, as Python."""
    return f"({dim_code(node.rows)}) * ({dim_code(node.cols)})"


def _dimensions(nodes: list[Node]) -> list[str]:
    names = [name for node in nodes for dim in (node.rows, node.cols) for name in dim.names]
    return [python_name(name) for name in dict.fromkeys(names)]


def _keywords(function: str) -> list[str]:
    """The sizes that the function wants by name."""
    head = next(line for line in function.splitlines() if line.startswith("def derivative("))
    _, star, rest = head.partition("*, ")
    return rest.removesuffix("):").split(", ") if star else []


def _drawn(node: Node) -> str:
    """Random numbers of the shape of a symbol, in its domain."""
    if node.is_scalar:
        made = "float(_rng.uniform(0.3, 1.3))"
        return made
    made = f"_rng.uniform(0.3, 1.3, ({dim_code(node.rows)}, {dim_code(node.cols)}))"
    return _DOMAINS.get(node.domain or "", "{}").format(made)
