"""The derivations that answer a question, for screens, among the parts that stand with them on paper."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.result import Derivation
from gen.document.blocks import DerivationBlock, FlatteningBlock, Part
from gen.document.pen import Pen
from gen.document.solved import Depth
from gen.document.web_blocks import WebPart, WebPicture, WebText
from gen.document.web_lines import web_part
from gen.document.web_margin import key_lines
from gen.document.web_picture import web_fitting, web_picture


def web_lesson(
    parts: tuple[Part, ...], derivations: tuple[Derivation, ...], level: Depth, anchor: str, pen: Pen
) -> tuple[WebPart | WebPicture | WebText, ...]:
    """What `problem_block` made of the derivations of one question, as screens show it, in the same order.

    Where a picture of the flattening is among the parts, no derivation has one of its own.
    """
    pictured = any(isinstance(part, FlatteningBlock) for part in parts)
    left = iter(derivations)
    out: list[WebPart | WebPicture | WebText | None] = []
    for part in parts:
        match part:
            case DerivationBlock():
                derivation = next(left)
                made = _at(level, web_part(derivation, f"{anchor}.{derivation.method}", pen), derivation)
                out.append(replace(made, picture=None, picture_words=()) if pictured else made)
            case FlatteningBlock():
                out.append(web_picture(derivations, pen))
            case _:
                out.append(web_fitting(derivations, pen))
    return tuple(part for part in out if part is not None)


def _at(level: Depth, made: WebPart, derivation: Derivation) -> WebPart:
    """The key lines and the result, or the result alone where there is one."""
    if level == "full":
        return made
    kept = replace(key_lines(made, derivation.steps), discussion=(), notes=(), picture=None, picture_words=())
    return replace(kept, lines=()) if level == "answer" and kept.results else kept
