"""Notebooks: valid, and every cell runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from gen.document.note_blocks import Notes
from gen.platforms.notebook import notebook
from tests.notes_projects import notes_of

CHAPTER = """\
# A & *b*

Words with `code`, $\\bm{x}$, a [link](https://example.org), * and _.

- one
- two

| a | b |
|---|--:|
| 1 | $x$ |

$$a = b$$ (eq)

```{compare} W*X
:wrt: W
:methods: index, vec, components, backprop
```

```{derive} f = x'*A*x
:wrt: x
:let: A: n x n; x: n
```

````{definition} Trace
```{derive} tr(A*X)
:wrt: X
```
````

```{problem}
:family: trace-product
:seed: 3
:label: p
```

```{solution} p
```
"""


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Notes:
    return notes_of(tmp_path_factory.mktemp("notes"), CHAPTER)


def test_words_stay_words_and_formulas_formulas(notes: Notes) -> None:
    cells = json.loads(notebook(notes.chapters[0], notes))["cells"]
    text = "".join(cells[2]["source"])
    assert text.startswith(
        "Words with `code`, $\\boldsymbol{x}$, a [link](https://example.org), \\* and \\_.\n\n"
        "- one\n- two\n\n"
        "| a | b |\n|:--|--:|\n| 1 | $x$ |\n\n$$\na = b\\tag{1.1}\n$$"
    )
    assert "".join(cells[0]["source"]) == "# 1 A & *b*"


def test_a_problem_brings_its_question(notes: Notes) -> None:
    cells = json.loads(notebook(notes.chapters[0], notes))["cells"]
    words = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert "**Exercise 1.1**\n\n" in words
    assert "and give its shape." in words


@pytest.mark.filterwarnings("default")
def test_it_is_valid_and_every_cell_runs(notes: Notes) -> None:
    read: Any = nbformat.reads  # has no annotations
    made = read(notebook(notes.chapters[0], notes), as_version=4)
    nbformat.validate(made)
    folder = str(Path(__file__).parent.parent)
    client = NotebookClient(made, timeout=120, resources={"metadata": {"path": folder}})
    done = client.execute()
    codes = [cell for cell in done.cells if cell.cell_type == "code"]
    assert len(codes) == 1 + 4 * 2 + 2 + 2 + 1
    shown = [cell.outputs[0].data["text/latex"] for cell in codes if cell.outputs]
    assert len(shown) == 4 + 1 + 1 + 1
    assert all("\\begin{align*}" in latex for latex in shown)


FORMED = """\
# A

{problems}
```{{derive}} f = norm2(x)^3
:wrt: x
```

:::{{definition}} Spur
Words.
:::

```{{reference}}
```
"""
FAMILIES = {
    "choice": "trace-product",
    "fade": "trace-quadratic",
    "find-error": "trace-product",
    "order": "trace-quadratic",
    "open": "trace-product",
}


def formed(folder: Path, language: str) -> str:
    """The words of a notebook with a problem in every form and its solution."""
    problems = "\n".join(
        f"```{{problem}}\n:family: {family}\n:seed: 3\n:form: {form}\n:label: {form}\n```\n\n"
        f"```{{solution}} {form}\n```\n"
        for form, family in FAMILIES.items()
    )
    made = notes_of(folder, FORMED.format(problems=problems), more=f'language = "{language}"\n')
    cells = json.loads(notebook(made.chapters[0], made))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_a_question_has_its_answers_and_lines_and_a_solution_its_key(tmp_path: Path) -> None:
    words = formed(tmp_path, "en")
    exercises = {
        form: words.partition(f"**Exercise 1.{n}**")[2].partition("**Solution of exercise")[0]
        for n, form in enumerate(FAMILIES, start=1)
    }
    solutions = {
        form: words.partition(f"**Solution of exercise 1.{n}**")[2].partition("**Exercise")[0]
        for n, form in enumerate(FAMILIES, start=1)
    }
    assert all(f"\n- **{letter}** $" in exercises["choice"] for letter in "ABCD")
    assert "**Answer: D**" in solutions["choice"]
    assert r"\boxed{\phantom{XXXXXXXXXXXX}}" in exercises["fade"]
    assert r"\boxed" not in solutions["fade"]
    assert all(f"\n- **{n}** $" in exercises["find-error"] for n in range(1, 6))
    assert "**The mistake is in line 4**" in solutions["find-error"]
    assert all(f"\n- **{n}** $" in solutions["find-error"] for n in range(1, 6))
    assert all(f"\n- **{letter}** $" in exercises["order"] for letter in "ABCDEFG")
    assert "**In order: F, B, G, E, A, D, C**" in solutions["order"]
    assert "\n- **F** $" in solutions["order"]
    assert "a matrix of shape $n \\times p$" in solutions["open"]


@pytest.mark.parametrize("language", ("en", "de"))
def test_words_are_those_of_the_language_and_nothing_of_tex_is_left(tmp_path: Path, language: str) -> None:
    words = formed(tmp_path, language)
    displayed = re.compile(r"\$\$\n.*?\n\$\$", re.DOTALL)
    rest = "".join(displayed.sub("", words).split("$")[::2])
    assert not re.search(r"[{}]|\\[A-Za-z]|[a-z]_[a-z]", rest), rest
    heads = {
        "en": ("Exercise 1.1", "Solution of exercise 1.1", "Derivation 1.1", "Definition 1.1"),
        "de": ("Übung 1.1", "Lösung der Übung 1.1", "Herleitung 1.1", "Definition 1.1"),
    }
    assert all(f"**{head}**" in words for head in heads[language])
    because = {"en": "the outer power first, then what is", "de": "zuerst die äußere Potenz, dann das"}
    assert re.search(rf"- \*\*power rule\*\*: .*{because[language]}", words)
