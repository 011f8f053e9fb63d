"""Guesses the genre of a report from its address, section, title and set phrases; None wherever that is unsure."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urlsplit

from vaka.knowledge.domains import uncoded

SECTIONS = {
    word: genre
    for genre, words in {
        "opinion": "opinion opinions commentisfree op-ed op-eds oped editorial editorials columns columnists "
        "commentary "
        "letters viewpoint leaders",
        "live": "live live-news liveblog live-blog live-updates livestory",
        "sport": "sport sports football cricket soccer nba nfl nhl mlb rugby tennis golf formula1 athletics boxing "
        "hockey ice-hockey basketball baseball volleyball cycling motorsport olympics wrestling",
        "analysis": "analysis explainer explainers explained news-analysis",
        "other": "recipes food-and-drink horoscopes horoscope crosswords fashion lifestyle shopping obituaries "
        "tv-and-radio "
        "reviews movies celebrity games travel puzzles",
        "news": "news world politics africa asia europe middle-east mideast americas latin-america",
    }.items()
    for word in words.split()
}  # fmt: skip
_RANK = ("live", "opinion", "analysis", "sport", "other", "news")
"""Which section wins where an address names several (/news/live/…, /world/opinion/…)."""

_TITLE = (
    ("opinion", re.compile(r"(?:opinion|op-?ed|editorial|commentary|letters?|viewpoint)\s*[|:–—-]\s", re.IGNORECASE)),
    ("opinion", re.compile(r".*\s[|–—-]\s(?:opinion|editorial|op-?ed)$", re.IGNORECASE)),
    (
        "analysis",
        re.compile(r"(?:news |)(?:analysis|explainer|explained|factbox|timeline|q&a)\s*[|:–—-]\s", re.IGNORECASE),
    ),
    ("live", re.compile(r"(?:live(?: updates?| blog)?|updates|as it happened)\s*[|:–—-]\s", re.IGNORECASE)),
    ("live", re.compile(r".*[|:–—-]\s*(?:live(?: updates?| blog)?|as it happened)$", re.IGNORECASE)),
    ("live", re.compile(r".*\blive updates\b", re.IGNORECASE)),
)
_SET_PHRASES = (
    (
        "opinion",
        re.compile(
            r"\b(?:views|opinions) expressed (?:in this (?:article|column|piece|commentary)|here|"
            r"are those of the author)"
            r"|^\W*(?:opinion|op-ed|editorial|commentary)\W*$",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "live",
        re.compile(
            r"\b(?:this live blog|our live coverage (?:has|is) (?:ended|now closed)|live updates below)\b",
            re.IGNORECASE,
        ),
    ),
)
_STAMP = re.compile(
    r"^[ \t]*\d{1,2}[:.]\d\d[ \t]*(?:GMT|UTC|BST|EST|ET|CET|IST|[ap]\.?m\.?)?\b(?!.*\d{1,2}[:.]\d\d)", re.MULTILINE
)
_WIRE = re.compile(
    r"\((?:[Rr]eporting|[Ww]riting|[Aa]dditional reporting) by\b|^[A-Z][\w .,'/-]{2,60}\((?:Reuters|AP|AFP|Xinhua)\)\s",
    re.MULTILINE,
)
_SCORE = re.compile(
    r"\b(?:won|beat|beaten|lost|drew|draw|defeated|victory|win|defeat|lead|led|score[sd]?)\b[^.]{0,60}?\b\d{1,3}[-–]\d{1,3}\b"
)
_LEAGUE = re.compile(
    r"\b(?:premier league|champions league|world cup|la liga|serie a|bundesliga|grand slam|super bowl|play-?offs?|"
    r"quarter-?finals?|"
    r"semi-?finals?|midfielder|striker|goalkeeper|quarterback|touchdowns?|innings|wickets?|test match|batsman|bowler|"
    r"the ashes|grand prix|pole position|medal|coach|penalty|half-time|kick-off|home run|pitcher|tie-?break|season|"
    r"fixture|"
    r"relegation|transfer window|free kick|hat-trick|nba|nfl|nhl|mlb|fifa|uefa)\b",
    re.IGNORECASE,
)
SPORT_WORDS = 3
"""Different words of sport that make a report one of sport."""
_VIOLENCE = re.compile(
    r"\b(?:killed|dead|died|riots?|police|bomb\w*|stampede|crush|protest\w*|arrest\w*|troops|attack(?:ed|ers)|sanction\w*|"
    r"minister|government)\b",
    re.IGNORECASE,
)


def guess(text: str, title: str | None = None, url: str | None = None, sections: tuple[str, ...] = ()) -> str | None:
    """One of news, opinion, analysis, live, sport, other; None where the marks are missing or disagree."""
    if title:
        for genre, form in _TITLE:
            if form.match(title):
                return genre
    named = {SECTIONS[part] for part in (*_path_parts(url), *map(_slug, sections)) if part in SECTIONS}
    for genre in _RANK:
        if genre in named:
            return genre
    return _by_text(text)


def _path_parts(url: str | None) -> tuple[str, ...]:
    """Host labels and folders of the address; the last part is the report's own slug and says nothing sure."""
    if not url:
        return ()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    host = (parts.hostname or "").split(".")
    return (*host[:-2], *(part.lower() for part in parts.path.split("/")[:-1]))


def _slug(section: str) -> str:
    return "-".join(section.lower().split())


def _by_text(text: str) -> str | None:
    sample = text[:20_000]
    edges = f"{sample[:400]}\n{text[-600:]}"
    for genre, form in _SET_PHRASES:
        if form.search(edges):
            return genre
    # Three lines that open on a time of day are a running log; two also happen in a programme of events.
    if len(_STAMP.findall(sample)) >= 3:
        return "live"
    if len(_sport_words(sample)) >= SPORT_WORDS:
        return "sport"
    words = {found.lower() for found in _LEAGUE.findall(sample)}
    if len(words) >= 3 and _SCORE.search(sample):
        # Violence at a stadium is news that speaks the language of sport.
        return None if len(set(map(str.lower, _VIOLENCE.findall(sample)))) >= 2 else "sport"
    return "news" if _WIRE.search(edges) else None


def _sport_words(text: str) -> set[str]:
    """Words that hardly stand anywhere but in reports of sport (data/lexicon/domains.yml)."""
    words = re.findall(r"[a-z][a-z-]+", text.lower())
    pairs = (f"{a} {b}" for a, b in pairwise(words))
    known = uncoded()
    return {word for word in (*words, *pairs) if word in known and known[word][0] == "sport"}
