"""Cases: questions as JSON, one a line in, one answer a line out (docs/formats.md, section 3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from gen.derivation.derive import LAYOUTS, SYMMETRIC, derive_all
from gen.derivation.method import KINDS, METHOD_NAMED
from gen.errors import FreeIndexError, InputError, Report, Where, input_error, nearest

LINE_LIMIT = 1_000_000
ALL = "all"


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    `method` None is the usual one of its kind. `symbols` None: everything is inferred;
    else a name missing in it is an error.
    """

    id: Any
    expr: str
    wrt: tuple[str, ...]
    method: str | None = None
    symbols: Mapping[str, Any] | None = None
    kind: str | None = None
    order: int = 1
    layout: str = "numerator"
    symmetric: str = "free"

    @property
    def several(self) -> bool:
        """Whether the answer is an array."""
        return self.method == ALL or len(self.wrt) > 1


def answer(line: bytes, number: int) -> str | None:
    """The line of JSON that answers line `number`, None for a blank line. Raises nothing a case can cause."""
    return answered(line, number, _derivation)


def answered(line: bytes, number: int, found: Callable[[Any], dict[str, Any]]) -> str | None:
    """The line that answers line `number` with what is found for its JSON, or with its error."""
    try:
        text = _text(line, number)
        if not text.strip():
            return None
        value = _parsed(text, number)
    except InputError as error:
        return _line({"id": None, "line": number, "error": error.report.to_json()})
    head = {"id": value.get("id") if isinstance(value, Mapping) else None}
    try:
        return _line({**head, **found(value)})
    except FreeIndexError as error:
        return _line({**head, "error": error.report.to_json()})
    except Exception as error:
        # One case must not end a batch of thousands; the answer says it is a fault of the program.
        report = Report("internal", f"internal: {type(error).__name__}: {error}")
        return _line({**head, "error": report.to_json()})


def _derivation(value: Any) -> dict[str, Any]:
    case = case_from(value)
    found = [derived.to_json() for derived in derive_all(**arguments(case))]
    return {"derivation": found if case.several else found[0]}


def arguments(case: Case) -> dict[str, Any]:
    """The arguments with which a case is derived."""
    return {
        "expr": case.expr,
        "wrts": case.wrt,
        "methods": None if case.method is None else (case.method,),
        "symbols": case.symbols,
        "strict": case.symbols is not None,
        "kind": case.kind,
        "order": case.order,
        "layout": case.layout,
        "symmetric": case.symmetric,
    }


def case_from(value: Any) -> Case:
    """A case from its JSON; keys that are not known are ignored. Raises InputError."""
    if not isinstance(value, Mapping):
        _refuse("a case is a JSON object", "file", hint='{"id": "c1", "expr": "W*X", "wrt": "W"}')
    symbols = value.get("symbols")
    if symbols is not None and not isinstance(symbols, Mapping):
        _refuse('"symbols" must be an object', "let", hint='{"W": {"shape": ["m","n"]}}')
    order = value.get("order")
    order = 1 if order is None else order
    if isinstance(order, bool) or order not in (1, 2):
        _refuse('"order" must be 1 or 2', "file")
    return Case(
        id=value.get("id"),
        expr=_required(value, "expr", "expr"),
        wrt=names(_required(value, "wrt", "wrt")),
        method=_word(value, "method", (*METHOD_NAMED, ALL)),
        symbols=symbols,
        kind=_word(value, "kind", KINDS),
        order=int(order),
        layout=_word(value, "layout", LAYOUTS) or "numerator",
        symmetric=_word(value, "symmetric", SYMMETRIC) or "free",
    )


def names(text: str) -> tuple[str, ...]:
    """`W,b` as names, none twice. Raises InputError (in: wrt)."""
    found = tuple(name.strip() for name in text.split(","))
    for position, name in enumerate(found):
        if not name:
            _refuse("a name is missing beside a comma" if text.strip() else "the variable is missing", "wrt")
        if name in found[:position]:
            _refuse(f"{name} is named twice", "wrt")
    return found


def _required(value: Mapping[str, Any], key: str, where: Where) -> str:
    if key not in value:
        _refuse(f'"{key}" is missing', where)
    if not isinstance(value[key], str):
        _refuse(f'"{key}" must be a text', where)
    return str(value[key])


def _word(value: Mapping[str, Any], key: str, known: tuple[str, ...] = ()) -> str | None:
    """A text, one of `known` where there are any; the fault is the file's, not the expression's."""
    word = value.get(key)
    if word is not None and not isinstance(word, str):
        _refuse(f'"{key}" must be a text', "file")
    if word is not None and known and word not in known:
        close = nearest(word, known)
        hint = f"did you mean {close}?" if close else f"known: {', '.join(known)}"
        raise input_error("unsupported", f"there is no {key} called {word}", where="file", hint=hint)
    return word


def _text(line: bytes, number: int) -> str:
    if len(line) > LINE_LIMIT:
        raise input_error("too_large", f"line {number} is longer than {LINE_LIMIT} bytes", where="file")
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise input_error("syntax", f"line {number} is not UTF-8 text", where="file") from None


def _parsed(text: str, number: int) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message = f"line {number} is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise input_error("syntax", message, where="file", start=error.pos, end=error.pos + 1) from None
    except RecursionError:
        raise input_error("too_large", f"line {number} is nested too deeply", where="file") from None
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise input_error("syntax", f"line {number}: {error}", where="file") from None


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _refuse(message: str, where: Where, hint: str | None = None) -> NoReturn:
    raise input_error("syntax", message, where=where, hint=hint)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
