"""The words that reps typed and RefBot did not understand, the most frequent first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from refbot.matching.matcher import Matcher
from refbot.matching.own_words import key_of_word
from refbot.storage.searches import Search
from refbot.storage.words import own_words

MOST_SEARCHES = 20_000  # the newest; a page of words must not take longer than a person waits
AT_ONCE = 2_000
LONGEST = 120
PAGE = 15


@dataclass(slots=True)
class Unknown:
    """A word in all its spellings; `search_id` and `place` say where it can be read again."""

    spellings: Counter[str] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)
    last_at: datetime | None = None
    search_id: int = 0
    place: int = 0

    @property
    def text(self) -> str:
        """The spelling that most people use; of equals the first in the alphabet."""
        return min(self.spellings, key=lambda text: (-self.spellings[text], text))

    @property
    def times(self) -> int:
        """In how many searches it stood."""
        return self.spellings.total()


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownPage:
    """One page of them; `search_id` is set when they are those of one search."""

    words: list[Unknown]
    page: int = 0
    has_more: bool = False
    search_id: int | None = None


def unknown_page(session: Session, matcher: Matcher, *, as_of: date, page: int = 0) -> UnknownPage:
    """Read one page; what was taught or dismissed meanwhile is left out."""
    first = page * PAGE
    found: list[Unknown] = []
    for unknown in _still_unknown(session, matcher, as_of, _gathered(session)):
        found.append(unknown)
        if len(found) > first + PAGE:
            break
    shown = found[first : first + PAGE]
    if page and not shown:
        return unknown_page(session, matcher, as_of=as_of, page=page - 1)
    return UnknownPage(words=shown, page=page, has_more=len(found) > first + PAGE)


def unknown_in(session: Session, matcher: Matcher, search: Search, *, as_of: date) -> UnknownPage:
    """Give the words of one search that are still not understood."""
    found: dict[str, Unknown] = {}
    search_id = search.id
    _gather(found, search_id, search.requester_id, search.created_at, search.answer)
    words = list(_still_unknown(session, matcher, as_of, found))
    return UnknownPage(words=words[:PAGE], search_id=search_id)


def _gathered(session: Session) -> dict[str, Unknown]:
    found: dict[str, Unknown] = {}
    listed = Search.answer["not_understood"]
    query = (
        select(Search.id, Search.requester_id, Search.created_at, listed)
        .where(func.json_array_length(listed) > 0)
        .order_by(Search.id.desc())
        .limit(AT_ONCE)
    )
    rows = session.execute(query).all()
    for _ in range(MOST_SEARCHES // AT_ONCE):
        session.rollback()  # each page is a transaction: no reader holds a writer up
        for search_id, requester_id, at, texts in rows:
            _gather(found, search_id, requester_id, at, {"not_understood": texts})
        if len(rows) < AT_ONCE:
            break
        rows = session.execute(query.where(Search.id < rows[-1][0])).all()
    return found


def _gather(
    found: dict[str, Unknown],
    search_id: int,
    requester_id: int,
    at: datetime,
    answer: dict[str, list[str]],
) -> None:
    seen = set()
    for place, text in enumerate(answer.get("not_understood", [])):
        key = key_of_word(text)
        if not key or key in seen or len(text) > LONGEST or text.endswith("…"):
            continue
        seen.add(key)
        unknown = found.setdefault(key, Unknown())
        if unknown.last_at is None or at >= unknown.last_at:
            unknown.last_at, unknown.search_id, unknown.place = at, search_id, place
        unknown.spellings[text] += 1
        unknown.people.add(requester_id)


def _still_unknown(
    session: Session, matcher: Matcher, as_of: date, found: dict[str, Unknown]
) -> Iterator[Unknown]:
    known = {key_of_word(word.text) for word in own_words(session)}
    session.rollback()
    ordered = sorted(found.items(), key=lambda pair: (-pair[1].times, pair[0]))
    for key, unknown in ordered:
        if key not in known and matcher.read(unknown.text, as_of=as_of).not_understood:
            yield unknown
