"""Fonts and colours set from lists: the pages are those that LaTeX sets without them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gen.build.documents import rendered
from gen.build.engine import ENGINES, by_name
from gen.build.typeset import typeset
from gen.document.format import format_named
from gen.project.assemble import assemble
from gen.project.sheet import read_sheet
from tests.chunk_class import drawing

HERE = [engine.name for engine in ENGINES if engine.find() is not None]
SHEET = """
id = "s"
title = "Fonts"
[[problem]]
of = "f = log(det(A'*X)) + sum(sigmoid(W*x))"
wrt = "x"
symbols = { A = "n x n", X = "n x n" }
[[problem]]
of = "F = W*X"
wrt = "W"
methods = ["index", "vec"]
"""
BEGIN = "\\begin{document}\n"
# The lists of fonts begin with the document, that of colours is there when it begins.
SLOW = (
    r"\renewcommand{\QuickFont}[2]{}\let\Colour\color"
    + BEGIN
    + r"\makeatletter\let\glb@settings\SlowSettings\makeatother"
    + "\n"
)


@pytest.mark.parametrize("name", ["solutions", "worksheet", "slides"])
@pytest.mark.parametrize("engine", HERE)
def test_pages_are_the_same_with_and_without(engine: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(SHEET, encoding="utf-8")
    chosen = by_name(engine)
    tex = rendered(assemble(read_sheet(file)), format_named(name), chosen)
    assert tex.count(BEGIN) == 1
    quick = typeset(tex, chosen, name="quick")
    slow = typeset(tex.replace(BEGIN, SLOW), chosen, name="slow")
    with pikepdf.open(BytesIO(quick.pdf)) as one, pikepdf.open(BytesIO(slow.pdf)) as other:
        assert len(one.pages) == len(other.pages)
        assert [drawing(page) for page in one.pages] == [drawing(page) for page in other.pages]
