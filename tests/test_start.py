"""The way in answers Ctrl-C with one line, also while libraries are being loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gen

# A finder that interrupts the program when the module in the first argument is about to be loaded.
PROGRAM = """
import os, signal, sys
module = sys.argv.pop(1)
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from gen.start import main
sys.exit(main())
"""
LOADED = ("gen.cli.main", "argparse", "gen.cli.check", "numpy", "numpy.linalg", "gen.problems.deal", "jinja2")


@pytest.mark.skipif(sys.platform == "win32", reason="there one cannot send Ctrl-C to oneself")
@pytest.mark.parametrize("module", LOADED)
def test_an_interrupt_while_loading_is_one_line(module: str) -> None:
    command = [sys.executable, "-c", PROGRAM, module, "check", "examples/linear-layer/sheet.toml"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "error: interrupted\n")


def test_the_way_in_loads_no_library() -> None:
    command = [sys.executable, "-c", "import sys, gen.start; print(*sys.modules)"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    loaded = set(ended.stdout.split())
    assert "gen.start" in loaded
    assert not loaded & {"numpy", "sympy", "gen.derivation", "gen.cli"}


def test_the_face_has_what_it_says() -> None:
    for name in gen.__all__:
        assert callable(getattr(gen, name))
        assert name in dir(gen)
    with pytest.raises(AttributeError, match="no attribute 'derived'"):
        _ = gen.derived
