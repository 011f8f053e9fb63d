"""Finds the mentions of actors in a sentence: known names, titled and unknown persons, role nouns with their
modifiers, pronouns. A mention gets a country only from words of its own phrase; coreference.py does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vaka.knowledge.actors import Actors, Agent, Entry, Hit, region_adjective, titles
from vaka.knowledge.fixed import fixed_spans, listed
from vaka.knowledge.gazetteer import gazetteer
from vaka.knowledge.territories import sovereign
from vaka.language.naming import is_no_place, is_of_person, is_style, is_tongue, is_vessel, may_bear
from vaka.language.persons import person_at, titled_names, unknown_persons
from vaka.language.phrases import (
    Draft,
    Known,
    give_role,
    owner_after,
    owner_within,
    phrase_of,
    reach_left,
    role_at,
    without_article,
)  # fmt: skip
from vaka.language.seats import told_by_place
from vaka.syntax import Sentence, Token
from vaka.types import Place

MODIFIES = frozenset({"amod", "compound", "poss", "nmod"})
PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "his", "its", "their"})
RELATIONAL = frozenset(
    [
        "neighbour",
        "neighbor",
        "ally",
        "rival",
        "enemy",
        "foe",
        "partner",
        "counterpart",
        "opponent",
        "adversary",
        "predecessor",
    ]
)
"""Nouns whose possessor is somebody else: Nigeria's neighbour is not Nigeria."""
OFFICIAL = ("GOV", "MIL", "COP", "LEG", "JUD")
"""Sectors whose members two states may send together: "Russian-Georgian officials" are of both."""
BODIES = frozenset(
    [
        "Academy",
        "Agency",
        "Alliance",
        "Army",
        "Assembly",
        "Association",
        "Authority",
        "Board",
        "Brigade",
        "Broadcasting",
        "Bureau",
        "Campaign",
        "Center",
        "Centre",
        "Chamber",
        "Church",
        "Coalition",
        "College",
        "Command",
        "Commission",
        "Committee",
        "Confederation",
        "Congress",
        "Corporation",
        "Council",
        "Court",
        "Department",
        "Federation",
        "Force",
        "Forces",
        "Front",
        "Foundation",
        "Guild",
        "Institute",
        "League",
        "Liberation",
        "Ministry",
        "Movement",
        "Navy",
        "Network",
        "Observatory",
        "Organisation",
        "Organization",
        "Party",
        "Police",
        "Radio",
        "Railways",
        "Service",
        "Society",
        "Television",
        "Tribunal",
        "Union",
        "University",
        "Workers",
    ]
)
"""What makes of a state's name or demonym in a longer name the name of a body of that state."""
COMPASS = frozenset({"northern", "southern", "eastern", "western", "central", "the"})
CROWDS = frozenset({"thousands", "hundreds", "dozens", "scores", "millions"})
AREAL = frozenset({"country", "nation", "state", "neighbour", "neighbor", "bloc", "region", "power", "kingdom"})


def drafts_of(
    sentence: Sentence, text: str, known: Actors, day: str | None, located: list[Place], context: frozenset[str]
) -> list[Draft]:
    """All mentions of one sentence in text order. `text` is the article's, `located` the sentence's place names,
    `context` the countries of the report."""
    places = [(place.span.start, place.span.end) for place in located]
    places += [(sentence.start + a, sentence.start + b) for a, b in fixed_spans(text[sentence.start : sentence.end])]
    names = told_by_place(sentence, _names(sentence, text, known, day, context), located, known, context)
    names += _places(sentence, located, names, known)
    taken: set[int] = {i for name in names for i in range(name.first, name.last + 1) if name.hit.form != "adjective"}
    demonyms = {i for name in names if name.hit.form == "adjective" for i in range(name.first, name.last + 1)}
    persons = list(unknown_persons(sentence, taken | demonyms, places))
    persons += [
        run for run in titled_names(sentence, taken, places) if not any(a <= run[1] and run[0] <= b for a, b in persons)
    ]
    found: list[Draft] = []
    used: set[int] = set()
    for first, last in persons:
        taken.update(range(first, last + 1))
        found.append(person_at(sentence, text, first, last, None, names, day, used))
    for name in names:
        if name.hit.entry.category == "person":
            found.append(person_at(sentence, text, name.first, name.last, name.hit.entry, names, day, used))
    found += _role_nouns(sentence, text, names, taken, used)
    found += _plain_names(sentence, names, used, text, day)
    found += _unknown_organizations(sentence, text, taken | used, places, names)
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
            given = [t.text for t in sentence.tokens[first : inside[0].i]]
            if not may_bear(known.name_parts(hit.entry), given, [t.text for t in inside]):
                continue
        found.append(Known(hit, first, inside[-1].i, head))
    covered = {i for name in found for i in range(name.first, name.last + 1)}
    return found + list(_misspelt(sentence, text, known, covered, day))


def _misspelt(sentence: Sentence, text: str, known: Actors, covered: set[int], day: str | None) -> Iterator[Known]:
    """States and people whose name has a slip in it or stands in another transliteration ("Venezeula", "Heydar
    Aliev"), of up to three words; what the gazetteer or the lists of common names hold is no slip."""
    tokens = sentence.tokens
    done = -1
    for token in tokens:
        if token.i <= done or token.i in covered or not _may_slip(token):
            continue
        for last in reversed(_run_of(sentence, token.i, covered)):
            word = text[token.start : tokens[last].end]
            head = sentence.head_of(token.start, tokens[last].end)
            if head is None or (last == token.i and (word in listed("surnames") or word in listed("given"))):
                continue
            meant = known.misspelt(word, day)
            if meant is None or (meant[0].category != "person" and gazetteer().find(word) is not None):
                continue
            start, end = token.start - sentence.start, tokens[last].end - sentence.start
            yield Known(Hit(start, end, meant[0], meant[1]), token.i, last, head)
            done = last
            break


def _may_slip(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper()


def _run_of(sentence: Sentence, first: int, covered: set[int]) -> list[int]:
    """Where a name of up to three words that begins at `first` may end; hyphens count as nothing."""
    ends = [first]
    for i in range(first + 1, len(sentence.tokens)):
        token = sentence.tokens[i]
        if token.text == "-" or token.lower in {"ki", "al", "el"}:
            continue
        if i in covered or not _may_slip(token) or len(ends) == 3:
            break
        ends.append(i)
    return ends


def _places(sentence: Sentence, located: list[Place], names: list[Known], known: Actors) -> Iterator[Known]:
    """Towns and provinces as owners of a role ("Istanbul's mayor", "elders in Helmand"): they give their state."""
    for place in located:
        state = known.states.get(sovereign(place.country) or "")
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
    before = sentence.tokens[first.i - 1] if first.i else None
    after = sentence.tokens[last.i + 1] if last.i + 1 < len(sentence.tokens) else None
    regional = hit.form == "adjective" and " ".join(t.text for t in inside) in region_adjective(hit.entry.region)
    if regional and after is not None and after.lemma in AREAL:
        return True  # "the Central African state" may be any of the region; which, the report tells (descriptors)
    if hit.form == "epithet":
        # "The Qatari broadcaster" is one; "a human rights group" may be any, and which "the watchdog" is, the report
        # has to tell by naming it before (descriptors).
        proper = any(t.text[:1].isupper() or t.text[:1].isdigit() for t in inside)
        return not proper or before is None or before.lower not in {"the", "this"}
    if hit.entry.category == "person":
        beside = _is_named(after) or (after is not None and after.text in listed("given") and after.pos == "PROPN")
        return len(inside) == 1 and (beside or (hit.ambiguous and _is_named(before)))
    if hit.entry.category == "state":
        if _is_no_state(sentence, hit, first.i, last.i):
            return True
    elif is_vessel(sentence, first.i, last.i) or (len(inside) == 1 and is_of_person(sentence, first.i)):
        return True
    if len(inside) > 1:
        return False
    if first.ent == "PERSON" and hit.form in {"name", "people", "adjective", "capital"}:
        return _is_named(before) or (after is not None and after.ent == "PERSON" and after.pos == "PROPN")
    return hit.form == "people" and first.text.islower()


def _is_no_state(sentence: Sentence, hit: Hit, first: int, last: int) -> bool:
    """A state's name or demonym that tells no state here: a ship, a dish, a language."""
    if hit.form not in {"adjective", "people"}:
        return is_no_place(sentence, first, last)
    return is_style(sentence, last) or is_tongue(sentence, last) or is_vessel(sentence, first, last)


def _is_named(token: Token | None) -> bool:
    """Whether the token is another part of a person's name."""
    return token is not None and token.ent == "PERSON" and token.pos == "PROPN" and token.lower not in titles()


def _role_nouns(sentence: Sentence, text: str, names: list[Known], taken: set[int], used: set[int]) -> list[Draft]:
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
        role, first = role_at(sentence, token)
        if token.lemma == "state" and any(c.lower == "of" for c in sentence.children(token, "prep")):
            continue  # a state of emergency, of affairs
        if role is None or any(i in used for i in range(first, token.i + 1)):
            continue
        left, definite = reach_left(sentence, token, first)
        owner = [] if token.lemma in RELATIONAL else owner_within(left, token.i, names)
        after = [] if owner or token.lemma in RELATIONAL else owner_after(sentence, token, names)
        start = without_article(sentence, left)
        begin = sentence.tokens[start].start
        if isinstance(role, Agent) and role.sectors[:1] not in [(s,) for s in OFFICIAL]:
            owner = _nationality(sentence, left, token.i, names, owner)
        draft = Draft(
            sentence, token, begin, token.end, "role", text[begin : token.end],
            kind=role.kind if isinstance(role, Agent) else "person", plural=token.tag in {"NNS", "NNPS"},
            definite=definite, noun=phrase_of(sentence, first, token.i),
        )  # fmt: skip
        give_role(draft, role, owner + after)
        draft.rule, draft.resolved_by = "role-noun", "descriptor" if draft.country or draft.org else "unresolved"
        used.update(range(left, token.i + 1))
        found.append(draft)
        found += [_party(draft, entry, names) for entry in draft.also]
    return found


def _nationality(sentence: Sentence, first: int, last: int, names: list[Known], owner: list[Entry]) -> list[Entry]:
    """Of two demonyms with a hyphen before people ("Chinese-Indonesian shopkeepers") the last tells the country."""
    inside = [name for name in names if first <= name.first and name.last <= last and name.hit.form == "adjective"]
    for one, other in pairwise(inside):
        if other.first == one.last + 2 and sentence.tokens[one.last + 1].text == "-":
            return [entry for entry in owner if entry is not one.hit.entry]
    return owner


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
    head, name = token.head if token else draft.head, f"{entry.name} {draft.noun}"
    return Draft(
        draft.sentence, head, start, end, "role", name, entry.country, draft.sectors, draft.kind, draft.role, None,
        "descriptor", plural=draft.plural, noun=draft.noun, rule="role-noun",
    )  # fmt: skip


def _plain_names(sentence: Sentence, names: list[Known], used: set[int], text: str, day: str | None) -> list[Draft]:
    """Known names that no phrase has taken in: states, bodies, organizations, groups and demonyms."""
    found: list[Draft] = []
    for name in names:
        entry, form = name.hit.entry, name.hit.form
        if entry.category == "person" or form == "place" or any(i in used for i in range(name.first, name.last + 1)):
            continue
        tokens = sentence.tokens
        start, end = tokens[name.first].start, tokens[name.last].end
        draft = Draft(
            sentence, name.head, start, end, "name", entry.name, entry.country, entry.sectors_on(day), entry.kind,
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
        _give_home(draft, name, names)
        found.append(draft)
    return found


def _give_home(draft: Draft, name: Known, names: list[Known]) -> None:
    """The country in which a people or a society is at home: "the Albanians of southern Serbia", "the Lebanese Red
    Cross"."""
    tokens = draft.sentence.tokens
    if name.hit.entry.country == "NGO" and name.hit.form == "name":
        homes = [n for n in names if n.hit.form == "adjective" and n.last == name.first - 1 and _tells(n)]
    elif name.hit.form == "people" and name.last + 1 < len(tokens) and tokens[name.last + 1].lower == "of":
        first = name.last + 2
        while first < len(tokens) and tokens[first].lower in COMPASS:
            first += 1
        homes = [n for n in names if n.first == first and n.hit.form == "name" and n.hit.entry.category == "state"]
    else:
        return
    if len(homes) == 1:
        draft.country, draft.resolved_by, draft.rule = homes[0].hit.entry.country, "descriptor", "at-home"


def _unknown_organizations(
    sentence: Sentence, text: str, taken: set[int], places: list[tuple[int, int]], names: list[Known]
) -> Iterator[Draft]:
    """Organizations that the model sees and knowledge does not: named, of no sector, and of a country only where their
    own name tells one ("Egyptian Organization for Human Rights")."""
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
        draft = Draft(sentence, head, start, end, "name", text[start:end], kind="organization", rule="model-entity")
        owners = {n.hit.entry.country for n in names if first <= n.first and n.last < last and _tells(n)}
        if len(owners) == 1 and {token.text for token in tokens[first : last + 1]} & BODIES:
            draft.country, draft.resolved_by, draft.rule = owners.pop(), "descriptor", "named-country"
        yield draft


def _tells(name: Known) -> bool:
    """Whether the name, inside a longer one, is of a state or its people."""
    return name.hit.entry.category == "state" and name.hit.form in {"name", "adjective"}


def _distinct(found: list[Draft]) -> list[Draft]:
    seen: dict[tuple[int, int], Draft] = {}
    for draft in found:
        seen.setdefault((draft.start, draft.end), draft)
    return list(seen.values())
