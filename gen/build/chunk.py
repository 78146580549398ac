r"""What goes into one run of TeX: documents that have their preamble in common, cut into chunks.

A rendered document says with the line `%%<own>` where its preamble ends to be that of all others. What
comes after it is its own, and is read inside a group by `\ChunkDocument` of `templates/chunk.tex`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gen.document.folder import template_folder
from gen.document.writing import says_its_fonts

LEAST, MOST = 20, 64  # documents of a chunk
USUAL = 16  # so many more are taken before a chunk ends, on the average
_OWN, _BEGIN, _END = "\n%%<own>\n", "\n\\begin{document}\n", "\n\\end{document}\n"
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_NAMES = re.compile(r"\\(?:label|ref|pageref|eqref|autoref|nameref)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A document that can share a run: its code, the preamble it shares, its own text.

    `above` is the number of lines of the whole document before its own text.
    """

    code: str
    shared: str
    own: str
    above: int

    @property
    def refers(self) -> bool:
        """Whether it names places of itself, so that TeX has to run again."""
        return _NAMES.search(self.own) is not None


def part_of(tex: str, code: str) -> Part | None:
    r"""The part of a run that a rendered document makes; None for one that has to be typeset alone.

    Those are: documents without a code (nobody could say whose page is whose), those with letters that
    nothing here prints, and any that do not consist of a shared preamble, an own one, and one `document`
    environment that ends the file.
    """
    if not says_its_fonts(tex):
        return None
    if _CODE.fullmatch(code) is None or tex.count(_OWN) != 1 or tex.count(_BEGIN) != 1:
        return None
    if not tex.endswith(_END) or tex.count("\\end{document}") != 1:
        return None
    shared, rest = tex.split(_OWN)
    if _BEGIN not in rest:
        return None
    own = rest.removesuffix(_END).replace(_BEGIN, "\n\\ChunkOpen\n") + "\n"
    return Part(code, f"{shared}\n", own, shared.count("\n") + 2)


def chunks(codes: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Cut a row of documents into chunks, as places in the row; each holds a code once.

    Where a chunk ends is decided by the `names` in it (those of the students), not by what is made now or by
    how many processors there are: a student more moves the ends of one chunk or two, not of all that follow.
    """
    chunk: list[int] = []
    held: set[str] = set()
    for place, (code, name) in enumerate(zip(codes, names, strict=True)):
        if code in held:
            yield tuple(chunk)
            chunk, held = [], set()
        chunk.append(place)
        held.add(code)
        ends = hashlib.sha256(name.encode()).digest()[0] % USUAL == 0
        if len(chunk) >= MOST or (ends and len(chunk) >= LEAST):
            yield tuple(chunk)
            chunk, held = [], set()
    if chunk:
        yield tuple(chunk)


def file_of(place: int) -> str:
    """The file of the document at a place of the chunk, without its ending."""
    return f"part{place:03}"


def preamble(shared: str) -> str:
    """The preamble of a run: what its documents share, and the macros that keep them apart."""
    return shared + (template_folder() / "chunk.tex").read_text(encoding="utf-8")


def run_of(parts: Sequence[Part]) -> str:
    """What comes after the preamble: the documents, each read from its file."""
    lines = [rf"\ChunkDocument{{{part.code}}}{{{file_of(n)}}}" for n, part in enumerate(parts)]
    # What glyphs stand for is the one thing that a format does not keep.
    glyphs = (template_folder() / "glyphs.tex").read_text(encoding="utf-8").rstrip()
    return (
        "\n".join((glyphs, "\\begin{document}", "\\ChunkBegin", *lines, "\\ChunkClose"))
        + "\n\\end{document}\n"
    )


def parted(tex: str) -> tuple[str, str]:
    """The preamble that a rendered document shares with others, and the rest; "" where it shares none."""
    shared, mark, own = tex.partition(_OWN)
    return (shared + mark, own) if mark else ("", tex)
