"""JSON Lines and CSV, one report a row; refuses a row that is broken or has no text, and reads the next one.

Rows are read one at a time, none longer than streams.LONGEST_LINE.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import orjson

from vaka.errors import InputError
from vaka.reading.articles import Given
from vaka.reading.decoding import Decoded, decode, mark_of
from vaka.reading.formats import COLUMNS, DELIMITERS
from vaka.reading.formats.html import PageFields, read_html
from vaka.reading.streams import LONGEST_LINE, lines, read_whole

_STRINGS = ("title", "published", "source", "url", "language")


def read_json_lines(stream: io.BufferedReader, name: str, path: str) -> Iterator[Given | InputError]:
    for number, line in enumerate(lines(_utf8(stream)), start=1):
        where = f"{path}, row {number}"
        if line is None:
            yield InputError(where, f"longer than {LONGEST_LINE // 2**20} MB; split the report")
        elif line.strip():
            decoded = decode(line)
            yield _json_row(decoded, where, name)


def read_csv(stream: io.BufferedReader, name: str, path: str) -> Iterator[Given | InputError]:
    """Rows under a header row with the columns of a JSON Lines row; the delimiter is the one that splits the header."""
    skipped: list[int] = []
    table = _table(_csv_lines(_utf8(stream), skipped))
    csv.field_size_limit(LONGEST_LINE)
    header = [cell.strip().strip("\ufeff").lower() for cell in next(table, [])]
    if not {"text", "html"} & set(header):
        yield InputError(
            f"{path}, row 1", f"no column named text or html among {', '.join(header)[:200] or 'nothing'}; name one"
        )
        return
    number = 1
    while True:
        number += 1
        try:
            cells = next(table)
        except StopIteration:
            break
        except csv.Error as fault:
            yield InputError(f"{path}, row {number}", f"broken CSV ({fault}); close its quotes")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        fields = {key: cell for key, cell in zip(header, cells, strict=False) if key in COLUMNS and cell.strip()}
        yield _given(fields, f"{path}, row {number}", name, ())
    for line in skipped:
        yield InputError(f"{path}, line {line}", f"longer than {LONGEST_LINE // 2**20} MB; split the report")


def _utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream itself, or its whole content in UTF-8 where a mark says UTF-16: its line ends are not single bytes."""
    found = mark_of(stream.peek(400)[:400])
    if found is None:
        return stream
    if found[0] == "utf-8":
        stream.read(found[1])
        return stream
    text = decode(read_whole(stream)).text
    return io.BufferedReader(io.BytesIO(text.encode("utf-8", "replace")))


def _json_row(decoded: Decoded, where: str, name: str) -> Given | InputError:
    try:
        row = _loads(decoded.text)
    except (ValueError, RecursionError) as fault:
        return InputError(where, f'broken JSON ({str(fault)[:120]}); one object a line, as in {{"text": "…"}}')
    if not isinstance(row, dict):
        return InputError(where, 'not a JSON object; give one as in {"text": "…"}')
    for key in ("text", "html", "title"):
        if row.get(key) is not None and not isinstance(row[key], str):
            return InputError(where, f"{key} is not a string but {type(row[key]).__name__}")
    return _given(row, where, name, (decoded.note,) if decoded.note else ())


def _loads(words: str) -> Any:
    """orjson where it agrees; the slower standard parser reads lone surrogates, so that the refusal can name them."""
    try:
        return orjson.loads(words.encode("utf-8"))
    except ValueError:
        return json.loads(words)


def _given(row: dict[str, Any], where: str, name: str, notes: tuple[str, ...]) -> Given | InputError:
    keys = (key for key in ("id", *_STRINGS) if isinstance(row.get(key), str | int))
    told: dict[str, Any] = {key: str(row[key]) for key in keys if str(row[key]).strip()}
    if isinstance(row.get("text"), str) and row["text"].strip():
        return Given(where=where, name=name, text=row["text"], notes=notes, **told)
    if isinstance(row.get("html"), str) and row["html"].strip():
        return read_html(row["html"], PageFields(where=where, name=name, notes=notes, **told))
    if "title" in told:
        return Given(where=where, name=name, text=told["title"], notes=(*notes, "no text but the title"), **told)
    return InputError(where, "has neither text nor html; give one of them")


def _csv_lines(stream: io.BufferedReader, skipped: list[int]) -> Iterator[str]:
    for number, line in enumerate(lines(stream), start=1):
        if line is None:
            skipped.append(number)
        else:
            yield decode(line).text


def _table(rows: Iterator[str]) -> Iterator[list[str]]:
    first = next(rows, "")
    delimiter = max(DELIMITERS, key=first.count)

    def again() -> Iterator[str]:
        yield first
        yield from rows

    return iter(csv.reader(again(), delimiter=delimiter, strict=True))
