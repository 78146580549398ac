"""The launcher's calls into the kernel: what it asks of each version, and what it does when they fail."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.build import launcher
from gen.build.access import Access
from gen.build.process import LAUNCHER, Limits, run
from gen.build.sandbox import SANDBOXES

LANDLOCK = next(known for known in SANDBOXES if known.name == "landlock")


class Kernel(ctypes.CDLL):
    """A C library that notes what it is asked; `fails` gives the call that fails, and how."""

    def __init__(self, version: int, fails: int | None = None, error: int = 0) -> None:
        self.version, self.fails, self.error = version, fails, error
        self.rulesets: list[bytes] = []
        self.rules: list[tuple[int, int]] = []
        self.restricted = False
        self.prctl: Callable[..., int] = lambda *_: 0

    def _result(self, call: int, good: int) -> int:
        if self.fails != call:
            return good
        ctypes.set_errno(self.error)
        return -1

    def syscall(self, number: ctypes.c_long, *words: object) -> int:
        match number.value:
            case launcher.CREATE_RULESET:
                attributes = words[0]
                if attributes is None:
                    return self._result(launcher.CREATE_RULESET, self.version)
                self.rulesets.append(bytes(attributes))  # type: ignore[call-overload]  # an array of C numbers
                return os.open(os.devnull, os.O_RDONLY)
            case launcher.ADD_RULE:
                rule = words[2]
                assert isinstance(rule, bytes)
                self.rules.append((int.from_bytes(rule[:8], sys.byteorder), len(rule)))
                return self._result(launcher.ADD_RULE, 0)
            case launcher.RESTRICT_SELF:
                self.restricted = True
                return self._result(launcher.RESTRICT_SELF, 0)
        raise AssertionError(number)


@pytest.mark.parametrize(
    ("version", "size", "rights"),
    [(1, 8, 13), (2, 8, 14), (3, 8, 15), (4, 16, 15), (5, 16, 16), (6, 24, 16), (7, 24, 16), (99, 24, 16)],
)
def test_each_version_is_asked_for_what_it_knows(
    version: int, size: int, rights: int, tmp_path: Path
) -> None:
    kernel = Kernel(version)
    file = tmp_path / "file"
    file.touch()
    gone = tmp_path / "gone"
    launcher.confine(kernel, [f"r{tmp_path}", f"x{file}", f"w{tmp_path}", f"w{file}", f"r{gone}"])
    assert kernel.restricted
    (asked,) = kernel.rulesets
    assert len(asked) == size
    assert int.from_bytes(asked[:8], sys.byteorder) == 2**rights - 1
    assert asked[8:] == b"".join((3).to_bytes(8, sys.byteorder) for _ in range(size // 8 - 1))
    handled = 2**rights - 1
    assert [length for _, length in kernel.rules] == [12, 12, 12, 12]
    read, run_file, write, write_file = (rights for rights, _ in kernel.rules)
    assert read == launcher.READ_FILE | launcher.READ_DIR
    assert run_file == launcher.READ_FILE | launcher.EXECUTE
    assert write == launcher.WRITE & handled
    assert write_file == (launcher.READ_FILE | launcher.WRITE_FILE | launcher.TRUNCATE) & handled
    # No links, devices, sockets or pipes, and nothing from one folder to another.
    assert not write & (1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | launcher.EXECUTE)


@pytest.mark.parametrize(
    "call", [launcher.CREATE_RULESET, launcher.ADD_RULE, launcher.RESTRICT_SELF, 0], ids=str
)
def test_a_call_that_fails_is_an_error(call: int, tmp_path: Path) -> None:
    if call == 0:
        kernel = Kernel(7)
        kernel.prctl = lambda *_: ctypes.set_errno(errno.EPERM) or -1
    else:
        kernel = Kernel(7, fails=call, error=errno.EPERM)
    with pytest.raises(OSError, match=os.strerror(errno.EPERM)):
        launcher.confine(kernel, [f"r{tmp_path}"])


def test_a_kernel_without_landlock_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, word in ((errno.ENOSYS, os.strerror(errno.ENOSYS)), (errno.EOPNOTSUPP, "supported")):
        kernel = Kernel(0, fails=launcher.CREATE_RULESET, error=number)
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, kernel=kernel, **__: kernel)
        told = LANDLOCK.lacking()
        assert told.startswith("this kernel offers no Landlock (")
        assert word in told
        assert "Linux 5.13" in told


def test_other_machines_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "alpha")
    assert "on alpha" in LANDLOCK.lacking()


def test_a_program_is_not_started_outside_its_sandbox(tmp_path: Path) -> None:
    """A kernel that does not know the calls: status 126, and the program has not run."""
    mark = tmp_path / "started"
    arguments = ["9", "99999", "99", "4000000000", "r/", "--", "/bin/touch", str(mark)]
    code = (
        "import os\n"
        f"source = open({str(LAUNCHER)!r}, encoding='utf-8').read()\n"
        "source = source.replace('444, 445, 446', '9444, 9445, 9446')\n"
        "space = {'__name__': 'launcher', '__doc__': ''}\n"
        "exec(compile(source, 'launcher', 'exec'), space)\n"
        f"space['main']([str(os.getppid()), *{arguments!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (126, b"Landlock: Function not implemented\n")
    assert not mark.exists()


def test_grants_hold_beside_a_link_that_leads_out(tmp_path: Path) -> None:
    """What counts is the file that is opened, not the name that led to it."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.write_text("secret", encoding="utf-8")
    (inside / "link").symlink_to(outside)
    (inside / "file").write_text("mine", encoding="utf-8")
    access = Access(
        str(inside), ("/etc/ld.so.cache",), ("/lib", "/lib64", "/usr/lib", "/bin/cat"), (str(inside),)
    )

    def shown(name: str) -> bytes:
        command = ("/bin/cat", name)
        limits = Limits(seconds=20)
        return run(
            command,
            folder=inside,
            environment={"LC_ALL": "C"},
            limits=limits,
            hold=lambda words: LANDLOCK.launch(access, words),
        ).output

    if LANDLOCK.lacking():
        assert shown("file").startswith(b"Landlock: ")
    else:
        assert shown("file") == b"mine"
        assert b"Permission denied" in shown("link")
        assert b"Permission denied" in shown("../outside")


def test_the_launcher_says_what_it_could_not_start(tmp_path: Path) -> None:
    ended = run((str(tmp_path / "gone"),), folder=tmp_path, environment={}, limits=Limits(seconds=5))
    assert (ended.status, ended.output) == (127, f"{tmp_path / 'gone'}: No such file or directory\n".encode())
