"""Opens what may be a report as bounded bytes: gzip or not, file or pipe; refuses damage, bombs and boundless lines.

Nothing here knows a format. Every refusal is a `StreamError`, an OSError whose message says what would do.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

HEAD = 64 * 1024
"""Bytes looked at to recognise a format."""
LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of a row; the longest honest rows (a saved web page in JSON) stay under 10 MB."""
LONGEST_DOCUMENT = 64 * 1024 * 1024
"""Bytes of a document that must be held whole: plain text, HTML, a feed."""
BOMB_FLOOR = 64 * 1024 * 1024
BOMB_RATIO = 200
"""Past BOMB_FLOOR bytes, news text never packs better than 30 to 1; gzip's limit, which bombs use, is 1,030 to 1."""


class StreamError(OSError):
    """Bytes that cannot or should not be read on."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open input: its name for messages, its first `HEAD` bytes, and the stream from the beginning."""

    name: str
    head: bytes
    stream: io.BufferedReader
    gzipped: bool


class _Counted(io.RawIOBase):
    """Counts the compressed bytes that were read."""

    def __init__(self, raw: IO[bytes] | io.RawIOBase, prefix: bytes) -> None:
        super().__init__()
        self._raw, self._prefix, self.count = raw, prefix, 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        data = self._prefix[: len(target)] or self._raw.read(len(target)) or b""
        self._prefix = self._prefix[len(data) :]
        self.count += len(data)
        target[: len(data)] = data
        return len(data)


class _Inflated(io.RawIOBase):
    """Gunzips; turns every kind of damage into a StreamError."""

    def __init__(self, packed: _Counted) -> None:
        super().__init__()
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=io.BufferedReader(packed, 128 * 1024), mode="rb")
        self._count = 0
        self._fault: str | None = None

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._gzip.close()
        super().close()

    def readinto(self, target: Any) -> int:
        # What was unpacked before the damage is given first, and the damage then comes up at each further reading.
        if self._fault:
            raise StreamError(self._fault)
        try:
            data = self._gzip.read1(len(target))
        except EOFError:
            self._fault = "the gzip data are cut short; fetch the file again"
        except (gzip.BadGzipFile, zlib.error) as damage:
            self._fault = f"the gzip data are damaged ({damage}); fetch the file again"
        else:
            self._count += len(data)
            if self._count > BOMB_FLOOR and self._count > BOMB_RATIO * self._packed.count:
                self._fault = f"unpacks to over {BOMB_RATIO} times its size (a gzip bomb?); unpack it yourself if sound"
        if self._fault:
            raise StreamError(self._fault)
        target[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: str | Path) -> Iterator[Opened]:
    """The bytes of a file or, for `-`, of the standard input; unpacked when they are gzip.

    Raises OSError (StreamError for what the bytes themselves forbid).
    """
    raw: IO[bytes]
    if str(path) == "-":
        yield _open("-", sys.stdin.buffer)
        return
    with Path(path).open("rb") as raw:
        yield _open(str(path), raw)


def _open(name: str, raw: IO[bytes]) -> Opened:
    magic = _read_up_to(raw, 2)
    packed = _Counted(raw, magic)
    inner: io.RawIOBase = packed
    if magic == b"\x1f\x8b":
        inner = _Inflated(packed)
    head = b""
    try:
        while len(head) < HEAD and (more := inner.read(HEAD - len(head))):
            head += more
    except StreamError:
        if not head:
            raise
    return Opened(name, head, io.BufferedReader(_Counted(inner, head), HEAD), inner is not packed)


def _read_up_to(raw: Any, limit: int) -> bytes:
    """A pipe gives less than was asked for, so ask until it ends."""
    data = b""
    while len(data) < limit and (more := raw.read(limit - len(data))):
        data += more
    return data


def read_whole(stream: io.BufferedReader) -> bytes:
    """All bytes of one document.

    Raises StreamError beyond `LONGEST_DOCUMENT`.
    """
    data = _read_up_to(stream, LONGEST_DOCUMENT + 1)
    if len(data) > LONGEST_DOCUMENT:
        raise StreamError(
            f"more than {LONGEST_DOCUMENT // 2**20} MB in one report; split it, or give many reports as JSON Lines"
        )
    return data


def lines(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """Lines with their ends; None for one longer than `LONGEST_LINE`, which is skipped without being held."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1024 * 1024)
        yield None
