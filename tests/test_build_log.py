"""The log reader on pieces of real logs of pdfTeX and LuaTeX."""

from __future__ import annotations

import pytest

from gen.build.log import FirstError, Overfull, read_log
from gen.build.marker import problem_at

BOXES = r"""
Overfull \hbox (120.0004pt too wide) detected at line 4
\OT1/cmr/m/n/10 aaaaaaaaaaaaaaaaaaaaaaaaaa
 []

Overfull \vbox (95.0pt too high) detected at line 5
 []

Overfull \hbox (0.5pt too wide) in paragraph at lines 6--8
[]
Overfull \hbox (7.25pt too wide) in alignment at lines 9--12
Overfull \vbox (3.0pt too high) has occurred while \output is active []
"""


def test_overfull_boxes_of_both_kinds() -> None:
    assert read_log(BOXES).overfull == (
        Overfull(120.0004, 4, "hbox"),
        Overfull(95.0, 5, "vbox"),
        Overfull(0.5, 6, "hbox"),
        Overfull(7.25, 9, "hbox"),
        Overfull(3.0, None, "vbox"),
    )


def test_undefined_references_once_each() -> None:
    log = """
LaTeX Warning: Reference `nix' on page 1 undefined on input line 4.

LaTeX Warning: Reference 'nix' on page 2 undefined on input line 9.

LaTeX Warning: Hyper reference `zzz' on page 1 undefined on input line 6.

LaTeX Warning: Citation `nax' on page 1 undefined on input line 4.

pdfTeX warning (dest): name{away} has been referenced but does not exist, replaced by a fixed one
warning  (pdf backend): unreferenced destination with name 'gone'
"""
    assert read_log(log).undefined == (
        "reference nix",
        "reference zzz",
        "citation nax",
        "destination away",
        "destination gone",
    )


def test_missing_characters_of_both_engines() -> None:
    log = """
Missing character: There is no ^^fa in font lmmi10!
Missing character: There is no 漢 (U+6F22) in font [lmroman10-regular]:+tlig;!
"""
    assert read_log(log).missing_characters == (
        "^^fa in font lmmi10",
        "漢 (U+6F22) in font [lmroman10-regular]:+tlig;",
    )


def test_warnings_are_joined_and_names_of_packages_are_not_warnings() -> None:
    log = """
Package: infwarerr 2019/12/03 v1.5 Providing info/warning/error messages (HO)

Package rerunfilecheck Warning: File `good.out' has changed.
(rerunfilecheck)                Rerun to get outlines right
(rerunfilecheck)                or use package `bookmark'.

LaTeX Font Warning: Some font shapes were not available, defaults substituted.
"""
    report = read_log(log)
    assert report.warnings == (
        "Package rerunfilecheck Warning: File `good.out' has changed. Rerun to get outlines right or use "
        "package `bookmark'.",
        "LaTeX Font Warning: Some font shapes were not available, defaults substituted.",
    )
    assert report.rerun


def test_a_quiet_log_asks_for_nothing() -> None:
    report = read_log("This is pdfTeX\n(./document.aux)\nOutput written on document.pdf (1 page).\n")
    assert report == read_log("")
    assert report.first_error is None
    assert not report.rerun


ERRORS = [
    (
        "./document.tex:4: Undefined control sequence.\nl.4 x \\foo\n           y \n",
        "undefined control sequence \\foo, line 4",
    ),
    (
        "./document.tex:6: Undefined control sequence.\n\\bar ->a \\foo \n            b\nl.6 \\bar\n\n",
        "undefined control sequence \\foo, line 6",
    ),
    (
        "\n! LaTeX Error: File `beamerfoo.sty' not found.\n\nType X to quit or <RETURN> to proceed,\n"
        "Enter file name: \n./document.tex:3: Emergency stop.\n<read *> \n",
        "file 'beamerfoo.sty' not found, line 3",
    ),
    (
        "./document.tex:4: LaTeX Error: Unicode character Δ (U+0394)\n"
        "               not set up for use with LaTeX.\n\nSee the LaTeX manual\n ...\n\nl.4 Δ\n       x\n",
        "Unicode character Δ (U+0394) not set up for use with LaTeX, line 4",
    ),
    (
        "./document.tex:9: Missing $ inserted.\n<inserted text> \n                $\nl.9 \\end{document}\n",
        "missing $ inserted, line 9",
    ),
    (
        "Runaway argument?\n{y text\n! File ended while scanning use of \\textbf .\n<inserted text> \n"
        "!  ==> Fatal error occurred, no output PDF file produced!\n",
        "file ended while scanning use of \\textbf",
    ),
    (
        "!pdfTeX error: /a folder/bin/pdflatex (file cmbx10.pfb): cannot open Type 1 font file for reading\n"
        " ==> Fatal error occurred, no output PDF file produced!\n",
        "(file cmbx10.pfb): cannot open Type 1 font file for reading",
    ),
    (
        "/x/texmf-dist/tex/latex/foo/foo.sty:12: Undefined control sequence.\nl.12 \\bad\n",
        "undefined control sequence \\bad (in foo.sty)",
    ),
    (
        "[\\directlua]:1: attempt to index a nil value (global 'foo')\nstack traceback:\n"
        "l.4 \\directlua{foo.bar()}\n"
        "./document.tex:4:  ==> Fatal error occurred, no output PDF file produced!\n",
        "attempt to index a nil value (global 'foo'), line 4",
    ),
    (
        "./document.tex:6: Package pgfkeys Error: I do not know the key '/tikz/foo', to which\n"
        "(pgfkeys)                you passed '3'.\n\nSee the pgfkeys package documentation\n",
        "pgfkeys: I do not know the key '/tikz/foo', to which you passed '3', line 6",
    ),
]


@pytest.mark.parametrize(("log", "words"), ERRORS)
def test_the_first_error_in_one_line(log: str, words: str) -> None:
    error = read_log(
        "(./document.tex\n" + log + "./document.tex:99: Undefined control sequence.\n"
    ).first_error
    assert error is not None
    if error.line == 99:  # an error without a place of its own takes the next one in this made-up log
        error = FirstError(None, error.message, error.context)
    assert str(error) == words


def test_problem_at_finds_the_nearest_marker_above() -> None:
    tex = "head\n%%<problem 1>\none\n  %%<problem 2a>\ntwo\nnot %%<problem 9>\n%%<problem>\ntail"
    assert [problem_at(tex, line) for line in range(1, 9)] == [None, "1", "1", "2a", "2a", "2a", None, None]
    assert problem_at(tex, None) is None
    assert problem_at(tex, 0) is None
    assert problem_at(tex, 10) is None
