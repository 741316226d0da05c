"""References as the text engines take them: facts, a line of text, and whether they are free."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, text

from bench.matching.forms import known_forms
from bench.matching.oracle import held_back
from refbot.matching.normal import key_of, words_of
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels, parents, regions_of
from refbot.matching.weights import EMPHASIS, MatchingPolicy

_PAGE = 20_000
_EPOCH = date(1970, 1, 1).toordinal()
_LONGEST = 7  # words of a form
Fact = tuple[str, str]  # facet and value


@dataclass(frozen=True, slots=True)
class Record:
    """A reference. `facts` hold its regions and its parent industry too."""

    reference_id: int
    name: str  # title and account
    facts: tuple[Fact, ...]
    free: bool  # may be proposed, whatever the activity
    refuses: tuple[str, ...]

    @property
    def line(self) -> str:
        """Give all as one text, each fact by its name."""
        return ", ".join([self.name, *(label_of(fact) for fact in self.facts)])


def label_of(fact: Fact) -> str:
    """Give the words for a fact."""
    facet, value = fact
    return labels().get((Facet(facet), value), value)


def records(connection: Connection, as_of: date) -> Iterator[Record]:
    """Give all references by id."""
    last = connection.execute(text("SELECT max(id) FROM flat")).scalar() or 0
    for start in range(1, last + 1, _PAGE):
        yield from _page(connection, start, as_of)


def _page(connection: Connection, start: int, as_of: date) -> Iterator[Record]:
    between = {"first": start, "last": start + _PAGE - 1, "day": as_of.toordinal() - _EPOCH}
    beside: dict[int, list[Fact]] = defaultdict(list)
    for facet in ("product", "tag", "language"):
        chosen = (
            f"SELECT reference_id, value FROM flat_{facet} "  # noqa: S608 - a facet's name
            "WHERE reference_id BETWEEN :first AND :last"
        )
        for reference_id, value in connection.execute(text(chosen), between):
            beside[reference_id].append((facet, value))
    for row in connection.execute(text(_rows(as_of)), between):
        single = zip(("industry", "country", "level", "function"), row[1:5], strict=True)
        facts = [fact for fact in single if fact[1] is not None]
        facts += [("industry", parents()[row[1]])] if row[1] in parents() else []
        facts += [("region", region) for region in regions_of().get(row[2], ())]
        refuses = tuple(name for name, answer in zip(EMPHASIS, row[7:-1], strict=True) if answer)
        yield Record(
            row[0], f"{row[5]}, {row[6]}", (*facts, *beside.get(row[0], ())), bool(row[-1]), refuses
        )


@cache
def _rows(as_of: date) -> str:
    refuses = ", ".join(f"coalesce(p.willing_{name} = 'no', 0)" for name in EMPHASIS)
    free = (
        "p.active = 1 AND p.consent_until >= :day AND p.used < p.own_limit "
        f"AND ((p.months_out >> {as_of.month}) & 1) = 0 AND NOT ({held_back(MatchingPolicy())})"
    )
    return (
        "SELECT p.id, p.industry, p.country, p.level, p.function, r.title, a.name, "  # noqa: S608
        f"{refuses}, {free} FROM flat p JOIN reference r ON r.id = p.id "
        "JOIN account a ON a.id = p.account_id WHERE p.id BETWEEN :first AND :last ORDER BY p.id"
    )


@cache
def synonyms() -> Mapping[str, tuple[Fact, ...]]:
    """Give the facts that a squeezed form means: what every peer is told."""
    return {key_of(words_of(written)): meaning for meaning, written in known_forms()}


@cache
def synonyms_of(fact: Fact) -> str:
    """Give all words for a fact in one text."""
    return " ".join(written for meaning, written in known_forms() if meaning == (fact,))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a line: the facts it means, or a word that means none."""

    words: tuple[str, ...]
    facts: tuple[Fact, ...]


def phrases(words: Sequence[str]) -> Iterator[Phrase]:
    """Part a line from the left, always the longest form first."""
    place, table = 0, synonyms()
    while place < len(words):
        for end in range(min(place + _LONGEST, len(words)), place, -1):
            facts = table.get("".join(words[place:end]))
            if facts:
                yield Phrase(tuple(words[place:end]), facts)
                place = end
                break
        else:
            yield Phrase((words[place],), ())
            place += 1


def in_names(line: str) -> str:
    """Write a line with each known form by the name of what it means."""
    return " ".join(
        ", ".join(map(label_of, part.facts)) if part.facts else part.words[0]
        for part in phrases(words_of(line))
    )
