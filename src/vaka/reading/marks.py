"""The phrases by which newsrooms mark what is not the story: promos, credits, bylines, widgets, datelines, headers.

Each pattern sees one line or paragraph, stripped; none sees the whole text. Whatever no pattern knows is left to the
shape of the text (zones.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vaka.reading.dates import iso_date

AGENCY = (
    r"(?:AFP|Agence France-Presse|AP|Associated Press|The Associated Press|AP Photo|Reuters|REUTERS|EPA(?:-EFE)?|EFE|"
    r"Getty(?: Images)?|iStock|Shutterstock|Alamy|Anadolu(?: Agency)?|AA|Xinhua|TASS|Tass|ITAR-TASS|Itar-Tass|Interfax|"
    r"RIA Novosti|Sputnik|PTI|ANI|IANS|UPI|DPA|dpa|ANSA|Kyodo|Yonhap|Bernama|Antara|BBC|CNN|Al Jazeera|TRT ?World|NAN|"
    r"APP|BSS|UNB|SANA|WAFA|IRNA|MENA|QNA|KUNA|SPA|VOA|RFE/RL|Bloomberg|Handout|[A-Z]\w+ Agency|News Agency|Agencies|"
    r"agencies)"
)
_PERSON = r"(?:[A-Z][\w.'’-]+(?:\s+(?:(?:al|bin|de|van|der|von|el)[ -])?[A-Z][\w.'’-]*){1,3})"
_MAKER = rf"(?:{AGENCY}|{_PERSON}|[Ff]ile(?: [Pp]hoto)?|FILE|[Pp]ool|POOL|[Vv]ia|[Hh]andout)"
_MAKERS = rf"{_MAKER}(?:\s*(?:/|\||,|–|—|-|\bvia\b|\band\b|\bfor\b)\s*{_MAKER})*"
_PHOTO = r"(?:[Pp]hoto(?:graph|s)?|PHOTO|[Ii]mages?|[Pp]ictures?|[Cc]redits?|[Ii]llustration|[Vv]ideo|[Cc]ourtesy)"
_STAMP = rf"{_PHOTO}(?:\s+(?:[Cc]redit|[Ss]ource|[Cc]ourtesy))?"

CREDIT = re.compile(
    rf"[\[(]?\s*(?:"
    rf"{AGENCY}(?:\s*(?:/|\||,|–|—|-|\bvia\b|\band\b|\bfor\b)\s*{_MAKER})*"
    rf"|{_MAKERS}\s*[/|]\s*{AGENCY}(?:\s*/\s*{_MAKER})*"
    rf"|{_STAMP}\s*(?::|\bby\b|\bof\b|,|—)\s*(?:by\s+)?{_MAKERS}"
    rf"|(?:Image|Photo|Picture)\s*(?:source|credit|copyright)s?\s*[:,]?\s+[^.!?]{{2,60}}"
    rf"|[Ss]ources?:\s*{_MAKERS}"
    rf"|(?:FILE|File) (?:PHOTO|[Pp]hoto|[Ii]mage|[Pp]icture)(?:\s*[:/-]\s*{_MAKERS})?"
    rf"|©\s*{_MAKERS}|Courtesy(?: of)?:?\s+[A-Z][^.!?]{{2,50}}|Handout(?:\s+via\s+{AGENCY})?"
    rf")\s*[\])]?\.?"
)
CREDIT_TAIL = re.compile(
    rf"(?<=[\s.!?\"”’'])(?:[\[(]\s*(?:{_MAKERS}|{_STAMP}\s*(?::|by)\s*{_MAKERS}|AP Photo/[^)\]]{{2,60}})\s*[\])]"
    rf"|(?:REUTERS|AFP|AP Photo|EPA|Getty)/{_MAKERS}(?:\s*/\s*{_MAKER})*"
    rf"|{_STAMP}:\s*{_MAKERS})\s*\.?$"
)
"""A credit that closes a caption: (AP Photo/…), [Agency], REUTERS/Name."""
CAPTION_HEAD = re.compile(
    r"(?:(?:FILE PHOTO|File photo|FILE|Caption|PHOTO|Photo|Pictured)\s*[:,–—-]\s+"
    r"|(?:Image|Media|Photo) caption\s*[:,–—-]?\s+)"
)
_CREDIT_HEAD = re.compile(r"(?:FILE PHOTO|File photo|FILE)\s*[:–—-]")

_LEAD = r"[\[(•►▶»>*·–—\s-]*"
PROMO_HEAD = re.compile(
    _LEAD
    + r"(?:read more|more on this(?: story)?|read also|also read|related(?: stories| articles| news| topics| coverage| "
    r"content| links)?|more from .{2,40}|recommended(?: stories| for you)?|must reads?|most (?:read|popular)|"
    r"trending(?: now)?|"
    r"editor'?s'? picks?|you (?:may|might) also like|further reading|more stories|top stories|what to read next|"
    r"see also|"
    r"keep reading)\s*:?\s*[\])]?",
    re.IGNORECASE,
)
PROMO = re.compile(
    _LEAD
    + r"(?:(?:read more|read also|also read|read(?: the)? full(?: story)?|more|related(?: stor(?:y|ies)| articles?)?|"
    r"see also|"
    r"watch(?: live| now| more)?|listen(?: now)?|must read|don'?t miss|recommended|in pictures|from the archives?)\s*"
    r"[:|»→–—]\s*\S"
    r"|(?:READ|WATCH|ALSO READ|READ MORE|RELATED|SEE ALSO|LISTEN)\s*[:|–—-]?\s+\S"
    r"|(?:subscribe|sign up|register)\s+(?:now|here|today|to|for|free)\b.{0,200}"
    r"|(?:.{0,80}\b)?(?:our|free|daily|weekly|morning)\s+(?:\w+\s+){0,3}newsletters?\b.{0,120}"
    r"|(?:follow|like|find|join|add) us (?:on|at)\b.{0,150}|follow .{2,40} on (?:twitter|x|facebook|instagram|"
    r"telegram|google news)\b.{0,80}"
    r"|(?:join|follow) (?:our|the) .{0,40}(?:whatsapp|telegram|channel|community)\b.{0,100}"
    r"|(?:download|get) (?:our|the) .{0,30}\bapp\b.{0,100}|click here\b.{0,160}|tap here\b.{0,120}"
    r"|support (?:our|independent) journalism\b.{0,160}|(?:donate|become a (?:member|subscriber))\b.{0,120}"
    r"|for (?:more|the latest) .{0,60}(?:visit|follow|click|subscribe)\b.{0,120}"
    r"|(?:get|receive) .{0,60}(?:in|to) your inbox\b.{0,80}|already a subscriber\b.{0,60})[\])]?",
    re.DOTALL,
)
_PROMO_ANY_CASE = re.compile(
    PROMO.pattern.replace("(?:READ|WATCH|ALSO READ|READ MORE|RELATED|SEE ALSO|LISTEN)", "(?!)"), re.I | re.S
)
BOILERPLATE = re.compile(
    r"(?:loading\W*|please wait\W*|advertis(?:e)?ments?|ads?|sponsored(?: content)?|promoted|\W*(?:story|"
    r"article) continues below.{0,60}|"
    r"continue reading\b.{0,60}|show (?:more|less)|load more\b.{0,20}|view (?:all|more|comments|gallery)|"
    r"(?:share|tweet|print|e-?mail|save|copy link|bookmark|facebook|twitter|whatsapp|telegram|linkedin|reddit|"
    r"messenger|pinterest|"
    r"instagram|x|comments?|close|menu|search|home|log ?in|sign in|listen|play(?: video)?|pause|mute|video|gallery|"
    r"photos?|"
    r"text size|font size|toggle \w+|a\+?|a-)(?:[\s,|/•·]+(?:share|tweet|print|e-?mail|save|copy link|facebook|"
    r"twitter|whatsapp|"
    r"telegram|linkedin|reddit|messenger|pinterest|x|comments?|link))*|"
    r"(?:share|send) (?:this|on|via|to|with)\b.{0,60}|leave a (?:comment|reply)|post a comment|\d+ comments?|"
    r"\d+ shares?|"
    r"skip to (?:main )?content|back to top|jump to .{1,30}|scroll (?:down|to) .{0,40}|"
    r".{0,80}\b(?:we|site|website) uses? cookies\b.{0,300}|(?:accept|reject|manage)(?: all)?(?: cookies)?|"
    r"cookie (?:policy|settings|notice)|"
    r"(?:privacy policy|terms (?:of use|and conditions|of service)|contact us|about us|our standards\b.{0,120})|"
    r"(?:©|\(c\)|copyright\b\s*(?:©|\(c\)|:|\d{4}|by\b|belongs|notice)).{0,200}|.{0,160}\ball rights reserved\b.{0,80}|"
    r"this (?:material|content|article|story) (?:may not be|was originally|was first|has been (?:updated|corrected|"
    r"republished)|is republished)"
    r"\b.{0,300}|.{0,40}\bthe (?:views|opinions) expressed\b.{0,300}|(?:tags|topics|filed under|keywords)\s*:.{0,200}|"
    r"(?:\d+|one|two|five) min(?:ute)?s?(?: read| ago|)|(?:about )?\d+ (?:hours?|days?) ago|page \d+ of \d+|"
    r"listen to (?:this )?(?:article|story)\b.{0,40}|"
    r"(?:ends?|-?30-?|\(?ends\)?)|https?://\S+|www\.\S+|\S+@\S+\.\w+|[^\w\s](?:\s*[^\w\s])*)",
    re.IGNORECASE | re.DOTALL,
)
SIGN_OFF = re.compile(
    r"[(\[]?\s*(?:(?:(?:additional )?(?:reporting|writing|editing|compiled|translated|with (?:additional )?reporting|"
    r"edited|written|produced|graphics?)\s+by)|with (?:inputs?|agency inputs|files|reporting) from|"
    r"with agency inputs)\b.{0,400}",
    re.IGNORECASE | re.DOTALL,
)
"""(Reporting by …; Editing by …): who made the report, not what happened."""
BYLINE = re.compile(
    rf"(?:(?:(?:[Bb]y|BY|Written by|Story by|Text by|From(?=\s+our))\s+(?:our\s+.{{3,60}}|{_PERSON}|[A-Z][A-Z.'’ -]+|"
    rf"{AGENCY}|(?:[Aa] )?[Ss]taff .{{2,30}}))"
    rf"(?:\s*(?:,|\||and|&|/|–|—|-|•|·|\bin\b)\s*[^.!?]{{0,60}})*"
    rf"|(?:[Oo]ur|OUR|[Ss]taff|STAFF|[Ss]pecial|SPECIAL)\s+(?:[\w ]{{0,20}})?(?:[Cc]orrespondents?|CORRESPONDENTS?|"
    rf"[Rr]eporters?|REPORTERS?|[Ww]riters?)"
    rf"|[Ss]pecial to .{{3,40}}|(?:News|Web|World|Digital) (?:[Dd]esk|[Tt]eam)|{_PERSON},?\s+(?:in|BBC|CNN|"
    rf"{AGENCY})\b[^.!?]{{0,30}}"
    rf"|{_PERSON},\s+(?:[\w ]+ )?(?:[Cc]orrespondent|[Ee]ditor|[Rr]eporter|[Ss]taff [Ww]riter))"
)
_DATE_LABEL = re.compile(
    r"(?:(?:first )?(?:published|posted|updated|last (?:updated|modified)|modified|date|issued|this (?:story|"
    r"article) is "
    r"from)(?: (?:on|at))?\s*:?)\s*",
    re.IGNORECASE,
)
HEADER_LINE = re.compile(
    r"(?P<name>title|headline|date|published|source|url|link|language|byline|author|"
    r"section)[ \t]*:[ \t]*(?P<value>[^\r\n]*)",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WHEN = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
)
_CITY = r"[A-Z\u00c0-\u00de][\w.'’-]*(?:[ /-](?:(?:de|of|al|el|es|and|la)[ -])?[A-Z\u00c0-\u00de][\w.'’-]*){0,3}"
_UPPER = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’-]+(?:[ /-][A-Z\u00c0-\u00de.'’-]+){0,3}"
_BY_AGENCY = rf"\(\s*{AGENCY}\s*\)"
_BY = rf"\(\s*(?:{AGENCY}|[A-Z][\w.&/-]{{1,20}}(?: [A-Z][\w.&/-]{{1,20}})?)\s*\)"
_DASH = r"\s*(?:-{1,3}|–|—)\s+(?=[\w\"“‘'$£€])"
DATELINE = re.compile(
    rf"(?:{_CITY}(?:,\s+{_CITY})?(?:,\s+{_WHEN}|\s+{_WHEN})?(?:\s*{_BY}\s*(?:{_DASH}|:\s+)|\s*{_BY_AGENCY}\s+(?=[A-Z]))"
    rf"|{_CITY}(?:,\s+{_CITY})?,\s+{_WHEN}(?:{_DASH}|\s*:\s+)"
    rf"|(?P<caps>{_UPPER})(?:,\s+{_CITY})?(?:\s*(?:–|—|--)\s*(?=[\w\"“‘'$£€])|\s+-\s+(?=[\w\"“‘'$£€]))"
    rf"|(?P<colon>{_UPPER}):\s+(?=[A-Z\"“‘'])"
    rf"|\((?:{AGENCY})\)\s*(?:{_DASH}|(?=[A-Z])))"
)
LONE_DATELINE = re.compile(rf"{_CITY}(?:,\s+{_CITY})?(?:,\s+{_WHEN})?\s*{_BY_AGENCY}\s*(?:-|–|—)?")
"""A dateline on a line of its own."""
_NO_CITY = re.compile(
    r"(?:NATO|NASA|OPEC|ASEAN|UN|EU|US|U\.S\.|UK|IMF|WHO|CIA|FBI|BREAKING|UPDATE|EXCLUSIVE|WATCH|READ|NOTE|WARNING|"
    r"CORRECTION|LIVE|"
    r"OPINION|ANALYSIS|DEAR|EXPLAINER|FACTBOX|TIMELINE|VIDEO|PHOTOS?|RELATED|FILE|ALSO READ|READ MORE|Q|A|"
    r"[A-Z])(?: .*)?"
)


def dateline(words: str) -> int:
    """How many characters at the head of a paragraph are its dateline; 0 where there is none."""
    found = DATELINE.match(words)
    if not found:
        return 0
    city = found["caps"] or found["colon"]
    if city and _NO_CITY.fullmatch(city):
        return 0
    return found.end()


def is_date_line(words: str) -> bool:
    """A line that holds a publication date and nothing else."""
    label = _DATE_LABEL.match(words)
    rest = words[label.end() if label else 0 :]
    return (
        len(words) <= 80
        and bool(rest)
        and (iso_date(rest) is not None or bool(label and re.match(rf"{_WHEN}\b", rest)))
    )


def is_promo(words: str) -> bool:
    return len(words) <= 400 and bool(PROMO.match(words) or _PROMO_ANY_CASE.match(words) or PROMO_HEAD.fullmatch(words))


def credit_head(words: str) -> int:
    """How many characters of a caption's head only credit an archive picture (`FILE PHOTO:`)."""
    found = _CREDIT_HEAD.match(words)
    return found.end() if found else 0


LONE_MARKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("credit", lambda words: len(words) <= 160 and CREDIT.fullmatch(words)),
    ("promo", is_promo),
    ("boilerplate", lambda words: len(words) <= 500 and (BOILERPLATE.fullmatch(words) or SIGN_OFF.fullmatch(words))),
)
"""What a paragraph is by its words alone, wherever it stands; the first that fits."""
