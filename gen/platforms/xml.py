"""XML as bytes, the same for equal trees, and numbers in it."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def xml(root: ET.Element) -> bytes:
    """A document in UTF-8 with its declaration, a line an element."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def number(value: float) -> str:
    """A number with a point, without an exponent and without zeros at its end.

    >>> number(12.0), number(-0.25), number(0.0000125)
    ('12', '-0.25', '0.0000125')
    """
    written = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if written in ("", "-0") else written
