"""Declarations of the command line: --let "W: m x n"."""

from __future__ import annotations

from gen.errors import input_error


def declared(text: str) -> tuple[str, str]:
    """`W: m x n` as name and shape. Raises InputError (in: let)."""
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
