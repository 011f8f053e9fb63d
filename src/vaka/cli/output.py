"""Where words go: results to stdout or to a file that appears whole, everything else to stderr.

Words of reports and names of files are made safe for a terminal; JSON, CSV and HTML are written as they are, in UTF-8.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from vaka.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100
"""Columns of a table that no terminal shows, unless COLUMNS says otherwise."""


class Sink:
    """Takes results in order: text, bytes, or what rich can print."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """A console that writes here: with colours on a terminal, else plain."""
        if self._console is None:
            self._console = _console(self._file)
        return self._console

    def write(self, words: str | bytes) -> None:
        data = words.encode("utf-8", "replace") if isinstance(words, str) else words
        if self._file is not None:
            self._file.write(data)
        else:
            sys.stdout.buffer.write(data)

    def flush(self) -> None:
        if self._file is None:
            sys.stdout.flush()


def _console(file: IO[bytes] | None) -> Console:
    """rich's console on the sink: never a control code unless a terminal that wants colours reads it."""
    from io import TextIOWrapper

    from rich.console import Console

    if file is not None:
        out = TextIOWrapper(file, encoding="utf-8", errors="replace", write_through=True)
        return Console(file=out, force_terminal=False, color_system=None, width=_width())
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = None if sys.stdout.isatty() else _width()
    return Console(force_terminal=coloured, color_system="auto" if coloured else None, width=width, highlight=False)


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 40 else PLAIN_WIDTH


@contextmanager
def results(output: Path | None, inputs: Sequence[str] = ()) -> Iterator[Sink]:
    """A sink on stdout, or on the file `output`, which is replaced only when all was written.

    Raises UsageError when the file cannot be written or is one of the inputs.
    """
    if output is None or str(output) == "-":
        sink = Sink(None)
        yield sink
        sink.flush()
        return
    if output.exists() and not output.is_file() and not output.is_dir():  # /dev/stdout, a pipe: written to as it is.
        with output.open("wb") as file:
            yield Sink(file)
        return
    target = _target(output, inputs)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield Sink(file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _target(output: Path, inputs: Sequence[str]) -> Path:
    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise UsageError(f"{output}: is a folder; name a file for the results")
    if not target.parent.is_dir():
        raise UsageError(f"{output}: there is no folder {target.parent}; make it first")
    if target.is_file() and _is_database(target):
        raise UsageError(f"{output}: is a database, perhaps the record itself; name another file for the results")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise UsageError(f"{output}: may not be written; change its permissions or name another file")
    if any(os.path.realpath(name) == str(target) for name in inputs if name != "-"):
        raise UsageError(f"{output}: is one of the inputs; name another file for the results")
    return target


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3" or path.name.endswith(("-wal", "-shm"))
    except OSError:
        return False


def say(words: object) -> None:
    """A line on stderr."""
    from vaka.frames.wording import clean

    print(clean(words), file=sys.stderr)


def silence_stdout() -> None:
    """After a reader has closed the pipe: nothing more goes out, also not when the process ends."""
    with suppress(OSError, ValueError):  # Where no file stands behind stdout, nothing can break at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
