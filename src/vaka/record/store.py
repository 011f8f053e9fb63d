"""The record: one SQLite file of reports and what was coded in them; refuses other files and never changes a text.

One program writes at a time, and as many as like read meanwhile: a writer waits a while for another and says so.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType

import orjson
from anyascii import anyascii

from vaka.errors import LockedError, RecordError
from vaka.record import judge, rows
from vaka.record.copies import agency, body_text, body_words, signature
from vaka.record.counts import counted
from vaka.record.derive import derive, name_versions
from vaka.record.pages import read_page
from vaka.record.parties import fold, names_party
from vaka.record.verify import Problem, verify
from vaka.record.withdraw import Withdrawal, forget, withdraw
from vaka.types import Page

SCHEMA_VERSION = 4
APPLICATION_ID = 0x56414B41
"""The letters VAKA, in the header of every record."""
TELL_AFTER = 0.5
"""Seconds after which one who waits for another program says so; most transactions are shorter."""
PATIENCE = 20.0
"""Seconds that a writer waits: other writers hold the record for one report, or for the derived layer."""
READER_PATIENCE = 2.0
"""Seconds that a question waits for its turn to bring the derived layer up to date; it can do without."""
ASK_AGAIN = 10.0
"""Seconds in which a question that did without does not try again."""

_VERSIONS = """
SELECT id, sha256, version_of, id IN (SELECT report FROM withdrawals) AS withdrawn FROM reports WHERE article = ?
"""
_LOST = "SELECT who, made_at, why FROM withdrawals WHERE report = ?"
_PAGES = "SELECT id FROM reports JOIN pages ON report = id ORDER BY published IS NULL, published, id"
_INSERT_REPORT = """
INSERT INTO reports (id, article, sha256, title, published, source, url, genre, language, body_start, zones, issues,
  engine, text, folded, agency, added_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
"""
_CREATES = re.compile(r"CREATE (?:VIRTUAL )?(?:TABLE|VIEW|INDEX|TRIGGER) (\w+)")


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a page: `outcome` is added, same (nothing changed), version (another text), or withdrawn (this
    text was taken out, and stays out)."""

    report: str
    outcome: str
    version_of: str | None = None


def _nobody(words: str) -> None:
    """Where nobody wants to be told."""


def _utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record:
    """A record on disk; a context manager that brings the derived layer up to date when it is left.

    `notice` is told when one has to wait for another program. Raises RecordError when the file is not SQLite, is
    another application's, is of a newer schema, or is missing while `create` is False; LockedError, here and wherever
    it writes, when another program writes for too long.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        clock: Callable[[], str] = _utc_now,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self.path = Path(path)
        self.now = clock
        self._tell = notice or _nobody
        self._wrote = self._reading = False
        self._behind_until = 0.0
        if not create and not self.path.is_file():
            raise RecordError(f"{path}: there is no record here; `vaka add` makes one")
        if not create and self.path.stat().st_size == 0:
            raise RecordError(f"{path}: is empty and no record; `vaka add` makes one")
        try:
            self.db = sqlite3.connect(self.path, timeout=TELL_AFTER, isolation_level=None)
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
            if kind is None and self._wrote:
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
        self._wrote = True  # Also where it is known: an add that was killed may have left the derived layer behind.
        with self.transaction():
            known = self.db.execute(_VERSIONS, (article.id,)).fetchall()
            for row in known:
                if row["sha256"] == article.sha256:
                    return AddResult(row["id"], "withdrawn" if row["withdrawn"] else "same", row["version_of"])
            name = f"{article.id}@{article.sha256[:8]}" if known else article.id
            try:
                number = self._insert_report(page, name)
                self._insert_items(page, name)
            except (sqlite3.IntegrityError, UnicodeError, TypeError) as error:
                raise RecordError(f"{article.id}: this page cannot be kept: {error}") from error
            name_versions(self.db, article.id)
            self.mark_stale()
            row = self.db.execute("SELECT id, version_of FROM reports WHERE n = ?", (number,)).fetchone()
        return AddResult(row["id"], "version" if known else "added", row["version_of"])

    def recode(self, report: str, page: Page) -> None:
        """Puts a page of the same text, as the present engine codes it, in the place of the stored one, in one
        transaction; what people judged stays.

        Raises RecordError for another text, a report that is not there or was withdrawn, a page that cannot be kept.
        """
        stored = self.page(report).article
        if (stored.id, stored.sha256) != (page.article.id, page.article.sha256):
            raise RecordError(f"{report}: this page is of another text; add it as a new version")
        data = page.to_dict()
        data["article"].pop("text")
        with self.transaction():
            forget(self.db, report)
            columns = (rows.json_text(data["issues"]), rows.json_text(data["engine"]), report)
            self.db.execute("UPDATE reports SET issues = ?, engine = ? WHERE id = ?", columns)
            self.db.execute("UPDATE pages SET page = ? WHERE report = ?", (rows.json_text(data), report))
            try:
                self._insert_items(page, report)
            except sqlite3.IntegrityError as error:
                raise RecordError(f"{report}: this page cannot be kept: {error}") from error
            self.mark_stale()

    def refresh(self) -> None:
        """Derives copies, incidents and the state of pledges from all reports, if any came since the last time."""
        self._refresh()

    def _refresh(self, patience: float | None = None) -> None:
        if not self._stale():
            return
        with self.transaction(patience):
            if self._stale():
                derive(self.db)
                self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '0')")

    def mark_stale(self) -> None:
        """Has the derived layer built anew at the next question, or when the record is left."""
        self._wrote = True
        self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '1')")

    def page(self, report: str) -> Page:
        """The page of a report, as it was added.

        Raises RecordError when the record holds no such report, or when it was withdrawn.
        """
        with self._guard():
            row = self.db.execute(
                "SELECT page, text FROM pages JOIN reports ON id = report WHERE report = ?", (report,)
            ).fetchone()
            lost = self.db.execute(_LOST, (report,)).fetchone()
        if lost is not None:
            raise RecordError(f"{report}: was withdrawn by {lost['who']} on {lost['made_at'][:10]} ({lost['why']})")
        if row is None:
            raise RecordError(f"{report}: the record holds no report of this id")
        return read_page(orjson.loads(row["page"]), row["text"])

    def pages(self) -> Iterator[Page]:
        """All pages, by date of publication; withdrawn reports have none."""
        for row in self.ask(_PAGES):
            yield self.page(row["id"])

    def ask(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
        """The rows of a statement of this room, on a derived layer as up to date as other programs let it be."""
        self._catch_up()
        with self._guard():
            return self.db.execute(sql, values).fetchall()

    def counted(self, genre: object, limit: object) -> list[dict[str, object]]:
        """The most frequent actors of reports of those genres (a JSON list, or None for all), as counted when the
        derived layer was built."""
        self._catch_up()
        with self._guard():
            return counted(self.db, genre, limit)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is asked within is answered from one moment of the record, whatever others write meanwhile."""
        self._catch_up()
        with self._guard():
            self.db.execute("BEGIN")
        self._reading = True
        try:
            yield
        finally:
            self._reading = False
            with self._guard():
                self.db.execute("COMMIT")

    def _catch_up(self) -> None:
        if self._reading or self.db.in_transaction or time.monotonic() < self._behind_until:
            return
        try:
            self._refresh(READER_PATIENCE)
        except LockedError:
            self._behind_until = time.monotonic() + ASK_AGAIN
            self._tell(f"{self.path}: another program is writing; what it has added since is not merged yet")

    def verify(self) -> list[Problem]:
        """Everything in the record that its stored texts do not bear out; empty when all is well."""
        return verify(self.db)

    def accept(self, key: str, *, by: str, why: str = "") -> int:
        """Notes that an item, or each telling of an incident, is right; returns the number of the judgement.

        This and the other judgements raise RecordError for an id that the record does not hold and for what
        contradicts a judgement that stands, UsageError for a value that cannot be. Each can be undone.
        """
        return judge.give_verdict(self, "accept", key, by=by, why=why)

    def reject(self, key: str, *, by: str, why: str) -> int:
        """Notes that an item, or each telling of an incident, is wrong: it leaves incidents and answers."""
        return judge.give_verdict(self, "reject", key, by=by, why=why)

    def correct(self, key: str, *given: str, by: str, why: str, on: str | None = None) -> list[int]:
        """Sets fields of an item (as "type=PROTEST") beside what the machine says, each a judgement; incidents follow.

        `on` is the day from which the corrected status of a pledge holds.
        """
        return judge.correct(self, key, given, by=by, why=why, on=on)

    def merge(self, keys: Iterable[str], *, by: str, why: str) -> int:
        """Makes one incident of events and incidents."""
        return judge.merge(self, keys, by=by, why=why)

    def split(self, incident: str, events: Sequence[str], *, by: str, why: str) -> int:
        """Takes events out of an incident."""
        return judge.split(self, incident, events, by=by, why=why)

    def grade(self, what: str, grade: str, *, by: str, why: str) -> int:
        """Grades a source (A to F) or what a report, an incident or an item says (1 to 6), as the Admiralty does."""
        return judge.grade(self, what, grade, by=by, why=why)

    def undo(self, judgement: int, *, by: str, why: str = "") -> None:
        """Takes a judgement back by its number; it stays on file as undone."""
        judge.undo(self, judgement, by=by, why=why)

    def withdraw(self, report: str, *, by: str, why: str) -> Withdrawal:
        """Takes a report's words out of the file for good; its row, id and hash stay. Cannot be undone."""
        return withdraw(self, report, by=by, why=why)

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
        """Brings an older record to this schema in one transaction, after a copy of it was put beside it as
        NAME.schema-1: by the steps, and by all that schema.sql has and the record lacks. The derived layer is built
        anew at the next question."""
        self.copy(self.path.with_name(f"{self.path.name}.schema-{version}"))
        with self.transaction():
            if self.db.execute("PRAGMA user_version").fetchone()[0] >= SCHEMA_VERSION:
                return  # Another process has done it in between.
            for step in range(version + 1, SCHEMA_VERSION + 1):
                for statement in _statements(_script(f"migrate_{step}.sql")):
                    self.db.execute(statement)
            there = {row[0] for row in self.db.execute("SELECT name FROM sqlite_schema")}
            for statement in _statements(_script("schema.sql")):
                made = _CREATES.search(statement)
                if made and made[1] not in there:
                    self.db.execute(statement)
            self.db.execute(
                "INSERT OR REPLACE INTO meta VALUES ('schema_version', ?), ('stale', '1')", (str(SCHEMA_VERSION),)
            )
            self.db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def copy(self, beside: Path) -> None:
        """Copies the record to a file, which appears whole; one that is there already stays as it is."""
        if beside.exists():
            return
        part = beside.with_name(f"{beside.name}.part")
        part.unlink(missing_ok=True)
        with self._guard(), closing(sqlite3.connect(part)) as copy:
            self.db.backup(copy)
        part.replace(beside)

    def _create(self) -> None:
        with self._guard():
            self.db.execute("PRAGMA journal_mode = WAL")
        with self.transaction():
            if self.db.execute("PRAGMA user_version").fetchone()[0]:
                return  # Another process has made it in between.
            for statement in _statements(_script("schema.sql")):
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
             self.now()),
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
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """What is written within is written wholly or not at all.

        Raises LockedError when another program writes for longer than the patience, in seconds (None: the default).
        """
        with self._guard():
            self._begin(PATIENCE if patience is None else patience)
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def _begin(self, patience: float) -> None:
        until = time.monotonic() + patience
        told = False
        while True:
            try:
                self.db.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                if time.monotonic() >= until:
                    raise LockedError(
                        f"{self.path}: another program has been writing for {patience:g} s; try again when it has ended"
                    ) from error
            if not told and patience > READER_PATIENCE:
                self._tell(f"{self.path}: another program is writing; waiting up to {patience:g} s for it")
                told = True


def _script(name: str) -> str:
    return files("vaka.record").joinpath(name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """The statements of the schema one by one: executescript would commit the transaction around it."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
