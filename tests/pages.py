"""A reader of HTML pages, for the tests."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise


class Reader(HTMLParser):
    """The tags of a page, with their attributes and the headings; every tag must be closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "img", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def names(self) -> list[str]:
        """The names of all tags in order."""
        return [tag for tag, _ in self.tags]


def read(html: str) -> Reader:
    """The page, well formed."""
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def hold_accessible(reader: Reader) -> None:
    """What can be seen without a browser: language, one h1, order of headings, headers, names of links."""
    names = reader.names()
    assert dict(reader.tags)["html"]["lang"] == "en"
    assert names.count("h1") == names.count("title") == names.count("main") == 1
    assert "script" not in names
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in reader.tags if tag == "th")
    assert names.count("caption") == names.count("table")
    levels = [int(tag[1]) for tag in names if tag in ("h1", "h2", "h3", "h4", "h5")]
    assert all(then - now <= 1 for now, then in pairwise(levels))


def hold_links(reader: Reader) -> None:
    """Every id stands once, and every link leads somewhere on the page."""
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] or "" for tag, attrs in reader.tags if tag == "a"]
    assert links[0] == "#content"
    assert {link.removeprefix("#") for link in links} <= set(ids)
    labels = [attrs["aria-labelledby"] or "" for _, attrs in reader.tags if "aria-labelledby" in attrs]
    assert {name for label in labels for name in label.split()} <= set(ids)
