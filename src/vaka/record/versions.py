"""Takes of a running story: a source tells in new words what it told before, with newer numbers or put right.

A wire writes its second take anew, so that shared shingles do not show it. Three things do, each under one source or
agency, within a few days and under headlines that share a word: the first sentence kept; the toll of the same matter
grown; or a figure corrected. What is told as happening again, or dated after the earlier report, is another happening.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vaka.record.copies import NEIGHBOURS, UPDATE_DAYS, Body, Copies, by_date, jaccard
from vaka.record.copies import days_between as _days
from vaka.record.groups import Groups
from vaka.record.openings import Count, Opening

KEPT_SENTENCE = 0.5
"""Jaccard of three-word shingles from which two first sentences are one: as for whole bodies."""
SHORT_SENTENCE = 8
"""Shingles (ten words) below which a first sentence is a formula: there were no reports of casualties."""
MATTER = 4
"""Content words that two openings share, those of dying apart: what, where, and two more. Two attacks in one town share
the town, its country and the kind of attack."""
MATTER_SHARE = 0.3
"""Share of the shorter opening's words, where no day says that the matter is the same."""
CORRECTED_MATTER = 2
"""The same where the later report corrects a figure and says the old one: it need not tell the happening again."""
RETOLD = 7
"""Content words from which an opening tells the other's matter without a number: who, whom, what, where."""
RETOLD_SHARE = 0.5
"""The share of the shorter opening that goes with it, where the same day is named."""
_NOWHERE: Mapping[str, Iterable[int]] = {}
TOLL_TYPES = frozenset({"ASSAULT", "DISASTER", "PROTEST", "COERCE"})
"""Events that have tolls."""


@dataclass(frozen=True, slots=True)
class Take:
    """What is compared of a report. `days` are the days that its opening names, `times` the first and last days of what
    its title and first paragraph name; `acts` the types of the events told there, each with its first day where the
    clause itself dates it."""

    opening: Opening
    days: frozenset[str]
    times: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str | None], ...]


def link_versions(
    bodies: Iterable[Body], copies: Copies, look: Callable[[Body], Take], spots: Mapping[str, Iterable[int]] = _NOWHERE
) -> Copies:
    """The copies with the further versions, and with the stories that copies and versions make up; the same in
    whatever order the bodies come. `look` is called for bodies that may be of one story only; `spots` are, by body, the
    GeoNames ids of the places of its events."""
    ordered = sorted(bodies, key=by_date)
    takes: dict[str, Take] = {}
    found: dict[str, list[Body]] = defaultdict(list)
    for later, earlier in _candidates(ordered, spots):
        if _printed_for(earlier, later, copies.group):
            continue
        for body in (earlier, later):
            if body.id not in takes:
                takes[body.id] = look(body)
        if retells(earlier, takes[earlier.id], takes[later.id]):
            found[later.id].append(earlier)
    version_of = _lines(ordered, copies.version_of, found)
    return Copies(copies.group, version_of, _stories(ordered, copies.group, version_of))


def _lines(ordered: Sequence[Body], known: dict[str, str], found: dict[str, list[Body]]) -> dict[str, str]:
    """Each take after the last one of the line that it takes up; a source's own line goes before another's, and what
    shared text or address says (`known`) before all."""
    version_of: dict[str, str] = {}
    line: dict[str, str] = {}
    last: dict[str, str] = {}
    for body in ordered:
        before = known.get(body.id)
        taken_up = found.get(body.id)
        if before is None and taken_up:
            nearest = max(taken_up, key=lambda other: (other.source == body.source, *_rank(other)))
            before = last[line[nearest.id]]
        if before is not None:
            version_of[body.id] = before
        line[body.id] = line.get(before or body.id, body.id)
        last[line[body.id]] = body.id
    return version_of


def _printed_for(earlier: Body, later: Body, group: dict[str, str]) -> bool:
    """Whether the pair stands for another one: texts of one group are no takes, and where two papers print a wire, its
    takes are linked by those of them that printed each first."""
    if group[earlier.id] == group[later.id]:
        return True
    return earlier.source != later.source and (group[earlier.id] != earlier.id or group[later.id] != later.id)


def retells(earlier: Body, first: Take, second: Take) -> bool:
    """Whether the second take, of a later report, is of the earlier report's story."""
    a, b = first.opening, second.opening
    if not (a.title & b.lead and b.title & a.matter) or b.again or _happened_since(earlier.day, first, second):
        return False
    if min(len(a.first), len(b.first)) >= SHORT_SENTENCE and jaccard(a.first, b.first) >= KEPT_SENTENCE:
        return True
    matter = a.matter & b.lead
    if b.corrects and len(matter) >= _needed_to_correct(a, b):
        return True
    share = len(matter) / max(1, min(len(a.lead), len(b.lead)))
    told_day = any(start == end and start in first.days and start <= (earlier.day or "") for start, end in second.times)
    if told_day and len(matter) >= RETOLD and share >= RETOLD_SHARE:
        return True
    if len(matter) < MATTER or not _grown(a.counts, b.heading):
        return False
    return told_day or (share >= MATTER_SHARE and _looks_back(earlier, second))


def _needed_to_correct(first: Opening, second: Opening) -> int:
    """How much matter shows that a correction is of this report: less where it says the very figure again."""
    if {count.value for count in first.counts} & second.figures:
        return CORRECTED_MATTER
    return MATTER if _shared_kinds(first.counts, second.counts) else RETOLD


def _looks_back(earlier: Body, take: Take) -> bool:
    """Whether the opening tells of a count that goes on, or of a time before the earlier report."""
    recent = any(end <= (earlier.day or "") and _days(end, earlier.day) <= UPDATE_DAYS for _, end in take.times)
    return recent or take.opening.running


def _candidates(bodies: Sequence[Body], spots: Mapping[str, Iterable[int]]) -> Iterator[tuple[Body, Body]]:
    """Pairs, the later first, of one source or agency, of some days, that share a word of the title or a spot."""
    before: dict[tuple[str, str | int], list[Body]] = defaultdict(list)
    for body in bodies:
        if not body.published:
            continue
        near: dict[str, Body] = {}
        shared: list[str | int] = [*body.title_stems, *spots.get(body.id, ())]
        addresses = [(credit, what) for credit in body.credits for what in shared]
        for address in addresses:
            near |= {other.id: other for other in before[address][-NEIGHBOURS:]}
            before[address].append(body)
        for other in sorted(near.values(), key=_rank):
            if other.published != body.published and _days(other.day, body.day) <= UPDATE_DAYS:
                yield body, other


def _rank(body: Body) -> tuple[str, str]:
    return (body.published or "", body.id)


def _happened_since(day: str | None, first: Take, second: Take) -> bool:
    """Whether the later report opens with an act of the earlier one's kind that came after it."""
    kinds = {kind for kind, _ in first.acts} & TOLL_TYPES
    return any(kind in kinds and on is not None and on > (day or "") for kind, on in second.acts)


def _shared_kinds(first: Sequence[Count], second: Sequence[Count]) -> set[str]:
    return {count.kind for count in first} & {count.kind for count in second}


def _grown(first: Sequence[Count], second: Sequence[Count]) -> bool:
    """Whether a count of the first is told higher in the second, or in figures where it was vague; none may fall, for a
    lower toll without a word of correction is another happening's."""
    grown = False
    for kind in _shared_kinds(first, second):
        before, after = (max((c for c in side if c.kind == kind), key=lambda c: c.value) for side in (first, second))
        if before.vague and not after.vague:
            grown = True
        elif after.value < before.value:
            return False
        else:
            grown = grown or after.value > before.value
    return grown


def _stories(bodies: Sequence[Body], group: dict[str, str], version_of: dict[str, str]) -> dict[str, str]:
    """By body, the first report of the story that its copies and versions make up."""
    order = {body.id: at for at, body in enumerate(bodies)}
    groups = Groups(len(bodies))
    for one, other in (*group.items(), *version_of.items()):
        groups.join(order[one], order[other])
    return {key: bodies[groups.first(at)].id for key, at in order.items()}
