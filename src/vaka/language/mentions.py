"""Finds the mentions of actors in a sentence: known names, titled and unknown persons, role nouns with their
modifiers, pronouns. A mention gets a country only from words of its own phrase; coreference.py does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vaka.knowledge.actors import Actors, Agent, Entry, Hit, Role, agents, titles
from vaka.syntax import Sentence, Token
from vaka.types import Place

LEFT = frozenset(
    {"amod", "compound", "poss", "nmod", "nummod", "det", "quantmod", "case", "punct", "predet", "advmod", "npadvmod"}
)
MODIFIES = frozenset({"amod", "compound", "poss", "nmod"})
PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "his", "its", "their"})
PERSONAL_NOUNS = frozenset({"person", "armed-group", "population"})
CROWDS = frozenset({"thousands", "hundreds", "dozens", "scores", "millions"})
LONGEST_PHRASE = 5
"""Words of the longest role phrase in the lexicon ("united nations peacekeeping force commander" has five)."""


@dataclass(slots=True)
class Draft:
    """A mention while it is being resolved. `form` is name, person, role, pronoun, modifier; `text_country` means that
    the country stands in the mention's own phrase."""

    sentence: Sentence
    head: Token
    start: int
    end: int
    form: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "other"
    role: str | None = None
    org: str | None = None
    resolved_by: str = "unresolved"
    entry: Entry | None = None
    plural: bool = False
    definite: bool = False
    noun: str = ""
    from_title: bool = False
    also: list[Entry] = field(default_factory=list)
    rule: str = ""


@dataclass(slots=True)
class Known:
    """A known name laid on the tokens of its sentence."""

    hit: Hit
    first: int
    last: int
    head: Token


def drafts_of(
    sentence: Sentence, text: str, known: Actors, day: str | None, located: list[Place], context: frozenset[str]
) -> list[Draft]:
    """All mentions of one sentence in text order. `text` is the article's, `located` the sentence's place names,
    `context` the countries of the report."""
    places = [(place.span.start, place.span.end) for place in located]
    names = _names(sentence, text, known, day, context)
    names += _places(sentence, located, names, known)
    taken: set[int] = {i for name in names for i in range(name.first, name.last + 1) if name.hit.form != "adjective"}
    demonyms = {i for name in names if name.hit.form == "adjective" for i in range(name.first, name.last + 1)}
    persons = list(_unknown_persons(sentence, taken | demonyms, places))
    persons += [
        run
        for run in _titled_names(sentence, taken, places)
        if not any(a <= run[1] and run[0] <= b for a, b in persons)
    ]
    found: list[Draft] = []
    used: set[int] = set()
    for first, last in persons:
        taken.update(range(first, last + 1))
        found.append(_person(sentence, text, first, last, None, names, day, used))
    for name in names:
        if name.hit.entry.category == "person":
            found.append(_person(sentence, text, name.first, name.last, name.hit.entry, names, day, used))
    found += _role_nouns(sentence, text, names, taken, used, day)
    found += _plain_names(sentence, names, used, text)
    found += _unknown_organizations(sentence, text, taken | used, places)
    found += [
        Draft(sentence, t, t.start, t.end, "pronoun", t.text, plural=t.lower in {"they", "them", "their"})
        for t in sentence.tokens
        if t.lower in PRONOUNS and t.pos in {"PRON", "DET"}
    ]
    return sorted(_distinct(found), key=lambda draft: (draft.start, -draft.end))


def _names(sentence: Sentence, text: str, known: Actors, day: str | None, context: frozenset[str]) -> list[Known]:
    found: list[Known] = []
    for hit in known.find(text[sentence.start : sentence.end], day, context):
        start, end = sentence.start + hit.start, sentence.start + hit.end
        inside = sentence.within(start, end)
        head = sentence.head_of(start, end)
        if not inside or head is None or _is_other_sense(sentence, hit, inside):
            continue
        first = inside[0].i
        if hit.entry.category == "person":
            first = _given_names(sentence, first)
        found.append(Known(hit, first, inside[-1].i, head))
    return found


def _places(sentence: Sentence, located: list[Place], names: list[Known], known: Actors) -> Iterator[Known]:
    """Towns and provinces as owners of a role ("Istanbul's mayor", "elders in Helmand"): they give their state."""
    for place in located:
        state = known.states.get(place.country or "")
        inside = sentence.within(place.span.start, place.span.end)
        head = sentence.head_of(place.span.start, place.span.end)
        if state is None or not inside or head is None:
            continue
        if not any(name.first <= t.i <= name.last for name in names for t in inside):
            hit = Hit(place.span.start - sentence.start, place.span.end - sentence.start, state, "place")
            yield Known(hit, inside[0].i, inside[-1].i, head)


def _given_names(sentence: Sentence, first: int) -> int:
    """The first token of a known surname's whole name as the text gives it."""
    while first > 0:
        before = sentence.tokens[first - 1]
        if before.ent != "PERSON" or before.pos != "PROPN" or before.lower.rstrip(".") in titles():
            break
        first -= 1
    return first


def _is_other_sense(sentence: Sentence, hit: Hit, inside: list[Token]) -> bool:
    """A known name that is part of a longer name (Michael Jordan, Georgia State University, Chad Smith)."""
    first, last = inside[0], inside[-1]
    if hit.entry.category == "person" and len(inside) == 1 and hit.ambiguous:
        before = sentence.tokens[first.i - 1] if first.i else None
        return before is not None and before.ent == "PERSON" and before.pos == "PROPN" and before.lower not in titles()
    if hit.entry.category == "person" or len(inside) > 1:
        return False
    before = sentence.tokens[first.i - 1] if first.i else None
    after = sentence.tokens[last.i + 1] if last.i + 1 < len(sentence.tokens) else None
    if first.ent == "PERSON" and hit.form in {"name", "people", "adjective"}:
        return bool(
            (before and before.ent == "PERSON" and before.pos == "PROPN" and before.lower not in titles())
            or (after and after.ent == "PERSON" and after.pos == "PROPN")
        )
    return hit.form == "people" and first.text.islower()


def _unknown_persons(sentence: Sentence, taken: set[int], places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
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
        if any(a < tokens[stop].end and tokens[begin].start < b for a, b in places):
            continue
        yield begin, stop


def _titled_names(sentence: Sentence, taken: set[int], places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Capitalised words right after a title that the model does not see as a person ("President Kassym-Jomart …")."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[:-1]):
        if not token.text[:1].isupper() or _phrase(sentence, i, i) not in titles():
            continue
        first = last = i + 1
        while last < len(tokens) and (_is_name_part(tokens[last]) or (tokens[last].text == "-" and last > first)):
            last += 1
        last -= 1
        while last >= first and tokens[last].text == "-":
            last -= 1
        run = range(first, last + 1)
        if last < first or any(k in taken for k in run) or _phrase(sentence, first, first) in titles():
            continue
        if not any(a < tokens[last].end and tokens[first].start < b for a, b in places):
            yield first, last


def _is_name_part(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper() and token.ent not in {"DATE", "NORP"}


def _person(
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
        role, left = _role_of_span(sentence, begin, first - 1)
        owner = _owner(sentence, left, first - 1, names)
        _give_role(draft, role, owner)
        draft.start = tokens[_without_article(sentence, left)].start
        used.update(range(left, first))
    else:
        _role_after(draft, sentence, head, last, names, used)
    if entry is not None:
        _give_term(draft, entry, day)
    elif draft.role is None and draft.country is None:
        draft.resolved_by = "unresolved"
    return draft


def _give_role(draft: Draft, role: Role | Agent | None, owner: list[Entry]) -> None:
    if isinstance(role, Role):
        draft.role, draft.sectors = role.role, (role.sector,) if role.sector else ()
        draft.from_title, draft.resolved_by, draft.rule = True, "title", "title"
    elif isinstance(role, Agent):
        draft.sectors, draft.resolved_by, draft.rule = role.sectors, "descriptor", "descriptor"
        draft.country = role.country
    if owner:
        _give_owner(draft, owner)
        draft.resolved_by = "title" if draft.from_title else "descriptor"


def _give_owner(draft: Draft, owner: list[Entry]) -> None:
    """The state or organization named in the phrase; further ones become parties of their own later."""
    states = [entry for entry in owner if entry.category == "state"]
    others = [entry for entry in owner if entry.category != "state"]
    first = others[0] if others else states[0]
    if first.category in {"organization", "group"}:
        draft.org = first.key
    if not draft.sectors or (
        first.category in {"group", "body"} and first.sectors and draft.sectors[0] in {"GOV", "CVL"}
    ):
        draft.sectors = first.sectors
    draft.country = states[0].country if states and (not others or others[0].country is None) else first.country
    draft.also = states[1:] if not others else []


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
        phrase = _phrase(sentence, j, i)
        if phrase in titles() or (j == i and phrase in agents() and tokens[i].pos in {"NOUN", "PROPN"}):
            best = j
    return best


def _phrase(sentence: Sentence, first: int, last: int) -> str:
    words = [token.text for token in sentence.tokens[first : last + 1]]
    return " ".join(words).lower().replace(" - ", "-").rstrip(".")


def _role_of_span(sentence: Sentence, first: int, last: int) -> tuple[Role | Agent | None, int]:
    """The role of a title phrase, and the first token of the phrase with its modifiers."""
    phrase = _phrase(sentence, first, last)
    role: Role | Agent | None = titles().get(phrase) or agents().get(phrase)
    left = first
    while left > 0 and _belongs_left(sentence.tokens, left - 1, first):
        left -= 1
    return role, left


def _belongs_left(tokens: tuple[Token, ...], i: int, first: int) -> bool:
    """Whether the token before a title is one of its modifiers ("Turkiye's new", "Kazakh")."""
    token = tokens[i]
    if token.dep in LEFT and token.dep not in {"punct", "advmod"} and first - i <= 8:
        return token.pos in {"ADJ", "PROPN", "NOUN", "PART", "DET", "NUM", "PRON"} and token.dep != "npadvmod"
    return token.text in {"-", "'s", "’s", "&"} and i > 0


def _without_article(sentence: Sentence, left: int) -> int:
    return left + 1 if sentence.tokens[left].dep == "det" and left + 1 < len(sentence.tokens) else left


def _owner(sentence: Sentence, first: int, last: int, names: list[Known]) -> list[Entry]:
    return [
        name.hit.entry
        for name in names
        if first <= name.first and name.last <= last and name.hit.entry.category != "person"
    ]


def _role_after(draft: Draft, sentence: Sentence, head: Token, last: int, names: list[Known], used: set[int]) -> None:
    """ "X, the foreign minister of Y," and "the appointment of X as the new premier of Y"."""
    candidates = [t for t in sentence.children(head, "appos") if t.i > last]
    for prep in [*sentence.children(head, "prep"), *sentence.children(sentence.head(sentence.head(head)), "prep")]:
        if prep.lower == "as" and last < prep.i <= last + 3:
            candidates += sentence.children(prep, "pobj")
    following = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    if following is not None and following.lower == "as":
        candidates += sentence.children(following, "pobj")
    for noun in candidates:
        role, first = _role_at(sentence, noun)
        if role is None:
            continue
        left, _ = _reach_left(sentence, noun, first)
        owner = _owner(sentence, left, noun.i, names) + _owner_after(sentence, noun, names)
        _give_role(draft, role, owner)
        return


def _role_at(sentence: Sentence, noun: Token) -> tuple[Role | Agent | None, int]:
    """The longest title or role phrase that ends at the noun, and its first token."""
    table, people = titles(), agents()
    for first in range(max(0, noun.i - LONGEST_PHRASE + 1), noun.i + 1):
        if any(t.pos == "PUNCT" and t.text != "-" for t in sentence.tokens[first : noun.i]):
            continue
        phrase = _phrase(sentence, first, noun.i)
        role: Role | Agent | None = table.get(phrase) or people.get(phrase)
        if role is not None:
            return role, first
    if noun.pos == "NOUN":
        agent = people.get(noun.lemma)
        return agent, noun.i
    return None, noun.i


def _reach_left(sentence: Sentence, noun: Token, first: int) -> tuple[int, bool]:
    """The first token of the noun's phrase, and whether it is definite."""
    left, definite = first, False
    inner = [t for t in sentence.tokens[first : noun.i + 1]]
    for token in inner:
        for child in sentence.children(token):
            if child.i < noun.i and child.dep in LEFT:
                left = min(left, sentence.subtree(child)[0].i)
                definite = definite or child.lower in {"the", "this", "that", "these", "those"}
    return left, definite


def _owner_after(sentence: Sentence, noun: Token, names: list[Known]) -> list[Entry]:
    """States and organizations after the noun: "minister of Mali", "police in Nairobi", "rebels from Chad"."""
    found: list[Entry] = []
    for prep in sentence.children(noun, "prep"):
        if prep.lower not in {"of", "from", "in", "for", "to", "at"}:
            continue
        for obj in sentence.children(prep, "pobj"):
            todo = [obj]
            while todo:
                token = todo.pop(0)
                found += [
                    n.hit.entry for n in names
                    if n.first <= token.i <= n.last and n.hit.form != "adjective" and n.hit.entry.category != "person"
                ]  # fmt: skip
                todo += sentence.children(token, "conj")
                if not found and token.pos == "PROPN":
                    # "the Ministry of Health of Ethiopia": the state stands one preposition further down.
                    todo += [t for p in sentence.children(token, "prep") if p.lower == "of" for t in sentence.children(p, "pobj")]
    return found


def _role_nouns(
    sentence: Sentence, text: str, names: list[Known], taken: set[int], used: set[int], day: str | None
) -> list[Draft]:
    """Role nouns that stand without a name: "Kazakh riot police", "the foreign ministers of Mali and Niger"."""
    found: list[Draft] = []
    for token in sentence.tokens:
        if token.pos not in {"NOUN", "PROPN", "ADJ"} or token.i in taken or token.i in used:
            continue
        if (
            token.dep in {"compound", "amod", "nmod"}
            and sentence.head(token).i == token.i + 1
            and sentence.head(token).pos in {"NOUN", "PROPN"}
        ):
            continue
        if token.pos == "ADJ" and token.dep in {"amod", "acomp", "advmod"}:
            continue
        if (
            token.lower in CROWDS
            and not sentence.children(token, "prep")
            and token.dep in {"nsubj", "nsubjpass", "pobj", "dobj"}
        ):
            found.append(_crowd(sentence, text, token))
            used.add(token.i)
            continue
        role, first = _role_at(sentence, token)
        if token.lemma == "state" and any(c.lower == "of" for c in sentence.children(token, "prep")):
            continue  # a state of emergency, of affairs
        if role is None or any(i in used for i in range(first, token.i + 1)):
            continue
        left, definite = _reach_left(sentence, token, first)
        owner = _owner(sentence, left, token.i, names)
        after = [] if owner else _owner_after(sentence, token, names)
        start = _without_article(sentence, left)
        draft = Draft(
            sentence, token, sentence.tokens[start].start, token.end, "role", text[sentence.tokens[start].start : token.end],
            kind=role.kind if isinstance(role, Agent) else "person", plural=token.tag in {"NNS", "NNPS"},
            definite=definite, noun=_phrase(sentence, first, token.i),
        )  # fmt: skip
        _give_role(draft, role, owner + after)
        draft.rule, draft.resolved_by = "role-noun", "descriptor" if draft.country or draft.org else "unresolved"
        used.update(range(left, token.i + 1))
        found.append(draft)
        found += [_party(draft, entry, names) for entry in draft.also]
    return found


def _crowd(sentence: Sentence, text: str, token: Token) -> Draft:
    """People told only by their number: "Thousands marched"."""
    start = sentence.subtree(token)[0].start
    return Draft(
        sentence, token, start, token.end, "role", text[start : token.end], None, ("CVL",), "population", plural=True,
        noun=token.lower, rule="crowd",
    )  # fmt: skip


def _party(draft: Draft, entry: Entry, names: list[Known]) -> Draft:
    """A further state of the same phrase: "the ministers of Mali and Niger", "Russian and Ukrainian troops"."""
    token = next((n for n in names if n.hit.entry is entry), None)
    start = token.head.start if token else draft.start
    end = token.head.end if token else draft.end
    return Draft(
        draft.sentence, token.head if token else draft.head, start, end, "role", f"{entry.name} {draft.noun}", entry.country,
        draft.sectors, draft.kind, draft.role, None, "descriptor", plural=draft.plural, noun=draft.noun, rule="role-noun",
    )  # fmt: skip


def _plain_names(sentence: Sentence, names: list[Known], used: set[int], text: str) -> list[Draft]:
    """Known names that no phrase has taken in: states, bodies, organizations, groups and demonyms."""
    found: list[Draft] = []
    for name in names:
        entry, form = name.hit.entry, name.hit.form
        if entry.category == "person" or form == "place" or any(i in used for i in range(name.first, name.last + 1)):
            continue
        tokens = sentence.tokens
        start, end = tokens[name.first].start, tokens[name.last].end
        draft = Draft(
            sentence, name.head, start, end, "name", entry.name, entry.country, entry.sectors, entry.kind,
            resolved_by="knowledge", entry=entry, rule=form,
        )  # fmt: skip
        if entry.category == "state":
            draft.sectors = entry.sectors or ("GOV",)
            modifies = name.head.dep in MODIFIES | {"npadvmod"} and sentence.head(name.head).i > name.last
            if form in {"adjective", "people"} and not modifies:
                draft.kind, draft.sectors, draft.name = "population", ("CVL",), text[start:end]
                draft.plural = True
            elif form == "adjective":
                draft.form = "modifier"
        elif entry.category in {"organization", "group"}:
            draft.org = entry.key
        found.append(draft)
    return found


def _unknown_organizations(
    sentence: Sentence, text: str, taken: set[int], places: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Organizations that the model sees and knowledge does not: named, but of no country and no sector."""
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        label = tokens[i].ent
        if label not in {"ORG", "NORP"} or i in taken:
            i += 1
            continue
        first = i
        while i < len(tokens) and tokens[i].ent == label and i not in taken:
            i += 1
        last = i - 1
        while first <= last and tokens[first].pos in {"DET", "ADP", "PUNCT"}:
            first += 1
        while last >= first and tokens[last].pos in {"PUNCT", "PART"}:
            last -= 1
        if first > last or not tokens[first].text[:1].isupper():
            continue
        start, end = tokens[first].start, tokens[last].end
        if any(a < end and start < b for a, b in places):
            continue
        head = sentence.head_of(start, end) or tokens[last]
        yield Draft(sentence, head, start, end, "name", text[start:end], kind="organization", rule="model-entity")


def _distinct(found: list[Draft]) -> list[Draft]:
    seen: dict[tuple[int, int], Draft] = {}
    for draft in found:
        seen.setdefault((draft.start, draft.end), draft)
    return list(seen.values())
