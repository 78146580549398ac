"""The learning platforms: one record each, with the writer of its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.platforms.moodle import moodle_xml
from gen.platforms.qti import qti_zip
from gen.platforms.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Platform:
    """A format of learning platforms. `file` is the name of the file that `write` makes the bytes of."""

    name: str
    title: str
    file: str
    write: Callable[[Quiz], bytes]


PLATFORMS: tuple[Platform, ...] = (
    Platform("moodle", "Moodle XML, for a question bank of Moodle", "moodle.xml", moodle_xml),
    Platform("qti", "QTI 1.2, for quizzes of Canvas", "qti.zip", qti_zip),
)
