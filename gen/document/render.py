"""From a document and a format to the source of one self-contained TeX file."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, Undefined

from gen.document.blocks import Document
from gen.document.filters import FILTERS
from gen.document.folder import template_folder
from gen.document.format import Format
from gen.document.latex import Needed, preamble_of
from gen.document.parts import libraries_of, packages_of
from gen.document.tex import Tex, escape, joined, unprintable
from gen.document.tokens import definitions, tokens
from gen.document.words import words_of
from gen.document.writing import Writing


@dataclass(frozen=True, slots=True)
class Fonts:
    """The packages with which an engine gets Latin Modern and reads UTF-8."""

    engine: str
    packages: tuple[Needed, ...]


FONTS = (
    Fonts(
        "pdflatex",
        (Needed("inputenc", ("utf8",)), Needed("fontenc", ("T1",)), Needed("textcomp"), Needed("lmodern")),
    ),
    # Latin Modern for the mathematics too: Computer Modern has no letters between its fixed sizes.
    Fonts("lualatex", (Needed("lmodern"),)),
)


def render(
    document: Document,
    chosen: Format,
    engine_name: str,
    writings: tuple[Writing, ...] | None = None,
) -> str:
    """The TeX source of `document` in the format `chosen`, for the engine of that name.

    `writings` say what the letters are set in that the usual fonts lack. It needs no file but itself and
    these fonts; its first line names the engine, and a line `%%<problem N>` stands before what belongs to
    problem N.
    """
    view = chosen.view(document)
    fonts = next((known.packages for known in FONTS if known.engine == engine_name), ())
    shown = tokens(view.medium, view.document.theme)
    libraries = joined((Tex(rf"\usetikzlibrary{{{name}}}") for name in libraries_of(view.document)), "\n")
    source = (
        tex_environment()
        .get_template(chosen.template)
        .render(
            view=view,
            words=words_of(view.document.language),
            document=view.document,
            engine=engine_name,
            writings=writings,
            packages=_preamble((*fonts, *chosen.packages, *packages_of(view.document))),
            libraries=libraries,
            definitions=definitions(shown),
        )
    )
    return source.rstrip() + "\n"


def unprintable_in(document: Document) -> tuple[str, ...]:
    """The characters of all plain text in `document` that can be seen in no font, each once."""
    return tuple(dict.fromkeys(char for text in _texts(document) for char in unprintable(text)))


def finalize(value: object) -> str:
    """What a template prints, wherever it does: marked LaTeX as it is, text and numbers literally.

    A missing value raises UndefinedError, anything else TypeError: faults of the template.
    """
    if isinstance(value, Tex):
        return value
    if isinstance(value, str | int):
        return escape(str(value))
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Undefined):
        str(value)  # raises UndefinedError, which names what is missing
    raise TypeError(f"a template prints {type(value).__name__}, which is neither text nor LaTeX")


@cache
def _preamble(packages: tuple[Needed, ...]) -> Tex:
    """The packages of all documents of a kind are the same."""
    return Tex(preamble_of(packages))


class _Environment(Environment):
    """Templates do not change while the program runs: each is looked up once, by its name alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """As Jinja does it, but without its cache, which is asked for a dozen pieces of each document."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent)
        return found


@cache
def tex_environment() -> Environment:
    """What sets TeX: text is escaped, marked LaTeX passes, and of functions only our filters are known."""
    made = _Environment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # that is for HTML; `finalize` escapes for TeX
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=finalize,
        loader=FileSystemLoader(template_folder()),
    )
    made.globals.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Tex):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if not field.metadata.get("printed", True):
                continue
            yield from _texts(getattr(value, field.name))
