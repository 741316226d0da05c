"""Where the row of an id stands: a sorted array, and a dictionary of what came later."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


class Places:
    """Finds the place of an id in a column of ids; small for a million, quick for a few more."""

    def __init__(self) -> None:
        self._ids: Ids = np.zeros(0, np.int64)
        self._at: NDArray[np.int32] = np.zeros(0, np.int32)
        self._later: dict[int, int] = {}

    def of(self, wanted: int, column: Ids) -> int | None:
        """Give the place of an id, None when it has none."""
        later = self._later.get(wanted)
        if later is not None or not len(self._ids):
            return later
        at = int(np.searchsorted(self._ids, wanted))
        if at == len(self._ids) or self._ids[at] != wanted:
            return None
        place = int(self._at[at])
        return place if column[place] == wanted else None

    def add(self, wanted: int, place: int) -> None:
        """Note a new place."""
        self._later[wanted] = place

    def drop(self, wanted: int) -> None:
        """Forget a place; in the sorted array its row no longer bears the id."""
        self._later.pop(wanted, None)

    def settle(self, column: Ids) -> None:
        """Move all into the sorted array; of an id that stands twice the last place counts."""
        order = np.argsort(column, kind="stable").astype(np.int32)
        ids = column[order]
        last = np.append(ids[1:] != ids[:-1], [True]) if len(ids) else np.zeros(0, np.bool_)
        self._ids, self._at, self._later = ids[last], order[last], {}
