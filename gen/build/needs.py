"""What a document needs of a TeX installation, and what to install where it is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Debian's package for a LaTeX class or package; what is not listed is most likely in texlive-latex-extra.
_DEBIAN: tuple[tuple[str, str], ...] = (
    ("texlive-latex-base", "article report amsmath amssymb amsfonts amsthm bm fontenc inputenc array"),
    ("texlive-latex-base", "longtable tabularx geometry graphicx color url hyperref calc fancyhdr"),
    ("texlive-latex-recommended", "beamer microtype booktabs mathtools xcolor caption fontspec float"),
    ("texlive-latex-recommended", "unicode-math multirow colortbl etoolbox setspace ragged2e parskip"),
    ("texlive-pictures", "tikz pgf pgfplots"),
    ("texlive-science", "siunitx physics algorithm2e"),
    ("texlive-luatex", "luacode luatexbase luaotfload"),
    ("lmodern", "lmodern"),
)


@dataclass(frozen=True, slots=True)
class Needs:
    """A document class, packages and TikZ libraries, by the names LaTeX knows them by.

    `files` are further files by their whole names, such as `beamer.cls`.
    """

    documentclass: str = "article"
    packages: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def parts(self) -> tuple[Part, ...]:
        """Every part with the files one of which must be there."""
        return (
            Part(self.documentclass, "class", (f"{self.documentclass}.cls",)),
            *(Part(name, "package", (f"{name}.sty",)) for name in self.packages),
            *(
                Part(name, "TikZ library", (f"tikzlibrary{name}.code.tex", f"pgflibrary{name}.code.tex"))
                for name in self.libraries
            ),
            *(Part(*_named_after(file), (file,)) for file in self.files),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One class, package or library; any one of `files` will do."""

    name: str
    kind: str
    files: tuple[str, ...]

    @property
    def debian(self) -> str:
        """The Debian package that has it."""
        if self.kind == "TikZ library":
            return "texlive-pictures"
        known = (package for package, names in _DEBIAN if self.name in names.split())
        return next(known, "texlive-latex-extra")


def _named_after(file: str) -> tuple[str, str]:
    """The name and the kind of a part that is known by its file."""
    name, _, ending = file.rpartition(".")
    kind = {"cls": "class", "sty": "package"}.get(ending, "file")
    return (file if kind == "file" else name), kind


def to_install(parts: Iterable[Part]) -> str:
    """What to install for all of `parts`, in words; empty when there are none."""
    packages = sorted({part.debian for part in parts})
    return f"install {' '.join(packages)} (names of Debian)" if packages else ""


def named(parts: Iterable[Part]) -> str:
    """The parts by name, each kind said once: `class beamer, packages booktabs, soul`."""
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part.kind, []).append(part.name)
    plural = {"class": "classes", "package": "packages", "TikZ library": "TikZ libraries", "file": "files"}
    return ", ".join(
        f"{kind if len(names) == 1 else plural[kind]} {', '.join(names)}" for kind, names in groups.items()
    )
