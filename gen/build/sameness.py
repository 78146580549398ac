"""Whether two machines make the same documents: the same program with the same packages, and the same TeX."""

from __future__ import annotations

from dataclasses import dataclass

from gen.build.engine import by_name, version
from gen.build.keys import program_key
from gen.version import VERSION


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes documents somewhere.

    `version` is that of the program; `program` a hash of its modules and templates, of Python and of the
    packages that decide what is printed; `engine` the name of the TeX engine, None where none is wanted;
    `tex` what the engine says of itself, None where it is not there.
    """

    version: str
    program: str
    engine: str | None = None
    tex: str | None = None

    def unlike(self, needed: Maker) -> str:
        """In words why this one may make other documents than the `needed` one; empty if it makes the same.

        >>> needed = Maker("0.1.0", "5f3c", "pdflatex", "pdfTeX 3.14 (TeX Live 2023)")
        >>> Maker("0.1.0", "5f3c", "pdflatex", "pdfTeX 3.14 (TeX Live 2025)").unlike(needed)
        'its pdflatex is pdfTeX 3.14 (TeX Live 2025), and here it is pdfTeX 3.14 (TeX Live 2023)'
        """
        if self.version != needed.version:
            return f"it has freeindex {self.version}, and here it is {needed.version}"
        if self.program != needed.program:
            return f"its freeindex {self.version}, its Python or a package they use is another than here"
        if self.tex != needed.tex:
            if self.tex is None:
                return f"it has no TeX engine {needed.engine}"
            return f"its {needed.engine} is {self.tex}, and here it is {needed.tex}"
        return ""


def maker(engine: str | None) -> Maker:
    """What makes documents here, with the engine of a name. Raises InputError for one that nobody has."""
    return Maker(VERSION, program_key(), engine, None if engine is None else version(by_name(engine)))
