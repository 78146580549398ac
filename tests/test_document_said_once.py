"""A chapter says once what a method leaves: later derivations do not repeat it."""

from __future__ import annotations

from pathlib import Path

from gen.document.note_blocks import Derived, Solution
from gen.document.web_blocks import WebPart
from tests.notes_projects import notes_of

CHAPTER = """# T

```{derive} x'*x
:wrt: x
```

```{derive} W*X
:wrt: W
```

```{derive} A*Y
:wrt: Y
```

```{problem} B*Z
:wrt: Z
:label: ex
```

```{solution} ex
```
"""


def test_only_the_first_of_two_tensors_is_discussed(tmp_path: Path) -> None:
    (chapter,) = notes_of(tmp_path, CHAPTER).chapters
    scalar, first, second = (block for block in chapter.blocks if isinstance(block, Derived))
    (solution,) = (block for block in chapter.blocks if isinstance(block, Solution))
    assert not scalar.paper.discussion
    assert first.paper.discussion and first.web.discussion
    assert not second.paper.discussion and not second.web.discussion
    assert not any(getattr(part, "discussion", ()) for part in solution.problem.parts)
    assert not any(part.discussion for part in solution.web if isinstance(part, WebPart))


def test_every_chapter_says_it_for_itself(tmp_path: Path) -> None:
    for chapter in notes_of(
        tmp_path, CHAPTER, CHAPTER.replace(":label: ex", ":label: b").replace("ex\n", "b\n")
    ).chapters:
        tensor = [block for block in chapter.blocks if isinstance(block, Derived)][1]
        assert tensor.paper.discussion
