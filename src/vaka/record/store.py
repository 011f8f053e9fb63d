"""The record: one SQLite file of reports and what was coded in them; refuses other files and never changes a text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType

import orjson
from anyascii import anyascii

from vaka.errors import RecordError
from vaka.record import rows
from vaka.record.copies import agency, body_text, body_words, signature
from vaka.record.derive import derive, name_versions
from vaka.record.pages import read_page
from vaka.record.parties import fold, names_party
from vaka.record.verify import Problem, verify
from vaka.types import Page

SCHEMA_VERSION = 2
APPLICATION_ID = 0x56414B41
"""The letters VAKA, in the header of every record."""
BUSY_SECONDS = 30.0
"""How long to wait for another process that writes."""

_VERSIONS = "SELECT id, sha256, version_of FROM reports WHERE article = ?"
_INSERT_REPORT = """
INSERT INTO reports (id, article, sha256, title, published, source, url, genre, language, body_start, zones, issues,
  engine, text, folded, agency, added_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
"""


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a page: `outcome` is added, same (nothing changed) or version (another text)."""

    report: str
    outcome: str
    version_of: str | None = None


def _utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record:
    """A record on disk; a context manager that brings the derived layer up to date when it is left.

    Raises RecordError when the file is not SQLite, is another application's, is of a newer schema, or is missing while
    `create` is False.
    """

    def __init__(self, path: str | Path, *, create: bool = True, clock: Callable[[], str] = _utc_now) -> None:
        self.path = Path(path)
        self._clock = clock
        if not create and not self.path.is_file():
            raise RecordError(f"{path}: there is no record here; `vaka add` makes one")
        if not create and self.path.stat().st_size == 0:
            raise RecordError(f"{path}: is empty and no record; `vaka add` makes one")
        try:
            self.db = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise RecordError(f"{path}: cannot be opened ({error}); is the folder there, and writable?") from error
        try:
            self._open()
        except BaseException:
            self.db.close()
            raise

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.refresh()
        finally:
            self.close()

    def close(self) -> None:
        """Closes the file. What was added stays; a stale derived layer is rebuilt at the next question."""
        self.db.close()

    def add(self, page: Page) -> AddResult:
        """Keeps a page, in one transaction: wholly or not at all.

        The same article with the same text changes nothing; with another text it becomes a new version.
        Raises RecordError when the page cannot be kept (characters that are not text, two items with one id).
        """
        article = page.article
        with self._transaction():
            known = self.db.execute(_VERSIONS, (article.id,)).fetchall()
            for row in known:
                if row["sha256"] == article.sha256:
                    return AddResult(row["id"], "same", row["version_of"])
            name = f"{article.id}@{article.sha256[:8]}" if known else article.id
            try:
                number = self._insert_report(page, name)
                self._insert_items(page, name)
            except (sqlite3.IntegrityError, UnicodeError, TypeError) as error:
                raise RecordError(f"{article.id}: this page cannot be kept: {error}") from error
            name_versions(self.db, article.id)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '1')")
            row = self.db.execute("SELECT id, version_of FROM reports WHERE n = ?", (number,)).fetchone()
        return AddResult(row["id"], "version" if known else "added", row["version_of"])

    def refresh(self) -> None:
        """Derives copies, incidents and the state of pledges from all reports, if any came since the last time."""
        if not self._stale():
            return
        with self._transaction():
            derive(self.db)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '0')")

    def page(self, report: str) -> Page:
        """The page of a report, as it was added.

        Raises RecordError when the record holds no such report.
        """
        with self._guard():
            row = self.db.execute(
                "SELECT page, text FROM pages JOIN reports ON id = report WHERE report = ?", (report,)
            ).fetchone()
        if row is None:
            raise RecordError(f"{report}: the record holds no report of this id")
        return read_page(orjson.loads(row["page"]), row["text"])

    def pages(self) -> Iterator[Page]:
        """All pages, by date of publication."""
        for row in self.ask("SELECT id FROM reports ORDER BY published IS NULL, published, id"):
            yield self.page(row["id"])

    def ask(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
        """The rows of a statement of this room, on a derived layer that is up to date."""
        self.refresh()
        with self._guard():
            return self.db.execute(sql, values).fetchall()

    def verify(self) -> list[Problem]:
        """Everything in the record that its stored texts do not bear out; empty when all is well."""
        return verify(self.db)

    def judge(self, kind: str, items: Iterable[str], *, who: str, why: str) -> int:
        """Notes a person's judgement: merge puts events into one incident, split keeps them in different ones.

        Returns its number, for `undo`. Raises RecordError for a kind or an event that the record does not know.
        """
        ids = sorted(set(items))
        if kind not in ("merge", "split") or len(ids) < 2:
            raise RecordError(f"a judgement is a merge or a split of two events or more, not {kind!r} of {len(ids)}")
        known = {row["id"] for row in self.ask("SELECT id FROM events WHERE id IN (SELECT value FROM json_each (?))",
                                                (rows.json_text(ids),))}  # fmt: skip
        if missing := [item for item in ids if item not in known]:
            raise RecordError(f"{missing[0]}: the record holds no event of this id")
        with self._transaction():
            cursor = self.db.execute(
                "INSERT INTO judgements (kind, items, who, made_at, why) VALUES (?,?,?,?,?)",
                (kind, rows.json_text(ids), who, self._clock(), why),
            )
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '1')")
            number = cursor.lastrowid
        return number or 0

    def undo(self, judgement: int, *, who: str) -> None:
        """Takes a judgement back; it stays on file as undone."""
        with self._transaction():
            cursor = self.db.execute(
                "UPDATE judgements SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL",
                (self._clock(), who, judgement),
            )
            if cursor.rowcount != 1:
                raise RecordError(f"{judgement}: the record holds no standing judgement of this number")
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '1')")

    def _open(self) -> None:
        self.db.row_factory = sqlite3.Row
        self.db.create_function("fold", 1, lambda text: fold(text) if text else None, deterministic=True)
        self.db.create_function("names", 4, names_party, deterministic=True)
        with self._guard():
            self.db.execute("PRAGMA foreign_keys = ON")
            application = self.db.execute("PRAGMA application_id").fetchone()[0]
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            empty = self.db.execute("SELECT count (*) FROM sqlite_schema").fetchone()[0] == 0
        if empty and application in (0, APPLICATION_ID):
            self._create()
        elif application != APPLICATION_ID:
            raise RecordError(f"{self.path}: this is another application's database; name a new file for the record")
        elif version > SCHEMA_VERSION:
            raise RecordError(
                f"{self.path}: the record has schema {version}, this version reads up to {SCHEMA_VERSION}; update vaka"
            )
        elif version < SCHEMA_VERSION:
            self._migrate(version)
        with self._guard():
            self.db.execute("PRAGMA synchronous = NORMAL")

    def _migrate(self, version: int) -> None:
        """Brings an older record to this schema, step by step in one transaction, after a copy of it was put beside it
        as NAME.schema-1; the derived layer is built anew at the next question."""
        beside = self.path.with_name(f"{self.path.name}.schema-{version}")
        if not beside.exists():
            with self._guard(), closing(sqlite3.connect(beside)) as copy:
                self.db.backup(copy)
        with self._transaction():
            for step in range(version + 1, SCHEMA_VERSION + 1):
                script = files("vaka.record").joinpath(f"migrate_{step}.sql").read_text(encoding="utf-8")
                for statement in _statements(script):
                    self.db.execute(statement)
            self.db.execute(
                "INSERT OR REPLACE INTO meta VALUES ('schema_version', ?), ('stale', '1')", (str(SCHEMA_VERSION),)
            )
            self.db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _create(self) -> None:
        script = files("vaka.record").joinpath("schema.sql").read_text(encoding="utf-8")
        with self._guard():
            self.db.execute("PRAGMA journal_mode = WAL")
        with self._transaction():
            if self.db.execute("PRAGMA user_version").fetchone()[0]:
                return  # Another process has made it in between.
            for statement in _statements(script):
                self.db.execute(statement)
            self.db.execute("INSERT INTO meta VALUES ('schema_version', ?), ('stale', '0')", (str(SCHEMA_VERSION),))
            self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _stale(self) -> bool:
        with self._guard():
            row = self.db.execute("SELECT value FROM meta WHERE key = 'stale'").fetchone()
        return row is not None and row["value"] == "1"

    def _insert_report(self, page: Page, name: str) -> int:
        article = page.article
        data = page.to_dict()
        text = data["article"].pop("text")
        folded = anyascii(f"{article.title or ''}\n{text}")
        cursor = self.db.execute(
            _INSERT_REPORT,
            (name, article.id, article.sha256, article.title, article.published, article.source, article.url,
             article.genre, article.language, article.body_start, rows.json_text(data["article"]["zones"]),
             rows.json_text(data["issues"]), rows.json_text(data["engine"]), text, folded, agency(article),
             self._clock()),
        )  # fmt: skip
        self.db.execute("INSERT INTO pages VALUES (?,?)", (name, rows.json_text(data)))
        self.db.execute("INSERT INTO signatures VALUES (?,?)", (name, signature(body_words(body_text(article)))))
        return cursor.lastrowid or 0

    def _insert_items(self, page: Page, name: str) -> None:
        events = page.events
        self._put("items", rows.item_rows(page, name))
        self._put("evidence", rows.evidence_rows(page, name))
        self._put("events", (rows.event_row(event, name) for event in events))
        self._put("event_actors", (row for event in events for row in rows.event_actor_rows(event)))
        self._put("magnitudes", (row for event in events for row in rows.magnitude_rows(event)))
        self._put("quotes", (rows.quote_row(quote, name) for quote in page.quotes))
        self._put("pledges", (rows.pledge_row(pledge, name) for pledge in page.pledges))
        self._put("causes", (rows.cause_row(cause, name) for cause in page.causes))
        self._put("times", (rows.time_row(time, name) for time in page.times))
        self._put("places", (rows.place_row(place, name) for place in page.places))
        self._put("actors", (rows.actor_row(actor, name) for actor in page.actors))

    def _put(self, table: str, found: Iterable[tuple[rows.Value, ...]]) -> None:
        """Inserts whole rows; `table` is always a name that stands in this module."""
        for row in found:
            self.db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """SQLite's errors as this project's."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if "not a database" in str(error):
                raise RecordError(f"{self.path}: this is not an SQLite file; name a new file for the record") from error
            raise RecordError(f"{self.path}: {error}") from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guard():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of the schema one by one: executescript would commit the transaction around it."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
