"""Objects written as the bytes of a PDF: streams as they are, all else in one object stream."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from struct import Struct

from gen.build.pdf_objects import Written

LEAST_VERSION = "1.5"  # of a PDF with object streams
_BINARY = b"%\xbf\xf7\xa2\xfe\n"  # tells programs that copy files that it is not text
# A row of the cross-reference table, with the sign of its predictor before it: kind, place, index.
_ROW = Struct(">BBIH")
_UP = 2
_EFFORT = 5  # of 9: more takes time and saves nothing to speak of


def pdf_of(objects: Mapping[int, Written], root: int, info: int, version: str) -> bytes:
    """A PDF of objects, in the order of their numbers, which may have gaps; equal objects give equal bytes.

    `root` and `info` are the numbers of the catalogue and of what is said about the document; what is
    referred to and not there is null.
    """
    pieces = [b"%%PDF-%b\n%b" % (max(version, LEAST_VERSION).encode(), _BINARY)]
    at, index = len(pieces[0]), 0
    packed = max(objects) + 1
    rows = [_ROW.pack(_UP, 0, 0, 65535)]
    for one in objects.values():
        if one.is_stream:
            rows.append(_ROW.pack(_UP, 1, at, 0))
            pieces.append(one.data)
            at += len(one.data)
        else:
            rows.append(_ROW.pack(_UP, 2, packed, index))
            index += 1
    rows.append(_ROW.pack(_UP, 1, at, 0))
    pieces.append(_object_stream(packed, objects))
    at += len(pieces[-1])
    rows.append(_ROW.pack(_UP, 1, at, 0))
    # What the bytes are follows from the objects, whose digests are known.
    name = sha256(b"".join([one.digest for one in objects.values()])).hexdigest()[:32].encode()
    about = b"/Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % (root, info, name, name)
    pieces.append(_table(packed + 1, [0, *objects, packed, packed + 1], rows, about))
    pieces.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(pieces)


def _object_stream(number: int, objects: Mapping[int, Written]) -> bytes:
    """All objects that are no streams, in one that is."""
    heads: list[bytes] = []
    texts: list[bytes] = []
    at = 0
    for held, one in objects.items():
        if not one.is_stream:
            heads.append(b"%d %d" % (held, at))
            texts.append(one.data)
            at += len(one.data) + 1
    head = b" ".join(heads)
    about = b"/Type /ObjStm /N %d /First %d" % (len(heads), len(head) + 1)
    return _stream(number, b"\n".join((head, *texts)), about)


def _table(number: int, numbers: Sequence[int], rows: Sequence[bytes], about: bytes) -> bytes:
    """The cross-reference stream: what is where."""
    runs: list[tuple[int, int]] = []
    first = numbers[0]
    for one, after in zip(numbers, [*numbers[1:], None], strict=True):
        if after != one + 1:
            runs.append((first, one + 1 - first))
            first = one if after is None else after
    listed = b" ".join([b"%d %d" % run for run in runs])
    shape = b"/Index [%b] /W [1 4 2] /DecodeParms <</Predictor 12 /Columns 7>>" % listed
    whole = b"/Type /XRef /Size %d %b %b" % (number + 1, shape, about)
    return _stream(number, _less_above(b"".join(rows)), whole)


def _less_above(rows: bytes) -> bytes:
    """Each byte of the rows less the one above it, which packs better; the sign before each row stays.

    All are taken at once, as one number, in which the highest bit of each byte takes the borrowing.
    """
    size = len(rows)
    high = int.from_bytes(b"\x80" * size)
    these = int.from_bytes(rows)
    above = (these >> 8 * _ROW.size) & int.from_bytes(b"\0\xff\xff\xff\xff\xff\xff\xff" * (size // _ROW.size))
    less = ((these | high) - (above & ~high)) ^ ((these ^ ~above) & high)
    return less.to_bytes(size)


def _stream(number: int, data: bytes, about: bytes) -> bytes:
    packed = zlib.compress(data, _EFFORT)
    head = b"%d 0 obj\n<< %b /Filter /FlateDecode /Length %d >>\nstream\n" % (number, about, len(packed))
    return b"%b%b\nendstream\nendobj\n" % (head, packed)
