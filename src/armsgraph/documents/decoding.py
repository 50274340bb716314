"""From bytes to text: UTF-8, UTF-16 with its mark, Windows-1252; what is neither is no text."""

from __future__ import annotations

import codecs
import re

from armsgraph.errors import DocumentError

__all__ = ["decode_bytes", "decode_html", "describe_binary"]

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_META_BYTES = 8192
_SAMPLE_BYTES = 65_536
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = {
    b"PK\x03\x04": ("a ZIP archive (perhaps a Word document)", "save it as PDF or plain text"),
    b"\xd0\xcf\x11\xe0": ("an old Office document", "save it as PDF or plain text"),
    b"{\\rtf": ("a rich text document", "save it as plain text"),
    b"\x1f\x8b": ("a gzip archive", "unpack it first"),
    b"\x89PNG": ("an image", "give the text that it shows"),
    b"\xff\xd8\xff": ("an image", "give the text that it shows"),
    b"GIF8": ("an image", "give the text that it shows"),
}
# Browsers read these names as the Windows code page that contains them.
_BROWSER_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "utf-16": "utf-8"}


def describe_binary(head: bytes) -> tuple[str, str] | None:
    """Say what a file is that is no text, and what to do with it; None if it may be text.

    Args:
        head: The first bytes of the file.
    """
    for magic, words in _MAGIC.items():
        if head.startswith(magic):
            return words
    if head.startswith(_UTF16_MARKS):
        return None
    sample = head[:_SAMPLE_BYTES]
    controls = len(_CONTROLS.findall(sample))
    if b"\x00" in sample and sample.count(b"\x00") * 3 > len(sample):
        return "UTF-16 or UTF-32 without its mark, or binary data", "save it as UTF-8"
    if b"\x00" in sample or controls > _MAX_CONTROL_SHARE * len(sample):
        return "binary data", "give text, Markdown, HTML, PDF or JSONL"
    return None


def decode_bytes(data: bytes, *, where: str) -> tuple[str, str]:
    """Decode plain text.

    Returns:
        The text without a byte order mark, and what it was decoded from: `utf-8`, `utf-8-sig`, `utf-16`, `cp1252`.

    Raises:
        DocumentError: Binary data, or bytes of no known encoding.
    """
    if found := describe_binary(data):
        raise DocumentError(f"this is {found[0]}", where=where, hint=found[1])
    names = ("utf-16",) if data.startswith(_UTF16_MARKS) else ("utf-8", "cp1252")
    if data.startswith(codecs.BOM_UTF8):
        names = ("utf-8-sig",)
    for name in names:
        try:
            return data.decode(name), name
        except UnicodeDecodeError as error:
            position = error.start
    raise DocumentError(
        f"the bytes are not {' or '.join(names)} (first at byte {position})",
        where=where,
        hint="convert it to UTF-8, for example with iconv",
    )


def decode_html(data: bytes, *, where: str) -> tuple[str, str]:
    """Decode a page: byte order mark, then the encoding that it declares, then as plain text.

    Returns:
        The page and the Python name of its encoding.

    Raises:
        DocumentError: As `decode_bytes`.
    """
    if not data.startswith((codecs.BOM_UTF8, *_UTF16_MARKS)):
        head = data[:_META_BYTES]
        declared = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
        name = _codec_name(declared[1].decode("ascii")) if declared else None
        if name:
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                pass
    return decode_bytes(data, where=where)


def _codec_name(declared: str) -> str | None:
    """Return the codec of a declared encoding, None if there is none that reads text."""
    try:
        codec = codecs.lookup(declared)
    except LookupError:
        return None
    name = _BROWSER_NAMES.get(codec.name, codec.name)
    return name if getattr(codec, "_is_text_encoding", True) else None
