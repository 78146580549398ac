"""`freeindex`: choose the command, run it, and turn every end into a line and an exit status."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import cast

from gen.build.shortage import shortage
from gen.cli.arguments import Parser
from gen.cli.collecting import seldom_collected
from gen.cli.command import COMMANDS, Module
from gen.cli.interrupted import TerminatedError
from gen.cli.screen import complain, use_utf8
from gen.errors import FreeIndexError, Report, input_error, nearest
from gen.version import VERSION

DEBUG = "FREEINDEX_DEBUG"
INTERRUPTED, TERMINATED = 130, 143


def main(words: Sequence[str] | None = None) -> int:
    """Run `freeindex WORDS` and give its exit status (docs/formats.md, section 1); never a traceback.

    With the environment variable FREEINDEX_DEBUG set, an unexpected error shows one.
    """
    words = sys.argv[1:] if words is None else list(words)
    use_utf8()
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        with seldom_collected():
            return _ended(words)
    finally:
        signal.signal(signal.SIGTERM, previous)


def _ended(words: Sequence[str]) -> int:
    as_json = _wants_json(words)
    try:
        status = _run(words)
        sys.stdout.flush()
        return status
    except SystemExit as ended:  # --help and --version, from argparse
        return ended.code if isinstance(ended.code, int) else 0
    except FreeIndexError as error:
        complain(error.report, as_json=as_json)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read has seen enough; Python must not complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt as stop:
        complain(Report("internal", ": ".join(("interrupted", *map(str, stop.args)))), as_json=False)
        return INTERRUPTED
    except TerminatedError as stop:
        complain(Report("internal", ": ".join(("terminated", *map(str, stop.args)))), as_json=False)
        return TERMINATED
    except Exception as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        complain(_unexpected(error), as_json=as_json and not isinstance(error, OSError))
        return 1


def _run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="freeindex",
        description="Derivatives of matrix expressions, step by step, every step checked by numbers.",
    )
    parser.add_argument("--version", action="version", version=f"freeindex {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    known = {command.name: command for command in COMMANDS}
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.help, add_help=False)
    if not words:
        raise input_error("syntax", "the command is missing", hint="freeindex --help")
    if words[0] == "-h" or words[0].startswith("--"):
        parser.read(words)
    chosen = known.get(words[0])
    if chosen is None:
        close = nearest(words[0], known)
        hint = f"did you mean {close}?" if close else "the commands are " + ", ".join(known)
        raise input_error("syntax", f"there is no command {words[0]}", hint=hint)
    module = cast(Module, import_module(chosen.module))
    own = Parser(prog=f"freeindex {chosen.name}", description=chosen.help)
    module.configure(own)
    return module.run(own.read(words[1:]))


def _wants_json(words: Sequence[str]) -> bool:
    """Known before the words are understood, since their own faults are told as JSON too."""
    pairs = zip(words, [*words, ""][1:], strict=True)
    return any(
        word in ("--from", "--format=json")
        or word.startswith("--from=")
        or (word == "--format" and value == "json")
        for word, value in pairs
    )


def _unexpected(error: Exception) -> Report:
    hint = shortage(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return Report("internal", f"{place}{error.strerror or error}", "file", hint=hint)
    if hint is not None:
        return Report("internal", str(error) or "out of memory", "file", hint=hint)
    message = f"internal: {type(error).__name__}: {error}"
    return Report(
        "internal", message, hint=f"this is a fault of freeindex; {DEBUG}=1 shows where it happened"
    )


def _terminate(number: int, frame: FrameType | None) -> None:
    raise TerminatedError
