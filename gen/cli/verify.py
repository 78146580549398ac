"""`freeindex verify`: is an answer right, and if not, which mistake is it; one, or a whole class."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from gen.build.output import write
from gen.cli import batch
from gen.cli.arguments import Parser, positive
from gen.cli.declared import declarations
from gen.cli.screen import json_text, say
from gen.errors import input_error
from gen.problems.verdict import Asked, judged
from gen.project.answer_case import FEEDBACK_COLUMNS, Feedback, table_feedback, verdict_line

EXAMPLE = 'freeindex verify "tr(A*X*B)" --wrt X --answer "A^T B^T"'


def configure(parser: Parser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("expr", metavar="EXPR", nargs="?", help="the expression")
    parser.add_argument("--wrt", metavar="NAME", help="the variable")
    parser.add_argument("--answer", metavar="ANSWER", help="the answer to verify, as people type it")
    parser.add_argument(
        "--let", metavar='"W: m x n"', action="append", default=[], help="a declaration; may be repeated"
    )
    parser.add_argument("--kind", metavar="KIND", help="the kind of answer, such as vecjac or hessian")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="answers, one a line: cases as JSON, or with EXPR and --wrt a table with columns id and answer",
    )
    parser.add_argument("-o", dest="output", metavar="FILE", help="where to write, instead of printing")
    parser.add_argument("-j", dest="jobs", metavar="N", type=positive, default=1, help="processes for --from")


def run(options: Namespace) -> int:
    """Judge and print, or write. The status is 0 whatever the verdict. Raises FreeIndexError."""
    if options.source is not None:
        return _several(options)
    if options.answer is None:
        raise input_error("syntax", "--answer is missing", where="answer", hint=EXAMPLE)
    verdict = judged(_asked(options), options.answer)
    text = json_text(verdict.to_json()) if options.format == "json" else verdict.message
    if options.output is not None:
        write(Path(options.output), f"{text}\n".encode())
    else:
        say(text)
    return 0


def _asked(options: Namespace) -> Asked:
    if options.expr is None:
        raise input_error("syntax", "the expression is missing", hint=EXAMPLE)
    if options.wrt is None:
        raise input_error("syntax", "--wrt is missing", where="wrt", hint=EXAMPLE)
    symbols = declarations(options.let)
    return Asked(options.expr, options.wrt.strip(), symbols, options.kind)


def _several(options: Namespace) -> int:
    if options.answer is not None:
        raise input_error("syntax", "--from takes the answers from the file: leave --answer out")
    if options.expr is None and options.wrt is None:
        return batch.run(options.source, options.output, options.jobs, verdict_line)
    asked = _asked(options)
    with batch.opened(options.source) as stream:
        data = stream.read()
    rows = table_feedback(data, options.source, asked)
    lines = (json_text(r.to_json()) for r in rows) if options.format == "json" else _table(rows)
    batch.print_lines(lines, options.output)
    return 0


def _table(rows: Iterator[Feedback]) -> Iterator[str]:
    """The feedback as lines of a table, with a header."""
    yield _csv_line(FEEDBACK_COLUMNS)
    for row in rows:
        yield _csv_line(row.cells())


def _csv_line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()
