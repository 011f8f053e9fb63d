"""All errors that Vaka raises on purpose; a message says what failed, the value, and what would do.

VakaError
├── InputError       one report or row could not be read; the others still are
├── KnowledgeError   a file under data/ or of a user's overlay is wrong: names file and line
├── SpanError        words are not where an offset says they stand
├── EngineError      the engine is built from stages, or of a model, that cannot work
├── RecordError      a record cannot be opened, is of another schema, or does not hold what is asked for
│   └── LockedError  another program writes to the record, and went on for longer than one waits: try again
├── ExtraError       a library is missing that an extra of Vaka installs
└── UsageError       the call itself is wrong: exit status 2
"""

from __future__ import annotations


class VakaError(Exception):
    """The root: catch this to catch all of them."""


class InputError(VakaError):
    """A report, a row or a file that could not be read.

    `where` names the file, with the row or entry inside it where there is one (`reports.jsonl, row 7`).
    """

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message


class KnowledgeError(VakaError):
    """A knowledge file breaks its rules."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        self.line = line


class SpanError(VakaError):
    """Offsets that do not fit the text."""


class EngineError(VakaError):
    """Stages in an order that cannot work, or a model that is missing or not the pinned one."""


class RecordError(VakaError):
    """A record that cannot be opened or written, or an id that it does not hold."""


class LockedError(RecordError):
    """A record to which another program has been writing for longer than one waits."""


class ExtraError(VakaError):
    """Something needs a library that only an extra brings; the message names the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what}: the libraries for this are not installed; pip install 'vaka[{extra}]'")
        self.extra = extra


class UsageError(VakaError):
    """Arguments that make no sense together."""
