"""A sheet, a roster and a lock: who gets what, reprints, new students, and every fault by its place."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from gen.document.format import format_named
from gen.document.render import render
from gen.document.tex import escape
from gen.errors import BuildError, InputError
from gen.problems.slot import Wanted
from gen.problems.target import levels, members, target
from gen.problems.task import Derive
from gen.project.answers import HEADER, answer_lines
from gen.project.checkup import findings, marks_fault
from gen.project.course import (
    Course,
    answer_rows,
    course,
    document,
    lock_file,
    locked,
    recipe,
    seats,
    student_named,
    versions,
)
from gen.project.dealing import NOBODY
from gen.project.lock import lock_text
from gen.project.sheet import read_sheet
from gen.project.sources import content_key, sources_of
from gen.version import VERSION

HEAD = 'id = "s1"\ntitle = "T"\nseed = 5\n'
TRACE = '[[problem]]\nfamily = "trace-product"\n'
FORMS = "".join(f'{TRACE}form = "{form}"\n' for form in ("choice", "fade", "find-error", "order"))
WRITTEN = '[[problem]]\nof = "F = W*X"\nwrt = "W"\nmarks = 3\n'
ROSTER = "id,name\ns1,Ada\ns2,Emmy\ns3,Sofia\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, sheet: str, roster: str | None = ROSTER, seed: int | None = None) -> Course:
    file = folder / "sheet.toml"
    file.write_text(sheet, encoding="utf-8")
    if roster is None:
        return course(read_sheet(file), file, None, seed)
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    return course(read_sheet(file), file, folder / "roster.csv", seed)


def printed(found: Course) -> dict[str, str]:
    """Every student's worksheet and solutions as TeX."""
    formats = (format_named("worksheet"), format_named("solutions"))
    return {
        one.student: "".join(render(document(found, one), known, "pdflatex") for known in formats)
        for one in versions(found)
    }


def record(found: Course, folder: Path) -> str:
    text = lock_text(locked(found, list(versions(found))))
    lock_file(folder / "sheet.toml").write_text(text, encoding="utf-8")
    return text


def scarce() -> tuple[int, int]:
    """The difficulty that fewest problems of the family have, and how many."""
    counts: list[tuple[int, int]] = []
    for level in levels(Wanted(("trace-product",))):
        wanted = Wanted(("trace-product",), (), level)
        counts.append((members(wanted, target(wanted) or 0, 1000), level))
    there, level = min(counts)
    return level, there


def refused(folder: Path, sheet: str, roster: str | None = ROSTER, seed: int | None = None) -> str:
    with pytest.raises(InputError) as caught:
        put(folder, sheet, roster, seed)
    assert len(caught.value.report.lines()) <= 4
    return caught.value.report.message


def test_reprints_are_the_same_and_nobody_else_changes(folder: Path) -> None:
    before = put(folder, HEAD + TRACE + FORMS + WRITTEN)
    sheets = printed(before)
    record(before, folder)
    again = put(folder, HEAD + TRACE + FORMS + WRITTEN)
    assert again.lock.entries.keys() == before.lock.entries.keys()
    assert printed(again) == sheets
    more = printed(put(folder, HEAD + TRACE + FORMS + WRITTEN, "id,name\ns0,New\ns3,Sofia\nx,Y\ns1,Ada\n"))
    assert {name: more[name] for name in ("s1", "s3")} == {name: sheets[name] for name in ("s1", "s3")}


def test_a_typo_in_a_name_changes_one_name_only(folder: Path) -> None:
    record(put(folder, HEAD + TRACE), folder)
    one = printed(put(folder, HEAD + TRACE, ROSTER.replace("Emmy", "Amy")))
    other = printed(put(folder, HEAD + TRACE))
    assert one["s2"] == other["s2"].replace("Emmy", "Amy")
    assert {name: one[name] for name in ("s1", "s3")} == {name: other[name] for name in ("s1", "s3")}


def test_problems_that_are_moved_or_added_leave_those_that_stay(folder: Path) -> None:
    first = put(folder, HEAD + TRACE + "difficulty = 3\n")
    record(first, folder)
    second = put(folder, HEAD + WRITTEN + TRACE + "difficulty = 2\n" + TRACE + "difficulty = 3\n")
    assert [hand.drawn[1] for hand in second.dealt.hands] == [hand.drawn[0] for hand in first.dealt.hands]


def test_what_a_form_has_drawn_is_kept_when_the_tool_draws_otherwise(folder: Path) -> None:
    found = put(folder, HEAD + TRACE + 'form = "choice"\n')
    text = record(found, folder)
    lines = text.splitlines()
    entry = json.loads(lines[-1])
    entry["tool"] = "0.0.1"
    options = entry["form"]["options"]
    entry["form"] = {
        "right": 0,
        "options": [options[entry["form"]["right"]], {"text": "A+B", "tex": "A+B", "mistake": "gone"}],
    }
    lines[-1] = json.dumps(entry)
    lock_file(folder / "sheet.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    again = put(folder, HEAD + TRACE + 'form = "choice"\n')
    one = list(versions(again))[-1]
    body = one.items[0].body
    assert [option.answer.text for option in getattr(body, "options", ())][1] == "A+B"
    assert next(answer_rows(again, one, "s3"))[3].startswith("A: ")


def test_without_a_roster_there_is_one_version(folder: Path) -> None:
    found = put(folder, HEAD + TRACE, None)
    (one,) = versions(found)
    assert (one.student, one.name, found.files) == (NOBODY, "", ())
    assert [row[:2] for row in answer_rows(found, one, NOBODY)] == [(NOBODY, "1")]


def test_a_roster_of_a_sheet_without_generated_problems_prints_names_and_codes(folder: Path) -> None:
    found = put(folder, 'id = "s1"\ntitle = "T"\n' + WRITTEN)
    ones = list(versions(found))
    assert [(one.name, one.items) for one in ones] == [("Ada", ()), ("Emmy", ()), ("Sofia", ())]
    assert len({one.code for one in ones}) == 3


def test_the_answers_are_in_the_order_of_the_roster_and_no_formula(folder: Path) -> None:
    found = put(folder, HEAD + TRACE + FORMS + WRITTEN)
    told = [row for one in versions(found) for row in answer_rows(found, one, one.student)]
    text = answer_lines([HEADER, *told])
    rows = [line.split(",", 3) for line in text.splitlines()]
    assert rows[0] == ["id", "problem", "variant", "answer"]
    assert [row[0] for row in rows[1:]] == ["s1"] * 6 + ["s2"] * 6 + ["s3"] * 6
    assert [row[1] for row in rows[1:7]] == ["1", "2", "3", "4", "5", "6"]
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)
    assert {tuple(row[2:]) for row in rows[6::6]} == {("", '"delta[i,q]*X[r,k]"')}


def test_a_code_stands_on_every_page_and_differs_for_every_student(folder: Path) -> None:
    found = put(folder, HEAD + TRACE)
    codes = [one.code for one in versions(found)]
    assert len(set(codes)) == 3
    for one in versions(found):
        shown = render(document(found, one), format_named("worksheet"), "pdflatex")
        assert shown.count(escape(one.code)) == 1
        assert shown.count(r"\fancyfoot[R]{\CodeFoot}") == 2


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (HEAD.replace("seed = 5\n", "") + TRACE, "sheet.toml:3:12: seed is missing"),
        (HEAD + TRACE + "difficulty = 5\n", "sheet.toml:6:14: no problem of trace-product has difficulty 5"),
        (HEAD + TRACE + 'require = ["hadamard"]\n', "sheet.toml:6:11: no problem of trace-product uses all"),
    ],
)
def test_what_cannot_be_dealt_is_told_by_its_place(folder: Path, sheet: str, message: str) -> None:
    assert refused(folder, sheet).startswith(str(folder / message))


def test_the_method_and_the_layout_are_those_of_the_sheet(folder: Path) -> None:
    notation = 'notation = { layout = "denominator" }\n'
    found = put(folder, HEAD + notation + TRACE + 'methods = ["backprop"]\n')
    for hand in found.dealt.hands:
        task = hand.drawn[0].member.task
        assert isinstance(task, Derive)
        assert (task.method, task.layout) == ("backprop", "denominator")


def test_a_count_that_a_family_does_not_have(folder: Path) -> None:
    level, there = scarce()
    message = refused(folder, HEAD + TRACE + f"difficulty = {level}\ncount = {there + 1}\n")
    assert message == (
        f"{folder / 'sheet.toml'}:7:9: count is {there + 1}, "
        f"but of trace-product there are {there} such problems that differ"
    )


def test_another_seed_than_that_of_the_lock_is_refused(folder: Path) -> None:
    record(put(folder, HEAD + TRACE), folder)
    assert "the seed is 6, but variants.lock has been dealt with 5" in refused(folder, HEAD + TRACE, seed=6)


def test_a_recorded_task_that_cannot_be_read_is_told_by_its_line(folder: Path) -> None:
    text = record(put(folder, HEAD + TRACE), folder)
    lines = text.splitlines()
    entry = json.loads(lines[-1])
    entry["task"]["expr"] = "tr(X*"
    lock_file(folder / "sheet.toml").write_text("\n".join([*lines[:-1], json.dumps(entry)]), encoding="utf-8")
    found = put(folder, HEAD + TRACE)
    with pytest.raises(InputError) as caught:
        list(versions(found))
    place = f"{folder / 'variants.lock'}:{len(lines)}: damaged: the line holds a task that cannot be read: "
    assert caught.value.report.message.startswith(place)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"canonical": "tr(S1) by S1 index 1 numerator free"}, "a task that does not fit its canonical text"),
        ({"family": "trace-pwoer"}, "has the family trace-pwoer, which its slot does not ask for"),
        ({"family": "trace-power"}, "has the family trace-power, which its slot does not ask for"),
        ({"canonical": "said in another way then", "tool": "0.0.9"}, ""),
        ({}, ""),
    ],
)
def test_a_line_whose_parts_do_not_fit_is_damaged(
    folder: Path, changes: dict[str, str], message: str
) -> None:
    lines = record(put(folder, HEAD + TRACE), folder).splitlines()
    lines[-1] = json.dumps({**json.loads(lines[-1]), **changes})
    (folder / "variants.lock").write_text("\n".join(lines), encoding="utf-8")
    found = put(folder, HEAD + TRACE)
    if not message:
        assert len(list(versions(found))) == 3
        return
    with pytest.raises(InputError) as caught:
        list(versions(found))
    place = f"{folder / 'variants.lock'}:{len(lines)}: damaged: the line "
    assert caught.value.report.message.startswith(place)
    assert caught.value.report.message.endswith(message)


def test_a_line_that_hinders_dealing_to_others_is_told_by_its_place(folder: Path) -> None:
    lines = record(put(folder, HEAD + TRACE), folder).splitlines()
    entry = json.loads(lines[-1])
    entry["task"]["expr"] = "((("
    lines[-1] = json.dumps(entry)
    (folder / "variants.lock").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=rf"variants\.lock:{len(lines)}: damaged: the line holds a task"):
        put(folder, HEAD + TRACE, "id,name\ns3,x\ns9,y\n")


@pytest.mark.parametrize(("tool", "refused"), [(VERSION, True), ("0.0.9", False)])
def test_every_score_is_held_against_the_one_that_was_dealt(folder: Path, tool: str, refused: bool) -> None:
    text = record(put(folder, HEAD + TRACE), folder)
    score = json.loads(text.splitlines()[-1])["score"]
    changed = text.replace(f'"score": {score}', f'"score": {score + 1}').replace(VERSION, tool)
    lock_file(folder / "sheet.toml").write_text(changed, encoding="utf-8")
    found = put(folder, HEAD + TRACE)
    if refused:
        with pytest.raises(BuildError, match=r"student s[123], trace-product any open 1: the score is"):
            list(versions(found))
    else:
        assert len(list(versions(found))) == 3


@pytest.mark.parametrize("tool", [VERSION, "0.0.9"])
def test_every_score_is_held_against_that_of_all_others(folder: Path, tool: str) -> None:
    lines = record(put(folder, HEAD + TRACE), folder).splitlines()
    entry = json.loads(lines[-1])
    lines[-1] = json.dumps({**entry, "score": entry["score"] + 1, "tool": tool})
    (folder / "variants.lock").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(versions(put(folder, HEAD + TRACE)))
    place = f"{folder / 'variants.lock'}:{len(lines)}: student s3, trace-product any open 1: "
    assert caught.value.report.message.startswith(f"{place}the score is {entry['score'] + 1}, but")


def test_marks_follow_from_the_difficulty_and_must_add_up(folder: Path) -> None:
    found = put(folder, HEAD + TRACE + WRITTEN)
    totals = {sum(item.total for item in one.items) for one in versions(found)}
    assert len(totals) == 1
    right = totals.pop() + 3
    for total, wrong in ((right, False), (right + 1, True)):
        marked = put(folder, HEAD + f"marks = {total}\n" + TRACE + WRITTEN)
        fault = marks_fault(marked, next(versions(marked)))
        assert (fault is not None) == wrong
        if fault is not None:
            assert fault.message.startswith(f"{folder / 'sheet.toml'}:4:9: marks are {total}, but")


def test_an_id_is_found_as_typed_or_told_with_the_nearest(folder: Path) -> None:
    found = put(folder, HEAD + TRACE, "id,name\nJosé,A\nabc-1,B\n")
    assert student_named(found, "josé", "r.csv").name == "A"
    assert student_named(found, "JOSE", "r.csv").name == "A"
    with pytest.raises(InputError) as caught:
        student_named(found, "abd-1", "r.csv")
    assert caught.value.report.hint == "did you mean abc-1?"


def test_check_tells_families_repeats_marks_names_and_room(folder: Path) -> None:
    level, there = scarce()
    others = "".join(f"s{k},N\n" for k in range(there + 10))
    crowd = f"id,name\n{others}zz,Emmy{' Amalie' * 8 + '.'}\n"
    sheet = HEAD + TRACE + f'difficulty = {level}\nspace = "2cm"\n' + TRACE + "difficulty = 3\n"
    found = put(folder, sheet, crowd)
    lines = [line.replace(str(folder) + "/", "") for line in findings(found, list(versions(found, {"s0"})))]
    assert lines[0].startswith("sheet.toml:4:12: problem 1: trace-product, open, difficulty ")
    assert f"only {there} different ones, {there + 11} needed" in lines[0]
    assert f"30 or more different ones, {there + 11} needed" in lines[1]
    assert "sheet.toml: note: problem 1: 11 students get one that another has" in lines
    assert any(line.startswith("sheet.toml: every sheet: ") for line in lines)
    assert (
        f"roster.csv:{there + 12}: note: column name: 61 letters; the field holds about 42 on a line" in lines
    )
    assert any("has room for 2" in line for line in lines)
    assert not any("Emmy" in line for line in lines)


@pytest.mark.parametrize("letters", ["", 'notation = { letters = "abcdefgh" }\n'])
def test_a_recipe_makes_of_a_seat_what_the_course_makes(folder: Path, letters: str) -> None:
    """Also when it was pickled, without the solutions that dealing has found."""
    found = put(folder, HEAD + letters + FORMS + TRACE + WRITTEN)
    made = list(versions(found))
    # Dealing records what forms draw; letters that an author chooses it does not know.
    drawing = {place.slot.key for place in found.places if place.slot.wanted.form != "open"}
    drawn = [e.form is None for (_, k), e in found.lock.entries.items() if k in drawing]
    assert set(drawn) == {bool(letters)}
    lock = locked(found, made)
    if not letters:
        assert lock == found.lock
    layout = pickle.loads(pickle.dumps(recipe(found))).layout()
    for seat, one in zip(seats(found, lock), made, strict=True):
        sent = pickle.loads(pickle.dumps(seat))
        assert seat.solved
        assert not sent.solved
        assert sent == seat
        for version in (seat, sent):
            laid = layout(version)()
            assert laid.document == document(found, one)
            assert laid.rows == tuple(answer_rows(found, one, seat.id))


def test_what_a_seat_is_kept_under_says_all_that_is_printed(folder: Path) -> None:
    found = put(folder, HEAD + FORMS)
    (first, second, _) = seats(found, found.lock)
    assert first.key() != second.key()
    assert json.loads(json.dumps(first.key())) == json.loads(json.dumps(first.key()))
    again = put(folder, HEAD + FORMS, ROSTER.replace("Ada", "Ada L."))
    assert next(seats(again, again.lock)).key() != first.key()
    assert recipe(found, "a").key() != recipe(found, "b").key()
    assert recipe(found).key() is None


def test_what_a_sheet_says_is_known_by_all_its_files(folder: Path) -> None:
    (folder / "bank").mkdir()
    bank = folder / "bank" / "one.toml"
    bank.write_text('[[problem]]\nof = "tr(A*X)"\nwrt = "X"\n', encoding="utf-8")
    file = folder / "sheet.toml"
    file.write_text(HEAD + '[[problem]]\nfrom = "bank/*.toml"\n', encoding="utf-8")
    assert sources_of(file) == (file, bank)
    keys = {content_key(file)}
    bank.write_text('[[problem]]\nof = "tr(X*A)"\nwrt = "X"\n', encoding="utf-8")
    keys.add(content_key(file))
    (folder / "bank" / "two.toml").write_text('[[problem]]\nof = "tr(X)"\nwrt = "X"\n', encoding="utf-8")
    keys.add(content_key(file))
    (folder / "own.toml").write_text("", encoding="utf-8")
    file.write_text('theme = "own.toml"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    keys.add(content_key(file))
    (folder / "own.toml").write_text("# another\n", encoding="utf-8")
    keys.add(content_key(file))
    assert len(keys) == 5
    (folder / "own.toml").unlink()
    with pytest.raises(InputError, match=r"own\.toml: cannot be read"):
        content_key(file)
