"""The derivations that answer a question, for screens, among the parts that stand with them on paper."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.result import Derivation
from gen.document.blocks import DerivationBlock, FlatteningBlock, Part
from gen.document.pen import Pen
from gen.document.solved import Depth
from gen.document.web_blocks import WebPart
from gen.document.web_lines import web_part
from gen.document.web_margin import key_lines


def web_lesson(
    parts: tuple[Part, ...], derivations: tuple[Derivation, ...], level: Depth, anchor: str, pen: Pen
) -> tuple[WebPart | Part, ...]:
    """`parts` with the derivations, whose order is that of their blocks, as screens show them.

    Where a picture of the flattening is among the parts, no derivation has one of its own.
    """
    pictured = any(isinstance(part, FlatteningBlock) for part in parts)
    left = iter(derivations)
    out: list[WebPart | Part] = []
    for part in parts:
        if not isinstance(part, DerivationBlock):
            out.append(part)
            continue
        derivation = next(left)
        made = _at(level, web_part(derivation, f"{anchor}.{derivation.method}", pen), derivation)
        out.append(replace(made, picture=None, picture_words=()) if pictured else made)
    return tuple(out)


def _at(level: Depth, made: WebPart, derivation: Derivation) -> WebPart:
    """The key lines and the result, or the result alone where there is one."""
    if level == "full":
        return made
    kept = replace(key_lines(made, derivation.steps), discussion=(), notes=(), picture=None, picture_words=())
    return replace(kept, lines=()) if level == "answer" and kept.results else kept
