"""The commands: one record each, in the order of the help."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from typing import Protocol

from gen.cli.arguments import Parser


class Module(Protocol):
    """What the module of a command has."""

    @staticmethod
    def configure(parser: Parser) -> None:
        """Add the command's arguments."""

    @staticmethod
    def run(options: Namespace) -> int:
        """Do it, and give the exit status. Raises FreeIndexError."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Its module is loaded by name, so that each loads only what it needs and starts fast."""

    name: str
    help: str
    module: str


COMMANDS = (
    Command("derive", "derive an expression step by step", "gen.cli.derive"),
    Command("verify", "say whether an answer is right, and if not, which mistake it is", "gen.cli.verify"),
    Command("build", "make worksheet, solutions, slides and notes of a sheet", "gen.cli.build"),
    Command("notes", "make lecture notes: one PDF, pages, notebooks", "gen.cli.notes"),
    Command("check", "find what is wrong with a sheet or with notes, without TeX", "gen.cli.check"),
    Command("reference", "print all functions and rules as a PDF and as a page", "gen.cli.reference"),
    Command("families", "list what problems can be generated", "gen.cli.families"),
    Command("new", "write a sheet of some topic to begin with", "gen.cli.new"),
    Command("init", "make a small working project", "gen.cli.init"),
    Command("doctor", "tell which TeX engines and parts are here", "gen.cli.doctor"),
)
