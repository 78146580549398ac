"""Whether a class is as it was built last: then there is nothing to deal, to derive or to write."""

from __future__ import annotations

from pathlib import Path

from gen.build.engine import ENGINES, by_name
from gen.build.font_files import fonts_key
from gen.build.keys import engine_key, file_key
from gen.build.lock import hold
from gen.build.manifest import MANIFEST, Manifest, read_manifest, standing
from gen.build.store import Store

KIND = "classes"


def engines_key(name: str | None) -> list[object]:
    """What tells the engines apart among which a build chooses: that of a name, or all and fonts."""
    return [engine_key(by_name(name))] if name is not None else [*map(engine_key, ENGINES), fonts_key()]


def unchanged(folder: Path, store: Store, key: str) -> Manifest | None:
    """The manifest in `folder`, if it was written for `key` and every file is what it says.

    Raises HeldError while another build has the folder.
    """
    entry = store.find(KIND, key)
    if entry is None or not folder.is_dir():
        return None
    with hold(folder):
        if entry.values["manifest"] != file_key(folder / MANIFEST):
            return None
        found = read_manifest(folder)
        return found if found is not None and len(standing(folder)) == len(found.files) else None


def keep_class(folder: Path, store: Store, key: str) -> None:
    """Note that the manifest in `folder` is that of a whole build under `key`."""
    store.keep(KIND, key, {"manifest": file_key(folder / MANIFEST)})
