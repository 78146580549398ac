"""From a sheet to its document: problems derived in the order of their methods, faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.derivation.derive import derive_all
from gen.document.blocks import DerivationBlock, Document, FlatteningBlock
from gen.document.format import FORMATS
from gen.document.render import render
from gen.errors import InputError
from gen.project.assemble import assemble, faults_of, single
from gen.project.sheet import Sheet, examine, read_sheet
from gen.project.source import source_of

EXAMPLE = Path(__file__).parent.parent / "examples" / "linear-layer" / "sheet.toml"
HEAD = 'id = "s1"\ntitle = "T"\n'


def sheet(text: str) -> Sheet:
    found, faults = examine(source_of(HEAD + text, "s.toml"))
    assert found is not None
    assert not faults
    return found


def problem(of: str, wrt: str, rest: str = "") -> str:
    return f'[[problem]]\nof = "{of}"\nwrt = "{wrt}"\n{rest}\n'


@pytest.fixture(scope="module")
def example() -> Document:
    return assemble(read_sheet(EXAMPLE))


def test_every_problem_has_a_part_for_each_of_its_methods(example: Document) -> None:
    read = read_sheet(EXAMPLE)
    assert len(example.problems) == len(read.problems) == 6
    for asked, block in zip(read.problems, example.problems, strict=True):
        assert sum(isinstance(part, DerivationBlock) for part in block.parts) == len(asked.methods)
        assert block.marks == asked.marks
        assert block.space == asked.space


def test_the_seed_question_has_the_picture(example: Document) -> None:
    pictures = [part for part in example.problems[0].parts if isinstance(part, FlatteningBlock)]
    assert len(pictures) == 1
    assert len(pictures[0].flat) == 6
    assert len(pictures[0].flat[0]) == 4


def test_the_answers_of_the_example(example: Document) -> None:
    results = [
        [part.result.tex for part in block.parts if isinstance(part, DerivationBlock) and part.result]
        for block in example.problems
    ]
    seed = " ".join(results[0])
    for answer in (r"\delta_{iq}\,X_{rk}", r"X^{\mathsf{T}} \otimes I_{m}", r"G\,X^{\mathsf{T}}"):
        assert answer in seed
    assert r"W^{\mathsf{T}}\,G" in " ".join(results[1])
    assert r"X^{\mathsf{T}}\,G" in " ".join(results[2])
    assert r"G^{\mathsf{T}}\,\mathbf{1}_{s}" in " ".join(results[3])
    assert r"(W\,X - Y)\,X^{\mathsf{T}}" in " ".join(results[4])
    assert r"x^{\mathsf{T}}\,g" in " ".join(results[5])


def test_every_problem_has_its_own_symbols(example: Document) -> None:
    shapes = [{str(symbol.tex): symbol.shape for symbol in block.symbols} for block in example.problems]
    assert shapes[0]["W"] == r"m \times n"
    assert shapes[2]["W"] == r"n \times m"
    assert shapes[5]["x"] == r"1 \times n"


def test_parts_stand_in_the_order_of_the_methods() -> None:
    document = assemble(sheet(problem("F = W*X", "W", 'methods = ["backprop", "index"]')))
    titles = [part.title for part in document.problems[0].parts if isinstance(part, DerivationBlock)]
    assert titles == ["Backpropagation", "In index notation"]


def test_declarations_of_a_sheet_reach_its_problems() -> None:
    text = problem("F = W*X", "W") + '[symbols]\nW = "a x b"\nX = "b x c"\n'
    shapes = {str(symbol.tex): symbol.shape for symbol in assemble(sheet(text)).problems[0].symbols}
    assert shapes["W"] == r"a \times b"


def test_a_strict_sheet_refuses_what_is_not_declared() -> None:
    with pytest.raises(InputError, match=r"s\.toml:4:6: X is not declared"):
        assemble(sheet(problem("F = W*X", "W") + '[symbols]\nstrict = true\nW = "a x b"\n'))


def test_sums_are_written_where_the_sheet_says_so() -> None:
    text = 'notation = { sums = "sigma" }\n' + problem("F = W*X", "W")
    written, implied = assemble(sheet(text)), assemble(sheet(problem("F = W*X", "W")))
    blocks = [document.problems[0].parts[0] for document in (written, implied)]
    lines = [
        "".join(line.right for line in block.lines) for block in blocks if isinstance(block, DerivationBlock)
    ]
    assert r"\sum" in lines[0]
    assert r"\sum" not in lines[1]


@pytest.mark.parametrize(
    ("structure", "words"),
    [("skew", "falls as"), ("diagonal", "those on the diagonal"), ("lower", "on and below the diagonal")],
)
def test_every_structure_comes_with_its_convention(structure: str, words: str) -> None:
    text = problem("f = a'*Z*b", "Z")
    said = " ".join(assemble(sheet(text + f'[symbols]\nZ = "n x n {structure}"\n')).convention)
    assert words in said and "which others use, is" in said
    assert "Symmetric variables" not in said
    assert words not in " ".join(assemble(sheet(text)).convention)


@pytest.mark.parametrize(
    ("convention", "words"), [("free", "half as large"), ("projected", "twice as large")]
)
def test_symmetric_variables_come_with_their_convention(convention: str, words: str) -> None:
    text = f'notation = {{ symmetric = "{convention}" }}\n' + problem("f = x'*S*x", "S")
    said = " ".join(assemble(sheet(text + '[symbols]\nS = "n x n symmetric"\n')).convention)
    assert words in said
    assert words not in " ".join(assemble(sheet(text)).convention)


def test_a_fault_in_an_expression_has_its_line_and_its_caret() -> None:
    with pytest.raises(InputError) as caught:
        assemble(sheet(problem("F = W*X", "W") + problem("F = tr(W*X", "W")))
    lines = caught.value.report.lines()
    assert lines[0].startswith("error: s.toml:8:6: a closing bracket is missing")
    assert lines[1] == "  F = tr(W*X"
    assert lines[2].strip() == "^"
    assert caught.value.report.where == "file"


def test_faults_of_all_problems_are_found() -> None:
    found = faults_of(sheet(problem("F = tr(", "W") + problem("F = W*X", "W") + problem("F = W*X", "2")))
    assert [fault.message.split(":")[1] for fault in found] == ["4", "12"]


def test_text_that_people_typed_is_never_taken_for_tex() -> None:
    text = 'course = "100% & \\\\input{x}"\n' + problem(
        "F = W*X", "W", 'prompt = "5% of \\\\input{y} & more"'
    )
    tex = render(assemble(sheet(text)), FORMATS[0], "pdflatex")
    assert r"\input{x}" not in tex
    assert r"\input{y}" not in tex


def test_a_question_of_the_command_line_is_a_document() -> None:
    document = single(derive_all("W*X", ("W", "X"), ("all",)))
    assert [block.number for block in document.problems] == [1, 2]
    for known in FORMATS:
        assert render(document, known, "pdflatex").startswith("%")
