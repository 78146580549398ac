"""Titles where they are repeated, in contents and running heads, without links and anchors of their own."""

from __future__ import annotations

from gen.document.inline import Break, Emphasis, Indexed, Inline, Link, Piece, Reference, Words, plain

RUNNING = 52  # signs of a running head, of which two stand side by side


def bare(inline: Inline) -> Inline:
    """The pieces without what leads somewhere or is led to: an anchor stands once, a link in no other."""
    out: list[Piece] = []
    for piece in inline:
        match piece:
            case Indexed(_, _, inside) | Link(_, inside):
                out += bare(inside)
            case Reference(_, _, text):
                out.append(Words(text))
            case Break():
                out.append(Words(" "))
            case Emphasis(inside, strong):
                out.append(Emphasis(bare(inside), strong))
            case _:
                out.append(piece)
    return tuple(out)


def running(inline: Inline, most: int = RUNNING) -> Inline:
    """The bare pieces of a running head: as many words as have `most` signs, then dots; formulas are not cut.

    >>> running((Words("Why the derivative is not the transpose"),), 20)
    (Words(text='Why the derivative…'),)
    """
    if len(plain(inline)) <= most:
        return bare(inline)
    out: list[Piece] = []
    left = most
    for piece in bare(inline):
        length = len(plain((piece,)))
        if length > left:
            out.append(_cut(piece, left))
            break
        out.append(piece)
        left -= length
    return tuple(out)


def _cut(piece: Piece, most: int) -> Piece:
    """What is left of a piece that is too long; in place of a formula there are dots alone."""
    match piece:
        case Words(text):
            kept = text[: most + 1]
            return Words((kept.rsplit(" ", 1)[0] if " " in kept else kept[:most]).rstrip(" ,;:") + "…")
        case Emphasis(inside, strong):
            return Emphasis(running(inside, most), strong)
    return Words("…")
