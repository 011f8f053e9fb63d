"""Reads reports from files, folders, globs and the standard input, in order; refuses by InputError, never by raising.

Formats are recognised by content. One bad file, row or item costs nothing but itself.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from vaka.errors import InputError, UsageError
from vaka.reading.articles import Given, Reading, build
from vaka.reading.dates import iso_date
from vaka.reading.decoding import binary
from vaka.reading.formats import recognise
from vaka.reading.formats.feeds import read_feed
from vaka.reading.formats.html import PageFields, decode_html, read_html
from vaka.reading.formats.rows import read_csv, read_json_lines
from vaka.reading.formats.text import read_text
from vaka.reading.formats.warc import read_warc
from vaka.reading.streams import Opened, opened, read_whole
from vaka.types import Article

Inputs = Sequence[str | Path] | str | Path
STDIN = "-"
SIDE_FILES = ("-wal", "-shm", "-journal")
SQLITE = b"SQLite format 3\x00"
_UNRECOGNISED = {
    "empty": "is empty; give a report with words",
    "xml": "is XML but neither RSS, Atom nor XHTML; give one of these, or plain text",
    "json": "is a JSON document; give JSON Lines, one object on each line",
}


def read(inputs: Inputs, *, published: str | None = None) -> Iterator[Article | InputError]:
    """The articles of the inputs, in their order; a report that cannot be read comes as an InputError in its place.

    `published` applies where a report states no date. Raises UsageError when it is no date.
    """
    readings = read_with_issues(inputs, published=published)
    return (item.article if isinstance(item, Reading) else item for item in readings)


def read_with_issues(
    inputs: Inputs, *, published: str | None = None, any_language: bool = False
) -> Iterator[Reading | InputError]:
    """As `read`, with what the page of each article should say about it.

    With `any_language` a report that is not in English comes as an article with an issue, not as an InputError.
    """
    default = iso_date(published) if published else None
    if published and default is None:
        raise UsageError(f"{published!r} is no date; write it as YYYY-MM-DD")
    several = [inputs] if isinstance(inputs, str | Path) else inputs
    return _read_all(several, default, any_language)


def _read_all(inputs: Sequence[str | Path], default: str | None, any_language: bool) -> Iterator[Reading | InputError]:
    for given_input in inputs:
        for path in expand(given_input):
            if isinstance(path, InputError):
                yield path
                continue
            for given in _read_path(path):
                yield given if isinstance(given, InputError) else build(given, default, any_language=any_language)


def expand(given_input: str | Path) -> Iterator[str | InputError]:
    """The files that an INPUT names: itself, a folder's files sorted, or a glob's matches sorted."""
    name = str(given_input)
    if name == STDIN:
        yield name
        return
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError) as fault:
        yield from _expand_glob(name, fault)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(Path(name), name, ())
    else:
        yield name


def _expand_glob(name: str, fault: Exception) -> Iterator[str | InputError]:
    if not glob.has_magic(name):
        yield InputError(name, _why(fault))
        return
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    if not matches:
        yield InputError(name, "no file matches; check the pattern and the folder")
    seen: set[str] = set()
    for match in matches:
        for path in expand(match) if Path(match).is_dir() and "**" not in name else [match]:
            if isinstance(path, str) and (path in seen or Path(path).is_dir()):
                continue
            seen.add(str(path))
            yield path


def _is_record(path: Path) -> bool:
    """Whether a file of a folder is a database: a record kept among the reports is none of them."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False  # unreadable: named when it is opened


def _walk(folder: Path, shown: str, above: tuple[str, ...]) -> Iterator[str | InputError]:
    """Files below a folder, sorted; hidden ones skipped, links followed but never in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        yield InputError(shown, "a link that leads back to a folder above it; remove the link")
        return
    try:
        entries = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as fault:
        yield InputError(shown, _why(fault))
        return
    if not entries and not above:
        yield InputError(shown, "the folder holds no files")
    for entry in entries:
        path = folder / entry
        if entry.endswith(SIDE_FILES):
            continue  # of an open database: they come and go
        try:
            mode = path.stat().st_mode
        except OSError as fault:
            yield InputError(str(path), _why(fault))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, str(path), (*above, real))
        elif stat.S_ISREG(mode):
            if not _is_record(path):
                yield str(path)
        else:
            yield InputError(str(path), "neither a file nor a folder; name it on its own if it should be read")


def _why(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "no such file or folder; check the path"
    if isinstance(fault, PermissionError):
        return "may not be read; change its permissions"
    if isinstance(fault, OSError) and fault.strerror:
        return f"cannot be read ({fault.strerror})"
    return f"cannot be read ({fault})" if not isinstance(fault, OSError) else str(fault)


def _read_path(path: str) -> Iterator[Given | InputError]:
    """What a file gives; damage that shows while reading ends this file alone."""
    try:
        with opened(path) as source:
            yield from _read_opened(source)
    except (OSError, ValueError) as fault:
        yield InputError(path, _why(fault))


def _read_opened(source: Opened) -> Iterator[Given | InputError]:
    path, name = source.name, Path(source.name).name
    kind = recognise(source.head, path)
    match kind:
        case "warc":
            yield from read_warc(source.stream, name, path)
        case "jsonl":
            yield from read_json_lines(source.stream, name, path)
        case "csv":
            yield from read_csv(source.stream, name, path)
        case "feed":
            yield from read_feed(read_whole(source.stream), name, path)
        case "html":
            page = decode_html(read_whole(source.stream))
            yield read_html(page.text, PageFields(where=path, name=name, notes=(page.note,) if page.note else ()))
        case "text":
            yield read_text(source.stream, name, path)
        case "binary":
            yield InputError(path, binary(source.head) or "binary data, not a report")
        case _:
            yield InputError(path, _UNRECOGNISED[kind])
