"""Bytes to text: UTF-8, UTF-16 by its mark, else Windows-1252; says when it had to choose; refuses binary data."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_MAGIC = (
    (b"%PDF", "a PDF", "extract its text first"),
    (b"PK\x03\x04", "a zip or Office file", "unpack it or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as plain text"),
    (b"{\\rtf", "an RTF file", "save it as plain text"),
    (b"\x89PNG", "a picture", "give its text"),
    (b"\xff\xd8\xff", "a picture", "give its text"),
    (b"GIF8", "a picture", "give its text"),
    (b"\x1f\x8b", "gzip within gzip", "unpack it once"),
    (b"BZh", "bzip2 data", "unpack it"),
    (b"\xfd7zXZ", "xz data", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "unpack it"),
    (b"SQLite format 3", "a SQLite file", "export its reports as JSON Lines"),
    (b"PAR1", "a Parquet file", "export it as JSON Lines"),
    (b"\x7fELF", "a program", "give reports"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what a reader should know about how it was decoded."""

    text: str
    note: str | None = None


def mark_of(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark states, with the mark's length."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    # Without a mark, Latin text in UTF-16 still shows as every other byte being zero.
    head = data[:400]
    if len(head) >= 8 and len(head) % 2 == 0:
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros, others = head[offset::2], head[1 - offset :: 2]
            if zeros.count(0) > 0.9 * len(zeros) and not others.count(0):
                return encoding, 0
    return None


def binary(head: bytes) -> str | None:
    """What the bytes are when they are no text, with what would do; None for text."""
    for magic, name, remedy in _MAGIC:
        if head.startswith(magic):
            return f"{name}, not a report; {remedy}"
    if mark_of(head):
        return None
    # Stray control characters are damage; one in fifty bytes, or any run of zeros, is no text.
    if b"\x00\x00" in head or len(_CONTROL.findall(head)) > max(4, len(head) // 50):
        return "binary data, not a report; give text, HTML, a feed, JSON Lines, CSV or WARC"
    return None


def decode(data: bytes, stated: str | None = None) -> Decoded:
    """Text by its mark, the stated encoding, UTF-8, or else Windows-1252."""
    if found := mark_of(data):
        encoding, length = found
        text = data[length:].decode(encoding, "replace")
        return Decoded(text, None if encoding == "utf-8" else f"decoded from {encoding}")
    for encoding in filter(None, (stated, "utf-8")):
        try:
            return Decoded(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if sum(char > "\x7f" for char in mended) > 2 * broken:
        return Decoded(mended, f"{broken} damaged byte sequences in the UTF-8 text")
    return Decoded(
        data.decode("cp1252", "replace"), "not UTF-8; read as Windows-1252, save it as UTF-8 if letters look wrong"
    )
