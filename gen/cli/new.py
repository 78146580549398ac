"""`freeindex new sheet`: a sheet to begin with."""

from __future__ import annotations

import shlex
from argparse import SUPPRESS, Namespace
from pathlib import Path

from gen.build.output import write_text
from gen.cli.arguments import Parser, positive
from gen.cli.screen import say
from gen.errors import input_error
from gen.project.new_sheet import new_sheet


def configure(parser: Parser) -> None:
    """The arguments of `new`."""
    parser.add_argument("what", choices=("sheet",), help="what to write: a sheet")
    parser.add_argument("words", nargs="*", help=SUPPRESS)
    parser.add_argument("--topic", metavar="TOPIC", help="what it is about; freeindex families lists topics")
    parser.add_argument("--level", type=positive, metavar="1..5", help="how hard the problems are")
    parser.add_argument("--count", type=positive, metavar="N", default=4, help="how many problems (4)")
    parser.add_argument("-o", dest="output", metavar="FILE", default="sheet.toml", help="where (sheet.toml)")


def run(options: Namespace) -> int:
    """Write the sheet. Raises InputError for what there is not, or a file that is there already."""
    if options.words:
        topic = " ".join(options.words)
        hint = f"a topic is named by --topic {shlex.quote(topic)}"
        raise input_error("syntax", f"one argument too many: {options.words[0]}", where="file", hint=hint)
    if options.level is not None and options.level > 5:
        raise input_error("syntax", f"--level is {options.level}: there are levels 1 to 5", where="file")
    printed = options.output == "-"
    name = "sheet.toml" if printed else Path(options.output).name
    text = new_sheet(options.topic, options.level, options.count, name)
    file = Path(options.output)
    if not printed and file.exists():
        hint = "name another file with -o"
        raise input_error("syntax", f"{file}: there is such a file already", where="file", hint=hint)
    if printed:
        say(text.rstrip("\n"))
        return 0
    write_text(file, text)
    say(str(file))
    say(f"next: freeindex check {file}")
    return 0
