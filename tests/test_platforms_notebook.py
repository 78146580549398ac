"""Notebooks: valid, and every cell runs."""

from __future__ import annotations

import json
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
