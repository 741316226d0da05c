"""The names of very many accounts: found exactly or by a piece, and small in memory."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import numpy as np

from refbot.matching.normal import key_of, words_of

_MARKS = 1 << 23  # bits for keys and their beginnings; a false yes costs a look-up
_SHORT_BEGINNING, _LONG_BEGINNING = 3, 6


class _Texts:
    """Texts in one piece, by number."""

    def __init__(self) -> None:
        self.all = bytearray(b"\n")
        self._starts = array("I", [1])

    def append(self, text: str) -> None:
        self.all += text.replace("\n", " ").encode() + b"\n"
        self._starts.append(len(self.all))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.all[self._starts[number] : self._starts[number + 1] - 1].decode()

    def with_piece(self, piece: bytes) -> Iterator[int]:
        """Give the numbers of the texts that hold a piece, each once."""
        at = self.all.find(piece)
        while at >= 0:
            number = bisect_right(self._starts, at + 1) - 1
            yield number
            at = self.all.find(piece, self._starts[number + 1] - 1)


class AccountNames:
    """Names by their squeezed keys. One may be added; those of the build are never taken out."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.longest = 1
        self._names, self._keys = _Texts(), _Texts()
        self._marks = bytearray(_MARKS // 8)
        hashes = array("q")
        for name in names:
            words = words_of(name)
            key = key_of(words)
            self.longest = max(self.longest, len(words))
            self._names.append(name)
            self._keys.append(key)
            hashes.append(hash(key))
            self._mark(key)
        taken = np.frombuffer(hashes, np.int64) if hashes else np.zeros(0, np.int64)
        order = np.argsort(taken, kind="stable")
        # One number at a time is read several times quicker through a view than from an array.
        self._order = order.astype(np.int32).data
        self._hashes = taken[order].data
        self._later: dict[str, str] = {}

    def __len__(self) -> int:
        """Count the names."""
        return len(self._names) + len(self._later)

    def __contains__(self, name: str) -> bool:
        """Tell whether a name is known as it is written."""
        return self.get(key_of(words_of(name))) == name

    def __iter__(self) -> Iterator[str]:
        """Give the names in the order in which they came."""
        yield from map(self._names.__getitem__, range(len(self._names)))
        yield from self._later.values()

    def add(self, name: str) -> None:
        """Take in one more name."""
        words = words_of(name)
        key = key_of(words)
        self.longest = max(self.longest, len(words))
        if name not in self:
            self._later[key] = name
            self._mark(key)

    def get(self, key: str) -> str | None:
        """Give the name of a squeezed key."""
        if self._later and key in self._later:
            return self._later[key]
        wanted = hash(key)
        bit = wanted % _MARKS
        if not self._marks[bit >> 3] >> (bit & 7) & 1:
            return None
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            number = self._order[at]
            if self._keys[number] == key:
                return self._names[number]
            at += 1
        return None

    def may_begin(self, beginning: str) -> bool:
        """Tell whether a key may be this, or begin with these three or six letters; quick.

        It is wrong only towards yes.
        """
        bit = hash(beginning) % _MARKS
        return bool(self._marks[bit >> 3] >> (bit & 7) & 1)

    def suggested(self, key: str) -> Iterator[str]:
        """Give the names that begin with a squeezed key, then those that hold it."""
        piece = key.encode()
        yield from (name for later, name in self._later.items() if later.startswith(key))
        for wanted in (b"\n" + piece, piece):
            yield from (self._names[number] for number in self._keys.with_piece(wanted))

    def _mark(self, key: str) -> None:
        for text in (key[:_SHORT_BEGINNING], key[:_LONG_BEGINNING], key):
            bit = hash(text) % _MARKS
            self._marks[bit >> 3] |= 1 << (bit & 7)
