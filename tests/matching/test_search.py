import random
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from refbot.matching import search
from refbot.matching.asks import Ask, Query, asks_of
from refbot.matching.bits import unpacked, words_for
from refbot.matching.block import in_blocks
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.day import Day
from refbot.matching.found import Wanted
from refbot.matching.index import Index
from refbot.matching.matcher import Matcher
from refbot.matching.profile import STRENGTHS, Facet, Profile
from refbot.matching.scoring import fits
from refbot.matching.search import Sought, best
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy
from tests.matching.conftest import AS_OF

POLICY = MatchingPolicy()
INDUSTRIES = ("banking", "insurance", "healthcare", "hospitals_and_providers", "retail")
COUNTRIES = ("DE", "AT", "FR", "US", "JP")
LEVELS = ("c_level", "vp", "director", "manager", None)
QUERIES = [
    Criteria(),
    Criteria(wanted={Facet.INDUSTRY: ("healthcare",)}),
    Criteria(wanted={Facet.INDUSTRY: ("banking",), Facet.COUNTRY: ("DE",)}),
    Criteria(wanted={Facet.REGION: ("dach",), Facet.LEVEL: ("vp",), Facet.TAG: ("SAP", "AWS")}),
    Criteria(wanted={Facet.PRODUCT: ("Product A",)}, tenure_min_years=4),
    Criteria(wanted={}, tenure_min_years=2, company_size=CompanySize(min=300, max=4000)),
    Criteria(company_size=CompanySize(max=99), wanted={Facet.LANGUAGE: ("de", "fr")}),
    Criteria(
        wanted={
            Facet.INDUSTRY: ("banking", "retail"),
            Facet.COUNTRY: ("AT", "JP"),
            Facet.LEVEL: ("director",),
            Facet.FUNCTION: ("it",),
            Facet.PRODUCT: ("Product B",),
        }
    ),
]


def _pool(size: int) -> list[Profile]:
    seeded = random.Random(17)  # noqa: S311 the pool must be the same every time
    return [_profile(seeded, number) for number in range(1, size + 1)]


def _profile(seeded: random.Random, number: int) -> Profile:
    account = number // 3
    return Profile(
        reference_id=number,
        account_id=account,
        name=f"Person {number}",
        account=f"Account {account}",
        industry=seeded.choice(INDUSTRIES),
        country=seeded.choice(COUNTRIES),
        level=seeded.choice(LEVELS),
        function=seeded.choice(("it", "finance", None)),
        products={
            name: seeded.choice((None, AS_OF - timedelta(days=seeded.randrange(4000))))
            for name in seeded.sample(("Product A", "Product B", "Product C"), 2)
        },
        tags=frozenset(seeded.sample(("SAP", "AWS", "GDPR"), seeded.randrange(3))),
        languages=frozenset(seeded.sample(("de", "fr", "en"), 1)),
        employees=seeded.choice((None, seeded.randrange(1, 9000))),
        strengths={name: seeded.randrange(1, 6) for name in STRENGTHS if seeded.random() < 0.5},
        last_asked=seeded.choice((None, AS_OF - timedelta(days=seeded.randrange(300)))),
        quarter=date(2026, 10, 1),
        used_this_quarter=seeded.choice((0, 0, 0, 1, 2)),
        times_asked=seeded.randrange(6),
    )


@pytest.fixture(scope="module", params=["read at once", "put one after the other"])
def index(request: pytest.FixtureRequest) -> Index:
    """Rows that are alike stand together where all are read at once."""
    made, blocks = Index(), in_blocks(_pool(3000))
    if request.param == "read at once":
        made.fill(blocks)
    else:
        for block in blocks:
            made.put(block)
    return made


@pytest.fixture(params=[0, 40, 100_000], ids="few is {}".format)
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Part rows to the end, or to a middling size, or not at all."""
    monkeypatch.setattr(search, "FEW", request.param)
    monkeypatch.setattr(search, "SMALL", request.param)


@pytest.fixture(params=[0, 8], ids=["each by itself", "all at once"])
def dense(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each row by itself, or at all at once where they are many."""
    monkeypatch.setattr(search, "DENSE", request.param)


@pytest.mark.parametrize("criteria", QUERIES)
@pytest.mark.usefixtures("few", "dense")
@pytest.mark.parametrize("least_fit", [0, 300])
def test_the_search_finds_what_scoring_all_rows_finds(
    index: Index, criteria: Criteria, least_fit: int
) -> None:
    day = Day.of(index.columns, "sales_call", AS_OF, POLICY)
    asks = asks_of(index, Query(criteria, "sales_call", AS_OF), POLICY)
    pools = day.pools[:, : words_for(index.columns.count)]
    wanted = [Wanted(rows=10, accounts=3, least_fit=least_fit), Wanted(30, 1, least_fit)]
    both = best(index, day, Sought(asks), pools, wanted)
    for pool, found, one in zip(pools, both, wanted, strict=True):
        expected = _in_order(index, day, asks, np.flatnonzero(unpacked(pool)), least_fit)
        ids = index.columns["reference_id"][found.places].tolist()
        shown = list(zip(ids, found.tenths.tolist(), strict=True))
        assert shown == expected[: len(ids)]
        assert len(ids) >= min(one.rows, len(expected))


def _in_order(
    index: Index, day: Day, asks: tuple[Ask, ...], pool: NDArray[np.int64], least_fit: int
) -> list[tuple[int, int]]:
    """Give the id and the score of all rows of a pool that fit enough, best first."""
    points = np.zeros(len(pool), np.int32) + sum(fits(asks, pool))
    everyone, points = pool[points >= least_fit], points[points >= least_fit]
    scores = day.priors[everyone] + points
    columns = index.columns
    keys = zip(
        (-scores).tolist(),
        np.where(columns["quarter"], columns["used"], 0)[everyone].tolist(),
        columns["last_asked"][everyone].tolist(),
        columns["asked"][everyone].tolist(),
        columns["reference_id"][everyone].tolist(),
        strict=True,
    )
    return [(key[-1], -key[0]) for key in sorted(keys)]


def test_a_change_is_seen_at_once_by_a_matcher_that_has_answered(vocabulary: Vocabulary) -> None:
    pool = _pool(200)
    matcher = Matcher.of(pool, vocabulary, POLICY)
    criteria = Criteria(wanted={Facet.COUNTRY: ("DE",)})
    top = matcher.match(criteria, as_of=AS_OF).candidates[0]
    matcher.refreshed([], [top.reference_id])
    after = matcher.match(criteria, as_of=AS_OF).candidates
    assert top.reference_id not in {candidate.reference_id for candidate in after}
    newcomers = [_profile(random.Random(n), n) for n in range(900, 1100)]  # noqa: S311
    matcher.refreshed(newcomers)
    same = Matcher.of([*pool, *newcomers], vocabulary, POLICY).refreshed([], [top.reference_id])
    assert matcher.match(criteria, as_of=AS_OF) == same.match(criteria, as_of=AS_OF)
