"""Vaka reads news reports and keeps a cited record of a crisis.

    import vaka
    page = vaka.code("Troops shelled the town on Monday.", published="2014-08-19")
    for event in page.events:
        print(event.type, event.trigger.text)

The names below are all that is public; each loads its part of Vaka at first use, so that importing stays instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaka.api import code, read
    from vaka.engine import Engine
    from vaka.errors import VakaError
    from vaka.record.store import Record
    from vaka.types import (
        Actor,
        Article,
        Basis,
        Cause,
        Event,
        Issue,
        Page,
        Place,
        Pledge,
        Quantity,
        Quote,
        Span,
        Time,
        Zone,
    )  # fmt: skip

__version__ = "0.1.0"
_HOMES = {
    "code": "vaka.api",
    "read": "vaka.api",
    "Engine": "vaka.engine",
    "Record": "vaka.record.store",
    "VakaError": "vaka.errors",
}
__all__ = [
    "Actor", "Article", "Basis", "Cause", "Engine", "Event", "Issue", "Page", "Place", "Pledge", "Quantity", "Quote",
    "Record", "Span", "Time", "VakaError", "Zone", "code", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'vaka' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "vaka.types")), name)
