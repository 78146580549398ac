"""The way in: text, variable, options → derivations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import Literal, TypeAlias

from gen.derivation.canonical import answered
from gen.derivation.components_method import sizes_of_components
from gen.derivation.engine import StuckError
from gen.derivation.frame import natural_kind
from gen.derivation.letters import checked_letters
from gen.derivation.method import FIRST_ORDER_ENTRIES, KINDS, METHOD_NAMED, METHODS, Method
from gen.derivation.outline import outline
from gen.derivation.question import Question
from gen.derivation.recalled import recalled
from gen.derivation.record import Problem
from gen.derivation.result import Derivation
from gen.errors import InputError, input_error, nearest, nearest_name
from gen.language.declaration import Declaration, declaration_from
from gen.language.node import Node
from gen.language.reading import Reading, read
from gen.language.text import text

Layout: TypeAlias = Literal["numerator", "denominator"]
Symmetric: TypeAlias = Literal["free", "projected"]
Symbols: TypeAlias = Mapping[str, object] | None

SECOND_ORDER = ("hessian", "hessian4", "vechess")
LAYOUTS = ("numerator", "denominator")
SYMMETRIC = ("free", "projected")
ALL = "all"
USUAL_METHOD = {"vecjac": "vec", "vechess": "vec", "differential": "differential"}
MOST_FACTORS = 32


def derive(
    expr: object,
    wrt: object,
    *,
    symbols: Symbols = None,
    kind: str | None = None,
    method: str | None = None,
    order: int = 1,
    layout: str = "numerator",
    symmetric: str = "free",
    check: bool = True,
    cache: bool = True,
    letters: str = "",
    stacked: bool = True,
    sizes: Mapping[str, int] | None = None,
) -> Derivation:
    """Derive the derivative of an expression by one variable, with every step.

    `expr` is text of the matrix language (`W*X`, `F = W*X`) or a SymPy matrix
    expression, `wrt` a name or a SymPy symbol; `symbols` declares names, as `{"W": "m x n"}` or as in a case.
    `kind` and `method` are inferred when left out. With `check` every step and
    the answer are held against numbers. Raises `gen.errors.InputError` for wrong
    input and `CheckError` rather than giving an answer that does not check.
    `letters` are those for indices, in the order they are used: two for the value, two for the variable,
    then the dummies; names in use are passed over.
    A question that equals an earlier one up to names is not derived again, unless `cache` is off.
    `stacked`: a tensor that is found entry by entry is given in its vec form too. `sizes` are numbers for
    dimensions where entries are written out; the others get small ones.
    """
    variable = str(wrt)

    def solve() -> tuple[Derivation, ...]:
        reading, source = read_expression(expr, symbols, (variable,)), source_text(expr)
        asked = (kind, method, order, layout, symmetric, check, cache, letters)
        return (_solve(reading, source, variable, *asked, stacked, tuple((sizes or {}).items())),)

    options = ("one", kind, method, order, layout, symmetric, check, stacked)
    usual = cache and not letters and not sizes
    known = outline(expr, symbols, (variable,), options) if usual else None
    return (solve() if known is None else recalled(known, solve))[0]


def derive_all(
    expr: object,
    wrts: Iterable[str],
    methods: Iterable[str] | None = None,
    *,
    symbols: Symbols = None,
    kind: str | None = None,
    order: int = 1,
    layout: str = "numerator",
    symmetric: str = "free",
    strict: bool = False,
    check: bool = True,
    cache: bool = True,
    letters: str = "",
    sizes: Mapping[str, int] | None = None,
) -> tuple[Derivation, ...]:
    """Derivations for several variables and methods, from one reading of the expression.

    Variables come in the order given, methods in the order of METHODS. `methods` may be
    `all`: every method that is offered for the question; None is the kind's usual one. A
    method that is named but not offered is an error (`unsupported`) that says why.
    """
    variables = tuple(wrts)
    methods = None if methods is None else tuple(methods)

    def solve() -> tuple[Derivation, ...]:
        reading, source = read_expression(expr, symbols, variables, strict=strict), source_text(expr)
        out: list[Derivation] = []
        for wrt in variables:
            refused: list[InputError] = []
            for name in _in_order(methods, reading, wrt, kind, order):
                asked = (kind, name, order, layout, symmetric, check, cache, letters)
                try:
                    found = _solve(reading, source, wrt, *asked, sizes=tuple((sizes or {}).items()))
                except InputError as error:
                    # Whether a method has words for the answer may show only on the way.
                    if methods is None or ALL not in methods or error.report.code != "unsupported":
                        raise
                    refused.append(error)
                else:
                    out.append(found)
            if refused and not out:
                raise refused[0]
        return tuple(out)

    named = () if methods is None else methods
    options = (methods is None, len(named), *named, strict, kind, order, layout, symmetric, check)
    usual = cache and not letters and not sizes
    known = outline(expr, symbols, variables, options) if usual else None
    return solve() if known is None else recalled(known, solve)


def _in_order(
    methods: Iterable[str] | None, reading: Reading, wrt: str, kind: str | None, order: int
) -> tuple[str | None, ...]:
    """The names of the methods to use, in the order of METHODS."""
    if methods is None:
        return (None,)
    named = tuple(methods)
    if ALL in named:
        return tuple(m.name for m in METHODS if _offered(m, reading, wrt, kind, order))
    return (*(m.name for m in METHODS if m.name in named), *(n for n in named if n not in METHOD_NAMED))


def read_expression(expr: object, symbols: Symbols, wrt: tuple[str, ...], *, strict: bool = False) -> Reading:
    """The expression as a node; text is parsed, a SymPy expression is translated.

    What has been read lately is not read again where its symbols are declared by texts.
    """
    if isinstance(expr, str):
        forms = tuple(symbols.items()) if symbols else ()
        if all(isinstance(form, str) for _, form in forms):
            return _reading(expr, forms, wrt, strict)
    declared: dict[str, Declaration] = {n: declaration_from(n, f) for n, f in (symbols or {}).items()}
    if isinstance(expr, str):
        return read(expr, declared, strict=strict, wrt=wrt)
    typed, found = import_module("gen.derivation.sympy_input").translate(expr)
    return read(typed, {**found, **declared}, strict=strict, wrt=wrt)


@lru_cache(maxsize=16)
def _reading(expr: str, forms: tuple[tuple[str, object], ...], wrt: tuple[str, ...], strict: bool) -> Reading:
    return read(expr, {n: declaration_from(n, f) for n, f in forms}, strict=strict, wrt=wrt)


def source_text(expr: object) -> str:
    """What is shown as the source of a question."""
    if isinstance(expr, str):
        return expr
    typed: str = import_module("gen.derivation.sympy_input").translate(expr)[0]
    return typed


def _degree(node: Node, name: str) -> int:
    """In how many factors of one product the symbol stands at most."""
    if name not in node.names:
        return 0
    if not node.args:
        return 1
    total = most = 0
    for a in node.args:
        degree = _degree(a, name)
        total, most = total + degree, max(most, degree)
    if node.kind == "power" and not node.elementwise and not node.is_scalar:
        return most * int(abs(node.args[1].number))
    return total if node.kind in ("product", "hadamard") else most


def _offered(m: Method, reading: Reading, wrt: str, kind: str | None, order: int) -> bool:
    variable = reading.symbols[wrt]
    if (
        m.name == "components"
        and sizes_of_components(reading.node, variable, tuple(reading.symbols.values())) is None
    ):
        return False
    if kind is not None:
        return kind in m.kinds
    return _kind_for(m, natural_kind(reading.node, variable, order), order) in m.kinds


def _kind_for(m: Method, natural: str, order: int) -> str:
    """The natural kind of the question, else the one the method is for."""
    if natural in m.kinds:
        return natural
    others = {1: ("vecjac", "differential"), 2: ("vechess",)}[order]
    return next((k for k in others if k in m.kinds), natural)


def _solve(
    reading: Reading,
    source: str,
    wrt: str,
    kind: str | None,
    method: str | None,
    order: int,
    layout: str,
    symmetric: str,
    check: bool,
    cache: bool,
    letters: str,
    stacked: bool = True,
    sizes: tuple[tuple[str, int], ...] = (),
) -> Derivation:
    variable = reading.symbols[wrt]
    # Without a power every factor is at least one letter and a sign.
    powers = "^" in source or len(source) > 2 * MOST_FACTORS
    if powers and _degree(reading.node, wrt) > MOST_FACTORS:
        raise input_error(
            "too_large",
            f"{wrt} stands in more than {MOST_FACTORS} factors of one product",
            hint="the derivative would have as many terms",
        )
    if layout not in LAYOUTS:
        raise _unknown("layout", layout, LAYOUTS)
    if symmetric not in SYMMETRIC:
        raise _unknown("symmetric", symmetric, SYMMETRIC)
    if kind is not None and kind not in KINDS:
        raise _unknown("kind", kind, KINDS)
    if kind in SECOND_ORDER:
        order = 2
    elif order == 2 and kind is not None:
        raise input_error(
            "unsupported", f"{kind} is a first derivative", hint="leave out --order or the kind"
        )
    if order == 2 and not reading.node.is_scalar:
        raise input_error(
            "not_scalar", "a second derivative is taken of a scalar", hint="sum(...) or a'*(...) makes one"
        )
    if kind == "gradient" and not reading.node.is_scalar:
        raise input_error("not_scalar", "a gradient is taken of a scalar", hint="leave out the kind")
    chosen = METHOD_NAMED.get(method or USUAL_METHOD.get(kind or "", "index"))
    if chosen is None:
        close = nearest(method or "", METHOD_NAMED)
        raise input_error(
            "unsupported",
            f"there is no method called {method}",
            hint=f"did you mean {close}?" if close else f"methods: {', '.join(METHOD_NAMED)}",
        )
    natural = natural_kind(reading.node, variable, order)
    wanted = _kind_for(chosen, natural, order) if kind is None else kind
    if wanted not in chosen.kinds:
        raise input_error("unsupported", f"{chosen.name} is not offered for {wanted}: {chosen.otherwise}")
    if wanted != natural and wanted in (*FIRST_ORDER_ENTRIES, "hessian", "hessian4"):
        raise input_error(
            "unsupported",
            f"the derivative asked for is a {natural}, not a {wanted}",
            hint=f"leave out the kind, or ask for {natural} or vecjac",
        )
    if symmetric == "projected" and variable.structure == "symmetric" and wanted in ("vecjac", "vechess"):
        raise input_error(
            "unsupported", f"{wanted} is by the free entries of a symmetric variable", hint="use free"
        )
    problem = Problem(
        reading.node,
        source,
        variable,
        wanted,
        chosen.name,
        layout,
        symmetric,
        order,
        tuple(reading.symbols.values()),
        checked_letters(letters) if letters else "",
        sizes,
    )
    try:
        question = Question(problem, reading.names, reading.definition, check, stacked)
        found = answered(question) if cache and not sizes else chosen.run(question)
    except StuckError as stuck:
        part = "a part of the expression" if stuck.node is None else text(stuck.node)
        raise input_error(
            "unsupported",
            f"the derivative of {part} has no closed form in the language",
            hint="expm is differentiated under tr(...), or as expm(t*A) by t",
        ) from None
    return _with_doubts(found, wrt, reading)


def _with_doubts(found: Derivation, name: str, reading: Reading) -> Derivation:
    """With a note where the variable may be a slip of the pen: nothing but the question names it."""
    if name not in reading.unmentioned:
        return found
    close = nearest_name(name, reading.node.names)
    doubt = f"; did you mean {close}?" if close else ""
    return replace(found, notes=(*found.notes, f"{name} is declared nowhere either{doubt}"))


def _unknown(what: str, value: object, known: tuple[str, ...]) -> InputError:
    names = ", ".join(known)
    return input_error("unsupported", f"there is no {what} called {value}", hint=f"known: {names}")
