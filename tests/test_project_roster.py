"""Rosters: what is read, and every fault told by file, line and column without anybody's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError, Report
from gen.project.roster import MOST_STUDENTS, Roster, examine_roster, read_roster
from gen.project.student_id import LONGEST, OWN

SAMPLES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "bad_roster.jsonl").read_text(encoding="utf-8").splitlines()
]
HEAD = "id,name\n"


def read(text: str | bytes) -> tuple[Roster, tuple[Report, ...]]:
    return examine_roster(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, "r.csv")


def only(text: str | bytes) -> str:
    (fault,) = read(text)[1]
    assert fault.where == "file"
    assert fault.source is None, "an excerpt would show a name"
    return fault.message


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def content(sample: dict[str, Any]) -> bytes:
    if sample["kind"] == "csv":
        return bytes.fromhex(sample["hex"]) if "hex" in sample else sample["content"].encode("utf-8")
    value = sample["value"]
    row = f"{quoted(value)},x\n" if sample["kind"] == "id" else f"1,{quoted(value)}\n"
    return (HEAD + row).encode("utf-8")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_collected_samples(sample: dict[str, Any]) -> None:
    roster, faults = read(content(sample))
    if sample["expect"]["result"] == "ok":
        assert faults == ()
        assert len(roster.students) == 1
        return
    assert faults
    line = sample["expect"].get("line", 2 if sample["kind"] != "csv" else None)
    assert faults[0].message.startswith("r.csv:" if line is None else f"r.csv:{line}: ")
    assert len(faults[0].lines()) <= 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_marks_and_line_ends(separator: str, bom: bytes, end: str) -> None:
    lines = (("ID ", " Name", "group"), ("s-1", '"Ada\nLovelace"', "A"), ("", "", ""), ("José", "Zoë", ""))
    text = end.join(separator.join(line) for line in lines)
    roster, faults = examine_roster(bom + text.encode(), "r.csv")
    assert faults == ()
    assert [(s.id, s.name, s.file, s.others) for s in roster.students] == [
        ("s-1", "Ada Lovelace", "s-1", (("group", "A"),)),
        ("José", "Zoë", "Jose", (("group", ""),)),
    ]


def test_columns_without_names_at_the_end_are_none() -> None:
    roster, faults = read("id,name,,\n1,x,,\n")
    assert faults == ()
    assert roster.students[0].others == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "r.csv: the file is empty"),
        (HEAD, "r.csv: there is no student in it"),
        ("id,nme\n1,x\n", "r.csv:1: the column name is missing (column 2 is like it)"),
        ("1,Ada\n2,Bob\n", "r.csv:1: the column id is missing"),
        ("id,name,id\n", "r.csv:1: columns 1 and 3 have the same name"),
        ("id,,name\n", "r.csv:1: column 2 has no name"),
        (HEAD + "1,x\n1,y\n", "r.csv:3: column id: is the same id as in line 2"),
        (HEAD + "Ab,x\naB,y\n", "r.csv:3: column id: is the same id as in line 2"),
        (HEAD + "José,x\nJose\u0301,y\n", "r.csv:3: column id: is the same id as in line 2"),
        (HEAD + ",x\n", "r.csv:2: column id: is empty"),
        (HEAD + "1,\n", "r.csv:2: column name: is empty"),
        (HEAD + "1\n", "r.csv:2: 1 columns, but the first line names 2"),
        (HEAD + "1,x,y\n", "r.csv:2: 3 columns, but the first line names 2"),
        (HEAD + '1,x\n2,"y\n3,z\n', "r.csv:3: column 2: opens a quote that is never closed"),
        (HEAD + '1,"x"y\n', "r.csv:2: column 2: has text after a closing quote"),
        (HEAD + '1,"a\nb"\n,z\n', "r.csv:4: column id: is empty"),
        (HEAD + f"{'x' * 300},x\n", f"r.csv:2: column id: is longer than {LONGEST} characters"),
        (HEAD + f"1,{'x' * 300}\n", "r.csv:2: column name: is longer than 200 characters"),
        (HEAD + "../../x,x\n", "r.csv:2: column id: may not hold the character U+002F"),
        (HEAD + "con.txt,x\n", "r.csv:2: column id: is a name that Windows keeps for itself"),
        (HEAD + "-rf,x\n", "r.csv:2: column id: may not begin with . or -, nor end with ."),
        (b"id,name\n1,Jos\xe9\n", "r.csv:2: byte 6 of the line (0xE9) is not UTF-8 text"),
        (HEAD.encode("utf-16"), "r.csv:1: this is UTF-16 text"),
    ],
)
def test_each_fault_is_told_by_its_place(text: str | bytes, message: str) -> None:
    assert only(text) == message


@pytest.mark.parametrize("own", sorted(OWN))
def test_names_of_the_programs_own_files_are_no_ids(own: str) -> None:
    assert only(HEAD + f"{own.upper()},x\n") == (
        "r.csv:2: column id: is the name of a file that this program makes itself"
    )


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert read(HEAD + "1,नी\u200dल\n")[1] == ()
    assert "U+200D" in only(HEAD + "1,a\u200db\n")


def test_every_row_is_looked_at() -> None:
    faults = read(HEAD + ",x\n1,y\n1,z\n2,\n")[1]
    assert [fault.message.split(":")[1] for fault in faults] == ["2", "4", "5"]


def test_there_is_a_cap() -> None:
    text = HEAD + "".join(f"{k},x\n" for k in range(MOST_STUDENTS + 5))
    assert only(text) == f"r.csv:{MOST_STUDENTS + 2}: a roster holds {MOST_STUDENTS} students at most"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "a\0b"):
        with pytest.raises(InputError):
            read_roster(path)


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda t: ("id,name\n1,Ada\n" + t).encode("utf-8", "ignore"))
)
def test_no_bytes_do_more_than_give_faults_or_students(data: bytes) -> None:
    roster, faults = examine_roster(data, "r.csv")
    assert faults or roster.students
    for fault in faults:
        assert fault.message.startswith("r.csv")
        assert "Ada" not in fault.message


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9),
        min_size=1,
    )
)
def test_what_is_quoted_is_read_back(names: list[str]) -> None:
    text = HEAD + "".join(f"{k},{quoted(name)}\n" for k, name in enumerate(names))
    roster, faults = read(text)
    assert faults == ()
    assert [s.line for s in roster.students] == list(range(2, len(names) + 2))
