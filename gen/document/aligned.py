r"""A derivation as one display of aligned lines, for anybody's LaTeX document.

Nothing but amsmath is needed: no macro and no colour of this project's own pages.
"""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.record import Display, Line, Reason
from gen.derivation.result import Derivation, reason_pieces
from gen.document.extent import width
from gen.document.tex import Tex, escape, fixed
from gen.document.words import words_of
from gen.language.latex import LATEX, latex, shape_tex
from gen.language.notation import Path
from gen.language.writer import write

UNDERLINED = replace(LATEX, mark=lambda text: rf"\underline{{{text}}}")
ANSWER = fixed(words_of("en")["the_answer"] + " ")
ROOM = 17.0  # ems that a line may take where its reason stands beside it


def aligned(derivation: Derivation, *, marks: bool = False) -> str:
    """The derivation as an `align*`: lines, their reasons beside them, the answer last.

    With `marks` what changed in a line is underlined.
    """
    body = " \\\\\n".join(rows(derivation, marks=marks))
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"


def rows(derivation: Derivation, *, marks: bool = False) -> tuple[str, ...]:
    """The rows of the display, in two pairs of columns: relation and line, and the reason.

    Where some line is long, the reasons stand below their lines.
    """
    steps = derivation.steps
    lines = [("", _line(steps[0].before), "")] if steps else []
    for step in steps:
        places = frozenset(step.marks) if marks else frozenset[Path]()
        lines.append(("={}", _line(step.after, places), _words(step.because)))
    if derivation.answer is not None:
        words = f"{ANSWER}${shape_tex(derivation.answer.shape)}$"
        lines.append((r"\Rightarrow{}", latex(derivation.answer.line), words))
    below = any(width(Tex(line)) > ROOM for _, line, _ in lines)
    return tuple(f"{sign}& {line}" + _reason(words, below) for sign, line, words in lines)


def _line(line: Line, marks: frozenset[Path] = frozenset()) -> str:
    return line.latex if isinstance(line, Display) else write(line, UNDERLINED, marks)


def _words(reason: Reason) -> str:
    return "".join(f"${text}$" if maths else _literal(text) for maths, text in reason_pieces(reason))


def _literal(text: str) -> str:
    """Words as LaTeX; blanks at the ends, which stand beside a formula, are kept."""
    before, after = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return before + escape(text) + (after if text.strip() else "")


def _reason(words: str, below: bool) -> str:
    if not words:
        return ""
    place, room = (r" \\" + "\n& ", "0.75") if below else (" &&", "0.4")
    return rf"{place}\quad \parbox[t]{{{room}\linewidth}}{{\raggedright\small {words}}}"
