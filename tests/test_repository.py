"""What holds of the repository as a whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gen.version import VERSION

ROOT = Path(__file__).parent.parent
FOLDERS = ("gen", "templates", "tests", "examples", "docs")


def git(*words: str) -> str:
    done = subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_no_source_file_is_ignored_by_git() -> None:
    files = [
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    assert len(files) > 150
    assert git("check-ignore", "--no-index", *files) == ""


def test_output_is_ignored_but_its_folder_is_kept() -> None:
    assert "output/s1/worksheet.pdf" in git("check-ignore", "--no-index", "output/s1/worksheet.pdf")
    assert git("check-ignore", "--no-index", "output/.gitkeep") == ""


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "exec make test" in script.read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in readme
    assert "make demo" in readme


def test_the_newest_version_stands_in_the_changelog() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == VERSION


def test_every_file_that_the_recipes_name_exists() -> None:
    for name in ("CONTRIBUTING.md", "README.md", "docs/formats.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:gen|templates|tests|examples|docs)/[\w./-]+)`", text):
            assert (ROOT / path).exists(), f"{name} names {path}"


@pytest.mark.parametrize("target", ["demo", "test"])
def test_a_second_run_sets_up_nothing(target: str) -> None:
    """With stamps newer than pyproject.toml the plan holds no installation."""
    done = subprocess.run(
        ("make", "--dry-run", target, "--assume-old=pyproject.toml"), cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert ("pip" in done.stdout) != (ROOT / ".venv" / ".installed-dev").exists()


def test_everything_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    declared = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in asked}
    names = {"markdown_it": "markdown-it-py", "mdit_py_plugins": "mdit-py-plugins", "markupsafe": "jinja2"}
    found = set()
    for file in (ROOT / "gen").rglob("*.py"):
        found |= set(re.findall(r"^(?:from|import) (\w+)", file.read_text(encoding="utf-8"), re.M))
    known = {
        "numpy",
        "sympy",
        "jinja2",
        "pylatex",
        "pikepdf",
        "rich",
        "segno",
        "latex2mathml",
        "distributed",
        *names,
    }
    for module in found & known:
        assert names.get(module, module) in declared
    standard = {"gen", "__future__"} | set(sys.stdlib_module_names)
    assert found - standard <= known
