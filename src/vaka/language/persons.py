"""Persons in a sentence: known ones, names that the model sees, names behind a title; with title and apposition."""

from __future__ import annotations

from collections.abc import Iterator

from vaka.knowledge.actors import Entry, agents, titles
from vaka.language.phrases import (
    KIN,
    LONGEST_PHRASE,
    Draft,
    Known,
    give_role,
    owner_after,
    owner_within,
    phrase_of,
    reach_left,
    role_at,
    role_of_span,
    without_article,
)  # fmt: skip
from vaka.syntax import Sentence, Token

TOWNS = frozenset(
    ["town", "city", "village", "district", "province", "port", "region", "suburb", "settlement", "hamlet", "island",
     "county", "governorate", "state", "municipality", "township", "oblast", "department", "towns", "villages",
     "cities"]
)  # fmt: skip
"""Nouns whose "of" a place follows."""
BODIES = frozenset(["police", "council", "court", "authority", "university", "hospital", "club", "corporation", "area"])
"""Last words of bodies' names, behind a word that is also a title."""


def unknown_persons(sentence: Sentence, taken: set[int], places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of PERSON tokens that no knowledge names, without titles and possessive marks."""
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        if tokens[i].ent != "PERSON" or i in taken:
            i += 1
            continue
        last = i
        while last + 1 < len(tokens) and tokens[last + 1].ent == "PERSON" and last + 1 not in taken:
            last += 1
        begin, stop = i, last
        i = last + 1
        while begin <= stop and tokens[begin].lower.rstrip(".") in titles():
            begin += 1
        while stop >= begin and (tokens[stop].pos in {"PART", "PUNCT"} or not tokens[stop].text[:1].isupper()):
            stop -= 1
        if begin > stop or not any(
            t.text[:1].isupper() and t.pos in {"PROPN", "NOUN", "X", "ADJ"} for t in tokens[begin : stop + 1]
        ):
            continue
        if any(a < tokens[stop].end and tokens[begin].start < b for a, b in places) or _is_town(sentence, begin):
            continue
        yield begin, stop


def _is_town(sentence: Sentence, first: int) -> bool:
    """ "The town of Adi Daero", whatever the model takes it for."""
    before = [token.lower for token in sentence.tokens[max(0, first - 2) : first]]
    return len(before) == 2 and before[1] == "of" and before[0] in TOWNS


def titled_names(sentence: Sentence, taken: set[int], places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Capitalised words right after a title that the model does not see as a person ("President Kassym-Jomart …")."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[:-1]):
        if not token.text[:1].isupper() or not _ends_title(sentence, i):
            continue
        first = last = i + 1
        while last < len(tokens) and (_is_name_part(tokens[last]) or (tokens[last].text == "-" and last > first)):
            last += 1
        last -= 1
        while last >= first and tokens[last].text == "-":
            last -= 1
        run = range(first, last + 1)
        if last < first or any(k in taken for k in run) or phrase_of(sentence, first, first) in titles():
            continue
        if tokens[last].lower in BODIES:
            continue  # "the Metropolitan Police" has no bishop
        if not any(a < tokens[last].end and tokens[first].start < b for a, b in places):
            yield first, last


def _ends_title(sentence: Sentence, i: int) -> bool:
    """Whether a title of one word or more ends here: "Secretary", "Assistant Secretary of State"."""
    return any(phrase_of(sentence, j, i) in titles() for j in range(i, max(-1, i - LONGEST_PHRASE), -1))


def _is_name_part(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper() and token.ent not in {"DATE", "NORP"}


def person_at(
    sentence: Sentence,
    text: str,
    first: int,
    last: int,
    entry: Entry | None,
    names: list[Known],
    day: str | None,
    used: set[int],
) -> Draft:
    """A person with the title before the name ("Kazakh President …") or in apposition after it."""
    tokens = sentence.tokens
    head = sentence.head_of(tokens[first].start, tokens[last].end) or tokens[last]
    draft = Draft(
        sentence, head, tokens[first].start, tokens[last].end, "person", text[tokens[first].start : tokens[last].end],
        kind="person", entry=entry, rule="name",
    )  # fmt: skip
    used.update(range(first, last + 1))
    begin = _title_before(sentence, first)
    if begin is not None:
        role, left = role_of_span(sentence, begin, first - 1)
        owner = owner_within(left, first - 1, names)
        give_role(draft, role, owner)
        draft.start = tokens[without_article(sentence, left)].start
        used.update(range(left, first))
    else:
        _role_after(draft, sentence, head, last, names)
    realm = _realm(sentence, first, last, names)
    if realm is not None and (entry is None or entry.country != realm.country):
        draft.country, draft.resolved_by, draft.rule, draft.entry = realm.country, "descriptor", "of-country", None
    elif entry is not None:
        _give_term(draft, entry, day)
    elif draft.role is None and draft.country is None:
        draft.resolved_by = "unresolved"
    return draft


def _realm(sentence: Sentence, first: int, last: int, names: list[Known]) -> Entry | None:
    """The state right behind a single name and "of": "Hussein of Jordan"."""
    tokens = sentence.tokens
    if first != last or last + 2 >= len(tokens) or tokens[last + 1].lower != "of":
        return None
    return next((n.hit.entry for n in names if n.first == last + 2 and n.hit.entry.category == "state"), None)


def _give_term(draft: Draft, entry: Entry, day: str | None) -> None:
    """The office that knowledge says the person held on that day; the text's own title and country win."""
    term = entry.term_on(day)
    draft.name = entry.name
    text_country = draft.country
    country = (term.country if term else None) or entry.country
    if text_country and country and text_country != country and draft.from_title and draft.org is None:
        return
    if draft.from_title and draft.role and term and not _same_role(draft.role, term.role):
        draft.country = text_country or country
        if term.covers(day or "") and draft.rule == "apposition":
            draft.role = term.role  # "X, an economist": what the text adds does not unseat the office
        return
    draft.resolved_by, draft.rule = "knowledge", "officeholder" if term else "known-person"
    draft.country = text_country or country
    if term and term.covers(day or ""):
        draft.role = draft.role or term.role
        draft.org = draft.org or term.org
    draft.sectors = draft.sectors or entry.sectors


def _same_role(told: str, known: str) -> bool:
    return told == known or told in known or known in told


def _title_before(sentence: Sentence, first: int) -> int | None:
    """The first token of the title right before a name, or None."""
    tokens = sentence.tokens
    i = first - 1
    if i >= 0 and tokens[i].text == ",":
        return None
    best = None
    for j in range(i, max(-1, i - LONGEST_PHRASE), -1):
        phrase = phrase_of(sentence, j, i)
        if phrase in titles() or (j == i and phrase in agents() and tokens[i].pos in {"NOUN", "PROPN"}):
            best = j
    return best


def _role_after(draft: Draft, sentence: Sentence, head: Token, last: int, names: list[Known]) -> None:
    """ "X, the foreign minister of Y," and "the appointment of X as the new premier of Y"."""
    candidates = [t for t in sentence.children(head, "appos") if t.i > last]
    for prep in [*sentence.children(head, "prep"), *sentence.children(sentence.head(sentence.head(head)), "prep")]:
        if prep.lower == "as" and last < prep.i <= last + 3:
            candidates += sentence.children(prep, "pobj")
    following = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    if following is not None and following.lower == "as":
        candidates += sentence.children(following, "pobj")
    for noun in candidates:
        role, first = role_at(sentence, noun)
        if role is None or noun.lemma in KIN:
            continue
        left, _ = reach_left(sentence, noun, first)
        owner = owner_within(left, noun.i, names) + owner_after(sentence, noun, names)
        give_role(draft, role, owner)
        draft.rule = "apposition"
        return
