"""What the law asks for: who reports, about which years, until when.

Regulation on Open Government Information (国务院令第711号, in force since 2019-05-15), articles 49 and 50:
departments by 31 January, the government itself by 31 March of the next year. The regulation of 2008
(国务院令第492号, article 31) asked everybody by 31 March, and first for 2008.
"""

from __future__ import annotations

from datetime import date

FIRST_YEAR = 2008
"""The first fiscal year about which reports were due."""

REFORM = 2018
"""Most departments were renamed or merged in the reform of 2018 and 2019, after reporting about this year."""

_NEW_LAW = 2019


def due_on(year: int, *, government: bool) -> date:
    """The last day for the report about a fiscal year."""
    if government or year < _NEW_LAW:
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31)
