"""Finding the term that a misspelt word stands for: few mistakes, and none where one counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from refbot.matching.terms import Term

_LIMITS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2)  # mistakes forgiven by length
_LIMIT_OF_LONG = 3
_SHORT_WORD = 4
_TELLING_TAIL = 2  # "Product A": so short a last word names, and must be right
_LONGEST = 40
_MIDDLING_WORD = 7
_ENDINGS = frozenset(
    [
        "al",
        "ally",
        "ed",
        "er",
        "ers",
        "or",
        "ors",
        "ing",
        "ings",
        "ion",
        "ions",
        "ional",
        "ive",
        "ives",
        "able",
        "ment",
        "ments",
        "ence",
        "ences",
        "ance",
        "ist",
        "ists",
        "ity",
        "ities",
        "ly",
        "es",
        "e",
        "ic",
        "ical",
        "ics",
        "ism",
        "ant",
        "ants",
        "ent",
        "ents",
        "ate",
        "ates",
        "ated",
        "ating",
        "ure",
        "ures",
        "ural",
        "ures",
        "ural",
        "s",
        "y",
        "ial",
        "ian",
        "ians",
        "ness",
        "less",
        "ful",
    ]
)
_PLURALS = {"s", "es"}
_ONE_VOWEL = str.maketrans("eiou", "aaaa")
_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "w": "f", "j": "g", "x": "k"}) | {
    ord(vowel): " " for vowel in "aeiouyh"
}
_VOWELS = frozenset("aeiou")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Guess:
    """A term that a misspelt piece may stand for; similarity 0-100."""

    term: Term
    similarity: float


def limit_of(length: int) -> int:
    """Give how many mistakes a word of this length may hold."""
    return _LIMITS[length] if length < len(_LIMITS) else _LIMIT_OF_LONG


def _signature(key: str) -> int:
    """Two bits a letter (one, or more): each mistake changes at most two of them."""
    bits = 0
    for place, letter in enumerate(_LETTERS):
        count = key.count(letter)
        if count:
            bits |= (1 if count == 1 else 3) << (2 * place)
    for digit in "0123456789":
        if digit in key:
            bits |= 1 << (52 + int(digit))
    return bits


class FuzzyTerms:
    """The terms that may be misspelt, ordered by length, each with a signature to sift by."""

    def __init__(self, terms: Iterable[Term]) -> None:
        usable = {t.key: t for t in terms if not t.exact and _SHORT_WORD <= len(t.key) <= _LONGEST}
        self._terms: Sequence[Term] = sorted(usable.values(), key=lambda t: (len(t.key), t.key))
        self._keys = [term.key for term in self._terms]
        signatures = [_signature(key) for key in self._keys]
        self._signatures: NDArray[np.uint64] = np.array(signatures, dtype=np.uint64)
        lengths = np.array([len(key) for key in self._keys], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(_LONGEST + 8)).tolist()

    def nearest(self, words: Sequence[str]) -> Guess | None:
        """Give the term nearest to these words, or None when none is near enough."""
        query = "".join(words)
        length = len(query)
        if not _SHORT_WORD <= length <= _LONGEST:
            return None
        found = self._within(query, limit_of(length) + 1)
        best = None
        for distance, place in found:
            term = self._terms[place]
            if not _trustworthy(query, words, term, distance):
                continue
            key = self._keys[place]
            close = similarity(query, key, distance)
            rank = (-distance, close, JaroWinkler.similarity(query, key), -place)
            if best is None or rank > best[0]:
                best = (rank, Guess(term, close))
        return best[1] if best else None

    def _within(self, query: str, limit: int) -> list[tuple[int, int]]:
        """Give (distance, place) of the keys at most `limit` mistakes away."""
        low = self._starts[max(len(query) - limit, 0)]
        high = self._starts[len(query) + limit + 1]
        if low >= high:
            return []
        differing = np.bitwise_count(self._signatures[low:high] ^ np.uint64(_signature(query)))
        near = np.flatnonzero(differing <= 2 * limit).tolist()
        found = []
        for offset in near:
            distance = OSA.distance(query, self._keys[low + offset], score_cutoff=limit)
            if distance <= limit:
                found.append((distance, low + offset))
        return found


def similarity(query: str, key: str, distance: int) -> float:
    """Give the closeness of two spellings, 0-100."""
    return round(100 * (1 - distance / max(len(query), len(key))), 1)


def _trustworthy(query: str, words: Sequence[str], term: Term, distance: int) -> bool:
    """Tell whether the mistakes are of a kind that leaves no other word in doubt."""
    key = term.key
    shorter = min(len(key), len(query))
    if distance > limit_of(shorter) and not _is_shuffled(query, key, distance):
        return False
    if shorter <= _SHORT_WORD and not _same_but_for_a_slip(query, key):
        return False
    if not _begins_right(query, key, distance) or _is_kin(query, key):
        return False
    if distance > 1 and not _sounds_alike(query, key, distance):
        return False
    return _names_the_same(query, words, term, distance)


def _names_the_same(query: str, words: Sequence[str], term: Term, distance: int) -> bool:
    """Tell whether digits and telling letters agree: "vault 8" is no slip of "Vault-9"."""
    key, tail = term.key, term.words[-1]
    if len(term.words) > 1 and len(tail) <= _TELLING_TAIL and not query.endswith(tail):
        return False
    if _digits(query) != _digits(key):
        return False
    if len(words) == len(term.words) > 1:
        return all(map(_near_enough, words, term.words))
    return len(words) == len(term.words) or distance <= 1


def _begins_right(query: str, key: str, distance: int) -> bool:
    """Hardly anybody mistypes the first letter, but for swapping it with the second."""
    if query[0] == key[0] or query[:2] == key[1::-1]:
        return True
    if sound_of(query[:2])[:1] == sound_of(key[:2])[:1] != "":
        return True
    if query == key[1:]:
        return len(key) >= _MIDDLING_WORD
    return distance == 1 and len(key) == len(query) >= _MIDDLING_WORD


def _is_kin(query: str, key: str) -> bool:
    """Tell whether two words are one stem with different endings: universe, university."""
    pairs = zip(query, key, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if shared < _SHORT_WORD:
        return False
    ours, theirs = query[shared:], key[shared:]
    if ours.translate(_ONE_VOWEL) == theirs.translate(_ONE_VOWEL) or {ours, theirs} == _PLURALS:
        return False
    return ours in _ENDINGS and theirs in _ENDINGS


def _is_shuffled(query: str, key: str, distance: int) -> bool:
    """Tell whether the right letters stand in a wrong order ("vedio") or sound the same."""
    if distance != limit_of(len(key)) + 1 or query[0] != key[0]:
        return False
    if sorted(query) == sorted(key):
        return True
    return min(len(query), len(key)) > _SHORT_WORD and sound_of(query) == sound_of(key)


def _sounds_alike(query: str, key: str, distance: int) -> bool:
    """Of several mistakes at most one may change how the word sounds."""
    if sorted(query) == sorted(key):
        return True
    allowed = 0 if len(key) <= _MIDDLING_WORD else distance - 1
    if len(key) > _MIDDLING_WORD + 2:
        allowed = distance
    heard, meant = sound_of(query), sound_of(key)
    return OSA.distance(heard, meant, score_cutoff=allowed) <= allowed


def sound_of(word: str) -> str:
    """Give the consonants of a word as they sound, doubled ones once."""
    word = word.replace("ph", "f").replace("ck", "k").replace("sch", "sk").replace("qu", "kw")
    heard = word.translate(_SOUNDS)
    return "".join(
        letter for at, letter in enumerate(heard) if letter != " " and letter != heard[at - 1 : at]
    ).replace(" ", "")


def _same_but_for_a_slip(query: str, key: str) -> bool:
    """Of short words only swapped letters, a lost vowel and a doubled letter are forgiven."""
    if query[0] != key[0]:
        return False
    if sorted(query) == sorted(key):
        return True
    if len(query) > len(key):
        return any(query[at] == query[at - 1] for at in range(1, len(query)))
    lost = {letter for letter in key if key.count(letter) > query.count(letter)}
    return len(query) < len(key) and len(lost) == 1 and lost <= _VOWELS


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _near_enough(word: str, wanted: str) -> bool:
    limit = limit_of(min(len(word), len(wanted)))
    return word == wanted or (limit > 0 and OSA.distance(word, wanted, score_cutoff=limit) <= limit)
