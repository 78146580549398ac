"""What nobody reads any more stops no work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SHEET = 'id = "s"\ntitle = "T"\nseed = 3\n[[problem]]\nfamily = "trace-product"\n'


def test_a_build_goes_on_when_nobody_reads_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    rows = "".join(f"s{n},Ada\n" for n in range(30))
    (tmp_path / "roster.csv").write_text("id,name\n" + rows, encoding="utf-8")
    words = [
        "build",
        "sheet.toml",
        "--roster",
        "roster.csv",
        "--engine",
        "tinytex",
        "--only",
        "worksheet",
        "-j",
        "1",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "gen", *words],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    process.stderr.close()
    assert process.wait(timeout=300) == 0
    made = json.loads((tmp_path / "output" / "s" / "manifest.json").read_text(encoding="utf-8"))
    assert sum(file["path"].endswith(".pdf") for file in made["files"]) == 30
    assert (tmp_path / "output" / "s" / "answers.csv").is_file()
