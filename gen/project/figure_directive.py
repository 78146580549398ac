"""`{figure}`: a picture made of data, or one from a file beside the chapters; its body is the caption."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from gen.derivation.derive import LAYOUTS
from gen.document.figure_request import OptionError
from gen.document.figures import FIGURES, FigureRequest
from gen.document.inline import plain
from gen.document.note_blocks import Figure, NoteBlock, Picture
from gen.errors import FreeIndexError, InputError, Report, nearest
from gen.project import kinds
from gen.project.chapter_text import ChapterText
from gen.project.directive import Branch, Directive, DirectiveKind, Making
from gen.project.directive_question import declarations_of
from gen.project.keys import Key
from gen.project.let import located_in
from gen.project.located import located
from gen.project.notes_file import NotesFile
from gen.project.option_kinds import LABEL, LET, SIZES, counted
from gen.project.picture_file import is_picture
from gen.project.written_task import declared_text

ENDINGS = (".png", ".jpg", ".jpeg")
LARGEST = 10_000_000
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def _parted(argument: str) -> tuple[str, str]:
    """The kind and what stands behind it."""
    name, _, rest = argument.partition(" ")
    return name, rest.strip()


def _figure(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    name, rest = _parted(directive.argument)
    caption = making.caption(branch)
    if name.lower().endswith(ENDINGS):
        words = directive.values["alt"] or plain(caption)
        data = (making.notes.folder / name).read_bytes()
        return (Picture(branch.anchor, branch.number, name, data, words, caption),)
    kind = next(known for known in FIGURES if known.name == name)
    declared = declarations_of(directive, making.text, making.notes)
    values = directive.values
    used = set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", f"{rest} {values['of']} {values['wrt']}"))
    symbols = {one.name: declared_text(one) for one in declared if one.name in used}
    asked = FigureRequest(
        rest,
        values["of"],
        values["wrt"],
        symbols,
        dict(values["sizes"]),
        making.notes.language,
        making.notes.notation.style,
        making.notes.notation.letters,
        layout=values["layout"] or making.notes.notation.layout,
        product=values["product"],
    )
    try:
        drawing, low = kind.make(asked), kind.make(replace(asked, low=True))
    except FreeIndexError as error:
        raise InputError(_located(directive, making.text, rest, error)) from None
    return (Figure(branch.anchor, branch.number, drawing, caption, None if low == drawing else low),)


def _located(directive: Directive, text: ChapterText, rest: str, error: FreeIndexError) -> Report:
    """The error at the option that it is about, else at the expression."""
    report = error.report
    where = {"wrt": "wrt", "let": "let"}.get(report.where, "of")
    if report.where == "file" and report.start is None and directive.option("sizes") is not None:
        where = "sizes"
    if isinstance(error, OptionError) and directive.option(error.option) is not None:
        return text.fault(*directive.span(error.option), report.message, hint=report.hint, code=report.code)
    option = directive.option(where)
    if option is not None and where == "let":
        return located_in(option.value, option.value_start, text, report)
    if option is not None:
        return located(text, option.value_start, option.value, report)
    piece = rest or directive.argument
    start = directive.argument_start + len(directive.argument) - len(piece)
    return located(text, start, piece, report)


def _known(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    """A kind that there is, with options that it takes; or a picture that is there."""
    name, _ = _parted(directive.argument)
    start, end = directive.argument_start, directive.argument_start + len(name)
    if not name:
        return ()
    if "." in name:
        return _picture(directive, text, notes.folder, name)
    known = {kind.name: kind for kind in FIGURES}
    if name not in known:
        close = nearest(name, known)
        hint = f"did you mean {close}?" if close else f"there are {', '.join(known)}, or a file .png, .jpg"
        return (text.fault(start, end, f"there is no figure {name!r}", hint=hint),)
    faults: list[Report] = []
    for option in directive.given:
        if option.name not in (*known[name].options, "label", "alt", "let"):
            hint = "it takes " + ", ".join(known[name].options)
            message = f"{name} has no option {option.name}"
            faults.append(text.fault(option.start, option.start + len(option.name), message, hint=hint))
    return tuple(faults)


def _picture(directive: Directive, text: ChapterText, folder: Path, name: str) -> tuple[Report, ...]:
    start, end = directive.argument_start, directive.argument_start + len(name)
    if not name.lower().endswith(ENDINGS) or not _FILE.fullmatch(name):
        hint = "pictures lie beside the chapters and end in " + ", ".join(ENDINGS)
        return (text.fault(start, end, f"{name!r} is no picture", hint=hint),)
    file = folder / name
    if not file.is_file():
        hint = "pictures lie beside the chapters"
        return (text.fault(start, end, f"there is no picture {name}", hint=hint),)
    if file.stat().st_size > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB"
        return (text.fault(start, end, message, code="too_large"),)
    if not is_picture(name, file.read_bytes()):
        sort = "PNG" if name.lower().endswith(".png") else "JPEG"
        return (text.fault(start, end, f"{name} is no {sort}, or it is damaged", hint="save it anew"),)
    if not directive.values["alt"] and not directive.body.strip():
        hint = ":alt: what it shows"
        return (text.fault(start, end, "a picture needs words for those who do not see it", hint=hint),)
    return ()


FIGURE = DirectiveKind(
    "figure",
    "a figure with its caption",
    "must",
    "a kind of figure, or a picture such as photo.png",
    (
        Key("of", kinds.FILLED, "the expression", default=""),
        Key("wrt", kinds.FILLED, "the variable, or several with commas between them", default=""),
        LET,
        SIZES,
        Key("layout", kinds.choice(*LAYOUTS), "the layout of what is flattened"),
        Key("product", counted(kinds.whole(1, 99)), "which Kronecker product is drawn", default=1),
        Key("alt", kinds.FILLED, "what a picture shows, for those who do not see it", default=""),
        LABEL,
    ),
    "blocks",
    _figure,
    "figure",
    _known,
)
