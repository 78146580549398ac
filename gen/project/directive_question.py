"""The question that a directive asks: its declarations, derivations, and the Python that asks it again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from gen.derivation.derive import derive_all
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError, InputError
from gen.language.declaration import Declaration
from gen.problems.task import Derive
from gen.project.chapter_text import ChapterText
from gen.project.directive import Directive, merged
from gen.project.let import declared_in, located_in
from gen.project.located import located
from gen.project.notes_file import NotesFile
from gen.project.written_task import declared_text

NO_SIZES: Mapping[str, int] = MappingProxyType({})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def own_declarations(directive: Directive, text: ChapterText) -> tuple[Declaration, ...]:
    """The declarations of the option `let`. Raises InputError with the place in it."""
    option = directive.option("let")
    return () if option is None else declared_in(option.value, option.value_start, text)


def declarations_of(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Declaration, ...]:
    """The declarations that hold for a directive: those of the notes, and before them its own."""
    return merged(notes.declarations, own_declarations(directive, text))


def question(
    directive: Directive, text: ChapterText, notes: NotesFile, methods: tuple[str, ...]
) -> tuple[Derivation, ...]:
    """The derivations in the order of `methods`. Raises InputError with the place in the chapter."""
    values = directive.values
    declared = declarations_of(directive, text, notes)
    try:
        found = derive_all(
            directive.argument,
            (values["wrt"],),
            methods,
            symbols={one.name: declared_text(one) for one in declared},
            strict=notes.strict,
            kind=values.get("kind"),
            order=values.get("order") or 1,
            layout=values.get("layout") or notes.notation.layout,
            symmetric=values.get("symmetric") or notes.notation.symmetric,
            letters=notes.notation.letters,
            sizes=dict(values.get("sizes", ())),
        )
    except FreeIndexError as error:
        raise _located(directive, text, error) from None
    return tuple(sorted(found, key=lambda derivation: methods.index(derivation.method)))


def _located(directive: Directive, text: ChapterText, error: FreeIndexError) -> InputError:
    """The error with its place: in the variable, in a declaration, at the method, or in the expression."""
    report = error.report
    wrt, let = directive.option("wrt"), directive.option("let")
    if report.where == "wrt" and wrt is not None:
        return InputError(located(text, wrt.value_start, wrt.value, report))
    if report.where == "let" and let is not None:
        return InputError(located_in(let.value, let.value_start, text, report))
    sizes = directive.option("sizes")
    if report.where == "file" and report.start is None and sizes is not None:
        return InputError(located(text, sizes.value_start, sizes.value, report))
    if report.code == "unsupported" and report.start is None:
        for name in ("method", "methods", "kind"):
            option = directive.option(name)
            if option is not None:
                return InputError(located(text, option.value_start, option.value, report))
    return InputError(located(text, directive.argument_start, directive.argument, report))


def call_of(derivation: Derivation, directive: Directive, text: ChapterText, notes: NotesFile) -> str:
    """The Python that derives it again, such as `derive("W*X", "W", method="index")`."""
    values = directive.values
    used = {*_NAME.findall(directive.argument), values["wrt"]}
    symbols = {
        one.name: declared_text(one) for one in declarations_of(directive, text, notes) if one.name in used
    }
    layout = values.get("layout") or notes.notation.layout
    symmetric = values.get("symmetric") or notes.notation.symmetric
    return _call(
        directive.argument,
        values["wrt"],
        symbols,
        values.get("kind"),
        derivation.method,
        values.get("order") or 1,
        layout,
        symmetric,
        dict(derivation.problem.sizes) if derivation.method == "components" else {},
    )


def call_of_task(task: Derive) -> str:
    """The Python that derives what a generated problem asks."""
    return _call(
        task.expr,
        task.wrt,
        dict(task.symbols),
        task.kind,
        task.method,
        task.order,
        task.layout,
        task.symmetric,
    )


def _call(
    expr: str,
    wrt: str,
    symbols: dict[str, str],
    kind: str | None,
    method: str | None,
    order: int,
    layout: str,
    symmetric: str,
    sizes: Mapping[str, int] = NO_SIZES,
) -> str:
    asked: tuple[tuple[str, object, object], ...] = (
        ("symbols", symbols, {}),
        ("kind", kind, None),
        ("method", method, None),
        ("order", order, 1),
        ("layout", layout, "numerator"),
        ("symmetric", symmetric, "free"),
        ("sizes", dict(sizes), {}),
    )
    words = [_quoted(expr), _quoted(wrt)]
    words += [f"{name}={_quoted(value)}" for name, value, usual in asked if value != usual]
    return f"derive({', '.join(words)})"


def _quoted(value: object) -> str:
    """A value as Python, texts in double quotes."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(k)}: {_quoted(v)}" for k, v in value.items()) + "}"
    return repr(value)
