"""Generated accounts with their references, as rows of the tables; an account at a time."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from bench.matching import history, people
from bench.matching.places import COUNTRIES, LANGUAGES, WEIGHTS
from bench.matching.wares import PRODUCTS, TAGS
from refbot.matching.names import cleaned_name
from refbot.matching.profile import Facet
from refbot.matching.shipped import children, labels
from refbot.matching.weights import EMPHASIS

Rows = dict[str, list[tuple[Any, ...]]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "account": (
        "id", "name", "name_key", "industry", "country", "employees", "owner_email", "may_be_named",
        "may_be_named_in_public", "mask", "renewal_date", "never_shown_to", "review_links",
        "rests_until", "updated_at",
    ),
    "account_product": ("account_id", "product_id", "live_since"),
    "reference": (
        "id", "account_id", "name", "title", "level", "function", "email", "country", "results",
        "business_value", "technical_depth", "public_speaking", "one_to_one", "passion",
        "advisory_board", "most_per_quarter", "months_out", "status", "health", "last_used",
        "version", "updated_at",
    ),
    "reference_product": ("reference_id", "product_id"),
    "reference_tag": ("reference_id", "tag_id"),
    "reference_language": ("reference_id", "language"),
    "reference_willingness": ("reference_id", "activity", "answer"),
    "consent": (
        "reference_id", "activity", "outlet", "granted_on", "expires_on", "evidence",
        "withdrawn_on",
    ),
    "issue": ("account_id", "reference_id", "severity", "text", "opened_on", "closed_on"),
    **history.COLUMNS,
}  # fmt: skip
LEVELS = ("individual", "manager", "director", "vp", "c_level")
_LEVEL_WEIGHTS = (18, 48, 75, 87, 100)  # each with those before it, here and below
_LEAVES = tuple(
    sorted(value for facet, value in labels() if facet is Facet.INDUSTRY and not children()[value])
)
_LEAF_WEIGHTS = tuple(accumulate(1 + (7 * place) % 11 for place in range(len(_LEAVES))))
_STATUSES = ("active", "nominated", "interviewing", "coaching", "paused", "retired", "opted_out")
_STATUS_WEIGHTS = (88, 91, 92, 94, 97, 99, 100)
_HEALTHS = (None, "happy", "needs_attention", "challenged")
_HEALTH_WEIGHTS = (20, 86, 96, 100)
_RESULTS = ("hours a month: 400 -> 90", "error rate: 4 % -> 1 %", "days to close: 12 -> 5",
            "cost a ticket: 18 -> 7", "stock turns: 5 -> 8")  # fmt: skip
_ANSWERS = ("yes", "ask_first", "no")
_ANSWER_WEIGHTS = (70, 88, 100)
_STRENGTHS = (None, 1, 2, 3, 4, 5)
_STRENGTH_WEIGHTS = (30, 32, 40, 65, 90, 100)


@dataclass(slots=True)
class Accounts:
    """Makes accounts one after the other, each by its own seed: a small corpus begins a large."""

    seed: int
    as_of: date
    rows: Rows = field(default_factory=lambda: {table: [] for table in COLUMNS})
    accounts: int = 0
    references: int = 0
    _engagements: int = 0

    def taken(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Hand over the rows so far, parents before children, and begin new ones."""
        full, self.rows = self.rows, {table: [] for table in COLUMNS}
        yield from full.items()

    def add(self, most: int) -> None:
        """Make the next account, with at most so many references."""
        self.accounts += 1
        chance = random.Random(self.seed * 1_000_003 + self.accounts)  # noqa: S311 - repeatable rows
        products = self._account(chance)
        for _ in range(min(most, chance.randint(2, 8))):
            self._reference(chance, products)

    def _account(self, chance: random.Random) -> list[int]:
        name = people.company(self.accounts)
        named = happens(chance, 85)
        products = chance.sample(range(1, len(PRODUCTS) + 1), chance.randint(1, 6))
        industry = chance.choices(_LEAVES, cum_weights=_LEAF_WEIGHTS)[0]
        self.rows["account"].append(
            (
                self.accounts,
                name,
                cleaned_name(name),
                None if happens(chance, 2) else industry,
                chance.choices(COUNTRIES, cum_weights=WEIGHTS)[0],
                None if happens(chance, 3) else _employees(chance),
                f"owner{self.accounts % 97}@northbeam.example",
                named,
                named and happens(chance, 50),
                None if named else f"large {industry.replace('_', ' ')} company",
                self._renewal(chance),
                _listed([people.company(self.accounts + 7)] if happens(chance, 3) else []),
                "[]",
                self._day(-chance.randint(-60, 200)) if happens(chance, 1) else None,
                _stamp(self.as_of),
            )
        )
        self.rows["account_product"] += [
            (
                self.accounts,
                product,
                None if happens(chance, 8) else self._day(chance.randint(20, 4200)),
            )
            for product in products
        ]
        if happens(chance, 1):
            self._issue(chance, None)
        return products

    def _renewal(self, chance: random.Random) -> str | None:
        return None if happens(chance, 40) else self._day(-chance.randint(-300, 700))

    def _reference(self, chance: random.Random, products: list[int]) -> None:
        self.references += 1
        level = chance.choices(LEVELS, cum_weights=_LEVEL_WEIGHTS)[0]
        known = level == "c_level" and happens(chance, 30)
        function = "executive" if known else chance.choice(people.FUNCTIONS)
        strengths = chance.choices(_STRENGTHS, cum_weights=_STRENGTH_WEIGHTS, k=5)
        self.rows["reference"].append(
            (
                self.references,
                self.accounts,
                people.person(chance),
                people.title(level, function, chance),
                level,
                function,
                f"person{self.references}@customer{self.accounts}.example.com",
                chance.choices(COUNTRIES, cum_weights=WEIGHTS)[0] if happens(chance, 10) else None,
                _listed(chance.sample(_RESULTS, chance.choice((0, 0, 0, 1, 1, 2, 4)))),
                *strengths,
                happens(chance, 5),
                chance.randint(1, 3) if happens(chance, 4) else None,
                _listed(sorted(chance.sample(range(1, 13), 2)) if happens(chance, 3) else []),
                chance.choices(_STATUSES, cum_weights=_STATUS_WEIGHTS)[0],
                chance.choices(_HEALTHS, cum_weights=_HEALTH_WEIGHTS)[0],
                self._day(chance.randint(1, 500)) if happens(chance, 4) else None,
                1,
                _stamp(self.as_of),
            )
        )
        self._beside(chance, products)

    def _beside(self, chance: random.Random, products: list[int]) -> None:
        own, rows = self.references, self.rows
        if len(products) > 1 and happens(chance, 15):
            rows["reference_product"].append((own, chance.choice(products)))
        tags = chance.sample(range(1, len(TAGS) + 1), chance.choice((0, 1, 1, 2, 2, 3, 4)))
        rows["reference_tag"] += [(own, tag) for tag in tags]
        rows["reference_language"] += [
            (own, language) for language in self._languages(chance, rows["account"][-1][4])
        ]
        willing = chance.sample(list(EMPHASIS), chance.choice((1, 2, 3, 3, 4)))
        rows["reference_willingness"] += [
            (own, activity, chance.choices(_ANSWERS, cum_weights=_ANSWER_WEIGHTS)[0])
            for activity in willing
        ]
        self._consents(chance)
        if happens(chance, 1.5):
            self._issue(chance, own)
        if happens(chance, 15):
            self._engagements += history.write(
                rows, chance, (own, self.accounts), self._engagements, self.as_of
            )

    def _languages(self, chance: random.Random, country: str) -> set[str]:
        spoken = {LANGUAGES[country]} if happens(chance, 75) else set()
        if happens(chance, 55):
            spoken.add("en")
        if happens(chance, 12):
            spoken.add(chance.choice(("de", "fr", "es", "it", "pt", "nl", "ja", "zh", "pl", "sv")))
        return spoken

    def _consents(self, chance: random.Random) -> None:
        """Most agreed to membership; few took it back, let it run out or never gave it."""
        granted = chance.randint(10, 1500)
        if happens(chance, 2):
            return
        expires = self._day(-chance.randint(1, 900)) if happens(chance, 30) else None
        withdrawn = None
        if happens(chance, 2):
            expires = self._day(chance.randint(1, granted))
        elif happens(chance, 2):
            withdrawn = self._day(chance.randint(1, granted))
        self._consent(None, granted, expires, withdrawn)
        if happens(chance, 3):
            self._consent(None, chance.randint(1, granted), self._day(-500), None)
        if happens(chance, 7):
            self._consent("case_study", granted, self._day(1), None)

    def _consent(
        self, activity: str | None, granted: int, expires: str | None, withdrawn: str | None
    ) -> None:
        outlet = "website" if activity else None
        self.rows["consent"].append(
            (self.references, activity, outlet, self._day(granted), expires, "form", withdrawn)
        )

    def _issue(self, chance: random.Random, reference: int | None) -> None:
        severity = chance.choice(("minor", "major", "blocking", "blocking"))
        closed = self._day(5) if happens(chance, 30) else None
        self.rows["issue"].append(
            (self.accounts, reference, severity, "open ticket", self._day(40), closed)
        )

    def _day(self, ago: int) -> str:
        return _day_before(self.as_of, ago)


def happens(chance: random.Random, percent: float) -> bool:
    """Draw what happens in so many of a hundred cases."""
    return chance.random() * 100 < percent


def _listed(values: list[Any]) -> str:
    return json.dumps(values) if values else "[]"


def _employees(chance: random.Random) -> int:
    return min(int(chance.lognormvariate(6.9, 1.7)) + 3, 900_000)


@lru_cache(maxsize=20_000)
def _day_before(day: date, ago: int) -> str:
    return (day - timedelta(days=ago)).isoformat()


@lru_cache(maxsize=4)
def _stamp(day: date) -> str:
    return f"{day} 09:00:00.000000"
