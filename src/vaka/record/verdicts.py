"""What later reports say became of a promise, sentence by sentence, in words; it reads reports and writes nothing.

A sentence counts for a promise where it speaks of the promised thing, nobody else is told to have done it, and its
words tell an outcome: the deed or its opposite, a part of the number, a deed left undone after the day, or a phrase
of `following.yml` ("took back the offer"). What is wished, planned or promised again tells nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import orjson

from vaka.knowledge.deeds import deeds
from vaka.record import pledges
from vaka.record.near import ABOUT, Near, least
from vaka.record.outright import NOT, PART, TAKEN_BACK, UNDONE, clause_before, outright, unreal
from vaka.record.parties import NON_STATES, Party, fold, same_side
from vaka.record.pledges import Passage, Verdict, things_of
from vaka.record.words import stems, tells
from vaka.types import CODED_ZONES

FACTUAL = ("news", "analysis", "live")
"""Genres that may say what became of a promise; a report without a genre counts as news."""
HAPPENED = ("occurred", "ongoing", "historical")
BEFORE = 2
"""Sentences before it that tell what "the offer" or "they" in a sentence are."""
LOOK_BACK = 4
"""Sentences before it in which the last named party is looked for, where a sentence names none."""

_OF = re.compile(
    r"^(?:\s+\w+){0,2}?\s+(?:of|out of)\s+(?:the\s|its\s|their\s|his\s|those\s|an?\s)?(?:promised\s|pledged\s)?$", re.I
)
_UNCOUNTED = stems(
    " ".join(
        [
            "million billion thousand dozen year month hour whole half town city village province region country",
            *pledges.MONTHS.split("|"),
            *pledges.NUMBERS,
        ]
    )
)
_HELPING = """to will would shall not never be been have has that the a an it he she they we i his her its their our
and all every"""
_ASIDE = re.compile(r"(?is)\b(?:without|instead of|rather than|despite|after|because|so that)\b.*")
_WILL = re.compile(r"(?i)\b(?:will|would|shall|['’]ll)\b")
_NOMINAL = re.compile(
    rf"[\d$€£A-Z\"“]|(?:an?|the|some|more|all|every|another|its|their|his|her|new|free|full|half|{'|'.join(pledges.NUMBERS)})\b"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n|\n(?=[A-Z\"“])")
_WORD = re.compile(r"[^\W\d_][\w-]+")
_ANAPHOR = re.compile(r"(?i)\b(?:offer|promise|pledge|plan|announcement|commitment|word|it|they|this|all|the last)\b")

_REPORTS = """
SELECT id, substr (published, 1, 10) AS day, genre, text, zones, body_start FROM reports WHERE published IS NOT NULL
ORDER BY published, id
"""
_PLEDGES = """
SELECT p.*, substr (r.published, 1, 10) AS day, r.text, c."start" AS content_start, c."end" AS content_end,
  t."start" AS told_start, t."end" AS told_end
FROM pledges p JOIN reports r ON r.id = p.report
JOIN evidence c ON c.item = p.id AND c.field = 'pledge:content' AND c.position = 0
JOIN evidence t ON t.item = p.id AND t.field = 'evidence' AND t.position = 0
WHERE r.published IS NOT NULL AND p.kind != 'ultimatum' ORDER BY p.id
"""
_MENTIONS = """
SELECT v."start", v."end", a.* FROM evidence v JOIN actors a ON a.id = v.item
WHERE v.report = ? AND v.field = 'mention' AND a.resolved_by != 'coreference' ORDER BY v."start", a.id
"""
_CODED = """
SELECT e.id, e.type, e.status, v."start", v."end" FROM events e
JOIN evidence v ON v.item = e.id AND v.field = 'trigger' WHERE e.report = ? ORDER BY v."start", e.id
"""
_DOERS = """
SELECT p.* FROM events e JOIN event_parties p ON p.event = e.id
WHERE e.report = ? AND p.role = 'actor' ORDER BY p.event, p.position
"""
_PLACES = """
SELECT v."start", p.name, p.country FROM evidence v JOIN places p ON p.id = v.item
WHERE v.report = ? AND v.field = 'mention' AND p.precision IN ('city', 'point') ORDER BY v."start"
"""


@cache
def _leader() -> re.Pattern[str]:
    """Who is named as a party's head: its commander Okoro."""
    return re.compile(
        rf"\b(?:[Ii]ts|[Tt]heir|[Tt]he \w+['’]s?) (?:\w+ ){{0,2}}?(?:{deeds().leader})\b"
        r",?(?: known as| called| named)? ((?:[A-Z][\w'’-]+ ?)+)"
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as a report names it at these offsets."""

    start: int
    end: int
    text: str
    party: Party


Coded = tuple[int, int, str, str, tuple[Mention, ...]]
"""An event by the offsets of its trigger in the sentence, with type, status and actors: its verb was parsed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a report, with its things and who and where it names; `title` where it heads the report, `around`
    are the things of it and of the few before it, `words` its words as they are spelled."""

    start: int
    text: str
    things: frozenset[str]
    mentions: tuple[Mention, ...]
    places: frozenset[str]
    coded: tuple[Coded, ...]
    title: bool
    numbers: tuple[tuple[float, int, int], ...]
    words: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """A promise with what its outcome would be told in: the thing, the deed, its opposite, and who are its own side.

    `names` are capitalised words by which reports call the promiser; `own` are countries that may be named beside it.
    """

    id: str
    report: str
    day: str
    end: int
    due: str | None
    act: str | None
    things: frozenset[str]
    numbers: frozenset[float]
    amount: float | None
    deed: re.Pattern[str]
    still: bool
    personal: bool
    sides: tuple[Party, ...]
    beneficiary: Party | None
    names: frozenset[str]
    own: frozenset[str]
    places: frozenset[str]


def verdicts(db: sqlite3.Connection) -> list[Verdict]:
    """What reports with a date that tell facts say of the record's promises."""
    sought = [_sought(db, row) for row in db.execute(_PLEDGES).fetchall()]
    if not sought:
        return []
    index = Near(sought)
    sides = {promise.id: _keys(promise.sides) for promise in sought}
    found: list[Verdict] = []
    for row in db.execute(_REPORTS).fetchall():
        if row["genre"] is None or row["genre"] in FACTUAL:
            said = _sentences(db, row)
            words = frozenset(word for sentence in said for word in sentence.things)
            numbers = frozenset(value for sentence in said for value, _, _ in sentence.numbers)
            named = frozenset(word for sentence in said for word in sentence.words)
            told = {mention.party for sentence in said for mention in sentence.mentions}
            keys = _keys(told)
            for promise in index.to(words, numbers):
                ours = not sides[promise.id].isdisjoint(keys)
                if promise.day <= row["day"] and _may_be_ours(promise, ours, named, told):
                    found += _told_of(promise, said, row["id"], row["day"])
    return found


def _keys(parties: Iterable[Party]) -> frozenset[tuple[str, str]]:
    """By what parties are of one side (`same_side`): state, organization, name."""
    return frozenset(
        key
        for party in parties
        for key in (("country", party.country or ""), ("org", party.org or ""), ("name", fold(party.name)))
        if key[1]
    )


def _may_be_ours(promise: Sought, ours: bool, named: frozenset[str], told: Iterable[Party]) -> bool:
    """Whether a report may speak of the promiser's side at all, by whom it names: `_ours` for all its sentences at
    once, without reading them."""
    if not promise.names.isdisjoint(named):
        return True
    if promise.personal or ours:
        return not promise.personal
    other = promise.beneficiary
    return not any(
        party.country is not None
        and party.country not in NON_STATES
        and party.country not in promise.own
        and (other is None or not same_side(other, party))
        for party in told
    )


def parties_of(rows: Iterator[sqlite3.Row] | sqlite3.Cursor) -> tuple[Party, ...]:
    return tuple(_party(row) for row in rows)


def _party(row: sqlite3.Row, prefix: str = "") -> Party:
    name = row[prefix] if prefix else row["name"]
    at = f"{prefix}_" if prefix else ""
    return Party(name, row[f"{at}country"], tuple(orjson.loads(row[f"{at}sectors"])), row[f"{at}kind"], row[f"{at}org"])


# What a promise speaks of


def _deed(content: str, still: bool) -> tuple[re.Pattern[str], frozenset[str]]:
    """How reports tell the promised deed as done, or what breaks a promise to hold still; and the promise's verb."""
    if still:
        breaches = [family.told for family in deeds().breaches if family.promised.search(content)]
        if breaches:
            return re.compile("|".join(breaches), re.I), frozenset()
    opening = " ".join(content.split()[:12])
    hits = [(at.start(), family.told) for family in deeds().deeds if (at := family.promised.search(opening))]
    opens = not _NOMINAL.match(content) or _WILL.search(content)
    if hits and opens:
        first = min(start for start, _ in hits)
        done = "|".join(done for start, done in hits if start == first)
        return re.compile(done, re.I), stems(opening[first:].split()[0])
    verb = next((w for w in re.findall(r"[a-z][a-z-]+", opening) if w not in _HELPING.split()), "")
    if len(verb) < 3 or not opens:
        given = [family.told for family in deeds().deeds if any(map(family.promised.match, ("give", "build")))]
        return re.compile("|".join(given), re.I), frozenset()
    base = verb[:-1] if verb[-1] in "ey" else verb
    return re.compile(rf"\b{re.escape(base)}(?:ed|ied|d|{re.escape(verb[-1])}ed)\b", re.I), stems(verb)


def _sought(db: sqlite3.Connection, row: sqlite3.Row) -> Sought:
    content, start, end = row["content"], row["content_start"], row["content_end"]
    promiser = _party(row, "promiser") if row["promiser"] else None
    beneficiary = _party(row, "beneficiary") if row["beneficiary"] else None
    around = [m for m in _mentions(db, row["report"]) if row["told_start"] <= m.start < row["told_end"]]
    subject = _WILL.search(content)
    before = start + (subject.start() if subject else 0)
    doers = [m.party for m in around if start <= m.start and m.end <= before and (m.party.country or m.party.org)]
    still = pledges.holds_still(content)
    deed, verb = _deed(content, still)
    states = [m.text for m in around if start <= m.start < end and m.party.kind == "government"]  # "Congolese"
    called = " ".join([*states, *(party.name for party in (promiser, beneficiary) if party)])
    named = _UNCOUNTED | verb | stems(" ".join(word for word in called.split() if word[:1].isupper()))
    bare = _ASIDE.sub(" ", pledges.DATES.sub(" ", content))
    after = row["text"][row["told_start"] : end + 400]
    leaders = {word for match in _leader().finditer(after) for word in match.group(1).split()}
    numbers = frozenset(value for value, _, _ in pledges.numbers_of(content))
    return Sought(
        id=row["id"],
        report=row["report"],
        day=row["day"],
        end=end,
        due=(row["due_end"] or "")[:10] or None,
        act=row["act"],
        things=things_of(bare) - named or things_of(row["text"][row["told_start"] : row["told_end"]]) - named,
        numbers=numbers,
        amount=max(numbers, default=None),
        deed=deed,
        still=still,
        personal=promiser is not None and promiser.kind == "person" and bool(deeds().personal.search(content)),
        sides=tuple(party for party in (promiser, *doers) if party),
        beneficiary=beneficiary,
        names=_names(promiser) | frozenset(leaders),
        own=frozenset(m.party.country for m in around if m.party.country) - NON_STATES,
        places=frozenset(name for at, name in _places(db, row["report"]) if start <= at < end),
    )


def _names(promiser: Party | None) -> frozenset[str]:
    """Capitalised words that call the promiser alone: a person's last name, the first of a company's."""
    words = [w for w in _WORD.findall(promiser.name if promiser else "") if w[0].isupper()]
    if promiser is None or not words or promiser.kind == "government":
        return frozenset()
    return frozenset({words[-1] if promiser.kind == "person" else words[0]})


# What a report says


def _mentions(db: sqlite3.Connection, report: str) -> list[Mention]:
    rows = db.execute(_MENTIONS, (report,)).fetchall()
    return [Mention(row["start"], row["end"], row["text"], _party(row)) for row in rows]


def _places(db: sqlite3.Connection, report: str) -> list[tuple[int, str]]:
    return [(row["start"], row["name"]) for row in db.execute(_PLACES, (report,)).fetchall()]


def _coded(db: sqlite3.Connection, report: str) -> list[Coded]:
    doers: dict[str, list[Mention]] = defaultdict(list)
    for row in db.execute(_DOERS, (report,)).fetchall():
        doers[row["event"]].append(Mention(0, 0, row["name"], _party(row)))
    rows = db.execute(_CODED, (report,)).fetchall()
    return [(row["start"], row["end"], row["type"], row["status"], tuple(doers[row["id"]])) for row in rows]


def _sentences(db: sqlite3.Connection, row: sqlite3.Row) -> list[Said]:
    """The sentences that stand where reports tell things: not in a link to another story."""
    text, zones = row["text"], orjson.loads(row["zones"])
    mentions, places, coded = _mentions(db, row["id"]), _places(db, row["id"]), _coded(db, row["id"])
    found: list[Said] = []
    first = 0
    for last in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        told = text[first:last].strip()
        start = text.find(told, first)
        zone = next((z["kind"] for z in zones if z["start"] <= start < z["end"]), "body")
        if told and zone in CODED_ZONES:
            end = start + len(told)
            inside = tuple(m for m in mentions if start <= m.start and m.end <= end)
            capitals = {m.start for m in inside if m.party.kind == "government"}
            spots = frozenset(name for at, name in places if start <= at < end and at not in capitals)
            events = tuple((c[0] - start, c[1] - start, *c[2:]) for c in coded if start <= c[0] < end)
            numbers, words, things = tuple(pledges.numbers_of(told)), frozenset(_WORD.findall(told)), things_of(told)
            around = things.union(*(other.things for other in found[-BEFORE:] if not other.title))
            found.append(Said(start, told, things, inside, spots, events, zone == "title", numbers, words, around))
        first = last
    return found


# What it makes of the promise

RANKS = ("withdrawn", "broken", "partly-kept", "undone", "kept")
"""Where one report says several things of a promise, the first of these stands; undone after the day is broken."""


def _told_of(promise: Sought, said: Sequence[Said], report: str, day: str) -> Iterator[Verdict]:
    """The one thing that a report says of a promise, with the sentence that says it best."""
    best: tuple[int, int, int, str, Said] | None = None
    needed = least(promise) - bool(promise.numbers)
    for at, sentence in ((at, s) for at, s in enumerate(said) if len(promise.things & s.around) >= needed):
        status, strength = _says(promise, said, at, day)
        if report == promise.report and (sentence.start < promise.end or status != "withdrawn"):
            continue
        if sentence.title:  # told in full by a sentence below, which is cited
            sentence = next((s for s in said if status == "kept" and _retells(promise, s, sentence)), sentence)
        if status is None or sentence.title:
            continue
        row = (RANKS.index(status), -strength, at, status, sentence)
        if best is None or row[:3] < best[:3]:
            best = row
    if best is not None:
        status, sentence = best[3], best[4]
        passage = Passage(sentence.start, sentence.start + len(sentence.text), sentence.text)
        yield Verdict(report, day, "broken" if status == "undone" else status, passage, promise.id)


def _retells(promise: Sought, sentence: Said, title: Said) -> bool:
    """Whether the sentence speaks of what the title says was done, and tells nothing else of it."""
    shared = promise.things & sentence.things
    return (
        not sentence.title
        and shared >= promise.things & title.things
        and _deed_told(promise, sentence) in {None, "done"}
    )


def _says(promise: Sought, said: Sequence[Said], at: int, day: str) -> tuple[str | None, int]:
    """The status that one sentence gives the promise, or None, and how plainly."""
    sentence = said[at]
    near = len(promise.things & sentence.around)
    equal = bool(promise.numbers) and bool(promise.numbers & {value for value, _, _ in sentence.numbers})
    if near + equal < least(promise) or not _ours(promise, said, at):
        return None, 0
    text, here = sentence.text, promise.things & sentence.things
    plain = outright(text) if here or _ANAPHOR.search(text) else None
    if plain in {"withdrawn", "broken"}:
        return plain, 2 * bool(TAKEN_BACK.search(text)) + len(here)
    if not here and not equal:
        return plain, 1
    if promise.places and sentence.places and not promise.places & sentence.places:
        return None, 0
    told = _deed_told(promise, sentence)
    if promise.still:
        return ("broken" if told == "done" else plain, len(here))
    late = promise.due is not None and day > promise.due
    strong = len(here) + equal >= max(1, ABOUT * len(promise.things))
    if (told == "done" or late) and _is_part(promise, sentence):
        return "partly-kept", len(here) + 2
    if told == "done" and strong:
        begun = tells("begun", text) and not tells("ended", text)
        return ("partly-kept" if begun else "kept"), len(here) + equal
    if late and strong and (told == "undone" or UNDONE.search(text)) and told != "unreal":
        return "undone", len(here)
    return plain, 1


def _deed_told(promise: Sought, sentence: Said) -> str | None:
    """Whether the sentence tells the deed as done, as undone, or only as wished for; None where it does not tell it."""
    seen = None
    for match in promise.deed.finditer(sentence.text):
        clause = clause_before(sentence.text, match.start())
        told, actors = next((c[3:] for c in sentence.coded if c[0] < match.end() and match.start() < c[1]), ("", ()))
        if told and told not in HAPPENED:
            seen = "undone" if told == "negated" else seen or "unreal"
        elif (
            (actors and all(_is_other(promise, actor) for actor in actors))
            or _by_others(promise, sentence, match.start(), match.end())
            or unreal().search(clause)
        ):
            seen = seen or "unreal"
        elif NOT.search(clause):
            seen = "undone"
        else:
            return "done"
    if seen is None and promise.act in pledges.MATERIAL:  # verbs that the families lack, but the ontology knows
        acts = [c for c in sentence.coded if c[2] == promise.act and c[3] in HAPPENED]
        return "done" if any(not c[4] or any(_is_ours(promise, actor) for actor in c[4]) for c in acts) else None
    return seen


def _is_part(promise: Sought, sentence: Said) -> bool:
    """Whether less is told than was promised: "one of the two", "30 of the 60 million", "half of the"."""
    text, numbers = sentence.text, sentence.numbers
    for (less, start, end), (more, other, _) in pairwise(numbers):
        if less < pledges.ENOUGH * more and _OF.match(text[end:other]):
            return True
        if more < pledges.ENOUGH * less and re.search(r"\b(?:out )?of (?:the|its|their|those) $", text[:start], re.I):
            return True
    if promise.amount and promise.numbers.isdisjoint({value for value, _, _ in numbers}):
        for value, _, end in numbers:
            unit = things_of(" ".join(text[end:].split()[:3]))
            if value < pledges.ENOUGH * promise.amount and unit & promise.things:
                return True
    return bool(PART.search(text))


# Whose deed it is


def _is_ours(promise: Sought, mention: Mention) -> bool:
    return any(same_side(side, mention.party) for side in promise.sides)


def _is_other(promise: Sought, mention: Mention) -> bool:
    """A party that has a name of its own and no part in the promise."""
    party = mention.party
    if party.country in NON_STATES or _is_ours(promise, mention):
        return False
    if promise.beneficiary is not None and same_side(promise.beneficiary, party):
        return False
    if party.country is not None:
        return party.country not in promise.own
    ownerless = not any(side.country for side in promise.sides)
    return ownerless and mention.text[:1].isupper() and len(mention.text.split()) > 1 and not party.unnamed


def _named(promise: Sought, sentence: Said) -> bool:
    return not promise.names.isdisjoint(sentence.words)


def _ours(promise: Sought, said: Sequence[Said], at: int) -> bool:
    """Whether the sentence is about the promiser's side: it names it, or nobody, and the last named party was it."""
    if promise.personal:
        return any(_named(promise, other) for other in said[max(0, at - 1) : at + 1])
    for back in range(at, max(-1, at - LOOK_BACK - 1), -1):
        sentence = said[back]
        if _named(promise, sentence) or any(_is_ours(promise, m) for m in sentence.mentions):
            return True
        if any(_is_other(promise, m) for m in sentence.mentions):
            return False
    if any(_named(promise, s) or any(_is_ours(promise, m) for m in s.mentions) for s in said):
        return True
    return not any(_is_other(promise, m) for s in said for m in s.mentions)


def _by_others(promise: Sought, sentence: Said, start: int, end: int) -> bool:
    """Whether the party named last before the deed, or right after its "by", is another one."""
    at = sentence.start
    after = re.match(r"\s+by\s+(?:the\s+)?", sentence.text[end:])
    if after and any(m.start - at == end + after.end() and _is_other(promise, m) for m in sentence.mentions):
        return True
    before = [m for m in sentence.mentions if m.end - at <= start and (_is_ours(promise, m) or _is_other(promise, m))]
    return bool(before) and _is_other(promise, before[-1])
