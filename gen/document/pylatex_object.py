"""A derivation as an object of PyLaTeX, to be appended to somebody's own document."""

from __future__ import annotations

from pylatex import Alignat, NoEscape

from gen.derivation.result import Derivation
from gen.document.aligned import rows


def pylatex_object(derivation: Derivation, *, marks: bool = False) -> Alignat:
    """The aligned lines as an unnumbered `Alignat`, which brings amsmath to the document it is appended to.

    With `marks` what changed in a line is underlined.
    """
    made = Alignat(aligns=2, numbering=False, escape=False)
    made.append(NoEscape(" \\\\\n".join(rows(derivation, marks=marks))))
    return made
