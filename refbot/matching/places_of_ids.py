"""Where the row of an id stands: a sorted array, and a dictionary of what came later."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_MOST_SMALL = np.iinfo(np.uint32).max


class Places:
    """Finds the place of an id in a column of ids; small for a million, quick for a few more."""

    def __init__(self) -> None:
        self._ids: NDArray[Any] = np.zeros(0, np.uint32)
        self._at: NDArray[np.int32] | None = None  # none where the rows stand in order of id
        self._later: dict[int, int] = {}

    def of(self, wanted: int, column: Ids) -> int | None:
        """Give the place of an id, None when it has none."""
        later = self._later.get(wanted)
        if later is not None or not len(self._ids):
            return later
        if not 0 < wanted <= self._ids[-1]:
            return None
        at = int(np.searchsorted(self._ids, self._ids.dtype.type(wanted)))
        if self._ids[at] != wanted:
            return None
        place = at if self._at is None else int(self._at[at])
        return place if column[place] == wanted else None

    def add(self, wanted: int, place: int) -> None:
        """Note a new place."""
        self._later[wanted] = place

    def drop(self, wanted: int) -> None:
        """Forget a place; in the sorted array its row no longer bears the id."""
        self._later.pop(wanted, None)

    def settle(self, column: Ids) -> None:
        """Move all into the sorted array; of an id that stands twice the last place counts."""
        if not len(column) or (column[1:] > column[:-1]).all():
            ids, self._at = column, None
        else:
            order = np.argsort(column, kind="stable").astype(np.int32)
            ids = column[order]
            last = np.append(ids[1:] != ids[:-1], [True])
            ids, self._at = ids[last], order[last]
        small = not len(ids) or ids[-1] <= _MOST_SMALL
        self._ids = ids.astype(np.uint32 if small else np.int64)
        self._later = {}
