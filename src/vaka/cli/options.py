"""The options that several commands share, and the filters made of them."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaka.errors import UsageError

if TYPE_CHECKING:
    from vaka.record.query import Filters

READ = "Read reports"
ASK = "Ask a record"
REVIEW = "Judge"
TRUST = "Check and hand on"
RECORD = Path("crisis.db")


class AnswerFormat(StrEnum):
    table = "table"
    json = "json"
    csv = "csv"


class TextFormat(StrEnum):
    table = "table"
    json = "json"


def _use(folder: Path | None) -> Path | None:
    """Sets the overlay for this process and those that it starts."""
    from vaka.knowledge.files import OVERLAY

    if folder is not None:
        if not folder.is_dir():
            raise UsageError(f"{folder}: is no folder; --knowledge names one with actors/, lexicon/, places/ …")
        os.environ[OVERLAY] = str(folder.resolve())
    return folder


Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", envvar="VAKA_KNOWLEDGE", callback=_use, metavar="DIR",
        help="A folder of your own actors, places and lexicon, which win over the built-in.",
    ),
]  # fmt: skip
Jobs = Annotated[int, typer.Option(help="Processes that code side by side.", min=1, max=256)]
RecordPath = Annotated[
    Path, typer.Option("--record", envvar="VAKA_RECORD", help="The record, an SQLite file.", metavar="FILE")
]
Format = Annotated[AnswerFormat, typer.Option("--format", "-f", help="How the answer is written.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the result to this file instead.", metavar="FILE")
]
Since = Annotated[str | None, typer.Option(help="From this day, month or year on.", metavar="DATE")]
Until = Annotated[str | None, typer.Option(help="To this day, month or year.", metavar="DATE")]
Country = Annotated[list[str] | None, typer.Option(help="ISO 3166 alpha-3, as KAZ; may be repeated.", metavar="CODE")]
Actor = Annotated[
    list[str] | None, typer.Option(help="Name, organization or country; may be repeated.", metavar="NAME")
]
Type = Annotated[list[str] | None, typer.Option(help="Event type, as PROTEST; may be repeated.", metavar="TYPE")]
Status = Annotated[
    list[str] | None, typer.Option(help="As occurred, planned, open; may be repeated.", metavar="STATUS")
]
Source = Annotated[list[str] | None, typer.Option(help="Who published it; may be repeated.", metavar="NAME")]
Genre = Annotated[
    list[str] | None,
    typer.Option(help="As news, opinion, or all; may be repeated. Without it: news, analysis, live.", metavar="GENRE"),
]
MinScore = Annotated[float | None, typer.Option(help="Leave out what scores less (0 to 1).", min=0.0, max=1.0)]
Limit = Annotated[int | None, typer.Option(help="At most so many rows.", min=1)]


def filters_of(
    since: str | None,
    until: str | None,
    country: list[str] | None = None,
    actor: list[str] | None = None,
    type: list[str] | None = None,
    status: list[str] | None = None,
    source: list[str] | None = None,
    genre: list[str] | None = None,
    min_score: float | None = None,
    limit: int | None = None,
) -> Filters:
    """The filters of a question.

    Raises UsageError for a type, status or genre that does not exist, which would otherwise find nothing in silence.
    """
    from vaka.record.query import COUNTED_GENRES, Filters

    _check_names(type, status, genre)
    return Filters(
        since=since,
        until=until,
        country=tuple(country or ()),
        actor=tuple(actor or ()),
        type=tuple(type or ()),
        status=tuple(status or ()),
        source=tuple(source or ()),
        genre=tuple(genre) if genre else COUNTED_GENRES,
        min_score=min_score,
        limit=limit,
    )


def _check_names(type: list[str] | None, status: list[str] | None, genre: list[str] | None) -> None:
    from vaka.record.fields import PLEDGE_STATUSES
    from vaka.types import EVENT_TYPES, EXTENSION_TYPES, STATUSES

    genres = ("news", "opinion", "analysis", "live", "sport", "other", "none", "all")
    for name, given, known in (
        ("type", [value.upper() for value in type or ()], EVENT_TYPES + EXTENSION_TYPES),
        ("status", [value.lower() for value in status or ()], (*STATUSES, *PLEDGE_STATUSES)),
        ("genre", [value.lower() for value in genre or ()], genres),
    ):
        for value in given:
            if value not in known:
                raise UsageError(f"there is no {name} {value!r}; give one of {', '.join(known)}")
