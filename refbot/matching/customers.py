"""The accounts of the pool, kept small: names in one piece, hashes to find them by."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.block import Block
from refbot.matching.names import cleaned_name
from refbot.matching.places_of_ids import Places
from refbot.matching.table import Interned, Table

Numbers = NDArray[np.int64]
_TYPES: dict[str, Any] = {
    "account_id": np.int64,
    "name_key": np.int64,
    "name_at": np.uint32,
    "name_length": np.uint16,
    "mask": np.int32,
    "hidden": np.int32,
}
_LONGEST_NAME = 65_535
_Account: TypeAlias = tuple[int, str, str | None, tuple[str, ...]]  # id, name, mask, hidden from


class Customers:
    """Accounts by number. One whose name or rules changed gets a new number."""

    def __init__(self) -> None:
        self._table = Table(_TYPES)
        self._names = bytearray()
        self._masks = Interned(None)
        self._hidden = Interned(())
        self._numbers = Places()

    def numbers(self, block: Block) -> list[int]:
        """Give the numbers of the references' accounts; equal ones are looked at once."""
        known: dict[_Account, int] = {}
        numbers = []
        rows = zip(block.account_id, block.account, block.mask, block.never_shown_to, strict=True)
        for account in rows:
            if account not in known:
                known[account] = self._number(account)
            numbers.append(known[account])
        return numbers

    def _number(self, account: _Account) -> int:
        account_id, called, mask, never_shown_to = account
        known = self._numbers.of(account_id, self._table["account_id"])
        if known is not None and self._is(known, account):
            return known
        (place,) = self._table.new_places(1)
        name = called.encode()[:_LONGEST_NAME]
        self._table.write_row(
            place,
            account_id=account_id,
            name_key=hash(cleaned_name(called)),
            name_at=len(self._names),
            name_length=len(name),
            mask=self._masks.number(mask),
            hidden=self._hidden.number(never_shown_to),
        )
        self._names += name
        self._numbers.add(account_id, place)
        return place

    def settle(self) -> None:
        """Store compactly what a build has brought."""
        self._numbers.settle(self._table["account_id"])
        self._table.trim()

    def account_id(self, number: int) -> int:
        """Give the id of an account."""
        return self._table.at("account_id", number)

    def name(self, number: int) -> str:
        """Give the name of an account."""
        start = self._table.at("name_at", number)
        kept = self._names[start : start + self._table.at("name_length", number)]
        return kept.decode(errors="ignore")

    def mask(self, number: int) -> str | None:
        """Give the masked description of an account that may not be named."""
        mask: str | None = self._masks.values[self._table.at("mask", number)]
        return mask

    def named(self, name: str) -> Numbers:
        """Give the accounts of a name, legal forms and case aside."""
        cleaned = cleaned_name(name)
        near = np.flatnonzero(self._table["name_key"] == hash(cleaned))
        found = [number for number in near.tolist() if cleaned_name(self.name(number)) == cleaned]
        return np.array(found, np.int64)

    def hidden_from(self, prospect: str) -> Numbers:
        """Give the accounts that this prospect must not see, itself included."""
        cleaned = cleaned_name(prospect)
        rules = [
            rule
            for rule, names in enumerate(self._hidden.values)
            if any(cleaned_name(name) == cleaned for name in names)
        ]
        hidden = np.flatnonzero(np.isin(self._table["hidden"], rules)) if rules else ()
        return np.union1d(self.named(prospect), np.array(hidden, np.int64))

    def _is(self, number: int, account: _Account) -> bool:
        _, name, mask, never_shown_to = account
        return (
            self._masks.known(mask) == self._table["mask"][number]
            and self._hidden.known(never_shown_to) == self._table["hidden"][number]
            and self.name(number) == name
        )
