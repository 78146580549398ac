"""TeX that documents cannot hold, given to `typeset` itself; its loot goes into the PDF's information."""

from __future__ import annotations

from io import BytesIO

import pikepdf

NOTHING = "NOTHING"
_PAGE = (
    "\\documentclass{article}\n\\usepackage{lmodern}\n\\begin{document}\n"
    "\\catcode`\\$=12 \\catcode`\\~=12 \\catcode`\\#=12 \\catcode`\\_=12 \\catcode`\\%=12\n"
    "BODY\nx\n\\end{document}\n"
)
_LOOT = {
    "pdflatex": r"\pdfinfo{/Loot (\detokenize\expandafter{\loot})}",
    "lualatex": r"\pdfextension info{/Loot (\detokenize\expandafter{\loot})}",
}


def page(body: str) -> str:
    """One page with `body`, where names may hold `$`, `~`, `#`, `_` and `%`."""
    return _PAGE.replace("BODY", body)


def reading(names: tuple[str, ...], plain_name: str) -> str:
    r"""A page that reads the first line of each file with \openin."""
    takes = (
        rf"\openin\r={name} \ifeof\r \edef\loot{{\loot {NOTHING};}}\else \read\r to\line "
        r"\edef\loot{\loot\detokenize\expandafter{\line};}\fi \closein\r "
        for name in names
    )
    return page(r"\newread\r \def\loot{}" + "".join(takes) + _LOOT[plain_name])


def lua(*codes: str) -> str:
    """A page whose loot is what each piece of Lua returns, or the word for nothing, as where it fails."""
    functions = ", ".join("function() " + " ".join(code.split()) + " end" for code in codes)
    call = (
        f"for _, f in ipairs({{{functions}}}) do local fine, it = pcall(f) "
        f'tex.sprint(-2, tostring(fine and it or "{NOTHING}") .. ";") end'
    )
    return page(rf"\edef\loot{{\directlua{{{call}}}}}" + _LOOT["lualatex"])


def streams(plain_name: str, name: str) -> str:
    """A page that takes the file `name` into the PDF as an object."""
    obj = {"pdflatex": r"\pdfobj", "lualatex": r"\pdfextension obj"}[plain_name]
    return page(rf"\immediate{obj} stream file {{{name}}}")


def loot(pdf: bytes) -> tuple[str, ...]:
    """What the attack got hold of, piece by piece."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return tuple(piece.strip() for piece in str(document.docinfo["/Loot"]).split(";")[:-1])


def inflated(pdf: bytes) -> bytes:
    """All of the PDF, its streams decoded."""
    with pikepdf.open(BytesIO(pdf)) as document:
        parts = [found.read_bytes() for found in document.objects if isinstance(found, pikepdf.Stream)]
    return b"\n".join((pdf, *parts))
