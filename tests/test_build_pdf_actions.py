"""PDFs that do more than show pages are not handed out: made by hand, and by TeX."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from gen.build.engine import by_name
from gen.build.pdf import DamagedPdfError, count_pages
from gen.build.pdf_actions import harm
from gen.build.typeset import typeset
from gen.errors import BuildError
from tests.attacks import page

ELSEWHERE = "a link that is none to the web"
Change = Callable[[Pdf], None]


def made(change: Change) -> bytes:
    """A PDF of one page, changed."""
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def annotated(**entries: object) -> Change:
    """A page with one annotation."""

    def change(document: Pdf) -> None:
        entry = {"/Type": Name.Annot, "/Subtype": Name.Link, "/Rect": [0, 0, 9, 9]}
        entry |= {f"/{key}": value for key, value in entries.items()}
        document.pages[0].Annots = Array([Dictionary(entry)])

    return change


def opening(**entries: object) -> Change:
    """A document with an action when it is opened."""

    def change(document: Pdf) -> None:
        document.Root.OpenAction = Dictionary({f"/{key}": value for key, value in entries.items()})

    return change


def embedded(document: Pdf) -> None:
    document.attachments["x.exe"] = b"payload"


def external(document: Pdf) -> None:
    stream = Stream(document, b"")
    stream["/F"] = String("/etc/passwd")
    document.pages[0].obj["/Thumb"] = document.make_indirect(stream)


def on_page(document: Pdf) -> None:
    document.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def named_script(document: Pdf) -> None:
    names = Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))])
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


def form(document: Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]))


def deep(document: Pdf) -> None:
    hidden = Dictionary(S=Name.URI, URI=String("https://a.b"), Next=Array([Dictionary(S=Name.Launch)]))
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=hidden)])


def by_reference(**entries: pikepdf.Object) -> Change:
    """A link whose action says what it does in objects of their own."""

    def change(document: Pdf) -> None:
        action = {f"/{key}": document.make_indirect(value) for key, value in entries.items()}
        annotated(A=document.make_indirect(Dictionary(action)))(document)

    return change


HARMFUL: dict[str, tuple[Change, str]] = {
    "launch": (annotated(A=Dictionary(S=Name.Launch, F=String("calc.exe"))), "a Launch action"),
    "script": (annotated(A=Dictionary(S=Name.JavaScript, JS=String("1"))), "JavaScript"),
    "script-in-a-stream": (annotated(A=Dictionary(S=Name.Rendition, JS=String("1"))), "JavaScript"),
    "submit": (annotated(A=Dictionary(S=Name.SubmitForm, F=String("http://x"))), "a SubmitForm action"),
    "import": (annotated(A=Dictionary(S=Name.ImportData, F=String("x"))), "a ImportData action"),
    "other-file": (annotated(A=Dictionary(S=Name.GoToR, F=String("/etc/passwd"))), "a GoToR action"),
    "file-link": (annotated(A=Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))), ELSEWHERE),
    "script-link": (annotated(A=Dictionary(S=Name.URI, URI=String("JavaScript:1"))), ELSEWHERE),
    "program-beside": (annotated(A=Dictionary(S=Name.URI, URI=String("tools/run.exe"))), ELSEWHERE),
    "other-host": (annotated(A=Dictionary(S=Name.URI, URI=String("//host/x.html"))), ELSEWHERE),
    "share": (annotated(A=Dictionary(S=Name.URI, URI=String("\\\\host\\x.html"))), ELSEWHERE),
    "hidden-script": (annotated(A=Dictionary(S=Name.URI, URI=String("x.html\n"))), ELSEWHERE),
    "open-script": (opening(S=Name.JavaScript, JS=String("1")), "JavaScript"),
    "open-link": (opening(S=Name.URI, URI=String("http://a.b")), "an action without a click"),
    "on-page": (on_page, "an action without a click"),
    "attached": (annotated(Subtype=Name.FileAttachment), "a FileAttachment annotation"),
    "screen": (annotated(Subtype=Name.Screen), "a Screen annotation"),
    "embedded": (embedded, "an embedded file"),
    "external": (external, "a link to a file"),
    "named-script": (named_script, "JavaScript"),
    "form": (form, "a form"),
    "launch-by-reference": (by_reference(S=Name.Launch), "a Launch action"),
    "file-by-reference": (by_reference(Type=Name.Filespec), "a link to a file"),
    "link-by-reference": (by_reference(S=Name.URI, URI=String("x.exe")), ELSEWHERE),
    "note-by-reference": (by_reference(Subtype=Name.Screen), "a Screen annotation"),
    "deep": (deep, "a Launch action"),
}  # fmt: skip

HARMLESS: dict[str, Change] = {
    "nothing": lambda document: None,
    "web": annotated(A=Dictionary(S=Name.URI, URI=String("HTTPS://a.b/c"))),
    "page": annotated(A=Dictionary(S=Name.URI, URI=String("worksheet/ada.html"))),
    "page-above": annotated(A=Dictionary(S=Name.URI, URI=String("../html/index.html#part-1"))),
    "mail": annotated(A=Dictionary(S=Name.URI, URI=String("mailto:a@b.c"))),
    "place": annotated(A=Dictionary(S=Name.GoTo, D=String("x")), F=4),
    "next": annotated(A=Dictionary(S=Name.Named, N=Name.NextPage)),
    "open-at": opening(S=Name.GoTo, D=String("x")),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_does_more_than_show_pages_is_refused(name: str) -> None:
    change, told = HARMFUL[name]
    with pytest.raises(DamagedPdfError, match=f"^holds {told}$"):
        count_pages(made(change))


@pytest.mark.parametrize("name", HARMLESS)
def test_links_to_places_and_to_the_web_are_fine(name: str) -> None:
    assert count_pages(made(HARMLESS[name])) == 1


def test_names_are_decoded_first() -> None:
    data = made(opening(S=Name.JavaScript, JS=String("1"))).replace(b"/JavaScript", b"/J#61vaScr#69pt")
    data = data.replace(b"/JS ", b"/J#53 ")
    with pikepdf.open(BytesIO(data)) as document:
        assert harm(document) == "JavaScript"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (r"\pdfcatalog{/OpenAction << /S /J#61vaScript /J#53 (1) >>}", "JavaScript"),
        (
            r"\immediate\pdfobj stream attr {/Type /EmbeddedFile} {payload}"
            r"\immediate\pdfobj{<</Type/Filespec/F(x.exe)/EF<</F \the\pdflastobj\space 0 R>>>>}"
            r"\pdfnames{/EmbeddedFiles << /Names [(x) \the\pdflastobj\space 0 R] >>}",
            "an embedded file",
        ),
        (r"\pdfannot width 9pt height 9pt{/Subtype/Link/A<</S/Launch/F(calc.exe)>>}", "a Launch action"),
        (
            r"\pdfannot width 9pt height 9pt{/Subtype/Link/A<</S/URI/URI(file:///etc/passwd)>>}",
            ELSEWHERE,
        ),
    ],
    ids=["script", "embedded", "launch", "file"],
)
def test_tex_that_makes_such_a_pdf_is_an_error(body: str, told: str) -> None:
    with pytest.raises(BuildError, match=f"worksheet: tinytex ended well, but its PDF holds {told}$"):
        typeset(page(body), by_name("tinytex"), name="worksheet")
