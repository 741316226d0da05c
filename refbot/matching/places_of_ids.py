"""Where the row of an id stands: a table by id, and a dictionary of what came later."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_SPARSE = 4  # ids for each row, and a table by id is no longer small
_NOWHERE = -1


class Places:
    """Finds the place of an id in a column of ids; small for a million, quick for a few more."""

    def __init__(self) -> None:
        self._at: NDArray[np.int32] = np.zeros(0, np.int32)  # by id
        self._later: dict[int, int] = {}

    def of(self, wanted: int, column: Ids) -> int | None:
        """Give the place of an id, None when it has none."""
        later = self._later.get(wanted)
        if later is not None or not 0 <= wanted < len(self._at):
            return later
        place = self._at.item(wanted)
        return place if place != _NOWHERE and column[place] == wanted else None

    def add(self, wanted: int, place: int) -> None:
        """Note a new place."""
        self._later[wanted] = place

    def drop(self, wanted: int) -> None:
        """Forget a place; in the table its row no longer bears the id."""
        self._later.pop(wanted, None)

    def settle(self, column: Ids) -> None:
        """Move all into the table; of an id that stands twice the last place counts."""
        room = int(column.max(initial=0)) + 1
        if room > _SPARSE * (len(column) + 1):
            self._at = np.zeros(0, np.int32)
            self._later = {wanted: place for place, wanted in enumerate(column.tolist())}
            return
        self._at = np.full(room, _NOWHERE, np.int32)
        self._at[column] = np.arange(len(column), dtype=np.int32)
        self._later = {}
