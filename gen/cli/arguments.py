"""Reading the command line: `argparse`, with our errors and with expressions that begin with a minus."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from gen.errors import Where, input_error, nearest

# No argument of a program can hold it, so it marks the words that are no options.
_MARK = "\0"
# Of two minus signs in front only words of small letters are options: `--X*W` is an expression.
_LONG = re.compile(r"--([a-z][a-z-]+(=.*)?)?", re.DOTALL)
_SHORT_WITH_VALUE = re.compile(r"-[oj][^*+/.^'()\-]*")
# What argparse says of a word that is none of the choices; its punctuation differs between versions.
_CHOICE = re.compile(r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)")
_WORD = re.compile(r"[\w.-]+")
_PLACES: tuple[tuple[str, Where], ...] = (
    ("--wrt", "wrt"),
    ("--let", "let"),
    ("--answer", "answer"),
    ("SHEET", "file"),
    ("--from", "file"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises InputError instead of printing its usage and leaving."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **(settings | {"allow_abbrev": False}))

    def error(self, message: str) -> NoReturn:
        """Raise InputError with what argparse says, in one line."""
        where: Where = next((place for word, place in _PLACES if word in message), "expr")
        hint = f"{self.prog} --help"
        if found := _CHOICE.match(message):
            option, word, rest = found.groups()
            known = _WORD.findall(rest)
            message = f"{option} does not know {word}"
            close = nearest(word, known)
            hint = f"did you mean {close}?" if close else "known: " + ", ".join(known)
        raise input_error("syntax", message.replace(_MARK, ""), where=where, hint=hint)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The arguments in `words`; a word such as `-X*W` is an argument. Raises InputError."""
        options, rest = self.parse_known_args([_marked(word) for word in words])
        if rest:
            self._refuse(
                rest[0].removeprefix(_MARK), behind=words[words.index("--") :] if "--" in words else ()
            )
        for name, value in vars(options).items():
            setattr(options, name, _unmarked(value))
        return options

    def _refuse(self, word: str, behind: Sequence[str]) -> NoReturn:
        known = [option for action in self._actions for option in action.option_strings]
        if word in behind and word.partition("=")[0] in known:
            raise input_error(
                "syntax",
                f"{word} stands behind --, where nothing is read as an option",
                hint="options stand before --; an expression with a minus in front needs no --",
            )
        if not word.startswith("--"):
            raise input_error(
                "syntax",
                f"one argument too many: {word}",
                hint="put the whole expression in quotes; " + f"{self.prog} --help",
            )
        close = nearest(word.partition("=")[0], known)
        other = f"an expression that begins so is put in brackets: ({word}); {self.prog} --help"
        hint = f"did you mean {close}?" if close else other
        raise input_error("syntax", f"the option {word} is not known", hint=hint)


def _marked(word: str) -> str:
    plain = not word.startswith("-") or word in ("-", "-h") or _LONG.fullmatch(word)
    return word if plain or _SHORT_WITH_VALUE.fullmatch(word) else _MARK + word


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.removeprefix(_MARK)
    return [_unmarked(item) for item in value] if isinstance(value, list) else value


def positive(text: str) -> int:
    """A whole number from 1 to 1000, for `-j`."""
    text = text.removeprefix(_MARK)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1000")
    return int(text)


def whole(text: str) -> int:
    """A whole number from 0, for `--seed`."""
    text = text.removeprefix(_MARK)
    if not text.isascii() or not text.isdigit() or len(text) > 30:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number from 0")
    return int(text)
