"""`freeindex init DIR`: a small working project."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.build.output import prepare, write_text
from gen.cli.arguments import Parser
from gen.cli.screen import say
from gen.errors import input_error
from gen.project.example import example


def configure(parser: Parser) -> None:
    """The arguments of `init`."""
    parser.add_argument("folder", metavar="DIR", help="a folder that is empty or not there yet")


def run(options: Namespace) -> int:
    """Write the project. Raises InputError for a folder in use, BuildError when it cannot write."""
    folder = Path(options.folder)
    if folder.is_dir() and any(folder.iterdir()):
        hint = "name a folder that is empty or not there yet"
        raise input_error("syntax", f"the folder {folder} is not empty", where="file", hint=hint)
    prepare(folder)
    files = example(folder.resolve().name)
    for name, text in files:
        write_text(folder / name, text)
    say("\n".join(str(folder / name) for name, _ in files))
    say(f"next: freeindex build {folder / 'sheet.toml'} -o output")
    say(f"and: freeindex notes {folder / 'notes'} -o output")
    return 0
