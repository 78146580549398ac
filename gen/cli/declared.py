"""Declarations as `--let` gives them."""

from __future__ import annotations

from collections.abc import Iterable

from gen.errors import input_error


def declarations(texts: Iterable[str]) -> dict[str, str]:
    """Shapes by name from texts such as `W: m x n`.

    Raises InputError (in: let) for a text without a colon, and where a name is declared twice.
    """
    out: dict[str, str] = {}
    for text in texts:
        name, shape = _declared(text)
        if name in out:
            start = text.index(name)
            message = f"{name} is declared twice: as {out[name]} and as {shape}"
            raise input_error(
                "name_clash", message, where="let", source=text, start=start, end=start + len(name)
            )
        out[name] = shape
    return out


def _declared(text: str) -> tuple[str, str]:
    """`W: m x n` as name and shape."""
    name, colon, shape = text.partition(":")
    if not colon:
        raise input_error(
            "syntax",
            "a declaration needs a colon",
            where="let",
            source=text,
            start=len(text),
            hint='--let "W: m x n"',
        )
    return name.strip(), shape.strip()
