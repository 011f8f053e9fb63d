"""Who is who: states, bodies, organizations, groups and people with dates, found in text by their names.

Knows only what `data/actors` and `data/lexicon` say; it never guesses a country from the look of a name. A name that
was not yet, or no longer, valid on the report's day does not match (former states, offices, groups).
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

from vaka.knowledge.files import knowledge_rows
from vaka.knowledge.fixed import fixed_spans
from vaka.knowledge.spelling import Meant, Spellings


@dataclass(frozen=True, slots=True)
class Term:
    """An office held; `since` and `until` are ISO months or years, empty where open or not known."""

    role: str
    since: str
    until: str
    country: str | None
    org: str | None

    def covers(self, day: str) -> bool:
        return _within(self.since, self.until, day)


def _within(since: str, until: str, day: str) -> bool:
    """Whether the day lies between two ISO dates, months or years, both included; an empty one is open."""
    return (not since or since <= day[: len(since)]) and (not until or day[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in an organization; `status` is empty for a full member, else observer, candidate, suspended …"""

    code: str
    since: str
    until: str
    status: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor. `category` is state, body, organization, group or person; `region` only of states; `at` is its
    file and line; `own` marks one of a user's overlay."""

    key: str
    name: str
    category: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    since: str = ""
    until: str = ""
    region: str = ""
    epithets: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    governs: tuple[tuple[str, str, str], ...] = ()
    members: tuple[Membership, ...] = ()
    sure: str = "medium"
    source: str = "recall"
    at: str = ""
    own: bool = False

    def term_on(self, day: str | None) -> Term | None:
        """The office held on that day; where none was, the last one before it; None without a day."""
        if day is None:
            return None
        held = [term for term in self.terms if term.covers(day)]
        if held:
            return held[0]
        past = [term for term in self.terms if term.until and term.until < day[: len(term.until)]]
        return max(past, key=lambda term: term.until, default=None)

    def sectors_on(self, day: str | None) -> tuple[str, ...]:
        """The sectors on that day: a group that then governs is the government (PLOVER: GOV), whatever it was."""
        if day and any(_within(since, until, day) for _, since, until in self.governs):
            return ("GOV", *(sector for sector in self.sectors if sector != "GOV"))
        return self.sectors

    def member_on(self, code: str, day: str | None) -> Membership | None:
        """The state's membership of this organization on that day, or None."""
        held = [m for m in self.members if m.code == code and (day is None or _within(m.since, m.until, day))]
        return held[-1] if held else None

    def known_on(self, day: str | None) -> bool:
        """Whether the entry existed on that day (a year's grace either side: data are by month or year)."""
        if day is None or not day[:4].isdigit():
            return True
        year = int(day[:4])
        return not (self.since and int(self.since[:4]) > year + 1) and not (
            self.until and int(self.until[:4]) + 1 < year and self.category == "state"
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: `form` is name, adjective, people, capital, government, acronym, epithet or person."""

    start: int
    end: int
    entry: Entry
    form: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A title or office: "Foreign Minister" is the role `foreign minister` in sector GOV."""

    text: str
    role: str
    sector: str | None
    kind_of: str


@dataclass(frozen=True, slots=True)
class Agent:
    """A role noun or phrase: "riot police" is COP."""

    noun: str
    plural: bool
    sectors: tuple[str, ...]
    kind: str
    country: str | None
    weak: bool


class Actors:
    """The compiled actor knowledge."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.entries: dict[str, Entry] = {}
        self._by_text: dict[str, list[tuple[Entry, str, bool, str, str]]] = {}
        for row in rows:
            entry = _entry(row)
            self.entries[f"{entry.category}:{entry.key}"] = entry
            for name in row["names"]:
                self._by_text.setdefault(name["text"], []).append(
                    (entry, name["form"], bool(name.get("ambiguous")), name.get("from", ""), name.get("until", ""))
                )
        self._texts = list(self._by_text)
        self._matcher = AhoCorasick(self._texts)

    def find(self, text: str, day: str | None = None, context: frozenset[str] = frozenset()) -> list[Hit]:
        """The longest known names in `text` that were valid on `day`, in text order, never overlapping.

        `context` are countries of the report: they settle names that several actors bear (SDF, PPP). A name that
        nothing settles does not match.
        """
        found: list[Hit] = []
        fixed = fixed_spans(text)
        for number, start, end in self._matcher.find_matches_as_indexes(text, overlapping=True):
            if _inside_word(text, start, end):
                continue
            hit = self._best(self._texts[number], start, end, day, context)
            if hit and not (fixed and _in_phrase(hit, fixed)):
                found.append(hit)
        return _longest(found)

    def _best(self, name: str, start: int, end: int, day: str | None, context: frozenset[str]) -> Hit | None:
        rows = [row for row in self._by_text[name] if row[0].known_on(day) and _spelt_on(row[3], row[4], day)]
        own = [row for row in rows if row[0].own]
        states = [row for row in rows if row[0].category == "state"]
        rows = _settled(own or states or rows, day, context)
        if not rows:
            return None
        entry, form, ambiguous, _, _ = rows[0]
        return Hit(start, end, entry, form, ambiguous)

    def bearers(self, name: str) -> list[tuple[Entry, str]]:
        """Every entry that bears exactly this name, with the form of the name."""
        return [(row[0], row[1]) for row in self._by_text.get(name, ())]

    def misspelt(self, word: str, day: str | None = None) -> tuple[Entry, str, str] | None:
        """The one state or person whose name is a slip or another transliteration away (Venezeula, Gadaffi), with the
        form of the name and its proper spelling. None where two fit, or where the word is itself a known name."""
        meant = None if word in self._by_text else self._spellings.meant(word)
        hit = self._best(meant.text, 0, len(meant.text), day, frozenset()) if meant else None
        return (hit.entry, hit.form, meant.text) if meant and hit else None

    @functools.cached_property
    def _spellings(self) -> Spellings:
        return Spellings(
            Meant(text, entry.name, entry.category)
            for text, rows in self._by_text.items()
            for entry, form, vague, *_ in rows
            if (entry.category == "state" and form in {"name", "capital"}) or (entry.category == "person" and not vague)
        )

    def holders(self, role: str, country: str | None, day: str | None) -> list[Entry]:
        """The people who held that role for that country or organization on that day."""
        if day is None or country is None:
            return []
        return [
            entry
            for entry in self._people.get(country, ())
            if any(term.role == role and term.covers(day) and term.country == country for term in entry.terms)
        ]

    def office_surname(self, surname: str, role: str, day: str | None) -> list[Entry]:
        """People with that last name who held that office, on that day where one is given."""
        return [
            entry
            for entry in self._surnames.get(surname.lower(), ())
            if any(term.role == role and (day is None or term.covers(day)) for term in entry.terms)
        ]

    def name_parts(self, person: Entry) -> frozenset[str]:
        """The words of all names that a known person bears, in lower case."""
        return frozenset(self._name_parts[person.key])

    @functools.cached_property
    def _name_parts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for text, rows in self._by_text.items():
            for entry in (row[0] for row in rows if row[0].category == "person"):
                found.setdefault(entry.key, set()).update(text.lower().replace("-", " ").split())
        return found

    @functools.cached_property
    def _surnames(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            if entry.category == "person":
                found.setdefault(entry.name.split()[-1].lower(), []).append(entry)
        return found

    @functools.cached_property
    def _people(self) -> dict[str, list[Entry]]:
        people: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            for code in {entry.country, *(term.country for term in entry.terms)}:
                if entry.category == "person" and code:
                    people.setdefault(code, []).append(entry)
        return people

    @functools.cached_property
    def states(self) -> dict[str, Entry]:
        """Code to the state that bears it."""
        return {
            entry.key: entry
            for entry in self.entries.values()
            if entry.category == "state" and entry.key == entry.country
        }


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        key=row["key"],
        name=row["name"],
        category=row["category"],
        kind=row["kind"],
        country=row.get("country"),
        sectors=tuple(row.get("sectors", ())),
        since=row.get("from", ""),
        until=row.get("until", ""),
        region=row.get("region", ""),
        epithets=tuple(row.get("epithets", ())),
        terms=tuple(
            Term(t["role"], t.get("from", ""), t.get("until", ""), t.get("country", row.get("country")), t.get("org"))
            for t in row.get("terms", ())
        ),
        governs=tuple((g["code"], g.get("from", ""), g.get("until", "")) for g in row.get("governs", ())),
        members=tuple(
            Membership(m["code"], m.get("from", ""), m.get("until", ""), m.get("status", ""))
            for m in row.get("members", ())
        ),
        sure=row.get("sure", "medium"),
        source=row.get("source", "recall"),
        at=row.get("at", ""),
        own=row.get("overlay", False),
    )


Named = tuple[Entry, str, bool, str, str]
"""An entry under one of its names: entry, form, whether others bear the name, and from when until when it was used."""


def _spelt_on(since: str, until: str, day: str | None) -> bool:
    """Whether a dated name (a former capital) was in use on that day."""
    return day is None or _within(since, until, day)


def _settled(rows: list[Named], day: str | None, context: frozenset[str]) -> list[Named]:
    """The bearers of a name, the likeliest first; none when several remain and nothing tells them apart."""
    if len({row[0].key for row in rows}) <= 1:
        return rows
    tests: tuple[Callable[[Named], bool], ...] = (
        lambda row: row[0].country in context,
        lambda row: day is not None and any(term.covers(day) for term in row[0].terms),
        lambda row: not row[2],
        lambda row: row[0].key == row[0].country,  # a state before a dependency: Kingston is Jamaica's
    )
    if len({row[0].name for row in rows}) == 1 and rows[0][0].category == "person":
        return _of_office(rows, day)  # one person, who served several states or bodies
    for test in tests:
        fitting = [row for row in rows if test(row)]
        if len({row[0].key for row in fitting}) == 1:
            return fitting
        rows = fitting or rows
    return rows if len({row[0].country for row in rows}) == 1 else []


def _of_office(rows: list[Named], day: str | None) -> list[Named]:
    """The entry of the office that the person held on that day, else the last one before it, else the first after."""

    def rank(row: Named) -> tuple[bool, str, str]:
        term = row[0].term_on(day)
        return (
            term is not None and term.covers(day or ""),
            term.until if term else "",
            "" if term else min((t.since for t in row[0].terms), default="9"),
        )

    held = [row for row in rows if rank(row)[0] or rank(row)[1]]
    return [max(held, key=rank)] if held else [min(rows, key=rank)]


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether letters or digits touch the match: "Mali" in "Maliki" or "normalise"."""
    before = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
    after = end < len(text) and (text[end].isalnum() or text[end] == "_")
    return before or after


def _in_phrase(hit: Hit, fixed: list[tuple[int, int]]) -> bool:
    """Whether the name is only part of a fixed phrase (Paris Agreement), or a state's name that is all of one."""
    return any(
        start <= hit.start and hit.end <= end and (hit.end - hit.start < end - start or hit.entry.category == "state")
        for start, end in fixed
    )


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept


@functools.cache
def actors() -> Actors:
    """The built-in actor knowledge, loaded once."""
    # Hundreds of thousands of small objects that all stay: looking for garbage among them doubles the time.
    gc.disable()
    try:
        return Actors(knowledge_rows("actors"))
    finally:
        gc.enable()


@functools.cache
def agents() -> dict[str, Agent]:
    """Role nouns and phrases by their lower-case form, singular and plural."""
    found: dict[str, Agent] = {}
    for row in knowledge_rows("agents"):
        agent = Agent(
            row["noun"], row["plural"], tuple(row["sectors"]), row["kind"], row.get("country"), bool(row.get("weak"))
        )
        found.setdefault(agent.noun, agent)
    return found


@functools.cache
def titles() -> dict[str, Role]:
    """Titles and offices by their lower-case form."""
    found: dict[str, Role] = {}
    for row in knowledge_rows("titles"):
        found.setdefault(row["text"], Role(row["text"], row["role"], row.get("sector"), row["kind_of"]))
    return found


def region_adjective(region: str) -> Iterator[str]:
    """How news makes an adjective of a region: Central Asia, Central Asian; the Balkans, Balkan."""
    fixed = {
        "Caribbean": "Caribbean", "Middle East": "Middle Eastern", "Balkans": "Balkan", "Gulf": "Gulf",
        "Sahel": "Sahel",
        "South Caucasus": "South Caucasus", "Horn of Africa": "Horn of Africa", "Levant": "Levantine",
        "Baltics": "Baltic",
        "Oceania": "Pacific", "Pacific": "Pacific", "Caucasus": "Caucasus", "Persian Gulf": "Gulf",
        "Baltic states": "Baltic", "Pacific Islands": "Pacific island", "Nordic countries": "Nordic",
    }  # fmt: skip
    if region in fixed:
        yield fixed[region]
    elif region.endswith("Europe"):
        yield region[:-1] + "an"
    elif region.endswith(("Asia", "Africa", "America", "Micronesia", "Melanesia", "Polynesia")):
        yield region + "n"
    elif region:
        yield region
