"""What a document that LuaLaTeX sets is told of its letters: which font files each script is set in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from gen.document.scripts import Script
from gen.document.tex import Tex

# Paths that mean nothing else to TeX or to Lua.
_SAFE = re.compile(r"(?:[A-Za-z0-9._+,=@/:-]| (?! ))+")
_FILE = re.compile(r'\[(/?[^\]\n"]+)\](?:\((\d+)\))?:mode=harf')


@dataclass(frozen=True, slots=True)
class Face:
    """A font: the path of its file with slashes, and its place in a file of several."""

    file: str
    index: int = 0

    @property
    def is_nameable(self) -> bool:
        """Whether its path can stand in a document."""
        return _SAFE.fullmatch(self.file) is not None


@dataclass(frozen=True, slots=True)
class Writing:
    """The fonts of a script: the first has most letters, those after it the rest; `bold` is for headings.

    A script that needs no font has none.
    """

    script: Script
    faces: tuple[Face, ...] = ()
    bold: tuple[Face, ...] = ()

    @property
    def macro(self) -> Tex:
        """The command that sets a run of it."""
        return Tex(r"\WrittenWide" if self.script.wide else r"\WrittenPlain")

    @property
    def weights(self) -> tuple[tuple[Tex, Tex, Tex, Tex], ...]:
        """For each weight there is: its name in NFSS, the family, the first font, the list of the others."""
        family = self.family
        rows = (("m", self.faces), ("bx", self.bold))
        return tuple(
            (
                Tex(series),
                Tex(f"{family}-{series}"),
                _request(faces[0], self.script, f"{family}-{series}" if faces[1:] else ""),
                Tex(",".join(f"'{_request(face, self.script)}'" for face in faces[1:])),
            )
            for series, faces in rows
            if faces
        )

    @property
    def family(self) -> Tex:
        """A name that stands for these fonts and no others, so that it may be given twice."""
        said = "\n".join(f"{face.file} {face.index}" for face in (*self.faces, *self.bold))
        return Tex(f"{self.script.name}-{hashlib.sha256(said.encode()).hexdigest()[:12]}")


def faces_in(tex: str) -> tuple[Face, ...]:
    """The font files that a rendered document names, each once."""
    return tuple(dict.fromkeys(Face(file, int(index or 0)) for file, index in _FILE.findall(tex)))


def says_its_fonts(tex: str) -> bool:
    """Whether a rendered document with letters that the usual fonts lack says what they are set in."""
    return r"\def\Written#" in tex or r"\Written{" not in tex


def _request(face: Face, script: Script, others: str = "") -> Tex:
    r"""A font as luaotfload is asked for it; HarfBuzz shapes it."""
    index = f"({face.index})" if face.index else ""
    tag = f";script={script.tag.strip()}" if script.tag else ""
    more = f";fallback={others}" if others else ""
    return Tex(f"[{face.file}]{index}:mode=harf{tag}{more}")
