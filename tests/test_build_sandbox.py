"""Attacks on the machine by TeX and by Lua, with every engine here in every sandbox here.

Where this system offers no sandbox, `HELD` is empty of sandboxes, and the attacks are replaced by the proof
that `doctor` says so and why.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gen.build import sandbox as module
from gen.build.access import access_of, trees_of
from gen.build.doctor import examine
from gen.build.engine import Engine, by_name, installed
from gen.build.font_cache import prepared_fonts
from gen.build.process import Limits
from gen.build.sandbox import SANDBOXES, Sandbox, active
from gen.build.typeset import typeset
from gen.cli import confined
from gen.errors import BuildError
from tests.attacks import NOTHING, inflated, loot, lua, page, reading, streams

OFFERED = tuple(known for known in SANDBOXES if not known.lacking())
ENGINES = installed()
HELD = tuple((engine, known) for engine in ENGINES for known in OFFERED)
LUA = tuple(pair for pair in HELD if pair[0].plain_name == "lualatex")
SECRET = "SECRET-4711"


def named(pair: tuple[Engine, Sandbox]) -> str:
    return f"{pair[0].name}-{pair[1].name}"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that anyone may read, and no TeX."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET + "\n", encoding="utf-8")
    path.chmod(0o644)
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Prepared fonts are kept for all tests of this file, and not in the person's own cache."""
    place = tmp_path_factory.getbasetemp() / "cache"
    place.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    yield place


def attack(tex: str, held: tuple[Engine, Sandbox], monkeypatch: pytest.MonkeyPatch) -> bytes | None:
    """The PDF that comes of an attack; None when TeX stopped at an error, which is as good."""
    monkeypatch.setattr(module, "SANDBOXES", (held[1],))
    try:
        return typeset(tex, held[0], name="attack", seconds=60, inputs=(("own.txt", b"own\n"),)).pdf
    except BuildError:
        return None


def test_this_system_offers_a_sandbox_or_the_doctor_says_why_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = next(finding for finding in examine((), ()) if finding.name == "sandbox")
    assert found.found == bool(OFFERED)
    for known in SANDBOXES:
        reason = known.lacking()
        assert reason == "" or known.name in reason.lower()
        assert found.found or reason in found.detail
    confined.tell_unconfined()
    assert capsys.readouterr().err == ("" if OFFERED else confined.UNCONFINED + "\n")


@pytest.mark.parametrize("held", HELD, ids=named)
def test_openin_reads_the_folder_of_the_run_and_nothing_else(
    held: tuple[Engine, Sandbox], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    up = "../" * 12
    names = (
        "own.txt",
        "/etc/passwd",
        f"{up}etc/passwd",
        "/proc/self/environ",
        str(secret),
        f"{up}{str(secret)[1:]}",
        "~/.bashrc",
    )
    pdf = attack(reading(names, held[0].plain_name), held, monkeypatch)
    assert pdf is not None
    assert loot(pdf) == ("own", *(NOTHING for _ in names[1:]))


@pytest.mark.parametrize("held", HELD, ids=named)
def test_a_name_that_tex_lets_through_is_held_by_the_sandbox(
    held: tuple[Engine, Sandbox], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where TeX sees a file that it may not open, it dies, and the message says of what."""
    monkeypatch.setattr(module, "SANDBOXES", (held[1],))
    for path in ("/etc/passwd", str(secret)):
        try:
            tex = reading((f"$SELFAUTOGRANDPARENT{path}",), held[0].plain_name)
            pdf = typeset(tex, held[0], name="attack").pdf
        except BuildError as error:
            assert error.report.message == f"attack: TeX was not allowed to open {path}"
        else:
            assert loot(pdf) == (NOTHING,)


@pytest.mark.parametrize("held", HELD, ids=named)
def test_no_file_outside_becomes_part_of_the_pdf(
    held: tuple[Engine, Sandbox], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = attack(streams(held[0].plain_name, "own.txt"), held, monkeypatch)
    assert own is not None
    assert b"own\n" in inflated(own)
    pdf = attack(streams(held[0].plain_name, str(secret)), held, monkeypatch)
    assert pdf is None or SECRET.encode() not in inflated(pdf)


def test_without_a_sandbox_the_same_attacks_succeed(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attacks are real: TeX's own switches are on here too, and the embedded engine takes the file."""
    monkeypatch.setattr(module, "SANDBOXES", ())
    engine = by_name("tinytex")
    pdf = typeset(streams("pdflatex", str(secret)), engine, name="attack").pdf
    assert SECRET.encode() in inflated(pdf)
    for other in ENGINES:
        if other.plain_name == "lualatex":
            pdf = typeset(lua(f'return io.open("{secret}"):read("*l")'), other, name="attack").pdf
            assert loot(pdf) == (SECRET,)


@pytest.mark.parametrize("held", HELD, ids=named)
def test_programs_are_not_started(
    held: tuple[Engine, Sandbox], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "started"
    attack(page(rf'\input|"touch {mark}" '), held, monkeypatch)
    attack(page(rf"\immediate\write18{{touch {mark}}}"), held, monkeypatch)
    if held[0].plain_name == "lualatex":
        codes = (
            f'os.execute("touch {mark}")',
            f'return io.popen("touch {mark}"):read("*a")',
            f'os.spawn({{"/bin/touch", "{mark}"}})',
            f'os.exec({{"/bin/touch", "{mark}"}})',
        )
        attack(lua(*codes), held, monkeypatch)
    assert not mark.exists()


@pytest.mark.parametrize("held", HELD, ids=named)
def test_nothing_is_written_outside(
    held: tuple[Engine, Sandbox], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = held[0].find()
    assert program is not None
    for target in (tmp_path / "evil.tex", trees_of(program)[0] / "evil.tex"):
        for name in (str(target), "../" * 12 + str(target)[1:], f"$SELFAUTOGRANDPARENT{target}"):
            write = rf"\newwrite\w\immediate\openout\w={name} \immediate\write\w{{x}}"
            attack(page(write), held, monkeypatch)
        if held[0].plain_name == "lualatex":
            attack(lua(f'local f = io.open("{target}", "w"); f:write("x"); f:close()'), held, monkeypatch)
        assert not target.exists()


@pytest.mark.parametrize("held", LUA, ids=named)
def test_lua_opens_nothing_outside(
    held: tuple[Engine, Sandbox], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("own.txt", str(secret), "/etc/passwd", "/proc/self/environ", os.path.expanduser("~/.bashrc"))
    codes = (
        *(f'return io.open("{path}"):read("*l")' for path in paths),
        f'return lfs.dir("{secret.parent}")',
        f'return lfs.link("{secret}", "mine.txt") and io.open("mine.txt"):read("*l")',
        f'return os.rename("{secret}", "mine.txt")',
        f'return os.remove("{secret}")',
        f'return lfs.mkdir("{secret.parent}/evil")',
        'return require("socket").udp()',
    )
    pdf = attack(lua(*codes), held, monkeypatch)
    assert pdf is not None
    assert loot(pdf) == ("own", *(NOTHING for _ in codes[1:]))
    assert secret.read_text(encoding="utf-8") == SECRET + "\n"


@pytest.mark.parametrize("held", LUA, ids=named)
def test_a_link_left_for_the_builder_is_not_followed(
    held: tuple[Engine, Sandbox], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = typeset(page("good"), held[0], name="good").pdf
    target = secret.with_name("target.pdf")
    target.write_bytes(good)
    code = f'os.remove("document.pdf"); lfs.link("{target}", "document.pdf", true); os.exit(0)'
    assert attack(page(rf"\directlua{{{code}}}"), held, monkeypatch) is None


@pytest.mark.parametrize("held", LUA, ids=named)
def test_a_document_does_not_change_the_fonts_of_others(
    held: tuple[Engine, Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = prepared_fonts(held[0])
    assert fonts is not None
    before = {path: path.read_bytes() for path in fonts.rglob("*") if path.is_file()}
    assert before
    some = next(path for path in before if path.suffix == ".lua")
    codes = (f'local f = io.open("{some}", "w"); f:write("evil"); f:close()', f'os.remove("{some}")')
    attack(lua(*codes), held, monkeypatch)
    assert {path: path.read_bytes() for path in fonts.rglob("*") if path.is_file()} == before


BOMBS = {
    "loop": r"\loop\iftrue\repeat",
    "log": r"\loop\typeout{bombbombbombbombbombbombbombbombbombbombbombbombbombbomb}\iftrue\repeat",
    "pages": r"\loop\null\newpage\iftrue\repeat",
    "memory": r"\def\x{\x\x}\x",
    "boxes": r"\setbox0\hbox{}\loop\setbox0\hbox{\box0\copy0\vrule}\iftrue\repeat",
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("held", HELD, ids=named)
def test_bombs_end(held: tuple[Engine, Sandbox], bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(file_bytes=2**22)
    monkeypatch.setattr("gen.build.typeset.Limits", lambda seconds: replace(small, seconds=seconds))
    monkeypatch.setattr(module, "SANDBOXES", (held[1],))
    started = time.monotonic()
    with pytest.raises(BuildError) as caught:
        typeset(page(BOMBS[bomb]), held[0], name="bomb", seconds=2)
    assert time.monotonic() - started < 30
    told = caught.value.report.message
    assert any(
        word in told for word in ("after 2 seconds", "a file of 4 MB", "capacity exceeded", "too deep")
    ), told


@pytest.mark.parametrize("held", LUA, ids=named)
def test_a_memory_bomb_in_lua_ends(held: tuple[Engine, Sandbox], monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(memory_bytes=2**29)
    monkeypatch.setattr("gen.build.typeset.Limits", lambda seconds: replace(small, seconds=seconds))
    code = 'local t = {} while true do t[1 + rawlen(t)] = string.rep("x", 2000000 + rawlen(t)) end'
    monkeypatch.setattr(module, "SANDBOXES", (held[1],))
    with pytest.raises(BuildError, match=r"not enough memory|signal"):
        typeset(page(rf"\directlua{{{code}}}"), held[0], name="bomb", seconds=60)


@pytest.mark.parametrize("known", OFFERED, ids=lambda known: known.name)
def test_the_doctor_tries_the_sandbox(known: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.build.doctor.active", lambda: known)
    found = next(finding for finding in examine((), ()) if finding.name == "sandbox")
    assert found.found
    assert known.name in found.detail.lower()
    leaky = replace(known, launch=lambda _access, command: ("--", *command))
    monkeypatch.setattr("gen.build.doctor.active", lambda: leaky)
    found = next(finding for finding in examine((), ()) if finding.name == "sandbox")
    assert not found.found
    assert "a trial of it failed" in found.detail


def test_a_system_without_a_sandbox_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    none = tuple(replace(known, lacking=lambda: "it is not here") for known in SANDBOXES)
    monkeypatch.setattr(module, "SANDBOXES", none)
    monkeypatch.setattr("gen.build.doctor.SANDBOXES", none)
    assert active() is None
    found = next(finding for finding in examine((), ()) if finding.name == "sandbox")
    assert (found.found, found.detail) == (False, "it is not here; it is not here")
    confined.tell_unconfined()
    assert capsys.readouterr().err == confined.UNCONFINED + "\n"


def test_a_bubblewrap_that_may_not_run_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bubblewrap = next(known for known in SANDBOXES if known.name == "bubblewrap")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubblewrap.lacking() == "bubblewrap is not installed: install bubblewrap"
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    assert bubblewrap.lacking() == "bubblewrap does not run: setting up uid map: Permission denied"


def test_bubblewrap_shows_what_is_granted_and_the_name_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "bwrap").write_text("", encoding="utf-8")
    (tmp_path / "bwrap").chmod(0o755)
    real, link = tmp_path / "real", tmp_path / "pdflatex"
    shutil.copy("/bin/true", real)
    link.symlink_to(real)
    folder = tmp_path / "run"
    folder.mkdir()
    bubblewrap = next(known for known in SANDBOXES if known.name == "bubblewrap")
    words = bubblewrap.launch(access_of(link, folder), (str(link), "x.tex"))
    assert words[:4] == ("--", str(tmp_path / "bwrap"), "--unshare-all", "--die-with-parent")
    assert words[-7:] == (str(real), str(link), "--chdir", str(folder), "--", str(link), "x.tex")
    text = " ".join(words)
    assert f"--bind-try {folder} {folder}" in text
    assert f"--ro-bind-try {real} {real}" in text
    assert "/dev/null" not in text


def test_no_folder_with_a_home_in_it_is_part_of_tex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "tree" / "home"
    (tmp_path / "tree" / "texmf-dist").mkdir(parents=True)
    binaries = tmp_path / "tree" / "bin"
    binaries.mkdir()
    program = binaries / "pdflatex"
    program.write_text("", encoding="utf-8")
    assert trees_of(program) == (tmp_path / "tree",)
    trees_of.cache_clear()
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert trees_of(program) == ()
    trees_of.cache_clear()
