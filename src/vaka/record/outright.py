"""Words by which one sentence tells an outcome outright, and those that make a told deed undone, unreal or a part.

It judges words of one sentence; which promise they speak of is `verdicts.py`'s to say.
"""

from __future__ import annotations

import re
from functools import cache

from vaka.knowledge.deeds import deeds
from vaka.knowledge.following import following
from vaka.record.words import tells

CLAUSE_END = re.compile(
    r"(?i)[;:—]|,\s|\b(?:but|while|although|though|whereas|and|because|after|before|when|as|who|which|that)\b"
)
NOT = re.compile(
    r"(?i)\b(?:not|never|no|none|nobody|nothing|neither|nor|without|yet to|(?:fail|refus)(?:ed|s|es|ing)? to|instead of"
    r"|hardly|barely|far from)\b|n['’]t\b"
)
UNDONE = re.compile(
    r"(?i)\b(?:still|remains?|remained|yet to|(?:has|have|had|did|does|was|were|is|are)(?: not\b|n['’]t\b)|no sign"
    r"|no trace|nothing|nobody|none|never|not a single|not one|empty|unpaid|missing|in vain|came and went"
    r"|passed without|went by|goes on|as before"
    r"|no [a-z]+(?: [a-z]+)? (?:has|have|had|was|were|came|arrived|stands?|left))\b"
)
TAKEN_BACK = re.compile(
    r"(?i)\b(?:not|n['’]t)\b.{0,14}\bafter all\b|\bafter all\b.{0,20}\bnot\b|\bcall(?:ed|s|ing) (?:it |the \w+ )?off\b"
    r"|\bchanged (?:its|his|her|their) minds?\b|\b(?:took|takes|taken|taking) (?:it |this |that )?back\b|\bU-turn\b"
    r"|\b(?:withdrew|withdrawn|withdraws|retracted|rescinded|revoked|dropped|scrapped|abandoned|shelved|cancell?ed)"
    r" (?:the|its|his|her|their|that|this) (?:\w+ )?(?:offer|promise|pledge|word|undertaking|commitment|announcement"
    r"|invitation|plans?|scheme)\b|\b(?:went|gone|goes|going) back on\b|\bback(?:ed|s|ing) (?:out|away)\b"
    r"|\brenege[ds]? on\b|\bthought better of\b"
)
PART = re.compile(
    r"(?i)\b(?:half|a third|two[ -]thirds|a quarter|three quarters|a fifth|a tenth|a fraction|part|some) of"
    r" (?:the|its|their|his|those|them)\b|\bnot all\b|\bonly (?:some|part|half|a few|a part|a third|a quarter)\b"
    r"|\bshort of\b|\bfewer than\b|\bhalf[- ](?:empty|finished|built|full)\b"
    r"|\bthe (?:rest|remainder|remaining|others?)\b.{0,60}\b(?:still|will|would|yet|not|never|remains?|waits?|to"
    r"|missing)\b"
)


@cache
def unreal() -> re.Pattern[str]:
    """What is only said to be wanted, planned or possible."""
    return re.compile(
        r"(?i)\b(?:will|would|shall|may|might|could|should|must|can|cannot|if|unless|whether|won['’]t|den(?:y|ied|ies))"
        r"\b"
        rf"|\b(?:{deeds().wished})\w*\s+(?:\w+\s+){{0,3}}?(?:to|for)\b"
        r"|\bto\s+(?:be\s+|have\s+)?(?:\w+ly\s+)?$"
    )


def outright(text: str) -> str | None:
    """A status that the sentence says in so many words."""
    for pattern in (TAKEN_BACK, following()["withdrawn"]):
        if (match := pattern.search(text)) and not NOT.search(clause_before(text, match.start())):
            return (
                None if unreal().search(clause_before(text, match.start())) and "after all" not in text else "withdrawn"
            )
    for status in ("broken", "partly-kept", "kept"):
        match = following()[status].search(text)
        if match is None or (
            status == "kept" and (tells("denied", text) or unreal().search(clause_before(text, match.start())))
        ):
            continue
        return status
    return None


def clause_before(text: str, at: int) -> str:
    """The words of the clause before this offset."""
    ends = [match.end() for match in CLAUSE_END.finditer(text, 0, at)]
    return text[max(ends, default=0) : at]
