"""Reading HTML, Markdown and PDF: the article out of the page."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from armsgraph.documents import read_documents
from armsgraph.errors import DocumentError
from armsgraph.lexicon.furniture import load_furniture_lexicon
from armsgraph.model import Document, PartialDate

LEXICON = load_furniture_lexicon()
SENTENCE = "Finland ordered 64 boats from a yard in Norway."
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{charset}"><title>Norway orders 54 boats - The Daily Example</title>
<meta property="og:site_name" content="The Daily Example"><link rel="canonical" href="https://news.example/a/1">
<meta property="article:published_time" content="2023-02-03T10:00:00+01:00">
<script>var x = "Norway orders 900 boats";</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Norway orders 54 boats</h1>
<p>Norway has ordered <b>54</b> boats from a <a href="x">yard in
 Gdańsk</a> for €40 million, the government said.</p>
<h2>What it costs</h2>
<p>The sum is to be paid<br>in three parts.</p>
<ul><li>54 boats</li><li>spare parts</li></ul>
<table><tr><th>Item</th><th>Number</th></tr><tr><td>Boat</td><td>54</td></tr></table>
<blockquote><p>We are glad to have them.</p><p>They are good boats.</p></blockquote>
</article><footer>Copyright 2023 The Daily Example</footer></body></html>
"""
TEXT = """Norway orders 54 boats

Norway has ordered 54 boats from a yard in Gdańsk for €40 million, the government said.

What it costs

The sum is to be paid
in three parts.

- 54 boats
- spare parts

Item | Number
Boat | 54

We are glad to have them.

They are good boats."""


def read_one(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    (document,) = read_documents([str(path)], lexicon=LEXICON)
    assert isinstance(document, Document), document
    return document


def read_error(path: Path, content: bytes) -> DocumentError:
    path.write_bytes(content)
    (error,) = read_documents([str(path)], lexicon=LEXICON)
    assert isinstance(error, DocumentError), error
    assert error.hint
    assert str(error.where).startswith(str(path))
    return error


# ---- HTML


def test_article_of_a_page(tmp_path: Path) -> None:
    document = read_one(tmp_path / "a.html", PAGE.format(lang="en-GB", charset="utf-8").encode())
    assert document.text == TEXT
    assert (document.title, document.publisher) == ("Norway orders 54 boats", "The Daily Example")
    assert (document.url, document.published) == ("https://news.example/a/1", PartialDate(value="2023-02-03"))
    assert (document.language, document.media_type, document.encoding) == ("en", "text/html", "utf-8")


@pytest.mark.parametrize(
    ("charset", "codec", "encoding"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("windows-1250", "cp1250", "cp1250"),
        ("iso-8859-2", "utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16", "utf-16"),
        ("no-such-charset", "utf-8", "utf-8"),
        ("base64", "utf-8", "utf-8"),
        ("us-ascii", "utf-8", "cp1252"),
    ],
)
def test_charset_of_a_page(tmp_path: Path, charset: str, codec: str, encoding: str) -> None:
    document = read_one(tmp_path / "a.html", PAGE.format(lang="en", charset=charset).encode(codec))
    assert document.encoding == encoding
    if encoding != "cp1252":
        assert document.text == TEXT


def test_latin_1_is_read_as_browsers_read_it(tmp_path: Path) -> None:
    page = "<html><head><meta charset=iso-8859-1></head><body><p>The boats cost €40 million.</p></body></html>"
    document = read_one(tmp_path / "a.html", page.encode("cp1252"))
    assert (document.text, document.encoding) == ("The boats cost €40 million.", "cp1252")


def test_page_with_an_xml_declaration(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE.format(lang="en", charset="utf-8")}'
    assert read_one(tmp_path / "a.page", page.encode()).text == TEXT


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("EN", "en"), ("", "en"), ("english", "en")])
def test_language_of_a_page(tmp_path: Path, tag: str, language: str) -> None:
    assert read_one(tmp_path / "a.html", PAGE.format(lang=tag, charset="utf-8").encode()).language == language


@pytest.mark.parametrize(
    "page",
    [
        "<p>Norway has ordered 54 boats.</p>",
        "<div><p>Norway has ordered 54 boats.</p></div>",
        "<html><body>Norway has ordered 54 boats.</body></html>",
        "<body><div>Norway has ordered 54 boats.</div></body>",
    ],
)
def test_short_pages(tmp_path: Path, page: str) -> None:
    assert read_one(tmp_path / "a.html", page.encode()).text == "Norway has ordered 54 boats."


def test_headline_outside_the_article_is_put_in_front(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Boats for Norway</title></head><body><article>"
        "<p>The yard has signed a contract, the government said on Friday.</p></article></body></html>"
    )
    document = read_one(tmp_path / "a.html", page.encode())
    assert document.text == "Boats for Norway\n\nThe yard has signed a contract, the government said on Friday."


def test_furniture_of_a_page_is_marked(tmp_path: Path) -> None:
    page = PAGE.format(lang="en", charset="utf-8").replace("<h2>What", "<p>Also read: Ten more boats</p><h2>What")
    document = read_one(tmp_path / "a.html", page.encode())
    assert [document.quote(f.span) for f in document.furniture] == ["Also read: Ten more boats"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><head><title>Norway</title></head><body><script>boats()</script></body></html>", "no article text"),
        ("<html></html>", "no article text"),
        ("<html><body><nav><a href=x>Home</a></nav></body></html>", "nothing in it but page furniture"),
        ("<" * 1000, "no text"),
    ],
    ids=["script", "empty", "navigation", "brackets"],
)
def test_page_without_text(tmp_path: Path, page: str, message: str, caplog: pytest.LogCaptureFixture) -> None:
    assert message in read_error(tmp_path / "a.html", page.encode()).message
    assert not caplog.records


def test_deeply_nested_page_does_not_stop_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{'<div>' * 20_000}<p>Norway has ordered 54 boats.</p>")
    assert len(list(read_documents([str(path)], lexicon=LEXICON))) == 1


# ---- Markdown


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Boats for Finland\ndate: 2021-12-06\nurl: https://example.org/1\npublisher: The Example\n"
        f"draft: false\n---\n\n# Headline\n\nFinland [ordered](https://example.org/2) boats.\n\n{SENTENCE}\n"
    )
    document = read_one(tmp_path / "a.md", text.encode())
    assert document.text == text
    assert (document.title, document.url, document.publisher) == (
        "Boats for Finland",
        "https://example.org/1",
        "The Example",
    )
    assert document.published == PartialDate(value="2021-12-06")
    assert document.media_type == "text/markdown"
    front, link = document.furniture
    assert (front.kind, document.quote(front.span)) == ("front-matter", text[: text.index("\n\n#")])
    assert (link.kind, document.quote(link.span)) == ("markup", "(https://example.org/2)")


def test_markdown_without_front_matter_takes_its_heading(tmp_path: Path) -> None:
    document = read_one(tmp_path / "a.md", f"# Boats for *Finland*\n\n{SENTENCE}\n".encode())
    assert (document.title, document.published, document.furniture) == ("Boats for *Finland", None, ())


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: a: b", ":2: the front matter is not YAML"),
        ("- a", "the front matter has no keys"),
        ("date: yesterday", "is not a date of publication"),
        ("title: [a]", "'title' in the front matter is not a word"),
        ("date: 2021-02-30", "front matter is not YAML"),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, message: str) -> None:
    assert message in str(read_error(tmp_path / "a.md", f"---\n{front}\n---\n{SENTENCE}\n".encode()))


def test_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    assert "no text below" in str(read_error(tmp_path / "a.md", b"---\ntitle: x\n---\n"))


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    text = f"---\n{SENTENCE}\n"
    assert read_one(tmp_path / "a.md", text.encode()).text == text


# ---- PDF


def make_pdf(pages: Sequence[Sequence[str]], *, title: str = "", size: int = 12) -> bytes:
    """Write a PDF by hand: one line of text under the other."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"", b"<< /Title (%s) >>" % title.encode()]
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = []
    for lines in pages:
        rows = [
            b"BT /F1 %d Tf 50 %d Td (%s) Tj ET" % (size, 780 - 16 * i, line.replace("(", r"\(").encode("cp1252"))
            for i, line in enumerate(lines)
            if line
        ]
        stream = zlib.compress(b"\n".join(rows))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    return out + xref + trailer


FIRST = [
    "Norway orders 54 boats",
    "Norway has ordered 54 boats of the new class from a yard in",
    "Turku for 40 million euros, the government said. The manu-",
    "facture is to begin in the spring of the coming year, and the",
    "AK-",
    "203 is not part of it.",
]


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    document = read_one(tmp_path / "a.pdf", make_pdf([FIRST], title="Norway orders 54 boats"))
    assert document.text == (
        "Norway orders 54 boats\n\n"
        "Norway has ordered 54 boats of the new class from a yard in Turku for 40 million euros, the government said. "
        "The manufacture is to begin in the spring of the coming year, and the AK-\n\n203 is not part of it."
    )
    assert (document.title, document.media_type) == ("Norway orders 54 boats", "application/pdf")


@pytest.mark.parametrize("title", ["", "Microsoft Word - boats.docx", "Template of the press office"])
def test_title_that_the_text_does_not_have_is_left_out(tmp_path: Path, title: str) -> None:
    assert read_one(tmp_path / "a.pdf", make_pdf([FIRST], title=title)).title is None


def test_running_heads_and_page_numbers_do_not_cut_sentences(tmp_path: Path) -> None:
    body = [
        [
            "The government of Norway has told the parliament that the navy",
            "needs more boats, and that it would like to",
        ],
        [
            "buy them from the yard in Turku, which has built the first of",
            "them in the years from 2010 to 2014 and which",
        ],
        ["has offered twelve more for the price of ten. The offer stands", "until the end of the year."],
    ]
    pages = [["Ministry of Defence - Report 12", *lines, f"Page {n} of 3"] for n, lines in enumerate(body, 1)]
    assert read_one(tmp_path / "a.pdf", make_pdf(pages)).text == (
        "The government of Norway has told the parliament that the navy needs more boats, and that it would like to "
        "buy them from the yard in Turku, which has built the first of them in the years from 2010 to 2014 and which "
        "has offered twelve more for the price of ten. The offer stands until the end of the year."
    )


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    assert read_one(tmp_path / "a.txt", make_pdf([FIRST])).media_type == "application/pdf"


def test_pdf_without_text(tmp_path: Path) -> None:
    error = read_error(tmp_path / "a.pdf", make_pdf([[]]))
    assert error.message == "the PDF has no text layer"
    assert "OCR" in str(error.hint)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4\n", make_pdf([FIRST])[:400], b"%PDF-1.7\n" + bytes(500), b"boats", b""],
    ids=["head only", "cut off", "zeros", "no pdf", "empty"],
)
def test_broken_pdf(tmp_path: Path, content: bytes) -> None:
    assert "PDF" in read_error(tmp_path / "a.pdf", content).message


def test_locked_pdf(tmp_path: Path) -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"00" * 32,
        b"11" * 32,
    )
    content = make_pdf([FIRST]).replace(b"/Root 1 0 R", b"/Root 1 0 R %s" % lock)
    assert read_error(tmp_path / "a.pdf", content).message == "the PDF is locked"
