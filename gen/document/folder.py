"""Where the templates lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def template_folder() -> Path:
    """The folder of templates: inside the installed package, or beside `gen/` in a checkout.

    Raises FileNotFoundError when neither is there, which means a broken installation.
    """
    package = Path(str(files("gen.document"))).parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "tokens.toml").is_file():
            return folder
    raise FileNotFoundError("the templates of freeindex are missing; install it again")
