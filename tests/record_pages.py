"""Hand-made pages for the record's tests: a bombing in 2015, an earthquake in 1999, a withdrawal in 2005."""

from __future__ import annotations

from builders import PageBuilder, report

from vaka.record import Record
from vaka.types import Page

QUAKE = (
    "An earthquake struck north-western Turkey before dawn on Tuesday while most people slept.\n"
    "Blocks of flats fell in Izmit, Golcuk and Yalova, and a refinery near Izmit caught fire.\n"
    "Officials put the dead at {dead}, and said that many more lay under the ruins.\n"
    "Rescue teams from Greece, Germany and Israel were on their way to the stricken towns.\n"
    "Electricity and telephones failed as far away as Istanbul, where people spent the night in parks."
)


def bombing(name: str, dead: str, count: int, published: str, source: str, words: str = "") -> Page:
    body = f"Bombs at an election rally in Diyarbakır on 5 June killed {dead} people.\n{words or source}."
    draft = report(name, body, title=f"{dead} die in Diyarbakır", published=published, source=source)
    draft.event(
        "ASSAULT",
        "Bombs",
        modes=("explosives",),
        recipients=(draft.actor("people", "People of Turkey", "TUR", kind="population", sectors=("CVL",)),),
        when=draft.time("5 June", "2015-06-05"),
        where=draft.place("Diyarbakır", "TUR", nth=1, geonameid=316541, admin1="21"),
        magnitude={"dead": (count, count, f"{dead} people")},
    )
    return draft.page()


def quake(name: str, dead: str, count: int, published: str, source: str, *, opening: str = "", more: str = "") -> Page:
    draft = report(name, opening + QUAKE.format(dead=dead) + more, published=published, source=source, genre="news")
    draft.event(
        "DISASTER",
        "earthquake",
        modes=("quake",),
        recipients=(draft.actor("Turkey", "Turkey", "TUR", kind="government", sectors=("GOV",)),),
        when=draft.time("Tuesday", "1999-08-17"),
        where=draft.place("Izmit", "TUR", geonameid=745028),
        magnitude={"dead": (count, count, dead)},
    )
    return draft.page()


def promise(name: str = "promise", published: str = "2005-04-03") -> Page:
    body = (
        "Syria promised the United Nations to pull its last troops out of Lebanon by 30 April.\n"
        '"The withdrawal will be complete," said Farouk al-Sharaa.\n'
        "The pledge followed the killing of Rafik Hariri."
    )
    draft = report(name, body, title="Syria sets a date", published=published, source="Levant Post")
    syria = draft.actor("Syria", "Syria", "SYR", kind="government", sectors=("GOV",), nth=1)
    lebanon = draft.actor("Lebanon", "Lebanon", "LBN", kind="government", sectors=("GOV",))
    sharaa = draft.actor("Farouk al-Sharaa", country="SYR", kind="person", sectors=("GOV",), role="foreign minister")
    quote = draft.quote("The withdrawal will be complete", sharaa, "said")
    agree = draft.event("AGREE", "promised", actors=(syria,), recipients=(lebanon,), said_by=quote.id)
    draft.pledge(
        "pull its last troops out of Lebanon by 30 April",
        syria,
        lebanon,
        act="RETREAT",
        due=draft.time("30 April", "2005-04-30"),
        event=agree.id,
    )
    draft.cause("the killing of Rafik Hariri", "The pledge", "followed")
    return draft.page()


def retreat(name: str, sentence: str, published: str, *, status: str = "occurred", trigger: str = "withdrew") -> Page:
    draft = report(name, sentence, published=published, source="Cedar Daily")
    draft.event(
        "RETREAT",
        trigger,
        status=status,
        modes=("withdraw",),
        actors=(draft.actor("Syria", "Syria", "SYR", kind="government", sectors=("GOV",)),),
        recipients=(draft.actor("Lebanon", "Lebanon", "LBN", kind="government", sectors=("GOV",)),),
    )
    return draft.page()


def statement(name: str, sentence: str, trigger: str, kind: str, published: str, source: str = "Agency") -> PageBuilder:
    """A report of one act by Turkey towards Kazakhstan."""
    draft = report(name, sentence, published=published, source=source)
    turkey = draft.actor("Ankara", "Turkey", "TUR", kind="government", sectors=("GOV",))
    kazakhstan = draft.actor("Kazakhstan", "Kazakhstan", "KAZ", kind="government", sectors=("GOV",))
    draft.event(kind, trigger, actors=(turkey,), recipients=(kazakhstan,))
    return draft


def crisis() -> list[Page]:
    """A mixed set: copies, an update, numbers that disagree, a promise and its fulfilment."""
    return [
        bombing("post-1", "two", 2, "2015-06-05", "Bosphorus Post"),
        bombing("tribune-1", "four", 4, "2015-06-06", "Danube Tribune", "The party called for calm."),
        quake("wire-1", "2,000", 2000, "1999-08-17", "Marmara Wire"),
        quake("paper-1", "2,000", 2000, "1999-08-18", "Coast Paper", opening="ISTANBUL (Marmara Wire) - "),
        quake("wire-2", "3,500", 3500, "1999-08-18", "Marmara Wire", more="\nThe toll rose during the night."),
        promise(),
        retreat("done", "Syria withdrew its last troops from Lebanon, completing the pull-out.", "2005-04-26"),
        statement(
            "a-1", "Ankara praised Kazakhstan for its calm on Tuesday.", "praised", "SUPPORT", "2022-01-11"
        ).page(),
    ]


def clock() -> str:
    return "2026-01-01T00:00:00+00:00"


def fill(record: Record, pages: list[Page]) -> Record:
    for page in pages:
        record.add(page)
    record.refresh()
    return record


def dump(record: Record) -> list[str]:
    return list(record.db.iterdump())
