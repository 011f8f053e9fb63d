"""One file of plain text is one report, kept character for character; refuses nothing but its size."""

from __future__ import annotations

import io

from vaka.reading.articles import Given
from vaka.reading.decoding import decode
from vaka.reading.streams import read_whole


def read_text(stream: io.BufferedReader, name: str, path: str) -> Given:
    decoded = decode(read_whole(stream))
    return Given(where=path, name=name, text=decoded.text, notes=(decoded.note,) if decoded.note else ())
