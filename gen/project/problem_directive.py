"""`{problem}` and `{solution}`: exercises that somebody wrote or that are generated, and their solutions."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.result import Derivation
from gen.document.asked_for import asked_for
from gen.document.blocks import DerivationBlock, Part, ProblemBlock, Space
from gen.document.formula import Phrase
from gen.document.items import LEVELS, Level, item_block, prompt_in
from gen.document.lesson import problem_block
from gen.document.note_blocks import Exercise, NoteBlock, Paragraph, Solution
from gen.document.prose_blocks import prose_blocks
from gen.document.tex import Tex
from gen.document.web_asked import language_of, web_asked, web_hints
from gen.document.web_blocks import WebAsked, WebShown
from gen.document.web_lesson import web_lesson
from gen.document.web_solved import web_solved
from gen.errors import FreeIndexError, InputError, Report, nearest
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.family import Member
from gen.problems.item import FORMS, FindError, Item, Order
from gen.problems.make_item import make_item
from gen.problems.task import Derive
from gen.project import kinds
from gen.project.chapter_text import ChapterText
from gen.project.directive import Branch, Directive, DirectiveKind, Making
from gen.project.directive_question import call_of, call_of_task, declarations_of, question
from gen.project.exercise_draw import NoMemberError, drawn_member
from gen.project.keys import Key
from gen.project.notes_file import NotesFile
from gen.project.option_kinds import LABEL, LET, QUESTION_KEYS, counted, faded, listed
from gen.project.written import METHODS, METHODS_LATER
from gen.project.written_task import declared_text

GENERATED = ("family", "difficulty", "seed")


def _problem(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    prompt = making.blocks(branch.children)
    made = _Made(branch, making.text, making.notes)
    derivations = made.derivations
    if derivations:
        making.derived(derivations, branch)
    solution, chapter = making.solution_of(branch.label) if branch.label else ("", "")
    return (
        Exercise(
            anchor=branch.anchor,
            number=branch.number,
            problem=replace(made.block("none"), parts=(), scheme=()),
            solution=solution,
            prompt=prompt or made.prompt,
            solution_chapter=chapter,
            asked=made.asked,
            hints=made.hints,
            language="" if prompt else made.language,
        ),
    )


def _solution(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    found = making.exercise(directive.argument)
    if found is None:
        close = nearest(directive.argument, making.exercises())
        hint = f"did you mean {close}?" if close else "a problem gets one with :label:"
        message = f"no problem has the label {directive.argument!r}"
        raise InputError(making.text.fault(*directive.span(), message, hint=hint, code="unknown_name"))
    exercise, text, chapter = found
    if not exercise.sound:
        return ()
    try:
        made = _Made(exercise, text, making.notes)
    except FreeIndexError:
        # The exercise itself tells what is wrong with it.
        return ()
    level = next(level for level in LEVELS if level == directive.values["level"])
    if made.is_asked and made.derivations:
        making.derived(made.derivations, branch)
    elif not made.is_asked and not branch.children:
        message = f"{directive.argument} asks for no derivation: its solution is written here"
        raise InputError(making.text.fault(*directive.span(), message))
    return (
        Solution(
            anchor=branch.anchor,
            number=exercise.number,
            of=exercise.anchor,
            problem=made.block(level),
            web=made.web(branch.anchor, level),
            blocks=making.blocks(branch.children),
            of_chapter=chapter,
            calls=made.calls if level == "full" else (),
        ),
    )


_BLANK = Tex(r"$\triangleright$")  # stands before a line that had a blank


class _Made:
    """What a problem asks, worked out: derivations, or an item of a family or in a form, or nothing."""

    def __init__(self, branch: Branch, text: ChapterText, notes: NotesFile) -> None:
        """Raises InputError with the place in the chapter of the problem."""
        assert branch.directive is not None
        self._directive = directive = branch.directive
        self._notes = notes
        self._text = text
        self._number = int(branch.number.rsplit(".", 1)[-1])
        self._item: Item | None = None
        self.derivations: tuple[Derivation, ...] = ()
        values = directive.values
        if values["family"] is not None:
            self._item = _drawn(branch, directive, text, notes)
        elif directive.argument and values["form"] != "open":
            question(directive, text, notes, values["methods"] or ("index",))
            self._item = _in_form(directive, text, notes, branch)
        elif directive.argument:
            self.derivations = question(directive, text, notes, values["methods"] or ("index",))
        if self._item is not None and self._item.worked.derivation is not None:
            self.derivations = (self._item.worked.derivation,)

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to derive."""
        return bool(self.derivations) or self._item is not None

    @property
    def prompt(self) -> tuple[NoteBlock, ...]:
        """The question in the words of the program."""
        if self._item is not None:
            return prose_blocks(prompt_in(self._item, self._notes.pen))
        if not self.derivations:
            return ()
        return (Paragraph(asked_for(self.derivations[0], self._notes.pen)),)

    @property
    def calls(self) -> tuple[str, ...]:
        """The Python that makes the derivations again."""
        task = None if self._item is None else self._item.worked.task
        if isinstance(task, Derive):
            return (call_of_task(task),)
        return tuple(call_of(found, self._directive, self._text, self._notes) for found in self.derivations)

    def block(self, level: Level) -> ProblemBlock:
        """The problem with as much of its solution as the level says."""
        pen = self._notes.pen
        space = self._directive.values["space"]
        room = None if space is None else Space("blank", space)
        if self._item is not None:
            made = item_block(self._number, self._item, level=level, space=room, pen=pen)
            # Where lines are spoken of, their numbers or letters are not there for the marks alone.
            named = isinstance(self._item.body, FindError | Order)
            parts = tuple(_without_marks(part, labels=named) for part in made.parts)
            return replace(made, parts=parts, marks=None)
        if not self.derivations:
            return ProblemBlock(self._number, "", "", space=room or Space("blank", 2.0))
        block = problem_block(self._number, self.derivations, space=room, pen=pen)
        return replace(block, parts=_shown(block.parts, level))

    @property
    def asked(self) -> tuple[WebAsked, ...]:
        """What stands below the prompt on screens."""
        return () if self._item is None else web_asked(self._item, self._notes.pen)

    @property
    def language(self) -> str:
        """The language of the prompt where it is not that of the notes."""
        return "" if self._item is None else language_of(self._item, self._notes.pen)

    @property
    def hints(self) -> tuple[Phrase, ...]:
        """The hints on screens."""
        return () if self._item is None else web_hints(self._item, self._notes.pen)

    def web(self, anchor: str, level: Level) -> tuple[WebShown, ...]:
        """The same solution for screens."""
        pen = self._notes.pen
        if level == "none":
            return ()
        if self._item is not None:
            return web_solved(self._item, level, anchor, pen, graded=False)
        parts = self.block(level).parts
        return web_lesson(parts, self.derivations, level, anchor, pen)


def _without_marks(part: Part, *, labels: bool) -> Part:
    """Nobody marks the exercises of notes; `labels` where something refers to the numbers of their lines."""
    if not isinstance(part, DerivationBlock):
        return part
    result = None if part.result is None else replace(part.result, marks="")
    lines = tuple(
        replace(line, marks="", label=line.label if labels else _BLANK if _BLANK in line.label else "")
        for line in part.lines
    )
    return replace(part, lines=lines, result=result)


def _shown(parts: tuple[Part, ...], level: Level) -> tuple[Part, ...]:
    """The parts of a solution: nothing, the results, the key lines, or all there is."""
    if level in ("none", "full"):
        return () if level == "none" else parts
    out: list[Part] = []
    for part in parts:
        if isinstance(part, DerivationBlock):
            last = len(part.lines) - 1
            kept = tuple(line for k, line in enumerate(part.lines) if line.key or k in (0, last))
            shown = () if level == "answer" and part.result is not None else kept
            out.append(replace(part, lines=shown, checked="", discussion=()))
    return tuple(out)


def _drawn(branch: Branch, directive: Directive, text: ChapterText, notes: NotesFile) -> Item:
    """The problem of a family that the seed leads to."""
    values = directive.values
    given = values["seed"]
    seed = f"{notes.seed}/{notes.id}/" + (f"{given}" if given is not None else f"{text.name}/{branch.anchor}")
    try:
        member = drawn_member(
            values["family"],
            seed,
            difficulty=values["difficulty"],
            form=values["form"],
            method=(values["methods"] or (None,))[0],
            layout=notes.notation.layout,
            symmetric=notes.notation.symmetric,
        )
    except NoMemberError as none:
        name = "difficulty" if values["difficulty"] is not None else "form"
        start, end = directive.span(name if directive.option(name) else "family")
        raise InputError(text.fault(start, end, str(none), hint=none.hint, code="unsupported")) from None
    return _item(member, directive, text, seed)


def _in_form(directive: Directive, text: ChapterText, notes: NotesFile, branch: Branch) -> Item:
    """A written problem as an item, so that it can be put in a form."""
    values = directive.values
    declared = declarations_of(directive, text, notes)
    task = Derive(
        directive.argument,
        values["wrt"],
        tuple((one.name, declared_text(one)) for one in declared),
        kind=values["kind"],
        method=(values["methods"] or ("index",))[0],
        order=values["order"],
        layout=values["layout"] or notes.notation.layout,
        symmetric=values["symmetric"] or notes.notation.symmetric,
    )
    return _item(Member("written", (), task), directive, text, f"{notes.seed}/{notes.id}/{branch.anchor}")


def _item(member: Member, directive: Directive, text: ChapterText, seed: str) -> Item:
    form = directive.values["form"]
    made = make_item(member, form, seed=seed, fade=directive.values["fade"])
    if made is None:
        start, end = directive.span("form" if directive.option("form") else "")
        hint = "open fits every problem"
        message = f"this problem cannot be asked in the form {form}"
        raise InputError(text.fault(start, end, message, hint=hint, code="unsupported"))
    return made


def _consistent(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    """An expression with its variable, or a family, or only words."""
    faults: list[Report] = []
    values, place = directive.values, (directive.start, directive.end)
    if directive.argument:
        for name in GENERATED:
            if directive.option(name) is not None:
                message = f"{name} goes with a generated problem, which has no expression"
                faults.append(text.fault(*directive.span(name), message))
        if not values["wrt"] and directive.option("wrt") is None:
            faults.append(text.fault(*place, "problem needs the option wrt", hint=":wrt: is the variable"))
    else:
        for option in directive.given:
            if option.name in ("wrt", "kind", "order", "let"):
                message = f"{option.name} goes with an expression behind {{problem}}"
                faults.append(text.fault(*directive.span(option.name), message))
        if directive.option("family") is None and not directive.body.strip():
            hint = "an expression, :family:, or a question in words"
            faults.append(text.fault(*place, "problem asks nothing", hint=hint))
    if directive.option("fade") is not None and values["form"] != "fade":
        faults.append(text.fault(*directive.span("fade"), "fade goes with the form fade", hint=":form: fade"))
    return tuple(faults)


PROBLEM = DirectiveKind(
    "problem",
    "an exercise: an expression, a family of problems, or words",
    "may",
    "an expression, such as F = W*X",
    (
        Key("wrt", kinds.FILLED, "the variable", default=""),
        Key("methods", listed(kinds.choices(*METHODS, later=METHODS_LATER)), "the ways to derive it"),
        *(key for key in QUESTION_KEYS if key is not LET),
        LET,
        Key(
            "family",
            listed(kinds.choices(*FAMILY_NAMED, listed="freeindex families lists them")),
            "a family of generated problems, or several; freeindex families",
        ),
        Key("difficulty", counted(kinds.whole(1, 5)), "how hard a generated problem is"),
        Key("seed", counted(kinds.whole(0)), "the number that a generated problem comes from"),
        Key("form", kinds.choice(*FORMS), "what the reader does", default="open"),
        Key("fade", faded(1, 20, "reasons", "factors"), "what is left blank"),
        Key("space", kinds.LENGTH, "blank room for the answer"),
        LABEL,
    ),
    "blocks",
    _problem,
    "exercise",
    _consistent,
)
SOLUTION = DirectiveKind(
    "solution",
    "the solution of the exercise with a label",
    "must",
    "the label of a problem",
    (Key("level", kinds.choice(*LEVELS[1:]), "how much of it", default="full"), LABEL),
    "blocks",
    _solution,
)
