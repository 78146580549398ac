"""With which engine and which fonts a document is set: pdfLaTeX where its fonts suffice, else LuaLaTeX.

The choice follows from the document alone and from what is on the machine, never from other documents of
its class: nobody's sheet changes because of somebody else's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from gen.build.engine import LUA, Engine, by_name, has, missing
from gen.build.font_files import Font, installed_fonts
from gen.build.needs import Needs, named
from gen.build.needs import to_install as parts_to_install
from gen.document.letters import written
from gen.document.scripts import Script
from gen.document.writing import Writing, says_its_fonts
from gen.errors import BuildError, build_error

BLANK_HINT = "write it in another way: as a formula, or in words"
_MISSING = re.compile(r'.*\((?:(?P<unicode>U\+)|")(?P<code>[0-9A-F]+)\) in font (?P<font>.*)', re.DOTALL)
Rendered: TypeAlias = Callable[[Engine, "tuple[Writing, ...] | None"], str]


@dataclass(frozen=True, slots=True)
class Lack:
    """Characters of a script that no font here has."""

    script: Script
    chars: str


@dataclass(frozen=True, slots=True)
class Lettering:
    """The engine that was chosen, and what LuaLaTeX would need to take its place; None: nothing takes it."""

    engine: Engine
    needs: Needs | None = None

    def set_by(self, render: Rendered) -> tuple[str, Engine]:
        """A document as TeX, and the engine that sets it.

        `render` gives its TeX for an engine; with fonts for its letters, or without (None). Where there is no
        engine or no font for them, it is the TeX for the chosen engine, which `refusal` refuses.
        """
        tex = render(self.engine, None)
        letters = written(tex)
        if not letters:
            return tex, self.engine
        setter = self._setter()
        if setter is None:
            return tex, self.engine
        writings, lacks = fonts_for(letters, installed_fonts())
        return (tex, self.engine) if lacks else (render(setter, writings), setter)

    def _setter(self) -> Engine | None:
        if self.engine.plain_name == LUA:
            return self.engine
        lua = by_name(LUA)
        program = lua.find()
        able = program is not None and self.needs is not None and _is_able(lua, program, self.needs)
        return lua if able else None


def lettering(chosen: Engine, asked: str | None, needs: Needs) -> Lettering:
    """For documents with these `needs`; nothing takes the place of an engine that was `asked` for by name."""
    return Lettering(chosen, needs if asked is None else None)


@lru_cache(maxsize=16)  # asked for every document of a class, and asking takes long
def _is_able(engine: Engine, program: Path, needs: Needs) -> bool:
    """Whether the engine that is `program` has all of `needs`."""
    return has(engine, needs)


def fonts_for(
    letters: Mapping[Script, str], fonts: Sequence[Font]
) -> tuple[tuple[Writing, ...], tuple[Lack, ...]]:
    """For letters by their script: what each script is set in, and what none of `fonts` has.

    The first font that has all letters of a script sets it: fonts of its families come first, in their order.
    Where none has all, the first that has some begins, and those that follow have the rest.
    """
    writings: list[Writing] = []
    lacks: list[Lack] = []
    for script, chars in letters.items():
        if not script.needs_font:
            writings.append(Writing(script))
            continue
        regular = _chain(script, chars, [font for font in fonts if not font.bold])
        rest = _rest(chars, regular)
        if rest:
            lacks.append(Lack(script, rest))
            continue
        family = regular[0].family
        heavy = _chain(script, chars, [font for font in fonts if font.bold and font.family == family])
        bold = () if _rest(chars, heavy) else tuple(font.face for font in heavy)
        writings.append(Writing(script, tuple(font.face for font in regular), bold))
    return tuple(writings), tuple(lacks)


def refusal(name: str, tex: str) -> BuildError | None:
    """Why a rendered document cannot be set, None where it can: no font, or no engine, for its letters."""
    if says_its_fonts(tex):
        return None
    letters = written(tex)
    found = obstacle(letters)
    if found is None:
        what = f"the engine that sets it lacks {_named(''.join(letters.values()))}"
        found = what, "leave --engine out: LuaLaTeX sets it, where it has all packages of the document"
    return build_error(f"{name}: {found[0]}", hint=found[1])


def obstacle(letters: Mapping[Script, str], needs: Needs | None = None) -> tuple[str, str] | None:
    """Why letters that pdfLaTeX lacks are not printed here, and what to install; None where they are.

    `needs` are those of the document they stand in.
    """
    if not letters:
        return None
    fonts = installed_fonts()
    lacks = fonts_for(letters, fonts)[1]
    lua = by_name(LUA)
    hints = [] if lua.find() is not None else [lua.install]
    if lacks:
        hints += [] if fonts else ["install fontconfig, which finds fonts"]
        hints += dict.fromkeys(to_install(lack.script) for lack in lacks)
        return f"no font here has {_named(''.join(lack.chars for lack in lacks))}", " and ".join(hints)
    what = f"the fonts of pdfLaTeX lack {_named(''.join(letters.values()))}"
    if hints:
        return f"{what}, and LuaLaTeX is not installed", hints[0]
    lacking = missing(lua, needs) if needs is not None else ()
    if lacking:
        return f"{what}, and LuaLaTeX lacks {named(lacking)}", parts_to_install(lacking)
    return None


def is_printed(script: Script, fonts: Sequence[Font]) -> bool:
    """Whether `fonts` have the usual letters of a script."""
    return not fonts_for({script: script.sample}, fonts)[1]


def blank(missing: str) -> str:
    """What a log says of a character that a font lacks (`X (U+0058) in font F`), in words of this program."""
    found = _MISSING.match(missing)
    if found is None:
        return f"a font lacks a character: {missing}"
    font = found["font"].rpartition("/")[2].partition("]")[0].lstrip("[")
    code = int(found["code"], 16)
    return f"the font {font} lacks {_named(chr(code)) if found['unicode'] else f'its character {code}'}"


def to_install(script: Script) -> str:
    """What to install for a script: the package of Debian, and fonts by their names."""
    families = " or ".join(script.families[:2])
    return f"install {script.debian} (names of Debian), or a font for {script.title} such as {families}"


def _chain(script: Script, chars: str, fonts: Sequence[Font]) -> list[Font]:
    """The fewest fonts in order of preference; not all of `chars` where these fonts do not have them."""
    places = {family: place for place, family in enumerate(script.families)}
    ordered = sorted(fonts, key=lambda font: places.get(font.family, len(places)))
    whole = next((font for font in ordered if len(font.among(chars)) == len(chars)), None)
    if whole is not None:
        return [whole]
    chain: list[Font] = []
    for font in ordered:
        if there := font.among(chars):
            chain.append(font)
            chars = "".join(char for char in chars if char not in there)
    return chain


def _rest(chars: str, chain: Sequence[Font]) -> str:
    """Those of `chars` that no font of the chain has."""
    for font in chain:
        there = font.among(chars)
        chars = "".join(char for char in chars if char not in there)
    return chars


def _named(chars: str) -> str:
    """The first character by code point and name, and how many more there are."""
    first = chars[0]
    name = unicodedata.name(first, "")
    more = f" and {len(chars) - 1} more" if len(chars) > 1 else ""
    return f"U+{ord(first):04X}{f' ({name})' if name else ''}{more}"
