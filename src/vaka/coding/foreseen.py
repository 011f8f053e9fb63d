"""Finds what is planned or due and told by somebody else, and demands with a deadline or a penalty.

A forecast is no expectation: weather, prices and sport have nobody who could keep them; a future without an actor and
without a date is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.coding import frames
from vaka.coding.patterns import act_told
from vaka.coding.pledge_words import (
    FIRST_PERSON,
    OFFICIAL,
    TOLD_WILL,
    WILL,
    Found,
    auxiliaries,
    clauses,
    is_forecast,
    is_vague,
    quote_around,
    times_in,
)
from vaka.coding.roles import Cast
from vaka.coding.status import verb_status
from vaka.knowledge.ontology import Ontology
from vaka.knowledge.promising import promising
from vaka.syntax import Sentence, Token
from vaka.types import Actor, Page, Quote

REAL = frozenset({"occurred", "ongoing"})
LIMITS = frozenset({"by", "within", "until", "till", "before"})
NOT_PEOPLE = frozenset(
    {"time", "chance", "right", "day", "hour", "week", "month", "year", "minute", "deadline", "ultimatum"}
)
LENGTHS = frozenset({"day", "hour", "week", "month", "year", "minute"})


def expected(page: Page, sentence: Sentence) -> Iterator[Found]:
    """ "are expected to withdraw", "is due to meet", "is scheduled for", "is to meet", "plans to"."""
    for token in sentence.tokens:
        found = _expected_at(page, sentence, token)
        if found is None or is_forecast(sentence, list(found.giver)):
            continue
        verb = token if frames.is_verb(token) else sentence.head(token)
        if verb_status(sentence, verb) not in {"negated", "hypothetical", "demanded"}:
            yield found


def _expected_at(page: Page, sentence: Sentence, token: Token) -> Found | None:
    known = promising()
    clause = next((c for kind, c in clauses(sentence, token) if kind == "to" and c.dep != "relcl"), None)
    if token.dep in {"amod", "compound"} or (clause is not None and is_vague(sentence, clause)):
        return None
    if token.lower in known.lists["expect-adjective"] and token.dep in {"acomp", "ROOT", "oprd", "conj"} and clause:
        giver = frames.at_position(sentence, token, "subject", adjective=True)
        return Found("expectation", sentence, token, tuple(giver), clause, "expected-to")
    if frames.is_verb(token) and token.lemma in known.lists["expect-verb"] and frames.is_passive(sentence, token):
        subject = tuple(frames.surface_subject(sentence, token))
        if clause is not None:
            return Found("expectation", sentence, token, subject, clause, "expected-to")
        return _expected_when(page, sentence, token, subject)
    if clause is None or not frames.is_verb(token):
        return _headline(sentence, token)
    subject = tuple(frames.surface_subject(sentence, token))
    if token.lemma == "expect":
        named = tuple(sentence.children(clause, "nsubj", "nsubjpass")) or tuple(sentence.children(token, "dobj"))
        return Found("expectation", sentence, token, named, clause, "expects") if named else None
    if token.lemma in known.lists["plan-verb"] and verb_status(sentence, token) in REAL:
        return Found("expectation", sentence, token, subject, clause, "plans-to")
    if token.lemma == "be" and clause.dep in {"xcomp", "ccomp"} and token.tag in {"VBZ", "VBP", "VBD"}:
        dated = any(clause.start < t.span.start for t in times_in(page, sentence) if t.span)
        if subject and dated and clause.i - token.i <= 3:
            return Found("expectation", sentence, token, subject, clause, "is-to")
    return None


def _headline(sentence: Sentence, verb: Token) -> Found | None:
    """The headline "Portugal to send police"."""
    subject = sentence.children(verb, "nsubj")
    to = [t for t in sentence.children(verb, "aux") if t.lower == "to"]
    if verb.dep != "ROOT" or verb.tag != "VB" or not subject or not to or not subject[0].i < to[0].i:
        return None
    return Found("expectation", sentence, verb, tuple(subject), verb, "headline-to")


def _expected_when(page: Page, sentence: Sentence, verb: Token, subject: tuple[Token, ...]) -> Found | None:
    """ "The verdict is expected on 3 June", "peacekeepers are expected in Dili within days": only with a time."""
    phrases = [t for t in sentence.children(verb, "prep", "npadvmod") if t.i > verb.i]
    if (
        verb.dep in {"acl", "relcl", "amod"}
        or not subject
        or not phrases
        or verb.lemma not in {"expect", "schedule", "slate", "plan", "set", "time"}
    ):
        return None
    start, end = sentence.reach(verb)
    if not any(t.span and verb.start < t.span.start < end and start <= t.span.start for t in times_in(page, sentence)):
        return None
    return Found("expectation", sentence, verb, subject, verb, "expected-when", True)


def narrated(page: Page, sentence: Sentence, cast: Cast, known: Ontology) -> Iterator[Found]:
    """ "The envoy will travel to Sanaa on Monday": an actor's future as others tell it, dated or of a known act.
    What a deal says that its parties will do is their pledge."""
    if sentence.tokens[-1].text == "?":
        return
    for verb in sentence.tokens:
        quote = quote_around(page.quotes, verb) if frames.is_verb(verb) else None
        futures = TOLD_WILL if quote is not None and quote.kind != "direct" else WILL
        own = auxiliaries(sentence, verb) if frames.is_verb(verb) else set()
        if not own & futures or "have" in own or is_vague(sentence, verb) or _doubted(sentence, verb):
            continue
        subject = frames.surface_subject(sentence, verb)
        actor = cast.at(sentence, subject[0]) if subject else None
        if not subject or subject[0].lower in FIRST_PERSON or is_forecast(sentence, subject):
            continue
        tree = {t.i for t in sentence.subtree(verb)}
        dated = any(h is not None and h.i in tree and h.i > verb.i for h in _time_heads(page, sentence))
        if _decreed(sentence, verb, quote):
            yield Found("pledge", sentence, verb, (), verb, "spoken-grant", True, speaks=True)
        elif actor is None:
            official = quote is not None and quote.speaker is not None and OFFICIAL & set(quote.speaker.sectors)
            if official and dated and subject[0].pos in {"NOUN", "PROPN"}:
                yield Found("expectation", sentence, verb, tuple(subject), verb, "narrated-future", True)
        elif _under_deal(sentence, verb):
            yield Found("pledge", sentence, verb, tuple(subject), verb, "under-deal")
        elif (dated and _is_known(subject[0], actor)) or (
            subject[0].pos != "PRON" and act_told(sentence, verb, [verb], known)[0] is not None
        ):
            yield Found("expectation", sentence, verb, tuple(subject), verb, "narrated-future")


def _decreed(sentence: Sentence, verb: Token, quote: Quote | None) -> bool:
    """ "The council said that elections would be held": what the speaker's own state decides to do, in the passive."""
    speaker = quote.speaker if quote is not None else None
    if (
        speaker is None
        or not {"GOV", "MIL"} & set(speaker.sectors)
        or promising().has("outpost", speaker.name.split()[-1])
    ):
        return False
    return (
        frames.is_passive(sentence, verb)
        and promising().has("decided-deed", verb.lemma)
        and not sentence.children(verb, "agent")
    )


def _is_known(word: Token, actor: Actor) -> bool:
    """Whether a pronoun was resolved to somebody."""
    return word.pos != "PRON" or actor.span.text.lower() != actor.name.lower()


def _time_heads(page: Page, sentence: Sentence) -> Iterator[Token | None]:
    for time in times_in(page, sentence):
        assert time.span is not None
        yield sentence.head_of(time.span.start, time.span.end)


def _doubted(sentence: Sentence, verb: Token) -> bool:
    """Under a verb of hoping or doubting, in a question, in a condition or a subordinate clause."""
    if any(
        t.lower in {"if", "whether", "unless", "when", "how", "who", "what"}
        for t in sentence.children(verb, "mark", "advmod", "nsubj")
    ):
        return True
    head = sentence.head(verb)
    return (verb.dep in {"ccomp", "acl"} and promising().has("doubt-verb", head.lemma)) or verb.dep in {
        "relcl",
        "acl",
        "csubj",
    }


def _under_deal(sentence: Sentence, verb: Token) -> bool:
    while verb.dep == "conj" and frames.is_verb(sentence.head(verb)):
        verb = sentence.head(verb)
    under = frames.prepositional(sentence, verb, "under")
    return any(promising().has("deal", t.lemma) for t in under)


def ultimatums(page: Page, sentence: Sentence, cast: Cast) -> Iterator[Found]:
    """Demands with a fixed term or a penalty."""
    for token in sentence.tokens:
        if not frames.is_verb(token):
            if promising().has("term", token.lemma) and token.pos == "NOUN":
                yield from _by_term(sentence, token)
        elif token.lemma in {"give", "have"}:
            yield from _by_length(page, sentence, token)
        elif token.lemma in promising().lists["order-verb"]:
            yield from _by_order(sentence, token)
        elif token.tag == "VB":
            yield from _or_else(page, sentence, token)
            yield from _must(sentence, token)
    yield from _unless(page, sentence, cast)


def _infinitive_under(sentence: Sentence, top: Token) -> Token | None:
    """The first infinitive with "to" below the word, wherever the parser hung it."""
    for verb in sentence.subtree(top):
        if verb.i > top.i and frames.is_verb(verb) and any(t.lower == "to" for t in sentence.children(verb, "aux")):
            return verb
    return None


def _by_term(sentence: Sentence, noun: Token) -> Iterator[Found]:
    """ "set the junta a deadline of …", "issued an ultimatum to the militia to …"."""
    verb = sentence.head(noun)
    if noun.dep not in {"dobj", "nsubjpass"} or not frames.is_verb(verb) or verb_status(sentence, verb) not in REAL:
        return
    clause = _infinitive_under(sentence, verb)
    if clause is None or clause.i < noun.i or verb.lemma in {"miss", "meet", "reject", "have", "face", "ignore"}:
        return
    to = [t for t in sentence.children(verb, "dative", "dobj") if t.i != noun.i and t.pos != "ADP"]
    to += frames.all_prepositional(sentence, noun, "to") + frames.all_prepositional(sentence, noun, "for")
    to += sentence.children(clause, "nsubj")
    giver = frames.logical_subject(sentence, verb)
    yield Found(
        "ultimatum", sentence, verb, tuple(giver), clause, "deadline", to=tuple(to), spent=frozenset({clause.i})
    )


def _by_length(page: Page, sentence: Sentence, verb: Token) -> Iterator[Found]:
    """ "gave the envoy 48 hours to leave", "have until Friday to leave"."""
    clause = _infinitive_under(sentence, verb)
    if clause is None or verb_status(sentence, verb) not in REAL:
        return
    between = sentence.tokens[verb.i + 1 : clause.i]
    until = any(t.lower in {"until", "till"} for t in between)
    length = any(t.lemma in LENGTHS and sentence.children(t, "nummod", "det") for t in between)
    if not (until or length) or not any(
        _between(time.span.start, between) for time in times_in(page, sentence) if time.span
    ):
        return
    if verb.lemma == "have":
        to = frames.surface_subject(sentence, verb)
        yield Found("ultimatum", sentence, verb, (), clause, "have-until", speaks=True, to=tuple(to))
        return
    named = [t for t in sentence.children(verb, "dative", "dobj") if t.lemma not in NOT_PEOPLE and t.pos != "ADP"]
    if named or frames.is_passive(sentence, verb):
        to = named or frames.surface_subject(sentence, verb)
        giver = frames.logical_subject(sentence, verb)
        yield Found("ultimatum", sentence, verb, tuple(giver), clause, "given-time", to=tuple(to))


def _between(start: int, tokens: tuple[Token, ...]) -> bool:
    return bool(tokens) and tokens[0].start <= start < tokens[-1].end


def _by_order(sentence: Sentence, verb: Token) -> Iterator[Found]:
    """ "were told to leave within 48 hours", "ordered the ministry to publish … or face a fine"."""
    clause = next((c for kind, c in clauses(sentence, verb) if kind == "to"), None)
    if clause is None or verb_status(sentence, verb) not in REAL:
        return
    tree = sentence.subtree(clause)
    limit = any(t.lower in LIMITS and any(c.ent in {"DATE", "TIME"} for c in sentence.children(t)) for t in tree)
    penalty = any(t.lower == "or" for t in tree) and promising().any("penalty-verb", (t.lemma for t in tree))
    if limit or penalty:
        to = frames.logical_object(sentence, verb)
        yield Found(
            "ultimatum", sentence, verb, tuple(frames.logical_subject(sentence, verb)), clause, "ordered", to=tuple(to)
        )


def _or_else(page: Page, sentence: Sentence, verb: Token) -> Iterator[Found]:
    """ "Release our pilots by Thursday or we will close the strait"."""
    quote = quote_around(page.quotes, verb)
    if (
        verb.dep not in {"ROOT", "ccomp"}
        or quote is None
        or quote.kind == "indirect"
        or sentence.children(verb, "nsubj", "aux")
    ):
        return
    threats = [t for t in sentence.children(verb, "conj") if auxiliaries(sentence, t) & WILL]
    if threats and any(t.lower == "or" for t in sentence.children(verb, "cc")):
        yield Found(
            "ultimatum", sentence, verb, (), verb, "or-else", speaks=True, spent=frozenset(t.i for t in threats)
        )


def _must(sentence: Sentence, verb: Token) -> Iterator[Found]:
    """ "Serbia must withdraw by Thursday or face sanctions"."""
    if "must" not in auxiliaries(sentence, verb) or not any(t.lower == "or" for t in sentence.children(verb, "cc")):
        return
    if any(promising().has("penalty-verb", t.lemma) for t in sentence.children(verb, "conj")):
        to = frames.logical_subject(sentence, verb)
        yield Found("ultimatum", sentence, verb, (), verb, "must-or", speaks=True, to=tuple(to))


def _unless(page: Page, sentence: Sentence, cast: Cast) -> Iterator[Found]:
    """ "threatened to strike unless salaries are paid by 1 September", "would kill him if not paid by Monday"."""
    for clause in sentence.tokens:
        if clause.dep != "advcl" or not frames.is_verb(clause):
            continue
        marks = {t.lower for t in sentence.children(clause, "mark", "advmod")}
        head = sentence.head(clause)
        if not ("unless" in marks or ("if" in marks and sentence.children(clause, "neg"))) or not frames.is_verb(head):
            continue
        threatens = head.lemma in promising().lists["threat-verb"] or sentence.head(head).lemma == "threaten"
        tree = {t.i for t in sentence.subtree(clause)}
        dated = any(h is not None and h.i in tree for h in _time_heads(page, sentence))
        if not threatens and not (dated and auxiliaries(sentence, head) & TOLD_WILL):
            continue
        subject = frames.logical_subject(sentence, head)
        if any(cast.at(sentence, t) is not None or t.lower in FIRST_PERSON for t in subject):
            spoken = subject[0].lower in FIRST_PERSON
            below = frozenset(t.i for t in sentence.subtree(head) if frames.is_verb(t))
            to = tuple(frames.logical_subject(sentence, clause))
            yield Found(
                "ultimatum",
                sentence,
                head,
                () if spoken else tuple(subject),
                clause,
                "unless",
                True,
                "open",
                spoken,
                to,
                below,
            )
