"""Topics of families, as people type them."""

from __future__ import annotations

from gen.errors import input_error, nearest
from gen.problems.catalogue import FAMILIES
from gen.problems.family import Family

TOPICS: tuple[str, ...] = tuple(dict.fromkeys(family.topic for family in FAMILIES))


def families_about(topic: str | None) -> tuple[Family, ...]:
    """The families of a topic, of all for None. Raises InputError that names the nearest topic.

    >>> [family.name for family in families_about("Kronecker")][:2]
    ['vec-of-a-product', 'kronecker-by-a-factor']
    """
    if topic is None:
        return FAMILIES
    typed = _plain(topic)
    found = tuple(family for family in FAMILIES if _plain(family.topic) == typed)
    if found:
        return found
    close = nearest(typed, TOPICS)
    hint = f'did you mean "{close}"?' if close else "the topics are " + ", ".join(TOPICS)
    raise input_error("unknown_name", f"there is no topic {topic!r}", where="file", hint=hint)


def _plain(topic: str) -> str:
    return " ".join(topic.casefold().replace("-", " ").replace("_", " ").split())
