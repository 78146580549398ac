"""The ways to one derivative side by side."""

from gen.derivation.derive import derive_all
from gen.document.inline import plain
from gen.document.note_blocks import TableBlock
from gen.document.pen import pen_for
from gen.document.table_tex import table_tex
from gen.document.ways_table import ways_table
from gen.language.style import Style


def _table(expr: str, wrt: str, methods: tuple[str, ...], language: str = "en") -> TableBlock:
    made = ways_table(derive_all(expr, wrt, methods=methods), pen_for(Style(), language))
    assert made is not None
    return made


def test_each_way_has_a_row_with_its_own_end_and_shape() -> None:
    table = _table("W*X", "W", ("index", "vec", "components", "backprop"))
    rows = [[plain(cell) for cell in row] for row in table.rows]
    of = {row[0]: row[2:] for row in rows}
    assert len(of) == 4 and all(all(row) for row in rows)
    assert "tensor" in of["In index notation"][1] and of["Entry by entry"] == of["In index notation"]
    assert of["With stacked columns"][1].startswith("a matrix of shape")
    assert of["Backpropagation"][1].startswith("the shape of W")


def test_one_way_needs_no_table() -> None:
    assert ways_table(derive_all("W*X", "W", methods=("index",)), pen_for(Style(), "en")) is None


def test_heads_and_ways_are_in_the_language_of_the_document() -> None:
    table = _table("x'*A*x", "x", ("index", "differential"), "de")
    assert [plain(cell) for cell in table.header] == ["Weg", "Anfang", "Ende", "Format"]
    assert plain(table.rows[1][0]) == "Mit Differentialen"


def test_second_derivatives_are_written_in_one_line() -> None:
    table = _table_of_second()
    ends = [cell for row in table.rows for cell in row[2]]
    assert all(r"\frac" not in end.tex for end in ends if hasattr(end, "tex"))


def _table_of_second() -> TableBlock:
    made = ways_table(
        derive_all("tr(X'*A*X*B)", "X", methods=("index", "vec"), order=2), pen_for(Style(), "en")
    )
    assert made is not None
    return made


def test_a_column_has_room_for_its_longest_word() -> None:
    table = _table("W*X", "W", ("index", "vec", "components", "backprop"))
    tex = table_tex(table.header, table.rows, table.align)
    shares = [part.split("}{") for part in tex.split(r"\TableShare{")[1:]]
    assert int(shares[0][1]) >= len("Backpropagation") <= int(shares[0][3].split("}")[0])
