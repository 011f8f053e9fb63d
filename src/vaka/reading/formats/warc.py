"""Web archives: each HTML answer of a `.warc` or `.warc.gz` is a report; other records are passed over.

fastwarc ends without a word on a cut archive, so the length that a record states is checked against what came.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from vaka.errors import InputError
from vaka.reading.articles import Given
from vaka.reading.formats.html import PageFields, decode_html, read_html

LONGEST_PAGE = 16 * 1024 * 1024
"""Bytes of one page, packed or unpacked."""
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


class _Counting:
    """What fastwarc needs of a stream that cannot seek: it panics where `tell` and `seek` are missing."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._count = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        self._count += len(data)
        return data

    def tell(self) -> int:
        return self._count

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return self._count

    def close(self) -> None:
        """The stream's owner closes it."""


def read_warc(stream: io.BufferedReader, name: str, path: str) -> Iterator[Given | InputError]:
    from fastwarc.warc import ArchiveIterator

    number = found = 0
    try:
        for record in ArchiveIterator(_Counting(stream)):
            number += 1
            reading = _read_record(record, f"{path}, record {number}", name)
            if reading is not None:
                found += 1
                yield reading
    except (OSError, ValueError, EOFError, RuntimeError) as fault:
        found += 1
        yield InputError(f"{path}, after record {number}", f"cannot be read on ({fault}); fetch the archive again")
    if not found:
        yield InputError(path, "the archive holds no HTML page")


def _read_record(record: Any, where: str, name: str) -> Given | InputError | None:
    if str(record.record_type) not in {"response", "resource"}:
        return None
    http = record.http_headers
    declared = (record.http_content_type if http else record.headers.get("Content-Type")) or ""
    if declared.split(";")[0].strip().lower() not in _HTML_TYPES or (http and http.status_code != 200):
        return None
    body = record.reader.read(LONGEST_PAGE + 1)
    if len(body) < min(record.content_length, LONGEST_PAGE):
        return InputError(where, "the record is cut short; fetch the archive again")
    try:
        body = _decoded(body, http)
    except (OSError, ValueError, zlib.error) as fault:
        return InputError(where, f"the page cannot be unpacked ({fault})")
    if len(body) > LONGEST_PAGE:
        return InputError(where, f"the page is larger than {LONGEST_PAGE // 2**20} MB; save its text instead")
    page = decode_html(body, record.http_charset if http else None)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    return read_html(page.text, PageFields(where=where, name=name, url=url, notes=(page.note,) if page.note else ()))


def _decoded(body: bytes, http: Any) -> bytes:
    """The page out of its transfer and content encodings, never more than a byte over `LONGEST_PAGE`."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader

    if not http:
        return body
    if "chunked" in (http.get("Transfer-Encoding") or "").lower():
        body = ChunkedReader(io.BytesIO(body)).read(LONGEST_PAGE + 1)
    encoding = (http.get("Content-Encoding") or "").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        body = zlib.decompressobj(wbits=31).decompress(body, LONGEST_PAGE + 1)
    elif encoding == "deflate":
        body = _inflated(body)
    elif encoding == "br":
        body = BrotliReader(io.BytesIO(body)).read(LONGEST_PAGE + 1)
    elif encoding not in {"", "identity"}:
        raise ValueError(f"content encoding {encoding} is unknown")
    return body


def _inflated(body: bytes) -> bytes:
    """Deflate with its zlib frame or, as many servers send it, without."""
    try:
        return zlib.decompressobj().decompress(body, LONGEST_PAGE + 1)
    except zlib.error:
        return zlib.decompressobj(wbits=-15).decompress(body, LONGEST_PAGE + 1)
