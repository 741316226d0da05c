"""The best rows found so far, and the bar that a further row must reach."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Places, Tenths
from refbot.matching.day import Day
from refbot.matching.index import Index
from refbot.matching.scoring import uses

_LOOKED_AT = 64  # of the best rows, to find as many accounts as are shown


class Wanted(NamedTuple):
    """How many rows are asked for, of how many different accounts, and the least fit in tenths."""

    rows: int
    accounts: int
    least_fit: int


class Scored(NamedTuple):
    """Rows with their scores, best first: score, fewest uses, least recently asked, id."""

    places: Places
    tenths: Tenths


class Found:
    """Takes in rows; `bar` is the score of the worst that is shown, -1 while there are too few."""

    def __init__(self, index: Index, day: Day, wanted: Wanted) -> None:
        self._index = index
        self._day = day
        self._wanted = wanted
        self._places: Places = np.zeros(0, np.int64)
        self._tenths: Tenths = np.zeros(0, np.int32)
        self.bar = -1

    def add(self, places: Places, fits: Tenths) -> int:
        """Take in rows that may be among the best; gives the bar that there is now."""
        tenths = fits + self._day.priors.take(places)
        kept = (tenths >= self.bar) & (fits >= self._wanted.least_fit)
        (chosen,) = kept.nonzero()
        if len(chosen):
            self._places = np.concatenate((self._places, places.take(chosen)))
            self._tenths = np.concatenate((self._tenths, tenths.take(chosen)))
            self._raise_bar()
        return self.bar

    def _raise_bar(self) -> None:
        """Set the bar to the worst of the rows that are shown by what is known so far."""
        places, tenths = self._places, self._tenths
        rows, accounts = self._wanted.rows, self._wanted.accounts
        if len(tenths) < rows:
            return
        looked_at = max(rows, _LOOKED_AT)
        if len(tenths) > looked_at:
            first = (-tenths).argpartition(looked_at)[:looked_at]
            places, tenths = places[first], tenths[first]
        order = (-tenths).argsort()
        seen: set[int] = set()
        numbers = self._index.columns["account"].take(places.take(order)).tolist()
        for at, account in enumerate(numbers):
            seen.add(account)
            if len(seen) >= accounts:
                self.bar = tenths.item(order.item(max(at, rows - 1)))
                return

    def ordered(self) -> Scored:
        """Give the rows that reach the bar, in the one order without ties."""
        (kept,) = (self._tenths >= self.bar).nonzero()
        places, tenths = self._places.take(kept), self._tenths.take(kept)
        if len(kept) == len(set(tenths.tolist())):  # nothing else is needed to tell them apart
            order = (-tenths).argsort()
        else:
            order = _order(self._index, self._day, places, tenths)
        return Scored(places.take(order), tenths.take(order))


def _order(index: Index, day: Day, places: Places, tenths: Tenths) -> NDArray[np.int64]:
    """Order by score, then fewest uses, then least recently asked, then id."""
    columns = index.columns
    keys = (
        columns["reference_id"].take(places),
        columns["asked"].take(places),
        columns["last_asked"].take(places),
        uses(columns, places, day.as_of),
        -tenths,
    )
    return np.lexsort(keys)
