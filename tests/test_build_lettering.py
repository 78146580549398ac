"""Which engine and which fonts a document gets; with a table of fonts, and with those of this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gen.build import font_cache, lettering
from gen.build.chunk import part_of
from gen.build.chunk_run import Piece, made_together
from gen.build.class_build import build_class
from gen.build.class_order import ClassOrder
from gen.build.documents import needs_of, rendered
from gen.build.engine import LUA, Engine, by_name, has
from gen.build.font_files import Font, fonts_in, installed_fonts
from gen.build.jobs import Request
from gen.build.lettering import Lettering, blank, fonts_for, is_printed, obstacle, refusal
from gen.build.means import Means
from gen.build.page_text import PageReader
from gen.build.sandbox import active
from gen.build.typeset import typeset
from gen.document.blocks import Document, ProblemBlock, Student
from gen.document.format import format_named
from gen.document.letters import spelled, written
from gen.document.qr import code_block
from gen.document.scripts import CHINESE, SCRIPTS, script_named
from gen.document.tex import Tex
from gen.document.writing import Face, says_its_fonts
from gen.errors import BuildError
from gen.project.seat import Laid, Seat
from tests.chunk_class import described, setting
from tests.pdf_unicode import unmapped

WORKSHEET = format_named("worksheet")
CYRILLIC = script_named("cyrillic")
LETTERS = ((0x20, 0x7E), (0x400, 0x4FF))


def font(family: str, *ranges: tuple[int, int], bold: bool = False) -> Font:
    file = f"/fonts/{family}{'-bold' if bold else ''}.otf"
    return Font(Face(file), family, bold, ranges)


def sheet(name: str, code: str = "AB01-X001") -> Document:
    problem = ProblemBlock(1, "A title", Tex("A question."))
    return Document("T", (problem,), student=Student(name, "s1"), code=code_block("s1", code))


@dataclass(frozen=True, slots=True)
class Named:
    """A recipe for students who are told apart by their names."""

    names: tuple[str, ...]

    def key(self) -> list[Any] | None:
        """Nothing of it is kept."""
        return None

    def layout(self) -> Callable[[Seat], Callable[[], Laid]]:
        """What lays out one student's sheet."""

        def laid(seat: Seat) -> Laid:
            number = int(seat.student[1:])
            return Laid(sheet(self.names[number], f"AB0{number}-X00{number}"), str)

        return lambda seat: partial(laid, seat)


def lua(needs: bool = True) -> Engine:
    """LuaLaTeX as if it were here, with all packages or with none."""
    have = (lambda program, names: frozenset(names)) if needs else (lambda program, names: frozenset[str]())
    return replace(by_name(LUA), find=lambda: Path("/usr/bin/lualatex"), files=have)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with LuaLaTeX and one font, which has Cyrillic letters."""
    monkeypatch.setattr(lettering, "by_name", lambda name: lua())
    monkeypatch.setattr(lettering, "installed_fonts", lambda: (font("FreeSerif", *LETTERS),))


def set_by(name: str, chosen: str = "tinytex", *, named: bool = False) -> tuple[str, str]:
    """The TeX of somebody's sheet, and the name of the engine that sets it."""
    document = sheet(name)
    letters = Lettering(by_name(chosen), None if named else needs_of(WORKSHEET, document))
    tex, engine = letters.set_by(partial(rendered, document, WORKSHEET))
    return tex, engine.name


def test_pdflatex_sets_what_its_fonts_have(here: None) -> None:
    tex, engine = set_by("Zoë Nguyễn σ")
    assert engine == "tinytex"
    assert written(tex) == {} and refusal("s", tex) is None


def test_lualatex_sets_the_rest_and_the_document_says_in_which_fonts(here: None) -> None:
    tex, engine = set_by("Иван")
    assert engine == LUA
    assert tex.startswith("% engine: lualatex\n")
    assert "[/fonts/FreeSerif.otf]:mode=harf;script=cyrl" in tex
    assert refusal("s", tex) is None
    assert part_of(tex, "AB01-X001") is not None


def test_the_choice_does_not_depend_on_other_students(here: None, tmp_path: Path) -> None:
    alone = [set_by(name) for name in ("Zoë", "Иван", "中", "Ada")]
    assert alone == [set_by(name) for name in ("Zoë", "Иван", "中", "Ada")][:4]
    assert [engine for _, engine in alone] == ["tinytex", LUA, "tinytex", "tinytex"]


def test_an_engine_that_was_named_is_kept_and_refuses(here: None) -> None:
    tex, engine = set_by("Иван", named=True)
    assert engine == "tinytex"
    refused = refusal("worksheet/s1", tex)
    assert refused is not None
    assert refused.report.message.startswith("worksheet/s1: the engine that sets it lacks U+0418 (CYRILLIC")
    assert refused.report.hint is not None and "--engine" in refused.report.hint
    with pytest.raises(BuildError, match=r"U\+0418"):
        typeset(tex, by_name("tinytex"), name="worksheet/s1")


def test_a_letter_that_no_font_has_is_refused_before_tex_runs_and_shares_no_run(here: None) -> None:
    tex, _ = set_by("Иван 中")
    assert not says_its_fonts(tex)
    assert part_of(tex, "AB01-X001") is None
    refused = refusal("s", tex)
    assert refused is not None
    assert refused.report.message == "s: no font here has U+4E2D (CJK UNIFIED IDEOGRAPH-4E2D)"
    assert refused.report.hint is not None and "fonts-noto-cjk" in refused.report.hint


def test_without_lualatex_it_is_what_to_install(here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "by_name", lambda name: replace(lua(), find=lambda: None))
    assert set_by("Иван")[1] == "tinytex"
    found = obstacle(written(spelled("Иван")))
    assert found is not None
    assert "LuaLaTeX is not installed" in found[0] and "texlive-luatex" in found[1]
    both = obstacle(written(spelled("中")))
    assert both is not None and "texlive-luatex" in both[1] and "fonts-noto-cjk" in both[1]


def test_lualatex_without_the_packages_is_told(here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "by_name", lambda name: lua(needs=False))
    found = obstacle(written(spelled("Иван")), needs_of(WORKSHEET, sheet("")))
    assert found is not None and "LuaLaTeX lacks" in found[0] and found[1].startswith("install ")


def test_letters_of_latin_modern_need_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    writings, lacks = fonts_for(written(spelled("Phương")), ())
    assert [writing.faces for writing in writings] == [()]
    assert lacks == ()


def test_fonts_of_a_script_come_first_and_others_help_out() -> None:
    stranger = font("A Stranger", (0x400, 0x4FF))
    usual, second = font("Noto Serif", (0x410, 0x44F)), font("DejaVu Serif", (0x400, 0x44F))
    chars = {CYRILLIC: "Ив"}
    (writing,), _ = fonts_for(chars, (stranger, second, usual))
    assert writing.faces == (usual.face,)
    # One that has all is better than two.
    (writing,), _ = fonts_for({CYRILLIC: "ИЁ"}, (stranger, second, usual))
    assert writing.faces == (second.face,)
    (writing,), _ = fonts_for({CYRILLIC: "ИЁѣ"}, (usual, second, font("X", (0x460, 0x4FF))))
    assert writing.faces == (usual.face, second.face, Face("/fonts/X.otf"))
    assert fonts_for({CYRILLIC: "Иӿ"}, (usual,))[1][0].chars == "ӿ"


def test_headings_get_the_bold_of_the_same_family_or_none() -> None:
    usual, bold = font("Noto Serif", (0x400, 0x4FF)), font("Noto Serif", (0x400, 0x4FF), bold=True)
    (writing,), _ = fonts_for({CYRILLIC: "И"}, (bold, usual))
    assert (writing.faces, writing.bold) == ((usual.face,), (bold.face,))
    (writing,), _ = fonts_for({CYRILLIC: "И"}, (font("FreeSerif", (0x400, 0x4FF)), bold))
    assert writing.bold == ()


def test_what_fontconfig_lists_is_read() -> None:
    listed = "\n".join(
        "\t".join(row)
        for row in (
            ("/f/a.otf", "0", "A", "80", "0", "100", "CFF", "20-7e 410 44f"),
            ("/f/b.ttc", "3", "B", "200", "0", "100", "TrueType", "4e00-9fff"),
            ("/f/italic.otf", "0", "A", "80", "100", "100", "CFF", "20"),
            ("/f/narrow.otf", "0", "A", "80", "0", "75", "CFF", "20"),
            ("/f/light.otf", "0", "A", "50", "0", "100", "CFF", "20"),
            ("/f/old.pfb", "0", "A", "80", "0", "100", "Type 1", "20"),
            ("/f/x{y}.otf", "0", "A", "80", "0", "100", "CFF", "20"),
            ("/f/half.otf", "0"),
        )
    )
    found = list(fonts_in(listed))
    assert [(f.face, f.bold) for f in found] == [(Face("/f/a.otf"), False), (Face("/f/b.ttc", 3), True)]
    assert found[0].ranges == ((0x20, 0x7E), (0x410, 0x410), (0x44F, 0x44F))
    assert found[0].among("aЖАя") == "aАя"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('\\xc8 ("C8) in font cmr10', "the font cmr10 lacks its character 200"),
        (
            ") (U+0029) in font [/usr/share/fonts/Hebrew.ttf]:mode=harf",
            "the font Hebrew.ttf lacks U+0029 (RIGHT PARENTHESIS)",
        ),
        ("^^fa in font lmmi10", "a font lacks a character: ^^fa in font lmmi10"),
    ],
)
def test_what_tex_says_of_a_blank_is_put_in_words(said: str, words: str) -> None:
    assert blank(said) == words


@pytest.mark.parametrize("engine", ["tinytex", "pdflatex", LUA])
def test_a_blank_is_an_error_with_every_engine(engine: str) -> None:
    if by_name(engine).find() is None:
        engine = "tinytex"
    lines = (
        r"\documentclass{article}\tracinglostchars=3",
        r"\begin{document}",
        "%%<problem 2>",
        r"a\font\x=cmr10 \x\char200",
        r"\end{document}",
    )
    tex = "\n".join(lines)
    with pytest.raises(BuildError) as caught:
        typeset(tex, by_name(engine), name="s")
    assert "the font cmr10 lacks" in caught.value.report.message


@pytest.mark.parametrize("known", ["worksheet", "solutions", "slides-plain", "notes"])
def test_every_format_asks_tex_to_take_a_blank_for_an_error(known: str) -> None:
    assert "\\tracinglostchars=3\n" in rendered(sheet("Ada"), format_named(known), by_name("tinytex"))


def test_a_document_is_granted_no_file_that_is_not_a_font_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = font("Known", (0x400, 0x4FF))
    monkeypatch.setattr(font_cache, "installed_fonts", lambda: (known,))
    monkeypatch.setattr(font_cache, "prepared_fonts", lambda engine, switch: None)
    tex = f'"[{known.face.file}]:mode=harf" "[/etc/passwd]:mode=harf" "[/fonts/Known.otf](4):mode=harf"'
    assert font_cache.fonts_for_run(lua(), (tex.encode(),), tmp_path) == ((), (Path(known.face.file),))
    assert font_cache.fonts_for_run(by_name("tinytex"), (tex.encode(),), tmp_path) == ((), ())


def able() -> bool:
    """Whether LuaLaTeX is here with all a worksheet needs."""
    return has(by_name(LUA), needs_of(WORKSHEET, sheet("")))


def test_every_script_that_is_printed_here_stands_on_the_page() -> None:
    scripts = [script for script in SCRIPTS if is_printed(script, installed_fonts())] if able() else []
    names = " ".join(script.sample for script in scripts) or "Zoë"
    problem = ProblemBlock(1, names[:60], "", parts=())
    document = Document(f"T {names[:40]}", (problem,), course=names[:30], opening=(names,))
    letters = Lettering(by_name("tinytex"), needs_of(format_named("notes"), document))
    tex, engine = letters.set_by(partial(rendered, document, format_named("notes")))
    assert engine.name == (LUA if scripts else "tinytex")
    done = typeset(tex, engine, name="s")
    assert (done.log.missing_characters, done.log.overfull, unmapped(done.pdf)) == ((), (), [])
    with pikepdf.open(BytesIO(done.pdf)) as opened:
        shown = "".join(PageReader().read(page)[0] for page in opened.pages)
    # A first letter may be one that a font puts together.
    assert [script.name for script in scripts if not set(script.sample[1:]) <= set(shown)] == []
    assert typeset(tex, engine, name="s").pdf == done.pdf


def test_documents_with_fonts_of_their_own_share_a_run() -> None:
    printed = [script for script in SCRIPTS if is_printed(script, installed_fonts())] if able() else []
    names = [script.sample for script in printed if script.name in ("latin", "cyrillic", "hebrew", "chinese")]
    pieces: list[Piece] = []
    for number, name in enumerate(names, 10):
        code = f"AB{number}-X0{number}"
        document = sheet(f"Ada {name}", code)
        letters = Lettering(by_name("tinytex"), needs_of(WORKSHEET, document))
        tex, engine = letters.set_by(partial(rendered, document, WORKSHEET))
        part = part_of(tex, code)
        assert part is not None
        pieces.append(Piece(Request(f"worksheet/{number}", tex, engine, Path(f"{number}.pdf"), code), part))
    assert len({piece.part.shared for piece in pieces}) <= 1
    for result in made_together(pieces, setting(LUA)):
        assert result.typeset is not None
        alone = typeset(result.request.tex, result.request.engine, name="alone")
        assert described(result.typeset.pdf)["texts"] == described(alone.pdf)["texts"]
        assert described(result.typeset.pdf)["outline"] == described(alone.pdf)["outline"]


def test_a_font_of_the_person_is_read_in_the_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = [f for f in installed_fonts() if f.among("ж") and not f.bold] if able() else []
    for found in candidates[:1]:
        own = tmp_path / "a folder" / Path(found.face.file).name
        own.parent.mkdir()
        shutil.copy(found.face.file, own)
        mine = replace(found, face=Face(str(own), found.face.index))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        for module in (lettering, font_cache):
            monkeypatch.setattr(module, "installed_fonts", lambda known=(mine,): known)
        tex, engine = set_by("жж")
        assert f"[{own}]" in tex
        assert typeset(tex, by_name(engine), name="s").pages == 1
        # Where it is no font of the machine, the same document may not read it.
        monkeypatch.setattr(font_cache, "installed_fonts", lambda: ())
        if active() is not None:
            with pytest.raises(BuildError):
                typeset(tex, by_name(engine), name="s")


def test_a_class_with_a_name_that_has_no_font_is_made_but_for_that_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tuple(f for f in installed_fonts() if not f.among("中"))
    monkeypatch.setattr(lettering, "installed_fonts", lambda: fonts)
    names = ("Ada", "王小明", "Phương" if able() else "Zoë", "Zoë")
    seats = tuple(Seat(f"s{n}", f"s{n}", f"s{n}", names[n]) for n in range(len(names)))
    order = ClassOrder("s", 1, Named(names), seats, (WORKSHEET,))
    built = build_class(order, tmp_path, means=Means(jobs=1)).built
    assert [failed.student for failed in built.manifest.failed] == ["s1"]
    assert built.failure is not None
    assert built.failure.report.message.startswith("worksheet/s1: no font here has U+")
    assert "fonts-noto-cjk" in (built.failure.report.hint or "")
    made = sorted(file.name for file in (built.folder / "worksheet").iterdir())
    assert made == ["s0.pdf", "s1.tex", "s2.pdf", "s3.pdf"]
    for n in (0, 2, 3):
        with pikepdf.open(BytesIO((built.folder / "worksheet" / f"s{n}.pdf").read_bytes())) as document:
            made_by = str(document.docinfo.get("/Producer", ""))
        assert made_by.startswith("LuaTeX" if n == 2 and able() else "pdfTeX")
    assert CHINESE.debian == "fonts-noto-cjk"
