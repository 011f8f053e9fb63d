"""Where a clause points: whether the verb over some words tells the past or what is to come; it knows no dates."""

from __future__ import annotations

from vaka.language.calendar_names import words
from vaka.syntax import Sentence, Token

PAST, PRESENT, FUTURE = -1, 0, 1
LOOKING_AHEAD = words(
    "agree plan intend promise vow threaten order urge ask call want expect schedule set due decide hope "
    "prepare offer pledge demand tell instruct require allow invite give be go slate propose undertake "
    "likely ready poise summon oblige seek aim warn advise commit volunteer bind swear deadline plan deal "
    "agreement ultimatum decision promise intention invitation request proposal"
)
"""Words whose infinitive lies ahead of them (agreed to leave, a deal to withdraw)."""
ARRANGED = frozenset(["schedule", "plan", "expect", "slate", "set", "due", "fix", "time"])
SAYING = frozenset(["say", "tell", "report", "announce", "write", "add", "state"])
COMING_EVENTS = words(
    "election elections vote summit meeting talks referendum deadline runoff run-off hearing ballot visit "
    "match game conference strike poll polls session trial launch inauguration"
)
STAYING = words("last remain continue stay be hold keep rule serve work live govern stand run reign")
"""Verbs whose "until Friday" in the past tense lies in the past."""
SAME_IN_PAST = words(
    "beat bid bet broadcast burst cast cost cut hit hurt let put quit rid set shed shut split spread thrust upset"
)
"""Verbs whose past looks like their present; in a report's body the past is told."""
ADVERBIAL = frozenset({"npadvmod", "prep", "pobj", "pcomp", "advmod", "tmod", "nummod", "amod", "compound", "appos"})
MODALS = frozenset({"will", "shall", "would", "may", "might", "can", "could", "must", "should", "wo", "'ll", "’ll"})


def direction(sentence: Sentence, start: int, end: int) -> int:
    """-2 or 2 where the words stand as adverb of a past or future verb, -1 or 1 where they belong to a noun under
    one, 0 where nothing tells. `start` and `end` are code points of the article."""
    head = sentence.head_of(start, end)
    if head is None:
        return 0
    direct, token = True, head
    for _ in range(len(sentence.tokens)):
        if token.pos in {"VERB", "AUX"} and not (token.start < end and start < token.end):
            break
        if token.head == token.i:
            return 0
        direct = direct and token.dep in ADVERBIAL and (token is head or token.pos not in {"NOUN", "PROPN"})
        token = sentence.head(token)
    else:
        return 0
    pointed = tense(sentence, token)
    if pointed == PRESENT:
        return _of_present(sentence, token, head, direct)
    return pointed * (2 if direct else 1)


def _of_present(sentence: Sentence, verb: Token, head: Token, direct: bool) -> int:
    """A present verb: past in headlines and with words of saying, else ahead (the summit opens on Thursday)."""
    if sentence.zone == "title" or verb.lemma in SAYING:
        return -2 if direct else -1
    if direct:
        return 2
    told = [sentence.head(head), *(sentence.children(verb, "nsubj") if verb.lemma == "be" else ())]
    return 1 if any(token.lower in COMING_EVENTS for token in told) else -1


def tense(sentence: Sentence, verb: Token, depth: int = 0) -> int:
    """PAST, PRESENT or FUTURE for a verb, an infinitive or participle by what governs it."""
    helpers = [t for t in sentence.children(verb, "aux", "auxpass") if t.i < verb.i]
    words = {t.lower for t in helpers} | {t.lemma for t in helpers}
    if verb.tag == "MD" or words & MODALS:
        return PAST if "have" in words else FUTURE
    if any(t.tag == "VBD" for t in helpers) or verb.tag == "VBD":
        return PAST
    if verb.tag == "VBP" and verb.lower in SAME_IN_PAST and not helpers and sentence.zone != "title":
        return PAST
    if "have" in words:
        return PAST
    infinitive = verb.tag == "VB" or "to" in words
    if verb.tag == "VBN" and (verb.lemma in ARRANGED or not infinitive):
        return FUTURE if verb.lemma in ARRANGED else PRESENT if helpers else PAST
    if verb.tag in {"VBZ", "VBP"} or (verb.tag == "VBG" and words & {"be", "is", "are"}):
        return PRESENT
    governor = sentence.head(verb)
    if infinitive and (verb.head == verb.i or not helpers):
        return FUTURE
    if infinitive and sentence.zone == "title" and governor.pos not in {"VERB", "AUX"} and verb.dep != "advcl":
        return FUTURE
    if infinitive and verb.dep != "advcl" and governor.lemma in LOOKING_AHEAD:
        return FUTURE
    if verb.head == verb.i or depth > 8:
        return PRESENT
    for above in [governor, *sentence.ancestors(governor)]:
        if above.pos in {"VERB", "AUX"}:
            return tense(sentence, above, depth + 1)
    return PRESENT


def was_to(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words stand under what was to be: "was to be signed in May" may lie on either side of the report."""
    head = sentence.head_of(start, end)
    for token in sentence.ancestors(head) if head else ():
        if token.pos in {"VERB", "AUX"}:
            above = sentence.head(token)
            to = any(child.lower == "to" for child in sentence.children(token, "aux"))
            return to and token is not above and above.lemma == "be" and above.tag == "VBD"
    return False


def stays(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the verb over the words is a past one of lasting: "remained shut until Friday"."""
    head = sentence.head_of(start, end)
    for token in sentence.ancestors(head) if head else ():
        if token.pos in {"VERB", "AUX"}:
            return token.lemma in STAYING and tense(sentence, token) == PAST
    return False
