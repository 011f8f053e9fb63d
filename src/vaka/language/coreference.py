"""Gives every mention its referent by rule: surnames, titles, acronyms, "the ministry", "the Central Asian country",
he, she, it, they. What no rule settles stays as it is; nothing is copied onto a mention by likeness of spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaka.knowledge.actors import Actors, titles
from vaka.knowledge.fixed import listed
from vaka.language.naming import may_bear
from vaka.language.phrases import KIN, Draft

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
OBJECTS = frozenset({"dobj", "dative"})
"""Whom one verb has, the pronoun of the next may stand for: "convicted twenty men and jailed them"."""
ANIMATE = frozenset(
    [
        "ready",
        "willing",
        "prepared",
        "able",
        "eager",
        "keen",
        "determined",
        "unable",
        "unwilling",
        "reluctant",
        "committed",
        "concerned",
        "aware",
        "open",
        "opposed",
        "responsible",
        "member",
        "ally",
        "party",
        "neutral",
        "confident",
        "optimistic",
        "worried",
        "satisfied",
        "grateful",
    ]
)
"""Predicates that only somebody can have, so that "it is ready to" stands for a state or body."""
REACH = 3
"""Sentences that a pronoun looks back; farther antecedents are wrong more often than right."""
PAST = frozenset(
    ["former", "ex", "then", "late", "ousted", "deposed", "toppled", "ex-president", "onetime", "past", "previous",
     "next", "future", "would-be", "erstwhile"]
)  # fmt: skip
"""Words that tell that somebody else than the holder of the day is meant."""
POWERS = frozenset({"ruler", "ally", "partner", "backer", "rival", "power", "neighbour", "neighbor", "foe", "master"})
"""Nouns of somebody that states are called too: "France, Gabon's former colonial ruler"."""
LESSER = frozenset({"deputy", "vice", "assistant", "under", "junior", "first", "second"})
"""Words that make an office another one."""
SHARED = frozenset(
    ["activist", "adviser", "ambassador", "candidate", "chief minister", "cleric", "commander", "deputy prime minister",
     "first minister", "general", "governor", "journalist", "judge", "lawmaker", "leader", "mayor", "militant leader",
     "military spokesman", "militia leader", "minister", "minister of state", "opposition leader", "party leader",
     "presidency member", "presidential adviser", "presidential candidate", "rebel leader", "senator",
     "separatist leader", "special envoy", "vice minister", "warlord"]
)  # fmt: skip
"""Offices that several people of one state hold at a time: that we know one of them does not tell who is meant."""
GENDERED = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
WOMEN = frozenset(
    [
        "minister",
        "woman",
        "spokeswoman",
        "chairwoman",
        "congresswoman",
        "policewoman",
        "mother",
        "queen",
        "princess",
        "chancellor",
        "lady",
        "mrs",
        "ms",
        "miss",
    ]
) - {"minister", "chancellor"}
MEN = frozenset(
    [
        "man",
        "spokesman",
        "chairman",
        "congressman",
        "policeman",
        "father",
        "king",
        "prince",
        "mr",
        "emir",
        "sheikh",
        "sultan",
        "pope",
        "archbishop",
    ]
)


def _namesakes(drafts: list[Draft]) -> None:
    """ "Zaman" after "General Waker-Uz-Zaman" is he, not the newspaper or firm of that name."""
    people = [draft for draft in drafts if draft.form == "person"]
    for draft in drafts:
        word = draft.head.text
        if (
            draft.form != "name"
            or draft.kind != "organization"
            or draft.rule == "acronym"
            or draft.end - draft.start > len(word)
        ):
            continue
        for person in people:
            if person.start < draft.start and re.split(r"[\s-]", _bare(person))[1:][-1:] == [word]:
                copy_referent(draft, person, "surname")
                draft.form = "person"
                break


def resolve(drafts: list[Draft], known: Actors, day: str | None) -> list[Draft]:
    """The mentions with their referents, in text order; pronouns and descriptors without one are left out when they
    are pronouns and kept as they stand otherwise."""
    _owned_by_descriptors(drafts)
    _appositions(drafts)
    _namesakes(drafts)
    _join_names(drafts)
    _by_office(drafts, known, day)
    seen: list[Draft] = []
    kept: list[Draft] = []
    for draft in drafts:
        if draft.form == "pronoun":
            if not _pronoun(draft, seen):
                continue
        elif draft.form == "role":
            _role(draft, seen, known, day)
        kept.append(draft)
        seen.append(draft)
    return kept


def _owned_by_descriptors(drafts: list[Draft]) -> None:
    """ "The bloc's leaders", "army chiefs of the bloc": what the descriptor stands for owns the role."""
    described = [draft for draft in drafts if draft.form == "descriptor"]
    for draft in drafts:
        if draft.form not in {"role", "person"} or draft.country or draft.org:
            continue
        for owner in described:
            if owner.sentence is not draft.sentence or owner.head.i == draft.head.i:
                continue
            prep = owner.sentence.head(owner.head)
            after = owner.head.dep == "pobj" and prep.lower in {"of", "for"} and prep.head == draft.head.i
            if after or (draft.start <= owner.start and owner.end <= draft.end):
                draft.country, draft.org = owner.country, owner.org
                draft.resolved_by, draft.rule = "coreference", "owned-by-descriptor"


def _appositions(drafts: list[Draft]) -> None:
    """ "Abdel-Fatau Musah, the bloc's commissioner", "the bloc's commissioner, Musah": office and owner go to the
    person named. What somebody is to another ("the son of a rich man") is no office."""
    for named in drafts:
        if named.head.dep != "appos" or named.country or named.org or named.rule not in {"model-entity", "name"}:
            continue
        above = named.sentence.head(named.head)
        for office in drafts:
            here = office.sentence is named.sentence and office.head.i == above.i
            if here and office.form == "role" and office.kind == "person" and not office.plural and office.country:
                named.form, named.kind, named.role = "person", "person", office.role
                named.country, named.org, named.sectors = office.country, office.org, office.sectors
                named.resolved_by, named.rule = office.resolved_by, "apposition"
    for draft in drafts:
        if draft.head.lemma in KIN:
            continue
        if draft.form != "role" or draft.head.dep != "appos" or not (draft.country or draft.org):
            continue
        bearer = draft.sentence.head(draft.head)
        for person in drafts:
            same = person.form == "person" and person.sentence is draft.sentence and person.head.i == bearer.i
            if same and not (person.country or person.org):
                person.country, person.org, person.role = draft.country, draft.org, draft.role or person.role
                person.sectors = person.sectors or draft.sectors
                person.resolved_by, person.rule = draft.resolved_by, "apposition"


def _join_names(drafts: list[Draft]) -> None:
    """One person under one name: "Alikhan Smailov" and "Smailov"; what one mention tells of office holds for all."""
    people = [draft for draft in drafts if draft.form == "person"]
    full: dict[str, Draft] = {}
    for draft in sorted(people, key=_weight, reverse=True):
        name = draft.name if draft.entry else _bare(draft)
        for part in _parts(name)[-1:] if draft.entry is None else _parts(name)[-2:]:
            full.setdefault(part, draft)
    for draft in people:
        best = full.get(_parts(_bare(draft))[-1]) if _parts(_bare(draft)) else None
        if best is None or best is draft or (draft.entry and best.entry and draft.entry is not best.entry):
            continue
        if draft.country and best.country and draft.country != best.country and draft.from_title:
            continue
        words, others = _parts(_bare(draft)), _parts(_bare(best))
        if len(words) > 1 and len(others) > 1 and words[0] != others[0]:
            continue
        draft.name = best.name if best.entry else _bare(best)
        if draft.resolved_by in {"unresolved", "title", "descriptor"} and (best.role or best.country):
            draft.resolved_by = "coreference" if draft.resolved_by == "unresolved" else draft.resolved_by
            draft.rule = "surname" if draft.rule == "name" else draft.rule
        draft.country = draft.country or best.country
        draft.role = draft.role or best.role
        draft.org = draft.org or best.org
        draft.sectors = draft.sectors or best.sectors
        draft.entry = draft.entry or best.entry
    for draft in people:
        if (
            draft.entry is None
            and draft.name != _bare(draft)
            and draft.name not in {d.name for d in people if d is not draft}
        ):
            draft.name = _bare(draft)


def _by_office(drafts: list[Draft], known: Actors, day: str | None) -> None:
    """ "President Bush": a surname with its office, where all who fit are of one country."""
    for draft in drafts:
        if draft.form != "person" or draft.country or draft.entry is not None or not draft.role or not draft.from_title:
            continue
        parts = _parts(_bare(draft))
        fitting = known.office_surname(parts[-1], draft.role, day) if parts else []
        fitting = [e for e in fitting if may_bear(known.name_parts(e), parts[:-1], parts[-1:])]
        if fitting and len({entry.country for entry in fitting}) == 1:
            draft.country, draft.resolved_by, draft.rule = fitting[0].country, "knowledge", "surname-and-office"
            if len(fitting) == 1:
                draft.entry, draft.name = fitting[0], fitting[0].name


def _weight(draft: Draft) -> tuple[bool, int, bool, int]:
    """Which mention of a person tells most: known, with role and country, full name, early."""
    return draft.entry is not None, bool(draft.role) + bool(draft.country), len(_parts(_bare(draft))) > 1, -draft.start


def _bare(draft: Draft) -> str:
    """The name without the title in front."""
    words = draft.name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in titles():
        words = words[1:]
    return " ".join(words)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s]+", name.lower().replace("’", "'")) if len(part) > 1]


def copy_referent(draft: Draft, to: Draft, rule: str, resolved_by: str = "coreference") -> bool:
    draft.name, draft.country, draft.sectors = to.name, to.country, to.sectors
    draft.kind, draft.role, draft.org, draft.entry = to.kind, to.role, to.org, to.entry
    draft.resolved_by, draft.rule = resolved_by, rule
    return True


def _near(draft: Draft, seen: list[Draft]) -> Iterable[Draft]:
    """Earlier mentions, nearest sentence first, subjects before others, within the reach of a pronoun."""
    here = draft.sentence.index
    rows = [d for d in seen if here - REACH <= d.sentence.index <= here]
    return sorted(
        rows,
        key=lambda d: (
            here - d.sentence.index,
            d.head.dep not in SUBJECTS,
            -d.start if d.sentence.index == here else d.start,
        ),
    )


def _pronoun(draft: Draft, seen: list[Draft]) -> bool:
    word = draft.head.lower
    if word in GENDERED:
        fit = [
            d
            for d in _near(draft, seen)
            if d.kind == "person" and not d.plural and _gender(d) in {None, GENDERED[word]}
        ]
    elif word in {"it", "its"}:
        if word == "it" and _impersonal(draft):
            return False
        fit = [
            d for d in _near(draft, seen) if d.kind in {"government", "organization", "armed-group"} and not d.plural
        ]
    else:
        fit = [d for d in _near(draft, seen) if d.plural or d.kind in {"population", "armed-group", "organization"}]
    own = draft.sentence
    fit = [
        d
        for d in fit
        if d.sentence is not own
        or (d.head.i != draft.head.i and (d.head.dep in SUBJECTS or d.head.dep in {"poss", "pobj"}))
        or (d.head.dep in OBJECTS and d.head.head != draft.head.head and _may_follow(draft, d))
    ]
    return copy_referent(draft, fit[0], f"pronoun-{word}") if fit else False


def _may_follow(draft: Draft, before: Draft) -> bool:
    """Whether a pronoun may stand for the object of an earlier verb: as object of the next verb ("convicted twenty men
    and jailed them"), or as subject below it ("arrested him after he spoke")."""
    own = draft.sentence
    if draft.head.dep in OBJECTS or (before.plural and draft.plural):
        return True  # "has 350 troops there; they will stay"
    return draft.head.dep in SUBJECTS and before.head.head in {t.i for t in own.ancestors(own.head(draft.head))}


def _impersonal(draft: Draft) -> bool:
    """ "It is expected that", "it rained": no antecedent; "it is willing to" has one."""
    sentence, head = draft.sentence, draft.sentence.head(draft.head)
    if draft.head.dep == "expl" or (draft.head.dep in SUBJECTS and head.lemma in {"seem", "appear", "rain", "happen"}):
        return True
    if draft.head.dep == "nsubjpass":
        return bool(sentence.children(head, "ccomp"))
    if head.lemma != "be" or draft.head.dep not in SUBJECTS:
        return False
    predicate = sentence.child(head, "acomp", "attr")
    return predicate is None or predicate.lemma not in ANIMATE


def _gender(draft: Draft) -> str | None:
    words = {part.strip(".") for part in _phrase_words(draft)}
    if words & WOMEN:
        return "f"
    if words & MEN:
        return "m"
    names = _bare(draft).split() if draft.form == "person" else []
    if len(names) < 2 or names[0] in listed("either"):
        return None
    return "f" if names[0] in listed("women") else "m" if names[0] in listed("given") else None


def _phrase_words(draft: Draft) -> set[str]:
    tokens = draft.sentence.within(draft.start, draft.end)
    return {token.lower for token in tokens} | set((draft.role or "").split())


def _role(draft: Draft, seen: list[Draft], known: Actors, day: str | None) -> None:
    """A role noun: its holder where text or knowledge names one ("Turkiye's top diplomat", "the president")."""
    if draft.head.dep == "appos" and not draft.plural:
        bearer = draft.sentence.head(draft.head)
        here = [d for d in seen if d.sentence is draft.sentence and d.head.i == bearer.i]
        named = [d for d in here if d.kind == "person" or (d.kind == "government" and draft.head.lemma in POWERS)]
        if named:
            copy_referent(draft, named[0], "apposition")
            return
    if draft.definite and draft.rule == "role-noun" and draft.country is None and draft.org is None:
        draft.rule = "definite-role"
    if draft.plural:
        if draft.definite and draft.country is None and draft.org is None:
            _same_noun(draft, seen)
        return
    if draft.role and draft.country:
        _holder(draft, seen, known, day)
    elif draft.definite and draft.country is None and draft.org is None:
        if draft.role:
            at_home = _subject_country(draft, seen)
            named = [
                d
                for d in reversed(seen)
                if d.form == "person"
                and d.role
                and _alike(d.role, draft.role)
                and at_home in {None, d.country}
                and _of_one_time(draft, d)
            ]
            if named:
                copy_referent(draft, named[0], "same-office")
                return
        _same_noun(draft, seen)


def _subject_country(draft: Draft, seen: list[Draft]) -> str | None:
    """The country of who acts in the clause: in "Abiy's government replaced the foreign minister" he is Ethiopia's,
    whichever foreign minister was named before."""
    verb = next((t for t in draft.sentence.ancestors(draft.head) if t.pos == "VERB"), None)
    subject = draft.sentence.child(verb, "nsubj") if verb is not None else None
    if subject is None or subject.i == draft.head.i:
        return None
    found = [d for d in seen if d.sentence is draft.sentence and d.head.i == subject.i and d.kind == "government"]
    return (found[-1].country or "somebody's") if found else None


def _alike(one: str, other: str) -> bool:
    """Whether two roles can be one person's: "the ousted president" is the president named before."""
    one, other = (role.removeprefix("former ").removeprefix("ousted ") for role in (one, other))
    return one == other or (one.endswith(" " + other) and not set(one.removesuffix(other).split()) & LESSER)


def _holder(draft: Draft, seen: list[Draft], known: Actors, day: str | None) -> None:
    for other in reversed(seen):
        if (
            other.form == "person"
            and other.country == draft.country
            and other.role
            and _alike(other.role, draft.role or "")
        ):
            copy_referent(draft, other, "same-office")
            return
    if draft.org is None and draft.role not in SHARED and not _is_of_the_past(draft):
        holders = known.holders(draft.role or "", draft.country, day)
        if len(holders) == 1:
            draft.name, draft.entry, draft.resolved_by, draft.rule = (
                holders[0].name,
                holders[0],
                "knowledge",
                "office-holder",
            )


def _of_one_time(draft: Draft, other: Draft) -> bool:
    """ "The ousted president" is not the president in office who was named before."""
    past = any(word in PAST for word in (other.role or "").split()) or _is_of_the_past(other)
    return past or not _is_of_the_past(draft)


def _is_of_the_past(draft: Draft) -> bool:
    """ "The former deputy president" is none of those in office, and which of the past ones no rule tells."""
    return any(token.lower in PAST for token in draft.sentence.within(draft.start, draft.end))


def _same_noun(draft: Draft, seen: list[Draft]) -> None:
    """ "The ministry" after "the Foreign Ministry of Mali": the nearest earlier mention with the same head noun."""
    for other in reversed(seen):
        if other.form in {"role", "name"} and other.head.lemma == draft.head.lemma and (other.country or other.org):
            if LESSER & (_phrase_words(draft) ^ _phrase_words(other)):
                continue  # "the vice president" is not the president named before
            draft.country, draft.org = other.country, other.org
            draft.sectors = draft.sectors or other.sectors
            if other.form == "name":
                draft.name, draft.entry = other.name, other.entry
            draft.resolved_by, draft.rule = "coreference", "same-noun"
            return
    for other in reversed(seen):
        if other.form == "role" and other.plural == draft.plural and other.head.lemma == draft.head.lemma:
            if other.sectors and len(_phrase_words(other)) > 1 and len(_phrase_words(draft) - {"the"}) == 1:
                draft.sectors = other.sectors  # "the officers" after "army officers"
            return
