"""Reading documents: formats, encodings, metadata, and what is said of input that cannot be read."""

import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from armsgraph.documents import parse_published, read_documents
from armsgraph.documents.jsonl import MAX_LINE_BYTES
from armsgraph.documents.reading import MAX_FILE_BYTES
from armsgraph.documents.records import MAX_TEXT_CHARS
from armsgraph.errors import DocumentError
from armsgraph.lexicon.furniture import load_furniture_lexicon
from armsgraph.model import Document, PartialDate

LEXICON = load_furniture_lexicon()
SENTENCE = "Finland ordered 64 boats from a yard in Norway."


def read(*inputs: object, stdin: bytes | None = None) -> list[Document | DocumentError]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(read_documents([str(i) for i in inputs], stdin=stream, lexicon=LEXICON))


def read_one(*inputs: object, stdin: bytes | None = None) -> Document:
    (document,) = read(*inputs, stdin=stdin)
    assert isinstance(document, Document), document
    return document


def read_error(*inputs: object, stdin: bytes | None = None) -> DocumentError:
    (error,) = read(*inputs, stdin=stdin)
    assert isinstance(error, DocumentError), error
    assert error.hint
    return error


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def jsonl(path: Path, *records: object) -> Path:
    return write(path, "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records))


# ---- plain text


def test_text_file(tmp_path: Path) -> None:
    document = read_one(write(tmp_path / "a.txt", SENTENCE))
    digest = hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert (document.id, document.key, document.text) == ("a", f"a-{digest[:8]}", SENTENCE)
    assert (document.sha256, document.media_type, document.language) == (digest, "text/plain", "en")
    assert (document.title, document.published, document.url) == (None, None, None)
    assert document.location == str(tmp_path / "a.txt")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["crlf", "cr", "lf"])
def test_line_ends_become_lf(tmp_path: Path, end: str) -> None:
    assert read_one(write(tmp_path / "a.txt", f"One.{end}{end}Two.{end}")).text == "One.\n\nTwo.\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Rs 6,838 crore – “yes”".encode(), "Rs 6,838 crore – “yes”", "utf-8"),
        ("\ufeff₹84,560 crore".encode(), "₹84,560 crore", "utf-8-sig"),
        ("\ufeff₹84,560 crore".encode("utf-16-le"), "₹84,560 crore", "utf-16"),
        ("\ufeff₹84,560 crore".encode("utf-16-be"), "₹84,560 crore", "utf-16"),
        ("€40 million – “yes”".encode("cp1252"), "€40 million – “yes”", "cp1252"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    document = read_one(write(tmp_path / "a.txt", data))
    assert (document.text, document.encoding) == (text, encoding)


def test_letters_and_spaces_stay_as_they_are(tmp_path: Path) -> None:
    text = "  Ka\u00ad226T\u00a0 e\u0301 \ufb01re \U0001f680  \n"
    assert read_one(write(tmp_path / "a.txt", text)).text == text


@pytest.mark.parametrize(
    ("name", "stem", "slug"),
    [
        ("two boats.txt", "two boats", "two-boats"),
        ("Überläufer.txt", "Überläufer", "uberlaufer"),
        ("भारत.txt", "भारत", "u92d-93e-930-924"),
        ("noending", "noending", "noending"),
        ("odd.ending", "odd", "odd"),
        (".hidden", ".hidden", "hidden"),
    ],
)
def test_file_names(tmp_path: Path, name: str, stem: str, slug: str) -> None:
    document = read_one(write(tmp_path / name, SENTENCE))
    assert (document.id, document.key.rpartition("-")[0]) == (stem, slug)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SENTENCE, "en"),
        ("Россия поставит Индии автоматы.", "und-Cyrl"),
        ("भारत ने रूस से राइफलें खरीदीं।", "und-Deva"),
        ("India calls it भारत, and orders 40 boats from Russia.", "en"),
        ("12 345", "en"),
    ],
    ids=["english", "russian", "hindi", "a word", "digits"],
)
def test_language_by_script(tmp_path: Path, text: str, language: str) -> None:
    assert read_one(write(tmp_path / "a.txt", text)).language == language


def test_furniture_is_kept_in_the_text(tmp_path: Path) -> None:
    document = read_one(write(tmp_path / "a.txt", f"{SENTENCE}\n\nLeave a Reply\n"))
    assert [document.quote(f.span) for f in document.furniture] == ["Leave a Reply"]


# ---- errors of files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        ("\ufeff\n".encode(), "there is no text"),
        (bytes(range(256)) * 10, "binary data"),
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "an image"),
        ("boats".encode("utf-16-le"), "UTF-16 or UTF-32 without its mark"),
        (b"price \x81\x8d \xff", "not utf-8 or cp1252"),
        (b"\xff\xfe\x00", "not utf-16"),
    ],
    ids=["empty", "blank", "mark only", "binary", "zip", "png", "utf-16", "no encoding", "half utf-16"],
)
def test_files_that_are_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path / "a.txt", content)
    error = read_error(path)
    assert message in str(error)
    assert error.where == str(path)


def test_missing_path(tmp_path: Path) -> None:
    assert "no such file" in str(read_error(tmp_path / "nowhere.txt"))


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000], ids=["nul", "long"])
def test_names_that_no_file_can_have(name: str) -> None:
    assert "cannot be read" in str(read_error(name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    path.chmod(0)
    assert "cannot be read: Permission denied" in str(read_error(path))


@pytest.mark.parametrize("suffix", ["txt", "html", "md", "pdf"])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    error = read_error(path)
    assert f"{MAX_FILE_BYTES + 1:,} bytes" in error.message
    assert "JSONL" in str(error.hint)


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    error = read_error(write(tmp_path / "a.txt", "boat " * (MAX_TEXT_CHARS // 5 + 1)))
    assert "1,000,005 characters" in error.message


def test_other_documents_go_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", SENTENCE)
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c.txt", SENTENCE)
    found = read(tmp_path)
    assert [type(f) for f in found] == [Document, DocumentError, Document]


def test_documents_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": "One."}, {"text": "Two."})
    stream = read_documents([str(path), str(tmp_path / "later.txt")], lexicon=LEXICON)
    next(stream)
    write(tmp_path / "later.txt", "Three.")
    assert [d.text for d in stream if isinstance(d, Document)] == ["Two.", "Three."]


# ---- folders


def test_folders_are_read_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.md", "a.htm", "c.TXT", "b/deep/er/x.txt", "README.md", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, f"<p>{SENTENCE}</p>{name}")
    write(tmp_path / "picture.png", b"\x89PNG")
    write(tmp_path / "gold.json", "{}")
    paths = [Path(d.location).relative_to(tmp_path).as_posix() for d in read(tmp_path) if isinstance(d, Document)]
    assert paths == ["a.htm", "b/10.md", "b/2.txt", "b/deep/er/x.txt", "c.TXT"]


def test_folder_with_nothing_to_read(tmp_path: Path) -> None:
    write(tmp_path / "picture.png", b"\x89PNG")
    assert "nothing to read in the folder" in str(read_error(tmp_path))


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    assert len(read(path, tmp_path, f"{tmp_path}/../{tmp_path.name}/a.txt")) == 1


def test_inputs_keep_their_order(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, SENTENCE) for name in ("b.txt", "a.txt")]
    assert [d.id for d in read(*paths) if isinstance(d, Document)] == ["b", "a"]


# ---- ids and keys


def test_keys_do_not_depend_on_other_documents(tmp_path: Path) -> None:
    one = write(tmp_path / "2021/report.txt", "One.")
    two = write(tmp_path / "2022/report.txt", "Two.")
    both = [d for d in read(one, two) if isinstance(d, Document)]
    assert [d.key for d in both] == [read_one(one).key, read_one(two).key]
    assert both[0].key != both[1].key


def test_a_repeated_record_is_read_once(tmp_path: Path) -> None:
    record = {"id": "x", "text": SENTENCE, "title": "Boats"}
    assert len(read(jsonl(tmp_path / "a.jsonl", record, record))) == 1


def test_a_repeated_record_that_says_something_else_is_reported(tmp_path: Path) -> None:
    record = {"id": "x", "text": SENTENCE, "title": "Boats"}
    found = read(jsonl(tmp_path / "a.jsonl", record, record | {"title": "Ships"}))
    assert [type(f) for f in found] == [Document, DocumentError]
    assert str(found[1]).startswith(f"{tmp_path / 'a.jsonl'}:2: another record has the id 'x'")


# ---- JSONL


def test_jsonl_record(tmp_path: Path) -> None:
    record = {
        "id": "a/1", "url": "https://example.org/1", "title": " Boats\nfor Finland ", "published": "2021-12-06",
        "publisher": "The Example", "text": f"{SENTENCE}\r\n", "more": [1],
    }  # fmt: skip
    path = jsonl(tmp_path / "a.jsonl", record)
    document = read_one(path)
    assert (document.id, document.url, document.title) == ("a/1", "https://example.org/1", "Boats for Finland")
    assert (document.published, document.publisher) == (PartialDate(value="2021-12-06"), "The Example")
    assert (document.text, document.location) == (f"{SENTENCE}\n", f"{path}:1")
    assert (document.media_type, document.key[:4]) == ("application/jsonl", "a-1-")


def test_jsonl_records_without_ids_are_numbered(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "feed.jsonl", {"text": "One."}, "", {"id": 7, "text": "Two."}, {"id": "", "text": "Three."})
    found = [d for d in read(path) if isinstance(d, Document)]
    assert [d.id for d in found] == ["feed#1", "7", "feed#3"]
    assert [d.location for d in found] == [f"{path}:1", f"{path}:3", f"{path}:4"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "boats"', "not JSON"),
        ("boats", "not JSON: Expecting value at column 1"),
        ("[" * 100_000, "not JSON: nested too deeply"),
        ('["boats"]', "the record is not an object"),
        ("null", "the record is not an object"),
        ('{"id": "x"}', "the record has no text"),
        ('{"text": ""}', "the record has no text"),
        ('{"text": " \\n"}', "the record has no text"),
        ('{"text": 12}', 'the record has a "text" that is not a string'),
        ('{"text": "boats", "title": ["x"]}', "'title' is not a string"),
        ('{"text": "boats", "published": "last week"}', "'last week' is not a date of publication"),
        ('{"text": "boats", "published": "2021-02-30"}', "'2021-02-30' is not a date of publication"),
        ('{"text": "boats", "published": true}', "'published' is not a string"),
        ('{"text": "boats", "url": "not an address"}', "'not an address' is not an address"),
        ('{"text": "boats \\ud800"}', "half a character"),
        ('{"text": "boats \\u0000"}', "NUL characters"),
    ],
)
def test_bad_lines_are_reported_and_the_others_read(tmp_path: Path, line: str, message: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", *[{"text": f"Boat {n}."} for n in range(6)], line, {"text": "Last boat."})
    found = read(path)
    assert [type(f) for f in found] == [Document] * 6 + [DocumentError, Document]
    assert message in str(found[6])
    assert str(found[6]).startswith(f"{path}:7: ")


def test_jsonl_that_is_no_text_in_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"text": "One."}\n\x00\x01\x02\n{"text": "Two."}\n')
    assert [type(f) for f in read(path)] == [Document, DocumentError, Document]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_jsonl_encodings(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"text": "The price is €40 million."}, ensure_ascii=False)
    path = write(tmp_path / "a.jsonl", f"{line}\n{line}\n".encode(encoding))
    found = read(path)
    assert [d.text for d in found if isinstance(d, Document)] == ["The price is €40 million."] * 2


def test_pretty_printed_json_says_what_to_do(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.json", '{\n  "text": "boats"\n}\n'))
    assert all(isinstance(f, DocumentError) for f in found)
    assert "jq -c" in str(found[0])


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "One."}\n')
        file.seek(MAX_LINE_BYTES + 100)
        file.write(b'\n{"text": "Two."}\n')
    found = read(path)
    assert [type(f) for f in found] == [Document, DocumentError, Document]
    assert "longer than 50,000,000 bytes" in str(found[1])


def test_empty_jsonl_is_no_document(tmp_path: Path) -> None:
    assert "empty" in str(read_error(write(tmp_path / "a.jsonl", "\n\n")))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021", "2021"),
        ("2021-12", "2021-12"),
        ("2021-12-06", "2021-12-06"),
        ("2021-12-06T23:30:00Z", "2021-12-06"),
        ("2021-12-06T23:30:00+05:30", "2021-12-06"),
        ("2021-12-06 23:30", "2021-12-06"),
        ("2021-12-06T23:30:00.123+0530", "2021-12-06"),
        (" ", None),
        (None, None),
    ],
)
def test_dates_of_publication(written: str | None, value: str | None) -> None:
    assert parse_published(written) == (PartialDate(value=value) if value else None)


@pytest.mark.parametrize(
    "written", ["0000", "2021-13", "2021-00-01", "6.12.2021", "20211206", "2021-12-06T25:00", "٢٠٢١"]
)
def test_other_dates_are_refused(written: str) -> None:
    with pytest.raises(DocumentError, match="is not a date of publication"):
        parse_published(written)


# ---- standard input


def test_standard_input_as_text() -> None:
    document = read_one("-", stdin=SENTENCE.encode())
    assert (document.id, document.location, document.text) == ("stdin", "-", SENTENCE)


def test_standard_input_as_jsonl() -> None:
    found = read("-", stdin=b'\n {"text": "One."}\n{"id": "two", "text": "Two."}\nboats\n')
    assert [f.id for f in found if isinstance(f, Document)] == ["stdin#1", "two"]
    assert str(found[2]).startswith("-:4: not JSON")


def test_standard_input_as_html() -> None:
    assert read_one("-", stdin=b"<!DOCTYPE html><html><body><p>Finland ordered boats.</p></body></html>").text == (
        "Finland ordered boats."
    )


def test_standard_input_that_is_too_large() -> None:
    assert "limit for one article" in str(read_error("-", stdin=b"x" * (MAX_FILE_BYTES + 1)))


def test_no_standard_input() -> None:
    assert "no standard input" in str(read_error("-"))
