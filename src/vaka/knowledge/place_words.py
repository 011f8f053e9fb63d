"""Words that say that a name is a place's: kinds of places before, behind and inside it."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SETTLED = words(
    "village villages town towns city cities hamlet hamlets settlement settlements suburb suburbs district districts "
    "neighbourhood neighbourhoods neighborhood neighborhoods quarter quarters township townships municipality "
    "municipalities commune communes parish parishes island islands islet islets province provinces region regions "
    "governorate governorates county counties state enclave prefecture subdistrict port oasis locality localities ward "
    "townlet borough boroughs"
)
"""Kinds of places that "of" joins to their names, and that stand behind them."""
SMALL = words("village town hamlet township suburb island camp valley")
"""Kinds that a people's name stands before less often than a place's own."""
BEHIND = words(
    "area areas valley mountain mountains junction crossing checkpoint airport airfield airbase camp lga sector river "
    "peninsula plateau plain plains forest gorge pass reef shoal atoll lagoon heights hills crossroads strip"
)
"""Kinds that stand behind a name only: a sector of the economy, an area of concern are no places."""
CAPITAL = words(
    "Airport Airfield Airbase Bridge Station Quarter Farms Fields Camp Strip River Dam Junction Crossing Checkpoint "
    "Square Hospital Prison Barracks Market Stadium Highway Hill Hills Heights Mountain Mountains Lake Reef Shoal "
    "Village Town District Governorate Province Region County Prefecture Subdistrict Township Municipality Valley "
    "Island Islands Peninsula Gorge Pass Forest Desert Bay Gulf Strait Avenue Street Boulevard Road Mosque Cathedral "
    "Basilica Monastery Park"
)
"""Last words of the names of sites and of divisions."""
OPENING = words(
    "Mount Mt Mt. Lake Cape Fort Tal Tall Tell Jabal Jebel Djebel Kafr Kfar Kafar Wadi Deir Dayr Khirbet Bani Beni Ain "
    "Ayn Umm Ras Nahr Route Highway Puerto Villa Cerro Rio Nova Nizhny Verkhny Novy Kampong Kuala Gunung Muang"
)
"""First words of place names."""
