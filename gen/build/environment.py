"""The whole environment TeX runs with: built here, nothing inherited that is not named here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# 2000-01-01, 00:00 UTC: a date for PDFs that carry none of their own, so that equal input gives equal bytes.
EPOCH = 946_684_800


def build_environment(
    program: Path, home: Path, cache: Path, epoch: int = EPOCH, fonts: tuple[Path, ...] = ()
) -> dict[str, str]:
    """The variables for `program`, whose home is the folder `home` and whose font caches live in `cache`.

    `fonts` are folders with fonts that were prepared before, which LuaTeX only reads.

    Reading and writing is paranoid: only below the working folder and the TeX trees, no absolute or hidden
    names. Fonts and formats are never made on the way. `epoch` is the date written into the PDF.
    """
    built = {
        "PATH": os.pathsep.join((str(program.parent), os.defpath)),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LC_ALL": "C.UTF-8",
        "TEXMFHOME": str(home / "texmf"),
        "TEXMFVAR": str(cache),
        # The first that can be written is written; all are read.
        "TEXMFCACHE": os.pathsep.join(map(str, (cache, *fonts))),
        "TEXMFCONFIG": str(home / "texmf-config"),
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "MKTEXTFM": "0",
        "MKTEXPK": "0",
        "MKTEXMF": "0",
        "MKTEXFMT": "0",
        "max_print_line": "1000",
        "error_line": "254",
        "half_error_line": "238",
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
    }
    if sys.platform == "win32":
        # Windows cannot start a program without knowing where it is itself.
        built |= {"SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "TEMP": str(home), "TMP": str(home)}
    return built
