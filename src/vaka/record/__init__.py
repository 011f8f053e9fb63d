"""The record room: keeps coded pages in one SQLite file, merges, follows and answers; it codes nothing itself.

Only this room speaks SQL.
"""

from vaka.record.query import Filters
from vaka.record.store import AddResult, Record
from vaka.record.verify import Problem

__all__ = ["AddResult", "Filters", "Problem", "Record"]
