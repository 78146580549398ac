"""Files for learning platforms in the output folder of a sheet, beside its documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gen.build.lock import hold
from gen.build.manifest import Manifest, engine_of, made, standing, write_manifest
from gen.build.output import prepare, write


def write_exports(folder: Path, sheet: str, seed: int | None, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files by name into `folder`, and list them in the manifest; everything else there stays.

    Raises BuildError and HeldError as `build`.
    """
    prepare(folder)
    with hold(folder):
        others = tuple(old for old in standing(folder) if old.path not in files)
        for name, data in files.items():
            write(folder / name, data)
        fresh = (made(name, data) for name, data in files.items())
        write_manifest(folder, Manifest(sheet, seed, engine_of(folder), (*others, *fresh)))
    return tuple(folder / name for name in files)
