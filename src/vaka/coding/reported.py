"""Indirect and mixed quotes: what verbs of saying, thinking, asking and judging bring as their content.

The mere naming of an act of speech ("they talked") is no quote, nor is what somebody did not say.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.coding import frames
from vaka.coding.attribution import (
    FIRST_PERSON, MIND, Draft, Reading, addressee_of, is_negated, relative_of, speaker_of, trimmed,
)  # fmt: skip
from vaka.coding.quotation import Quoted
from vaka.knowledge.cues import PREPOSITIONS, Cue, cues
from vaka.syntax import Sentence, Token

TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
QUESTIONS = frozenset({"whether", "if", "who", "what", "why", "how", "when", "where", "which", "whom", "whose"})
WITH_PERSON = frozenset({"demand", "belief", "intention"})
"""Kinds whose infinitive belongs together with who is to do it: "urged both sides to step back"."""
TOLD_OF_OTHERS = frozenset({"speech", "assertion", "writing", "demand"})
"""Kinds of cue that count inside quotation marks; "I think" there is part of the quotation."""
CHARGES = frozenset({"of", "for", "on", "over", "as"})
UNSAID = frozenset({"speech", "assertion", "writing", "demand", "judgement", "finding", "expression"})
SHORTEST_OBJECT = 2
"""Words that an object needs to tell any content: "denied the charge", but not "announced it"."""
REST = 4
"""Words beside the quoted ones that make a clause of their own ("said he would win: …")."""

Content = tuple[list[Token], str]


def reported(reading: Reading, quoted: list[Quoted], spoken: list[Draft]) -> Iterator[Draft]:
    """Verbs of saying with their content, in text order; stretches that `spoken` has taken are left to it."""
    table = cues()
    for sentence in reading.sentences:
        for token in sentence.tokens:
            cue = table.get(("VERB", token.lemma)) if frames.is_verb(token) else None
            if cue is None or token.dep in {"amod", "aux", "auxpass"}:
                continue
            draft = _by_verb(sentence, token, cue, quoted)
            if draft is not None and _keep_outside(draft, sentence, spoken):
                yield draft


def _by_verb(sentence: Sentence, token: Token, cue: Cue, quoted: list[Quoted]) -> Draft | None:
    around = next((q for q in quoted if q.holds(token.start)), None)
    if around is not None and cue.kind not in TOLD_OF_OTHERS:
        return None
    if cue.kind in UNSAID and cue.lemma != "deny" and is_negated(sentence, token):
        return None
    speaker = _said_by(sentence, token)
    if around is not None and (speaker is None or speaker.lower in FIRST_PERSON or not around.holds(speaker.start)):
        return None
    if speaker is None and not _impersonal(sentence, token, cue):
        return None
    for content, rule in _contents(sentence, token, cue):
        if around is not None:
            content = [t for t in content if around.holds(t.start)]
        spans = trimmed(_without(sentence, content, token, speaker))
        if spans:
            addressee = addressee_of(sentence, token, cue)
            who = relative_of(sentence, token)
            return Draft(sentence, token, speaker, spans, rule, addressee, who, nested=around)
    return None


def _without(sentence: Sentence, content: list[Token], cue: Token, speaker: Token | None) -> list[Token]:
    """The content without the cue and, where the speaker stands after the cue, without the speaker."""
    out = {cue.i}
    if speaker is not None and speaker.i > cue.i and speaker.dep in {"nsubj", "pobj"} and speaker.head in {cue.i}:
        out |= {t.i for t in sentence.subtree(speaker)}
    return [t for t in content if t.i not in out]


def _said_by(sentence: Sentence, token: Token) -> Token | None:
    """The speaker; "quoted a diplomat as saying" makes the one quoted speak."""
    above = sentence.head(token)
    if token.dep in {"pcomp", "advcl", "xcomp"} and token.tag == "VBG":
        verb = sentence.head(above) if above.lower == "as" else above
        if verb.lemma in {"quote", "cite", "report"} and not frames.is_passive(sentence, verb):
            named = sentence.children(verb, "dobj")
            if named:
                return named[0]
    if token.dep == "acl" and token.tag == "VBG":
        return above
    return speaker_of(sentence, token)


def _impersonal(sentence: Sentence, token: Token, cue: Cue) -> bool:
    """"It was announced that …": somebody's words, though nobody is named."""
    subject = sentence.child(token, "nsubjpass", "expl")
    return cue.kind not in MIND and subject is not None and subject.lower == "it"


def _contents(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """The stretches that may be the cue's content, best first."""
    yield from _comments(sentence, token, cue)
    yield from _clauses(sentence, token, cue)
    yield from _infinitives(sentence, token, cue)
    if "as" in cue.frames:
        yield from _named_as(sentence, token)
    if "charge" in cue.frames:
        yield from _charges(sentence, token)
    yield from _phrases(sentence, token, cue)
    if "object" in cue.frames:
        for noun in sentence.children(token, "dobj"):
            tree = sentence.subtree(noun)
            if len(tree) >= SHORTEST_OBJECT and noun.pos in {"NOUN", "PROPN", "PRON", "VERB"} and noun.ent not in {"DATE"}:
                yield _with_tail(sentence, token, tree), "object"


def is_finite(sentence: Sentence, clause: Token) -> bool:
    """Whether the clause tells by itself: it has tense, or is marked by "that"."""
    helpers = sentence.children(clause, "aux", "auxpass", "cop")
    return clause.tag in TENSED or any(t.tag in TENSED for t in helpers) or _mark(sentence, clause) == "that"


def _mark(sentence: Sentence, clause: Token) -> str:
    mark = sentence.child(clause, "mark")
    return mark.lower if mark is not None else ""


def _clauses(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """Clauses with tense: "said (that) …", "asked whether …"; perception needs its "that"."""
    if not {"that", "direct"} & cue.frames:
        return
    for clause in sentence.children(token, "ccomp", "parataxis"):
        tree = sentence.subtree(clause)
        words = [t for t in tree if t.pos != "PUNCT"]
        if not is_finite(sentence, clause) and not (clause.pos not in {"VERB", "AUX"} and cue.kind == "speech"):
            continue
        if "that" not in cue.frames and words[0].start > token.start and not _in_marks_only(sentence, tree):
            continue
        asks = words[0].lower in QUESTIONS
        if cue.kind in MIND | {"perception"} and (asks or clause.dep == "parataxis"):
            continue
        if cue.kind == "perception" and _mark(sentence, clause) != "that":
            continue
        yield _before(tree, token), "clause"


def _in_marks_only(sentence: Sentence, tree: list[Token]) -> bool:
    before = sentence.tokens[tree[0].i - 1].text if tree[0].i else ""
    return tree[0].text in {'"', "“", "``", "''", "‘"} or before in {'"', "“", "``", "''", "‘", ":"}


def _before(tree: list[Token], cue: Token) -> list[Token]:
    """A clause that surrounds its cue is told in two stretches; the cue's own words are taken out later."""
    return [t for t in tree if t.i != cue.i]


def _comments(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """The cue's clause only comments on the sentence: "The troops, he said, will leave"."""
    if "that" not in cue.frames and "direct" not in cue.frames or cue.kind in {"perception", "intention"}:
        return
    if token.dep not in {"ccomp", "parataxis", "advcl"} or not frames.is_verb(sentence.head(token)):
        return
    if sentence.children(token, "mark", "ccomp", "dobj", "xcomp") or not sentence.children(token, "nsubj"):
        return
    own = {t.i for t in sentence.subtree(token)}
    first, last = min(own), max(own)
    set_off = first > 0 and sentence.tokens[first - 1].text in {",", "-", "–", "—", '"', "”", "''"}
    starts = first == 0 and last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].text == ","
    if set_off or starts or sentence.tokens[first].text == ",":
        yield [t for t in sentence.tokens if t.i not in own], "comment"


def _infinitives(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """"promised to halve the price", "asked residents to boil their water", "denied taking bribes"."""
    to, ing = "to" in cue.frames, "ing" in cue.frames
    for clause in sentence.children(token, "xcomp", "ccomp", "advcl"):
        is_to = clause.tag == "VB" and any(t.lower == "to" for t in sentence.children(clause, "aux"))
        if clause.dep == "advcl" and not (is_to and cue.kind == "demand"):
            continue
        if not (to and is_to or ing and clause.tag == "VBG"):
            continue
        tree = sentence.subtree(clause)
        people = [t for t in sentence.children(token, "dobj", "dative") if t.i < clause.i]
        if people and cue.kind in WITH_PERSON:
            tree = [t for t in sentence.tokens if sentence.subtree(people[0])[0].i <= t.i <= tree[-1].i]
        elif not people:
            called = _called_on(sentence, token, cue)
            tree = [t for t in sentence.tokens if called[0].i <= t.i <= tree[-1].i] if called else tree
        yield tree, "infinitive"


def _called_on(sentence: Sentence, token: Token, cue: Cue) -> list[Token]:
    if cue.lemma not in {"call", "appeal", "plead"}:
        return []
    found = [t for name in ("on", "upon", "to", "with") for t in frames.prepositional(sentence, token, name)]
    return sentence.subtree(found[0]) if found else []


def _named_as(sentence: Sentence, token: Token) -> Iterator[Content]:
    """"called the ruling an insult", "described it as dead"."""
    for clause in sentence.children(token, "ccomp", "xcomp"):
        subject = sentence.child(clause, "nsubj")
        if subject is not None and subject.i > token.i and not is_finite(sentence, clause):
            yield sentence.subtree(clause), "named-as"
    objects = sentence.children(token, "dobj")
    if frames.is_passive(sentence, token):
        objects = []
    tails = sentence.children(token, "oprd", "xcomp")
    tails += [t for t in sentence.children(token, "prep", "advcl") if t.lower == "as"]
    for noun in objects:
        tails += [t for t in sentence.children(noun, "prep") if t.lower == "as"]
    for tail in tails:
        end = sentence.subtree(tail)[-1].i
        if objects:
            begin = sentence.subtree(objects[0])[0].i
            yield [t for t in sentence.tokens if min(begin, tail.i) <= t.i <= end], "named-as"
        elif token.i < tail.i:
            yield [t for t in sentence.subtree(tail) if t.i != tail.i or tail.lower != "as"], "named-as"


def _charges(sentence: Sentence, token: Token) -> Iterator[Content]:
    """"accused India of building bunkers", "blamed the drought on the dam"."""
    for noun in sentence.children(token, "dobj"):
        if frames.is_passive(sentence, token):
            continue
        begin = sentence.subtree(noun)[0].i
        tails = [t for t in sentence.children(token, "prep") if t.lower in CHARGES and t.i > noun.i]
        inner = [t for t in sentence.children(noun, "prep") if t.lower in CHARGES]
        for tail in tails or inner:
            end = sentence.subtree(tail)[-1].i
            yield [t for t in sentence.tokens if begin <= t.i <= end], "charge"


def _phrases(sentence: Sentence, token: Token, cue: Cue) -> Iterator[Content]:
    """What follows the cue's own preposition: "warned against any delay", "called for a ceasefire"."""
    for prep in sentence.children(token, "prep"):
        if prep.lower in cue.frames & PREPOSITIONS:
            tree = [t for t in sentence.subtree(prep) if t.i != prep.i]
            if len(tree) >= SHORTEST_OBJECT:
                yield _with_tail(sentence, token, tree), "phrase"


def _with_tail(sentence: Sentence, token: Token, tree: list[Token]) -> list[Token]:
    """A phrase with the "to …" that the parser hung on the cue instead: "demanded a commission to count again"."""
    last = tree[-1].i
    for clause in sentence.children(token, "xcomp", "advcl"):
        rest = sentence.subtree(clause)
        if rest[0].i == last + 1 and clause.tag == "VB":
            return tree + rest
    return tree


def _keep_outside(draft: Draft, sentence: Sentence, spoken: list[Draft]) -> bool:
    """Takes out of the content what quotation marks have already given to a speaker; False when too little is left."""
    if draft.nested is not None:
        return True
    taken = [q for other in spoken for q in other.stretches if q.outer_start < draft.reach[1] and draft.reach[0] < q.outer_end]
    if not taken:
        return True
    tokens = [t for start, end in draft.content for t in sentence.within(start, end)]
    rest = [t for t in tokens if not any(q.outer_start <= t.start < q.outer_end for q in taken)]
    draft.content = trimmed(rest)
    words = [t for t in rest if t.pos not in {"PUNCT", "SPACE"}]
    return len(words) >= REST and bool(draft.content) and not _is_bridge(sentence, words, spoken)


def _is_bridge(sentence: Sentence, words: list[Token], spoken: list[Draft]) -> bool:
    """Whether the words left over hold another quotation's own cue ("…," said the agronomist, "…")."""
    cues_there = {id(other.cue) for other in spoken if other.cue is not None and other.sentence is sentence}
    return any(id(t) in cues_there for t in words)
