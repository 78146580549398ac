"""The wheel: what is in it, and that it works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"


def run(*words: str | Path, cwd: Path) -> str:
    """Run a program and give what it printed; its own words are the failure when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=kept, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would be."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("freeindex-*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere")
    # Its own pip would take seconds to unpack; this one installs into it just as well.
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / BIN / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel, cwd=folder)
    return folder


def test_the_wheel_holds_the_package_with_its_templates_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in ((ROOT / "gen", "gen"), (ROOT / "templates", "gen/templates")):
        files = [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
        assert len(files) > 10
        for file in files:
            assert f"{inside}/{file.relative_to(folder).as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests/", "templates/", "examples/"))]


def test_it_builds_a_sheet_outside_the_checkout(elsewhere: Path) -> None:
    command = elsewhere / "env" / BIN / "freeindex"
    python = elsewhere / "env" / BIN / "python"
    place = run(python, "-c", "import gen; print(gen.__file__)", cwd=elsewhere)
    assert Path(place.strip()).is_relative_to(elsewhere)
    run(command, "init", "course", cwd=elsewhere)
    run(command, "build", "course/sheet.toml", "-o", "out", "--engine", "tinytex", cwd=elsewhere)
    made = sorted(file.name for file in (elsewhere / "out" / "course").glob("*.pdf"))
    assert made == ["notes.pdf", "slides.pdf", "solutions.pdf", "worksheet.pdf"]


def test_the_library_works_outside_the_checkout(elsewhere: Path) -> None:
    python = elsewhere / "env" / BIN / "python"
    program = "from gen import derive; print(derive('W*X', 'W').to_json()['results']['vec']['text'])"
    assert run(python, "-c", program, cwd=elsewhere).strip() == "kron(X', eye(m))"
