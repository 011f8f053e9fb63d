"""Whether a told act happened: negation, modality, tense, condition, purpose and the verbs that govern it.

PLOVER's auxiliary modes (historical, future, hypothetical, negation) as the contract's `status`.
"""

from __future__ import annotations

from vaka.coding.frames import complements, content_clauses, is_verb
from vaka.knowledge.statuses import governing
from vaka.syntax import Sentence, Token

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "barely", "cannot"})
CONDITIONS = frozenset({"if", "unless", "should", "whether", "provided", "lest", "assuming"})
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "would", "can", "ca", "'d"})
OBLIGED = frozenset({"should", "must", "ought"})


VERBS_OF_SAYING = frozenset(
    [
        "say", "tell", "add", "note", "state", "claim", "report", "confirm", "announce", "declare", "argue",
        "write", "believe", "think", "know", "warn", "explain", "insist", "stress", "reveal", "acknowledge",
        "admit", "hear", "find", "show", "indicate", "suggest", "allege", "accuse", "deny",
    ]
)  # fmt: skip
PROMISING = frozenset({"say", "announce", "promise", "pledge", "confirm", "declare", "vow", "add", "state", "tell"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
SIGNS = frozenset({"sign", "evidence", "indication", "proof", "hint", "trace", "report", "suggestion", "record"})
UNREAL = frozenset({"negated", "hypothetical", "demanded"})
CAUSING = frozenset({"let", "have"})
LINKING = frozenset({"be", "seem", "appear", "remain", "look", "sound"})
HEARSAY = frozenset({"rumour", "rumor", "legend", "gossip", "word", "myth"})
DRAFTS = frozenset({"draft", "amendment", "bill", "proposal", "blueprint", "agenda", "motion", "petition"})
"""Texts that are not in force: what they do is only proposed."""
TOLD = frozenset({"report", "account", "story", "news", "word", "statement"})
DENYING = frozenset(
    ["deny", "dismiss", "reject", "refute", "rebut", "call", "brand", "ridicule", "debunk", "disown", "describe",
     "label", "term"]
)  # fmt: skip
UNDECIDED = frozenset(
    ["vote", "debate", "discuss", "talk", "decide", "consult", "referendum", "discussion", "consultation", "deliberate"]
)
REMEMBERING = frozenset(["remember", "commemorate", "recall", "mourn", "honor", "honour", "memorialize"])
MEMORIES = frozenset(
    ["anniversary", "commemoration", "memorial", "remembrance", "history", "legacy", "veteran", "survivor", "museum"]
)
NEARLY = frozenset({"almost", "nearly"})
"""Adverbs of a verb that did not quite happen; of a number ("nearly forty were killed") they say nothing."""
PERHAPS = frozenset({"perhaps", "maybe", "possibly", "conceivably", "presumably", "supposedly", "theoretically"})
MOMENTS = frozenset({"point", "time", "stage", "moment", "circumstance", "case", "way", "account", "occasion"})
"""Nouns of "at no point", "under no circumstances"."""
DEPTH = 8
"""Governors climbed: real sentences nest no deeper."""


def verb_status(sentence: Sentence, verb: Token) -> str | None:
    """The status of an act told by a verb, or None when the clause tells its purpose only ("to quell the unrest")."""
    own = _own_status(sentence, verb)
    if own == "planned" and _governed(sentence, verb, 0) in UNREAL:
        return "hypothetical"  # "hopes that Berlin will back it", "it is doubtful that they will meet"
    if own not in {"occurred", "ongoing"}:
        return own
    above = _governed(sentence, verb, 0)
    if above == "purpose":
        return None
    if above in {"occurred", None}:
        return own
    if above == "ongoing":
        return "ongoing" if own == "ongoing" or verb.tag in {"VB", "VBG"} else own
    return above


def _own_status(sentence: Sentence, verb: Token) -> str:
    """From the verb's own clause: negation, auxiliaries, condition, tense."""
    clause = _finite(sentence, verb)
    if _negated(sentence, verb):
        return "negated"
    adverbs = {t.lower for t in sentence.children(clause, "advmod")}
    if _conditional(sentence, verb) or sentence.tokens[-1].text == "?" or adverbs & PERHAPS:
        return "hypothetical"
    auxes = {t.lower for t in sentence.children(verb, "aux", "auxpass")}
    if not auxes and verb.dep == "conj" and verb.tag in {"VB", "VBN", "VBG"} and clause is not verb:
        auxes = {t.lower for t in sentence.children(clause, "aux", "auxpass")}
        if _negated(sentence, clause) and verb.tag == "VB":
            return "negated"
    if auxes & FUTURE:
        return "planned"
    if auxes & OBLIGED:
        return "demanded"
    if auxes & POSSIBLE:
        # "said it would withdraw": the future as told in the past.
        saying = sentence.head(clause)
        told = "would" in auxes and clause.dep == "ccomp" and saying.lemma in PROMISING
        return "planned" if told and saying.tag in {"VBD", "VBN"} else "hypothetical"
    if verb.tag == "VB" and "to" in auxes and (verb.dep == "ROOT" or auxes & {"is", "are", "was", "were"}):
        return "planned"  # "France is to send troops", and the headline "Kenya to send police"
    if verb.tag == "VBG" and auxes & {"is", "are", "'s", "'re", "be", "been"}:
        return "ongoing"
    subject = sentence.child(clause, "nsubj")
    if clause.tag in {"VBZ", "VBP"} and subject is not None and subject.lemma in DRAFTS:
        return "hypothetical"
    return "occurred"


def _finite(sentence: Sentence, verb: Token) -> Token:
    """The first verb of a coordination, which carries the shared auxiliaries."""
    while verb.dep == "conj" and is_verb(sentence.head(verb)):
        verb = sentence.head(verb)
    return verb


def _negated(sentence: Sentence, token: Token) -> bool:
    for child in sentence.children(token):
        if child.dep == "neg" or (child.lower in NEGATIONS and child.dep in {"advmod", "preconj", "det", "cc"}):
            return not (child.lower == "no" and child.dep == "advmod")
        if child.dep in {"nsubj", "nsubjpass", "dobj", "attr"} and child.lower in {"none", "nobody", "nothing"}:
            return True
        if child.dep in {"nsubj", "nsubjpass", "dobj"} and _none_of(sentence, child):
            return True
        if child.dep == "advmod" and child.lower in NEARLY and child.i < token.i and is_verb(token):
            return True
        if child.dep == "prep" and any(
            t.lemma in MOMENTS and _none_of(sentence, t) for t in sentence.children(child, "pobj")
        ):
            return True
    head = sentence.head(token)
    return (token.dep == "pcomp" and head.lower in {"without", "instead"}) or (
        token.dep == "pcomp"
        and head.lower in {"from"}
        and sentence.head(head).lemma
        in {
            "refrain",
            "abstain",
            "stop",
            "prevent",
            "keep",
            "bar",
            "ban",
            "desist",
            "prohibit",
            "discourage",
            "deter",
            "dissuade",
        }
    )


def _none_of(sentence: Sentence, noun: Token) -> bool:
    """ "no shot", "neither side", "not a single rifle"."""
    return any(t.lower in {"no", "neither"} for t in sentence.children(noun, "det")) or any(
        t.lower == "not" and t.i < noun.i for t in sentence.children(noun, "neg", "advmod", "preconj", "predet")
    )


def _conditional(sentence: Sentence, verb: Token) -> bool:
    """In an if-clause, or the main clause of one with would or will."""
    for clause in (verb, *_clause_heads(sentence, verb)):
        if any(
            t.lower in CONDITIONS and t.dep in {"mark", "advmod"} for t in sentence.children(clause, "mark", "advmod")
        ):
            return True
    if _inverted(sentence, verb):
        return True
    auxes = {t.lower for t in sentence.children(verb, "aux")}
    if not auxes & (FUTURE | POSSIBLE):
        return False
    return any(
        any(t.lower in {"if", "unless"} for t in sentence.children(clause, "mark"))
        for clause in sentence.children(verb, "advcl")
    )


def _inverted(sentence: Sentence, verb: Token) -> bool:
    """ "Were Seoul to be shelled", "Should the town fall": the auxiliary before its subject."""
    subjects = sentence.children(verb, "nsubj", "nsubjpass")
    return bool(subjects) and any(
        t.lower in {"were", "should", "had"} and t.i < subjects[0].i and verb.dep in {"advcl", "ROOT", "ccomp"}
        for t in sentence.children(verb, "aux", "auxpass")
    )


def _clause_heads(sentence: Sentence, verb: Token) -> list[Token]:
    """The verbs that this one is coordinated with or embedded in by mere infinitive."""
    found: list[Token] = []
    while verb.dep in {"conj", "xcomp"} and is_verb(sentence.head(verb)) and len(found) < DEPTH:
        verb = sentence.head(verb)
        found.append(verb)
    return found


def _governed(sentence: Sentence, verb: Token, depth: int) -> str | None:
    """What the governors of a clause say about it; "purpose" for an infinitive of purpose.

    A plan that is itself only wished for, demanded or denied takes the status of that.
    """
    status = _by_governor(sentence, verb, depth)
    if status in {"planned", "expected", "ongoing"} and depth < DEPTH:
        head = sentence.head(verb)
        while not is_verb(head) and head.head != head.i:
            head = sentence.head(head)
        if is_verb(head) and head.i != verb.i:
            own = _own_status(sentence, head)
            above = own if own in UNREAL else _by_governor(sentence, head, depth + 1)
            if above in UNREAL:
                return above
    return status


def _by_governor(sentence: Sentence, verb: Token, depth: int) -> str | None:
    """What the governor of a clause says about it; "purpose" for an infinitive of purpose."""
    head = sentence.head(verb)
    if head.i == verb.i or depth > DEPTH:
        return None
    if verb.dep == "conj":
        if verb.tag in FINITE and head.tag == "VB":
            return None  # "gave them a week to leave and threatened …": the parser hung a main verb on the infinitive
        if is_verb(head) and verb.tag in {"VB", "VBG"}:
            return _governed(sentence, head, depth + 1) or (None if head.tag != "VB" else _own_status(sentence, head))
        return _governed(sentence, head, depth + 1) if head.dep not in {"ROOT", "ccomp"} else None
    marks = {t.lower for t in sentence.children(verb, "mark", "aux")}
    bare = verb.tag == "VB" and "to" in marks
    if bare and "enough" in {head.lemma, *(t.lemma for t in sentence.children(head, "amod", "advmod"))}:
        return "purpose"  # "biscuits enough to feed 95,000 people"
    if verb.dep == "advcl":
        if bare or {"so", "order"} & marks:
            return "purpose"
        return _time_clause(sentence, verb, head)
    if verb.dep in {"xcomp", "ccomp", "oprd", "acomp", "attr"} or (verb.dep in {"acl", "relcl"} and bare):
        return _from_governor(sentence, verb, head, bare, depth)
    if verb.dep == "acl" and any(t.lower == "no" for t in sentence.children(head, "det")) and head.lemma in SIGNS:
        return "negated"
    if verb.dep == "acl" and head.lemma in TOLD and sentence.head(head).lemma in DENYING:
        return "hypothetical"  # "calls absurd the report that it threatened Yerevan"
    if verb.dep == "pcomp":
        return _from_preposition(sentence, head)
    if verb.dep == "relcl" and _remembered(sentence, head):
        return "historical"
    if verb.dep == "acl" and verb.tag == "VBG":
        return (
            "hypothetical"
            if head.lemma in governing("nouns") and governing("nouns")[head.lemma] == "hypothetical"
            else None
        )
    return None


def _remembered(sentence: Sentence, noun: Token) -> bool:
    """Whether the noun is what people remember: "mourned those who were killed thirty years ago" is history."""
    above = sentence.head(noun)
    while above.head != above.i and (
        above.pos == "ADP" or (above.pos in {"NOUN", "PROPN"} and above.lemma in MEMORIES)
    ):
        if above.lemma in MEMORIES:
            return True
        above = sentence.head(above)
    return above.lemma in REMEMBERING


def _time_clause(sentence: Sentence, verb: Token, head: Token) -> str | None:
    marks = {t.lower for t in sentence.children(verb, "mark", "advmod")}
    if marks & {"before", "until", "till", "once", "when"}:
        main = _own_status(sentence, head)
        return main if main in {"planned", "hypothetical", "demanded"} else None
    return None


def _from_governor(sentence: Sentence, verb: Token, head: Token, bare: bool, depth: int) -> str | None:
    if head.lower == "order" and head.i and sentence.tokens[head.i - 1].lower == "in":
        return "purpose"
    if head.pos == "NOUN" and any(t.lower == "no" for t in sentence.children(head, "det")):
        return "negated"  # "there was no sign that they had shot it down"
    if not is_verb(head) and head.pos in {"ADJ", "NOUN"}:
        table = governing("verbs") if head.pos == "ADJ" else governing("nouns")
        status = table.get(head.lemma)
        if head.pos == "ADJ" and status is None:
            return (
                "planned"
                if head.lemma in {"ready", "willing", "prepared", "keen", "eager", "determined"} and bare
                else None
            )
        return status or ("purpose" if bare and head.pos == "NOUN" else None)
    own = _own_status(sentence, head)
    status = governing("verbs").get(head.lemma)
    if not bare and head.lemma in CAUSING and verb.tag in {"VB", "VBG"}:
        return _caused(sentence, head, own, depth)
    if not bare and (unreal := _held_unreal(sentence, head)):
        return unreal
    if head.lemma == "be" and bare:
        return "planned" if head.tag in {"VBZ", "VBP", "VBD"} and verb.dep in {"xcomp", "ccomp"} else "purpose"
    if head.lemma == "have" and bare and any(t.lower == "yet" for t in sentence.children(head)):
        return "negated"
    if head.lemma in {"go", "have"} and bare:
        return "planned" if head.lemma == "go" and head.tag == "VBG" else "demanded" if head.lemma == "have" else None
    if (
        own == "negated"
        and status in {"occurred", "ongoing", "planned", "hypothetical", None}
        and head.lemma not in VERBS_OF_SAYING
    ):
        return "negated"
    if head.lemma in VERBS_OF_SAYING and not bare:
        return _said(head, own)
    if status is None:
        return (
            "purpose" if bare and verb.dep in {"advcl", "xcomp"} and sentence.child(head, "dobj") is not None else None
        )
    if status in {"occurred", "ongoing"}:
        return own if own not in {"occurred", "ongoing"} else _governed(sentence, head, depth + 1) or status
    if not bare and status in {"planned", "hypothetical"} and verb.dep == "ccomp":
        return status if head.lemma in {"fear", "hope", "wish", "expect", "doubt", "suspect"} else None
    return status


def _caused(sentence: Sentence, head: Token, own: str, depth: int) -> str | None:
    """What is let or made happen: "would let prefects impose a curfew", "set up to let mayors ask", "had him shot"."""
    if own not in {"occurred", "ongoing"}:
        return own
    if _governed(sentence, head, depth + 1) == "purpose" or head.lemma == "let":
        return "hypothetical"
    return _governed(sentence, head, depth + 1)


def _held_unreal(sentence: Sentence, head: Token) -> str | None:
    """What a that-clause is held to be: "it is conceivable that", "rumour had it that"."""
    if head.lemma in LINKING:
        told = sentence.child(head, "acomp", "attr", "oprd")
        status = governing("verbs").get(told.lemma) if told is not None and told.pos == "ADJ" else None
        return status if status in UNREAL else None
    subject = sentence.child(head, "nsubj")
    return "hypothetical" if head.lemma == "have" and subject is not None and subject.lemma in HEARSAY else None


def _said(head: Token, own: str) -> str | None:
    """A that-clause under a verb of saying keeps its own status; denied it did not happen, by that voice."""
    if head.lemma == "deny":
        return "negated"
    if head.lemma == "warn":
        return None
    return "hypothetical" if head.lemma in {"believe", "think", "suggest"} and own == "negated" else None


def _from_preposition(sentence: Sentence, prep: Token) -> str | None:
    above = sentence.head(prep)
    word = prep.lower
    if word in {"without", "instead"} or (above.lower in {"short", "far"} and word in {"of", "from"}):
        return "negated"
    if word in {"on", "about", "over", "whether"} and above.lemma in UNDECIDED:
        return "hypothetical"
    if is_verb(above):
        status = governing("verbs").get(above.lemma)
        if above.lemma in {
            "accuse",
            "suspect",
            "charge",
            "blame",
            "condemn",
            "criticize",
            "criticise",
            "convict",
            "praise",
            "thank",
            "hail",
        }:
            return "hypothetical" if above.lemma in {"accuse", "suspect", "charge"} else None
        if word in {"from", "of", "on", "in", "for", "at", "against", "about"} and status not in {
            None,
            "occurred",
            "ongoing",
        }:
            return status
        if word in {"before"}:
            return _own_status(sentence, above) if _own_status(sentence, above) in {"planned", "hypothetical"} else None
        return None
    if word == "for" and above.pos == "NOUN":
        return governing("nouns").get(
            above.lemma, "purpose" if above.lemma not in {"criticism", "praise", "responsibility", "blame"} else None
        )
    return governing("nouns").get(above.lemma)


CALLED = frozenset(["strike", "rally", "protest", "march", "demonstration", "boycott", "shutdown", "hartal"])


def noun_status(sentence: Sentence, noun: Token, light: Token | None) -> str | None:
    """The status of an act told by a noun, by its adjectives, its light verb or what governs it."""
    for child in sentence.children(noun, "amod", "det", "compound", "neg", "nmod"):
        if child.lower in {"no", "zero"}:
            return "negated"
        if child.lower in governing("adjectives"):
            return governing("adjectives")[child.lower]
    if noun.lemma in CALLED and noun.dep == "dobj" and sentence.head(noun).lemma == "call":
        return "planned"  # "called a general strike for Monday"
    if light is not None:
        return verb_status(sentence, light)
    return _noun_governed(sentence, noun, 0)


def _noun_governed(sentence: Sentence, noun: Token, depth: int) -> str | None:
    head = sentence.head(noun)
    if head.i == noun.i or depth > DEPTH:
        return "occurred"
    if noun.dep in {"conj", "appos", "nmod", "compound"}:
        return noun_status(sentence, head, None) if head.pos in {"NOUN", "PROPN"} and depth < 3 else "occurred"
    if noun.dep == "pobj":
        return _noun_after_preposition(sentence, head)
    if _remembered(sentence, noun):
        return "historical"
    if is_verb(head):
        if noun.dep in {"nsubj", "nsubjpass", "csubj"}:
            status = verb_status(sentence, head)
            if noun.dep == "nsubjpass" and governing("verbs").get(head.lemma) in {
                "negated",
                "planned",
                "hypothetical",
                "demanded",
                "expected",
                "threatened",
            }:
                return (
                    governing("verbs")[head.lemma]
                    if head.lemma not in {"stop", "halt", "suspend", "oppose", "dismiss", "deny", "announce"}
                    else "occurred"
                )
            return (
                status
                if status in {"planned", "expected", "hypothetical", "negated", "ongoing", "demanded"}
                and head.lemma not in {"be"}
                else "occurred"
            )
        status = governing("verbs").get(head.lemma)
        if head.lemma in {
            "accuse",
            "announce",
            "report",
            "condemn",
            "stop",
            "halt",
            "suspend",
            "oppose",
            "reject",
            "dismiss",
            "end",
            "help",
            "see",
            "block",
        }:
            return "occurred" if head.lemma != "reject" else "hypothetical"
        return status if status is not None and status != "occurred" else "occurred"
    return "occurred"


def _noun_after_preposition(sentence: Sentence, prep: Token) -> str | None:
    above = sentence.head(prep)
    if prep.lower == "without":
        return "negated"
    if above.lemma in MEMORIES:
        return "historical"
    if is_verb(above):
        status = governing("verbs").get(above.lemma)
        if prep.lower == "for" and above.lemma in {"call", "ask", "appeal", "push", "press", "beg", "plead"}:
            return "demanded"
        if prep.lower in {"for"} and above.lemma in {"prepare", "plan", "brace", "gear", "wait"}:
            return "planned"
        if prep.lower in {"of", "about", "against"} and above.lemma in {"warn", "talk", "speak", "dream"}:
            return "hypothetical"
        if (
            prep.lower in {"from", "to", "on"}
            and status in {"negated", "planned", "hypothetical"}
            and above.lemma in {"refrain", "prevent", "agree", "commit", "abstain", "consider"}
        ):
            return status if status == "negated" else "planned"
        return "occurred"
    if above.pos in {"NOUN", "PROPN"}:
        status = governing("nouns").get(above.lemma)
        if status:
            return status
    return "occurred"


def will_not(sentence: Sentence, verb: Token) -> bool:
    """Whether the clause tells a refusal by its auxiliary: "will not halt", "would not sign"."""
    auxes = {t.lower for t in sentence.children(verb, "aux")}
    return bool(auxes & (FUTURE | {"would"})) and _negated(sentence, verb)


def content_is_negated(sentence: Sentence, verb: Token) -> bool:
    """Whether what the verb governs is told as not to be done: "promised not to use force"."""
    return any(sentence.children(clause, "neg") for _, clause in complements(sentence, verb))


def is_content_of(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether the token stands in a clause that the verb governs as its content."""
    above = {t.i for t in sentence.ancestors(token)} | {token.i}
    return any(clause.i in above for clause in content_clauses(sentence, verb))
