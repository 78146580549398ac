"""The derivations of a sheet for screens, by the numbers of its problems."""

from __future__ import annotations

from collections.abc import Mapping

from gen.document.web_blocks import WebPart
from gen.document.web_lines import web_part
from gen.project.assemble import Written, numbers_of_generated
from gen.project.sheet import Sheet
from gen.project.version import Version


def web_parts(
    sheet: Sheet, shared: Written, version: Version | None = None
) -> Mapping[int, tuple[WebPart, ...]]:
    """The derivations of the written problems, and of those of one version that have any."""
    out = {
        number: tuple(web_part(derivation, f"problem-{number}-{derivation.method}") for derivation in found)
        for number, found in shared.by_number
    }
    items = () if version is None else version.items
    for number, item in zip(numbers_of_generated(sheet), items, strict=False):
        derivation = item.worked.derivation
        if derivation is not None:
            out[number] = (web_part(derivation, f"problem-{number}-{derivation.method}"),)
    return out
