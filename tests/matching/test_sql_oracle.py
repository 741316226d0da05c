"""The ranking written a second time, as SQL over the program's own tables: both must agree."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from bench.matching import corpus, people
from bench.matching.flat import flatten
from bench.matching.oracle import Asked, Found, candidates, near_misses
from bench.matching.places import COUNTRIES
from bench.matching.wares import PRODUCTS, TAGS
from refbot.matching.criteria import Candidate, CompanySize, Criteria, NearMiss
from refbot.matching.matcher import Matcher
from refbot.matching.profile import Facet
from refbot.matching.shipped import LEVELS, labels, regions_of
from refbot.matching.weights import EMPHASIS, MatchingPolicy
from refbot.policy import Policy
from refbot.storage import Database
from refbot.workflow.pool import Pool
from tests.conftest import ENGINES
from tests.databases import Databases

REFERENCES = 700
QUERIES = 20  # of each kind
LIMIT = 20
TODAY = corpus.NOW.date()
ZONE = ZoneInfo("America/New_York")
INDUSTRIES = [value for facet, value in labels() if facet is Facet.INDUSTRY]
REGIONS = sorted({region for regions in regions_of().values() for region in regions})
FUNCTIONS = [value for facet, value in labels() if facet is Facet.FUNCTION]
Drawn = tuple[Criteria, str | None, str]  # with the prospect and the attendees


@dataclass(frozen=True, slots=True)
class Ranks:
    """The same references twice: in the matcher, and in the database's flat tables."""

    matcher: Matcher
    connection: Connection


@pytest.fixture(scope="module", params=ENGINES)
def twice(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Ranks]:
    url = getattr(databases, request.param)()
    database = Database.open(url)
    corpus.write(database, REFERENCES, seed=11)
    with database.writer.connect() as connection:
        rest = Policy().rest_after_held_days
        flatten(connection, today=TODAY, zone=ZONE, rest_after_held_days=rest)
        connection.commit()
        yield Ranks(Pool(database, ZONE).matcher(corpus.NOW), connection)
    database.close()
    databases.drop(url)


def _some(chance: random.Random, values: list[str], most: int = 2) -> tuple[str, ...]:
    return tuple(chance.sample(values, chance.randint(1, most)))


def _facets(chance: random.Random) -> dict[Facet, tuple[str, ...]]:
    drawn = {
        Facet.INDUSTRY: _some(chance, INDUSTRIES),
        Facet.PRODUCT: _some(chance, list(PRODUCTS), 3),
        Facet.LEVEL: _some(chance, list(LEVELS)),
        Facet.FUNCTION: _some(chance, FUNCTIONS, 4),
        Facet.TAG: _some(chance, list(TAGS)),
        Facet.LANGUAGE: _some(chance, ["en", "de", "fr", "es"]),
        Facet.COUNTRY: _some(chance, list(COUNTRIES[:20])),
    }
    return {facet: drawn[facet] for facet in chance.sample(list(drawn), chance.randint(1, 3))}


def plain(chance: random.Random) -> Drawn:
    return Criteria(wanted=_facets(chance)), None, ""


def excluded(chance: random.Random) -> Drawn:
    wanted, unwanted = _facets(chance), _facets(chance)
    unwanted[Facet.REGION] = _some(chance, REGIONS, 1)
    return Criteria(wanted=wanted, excluded=unwanted), None, ""


def sized(chance: random.Random) -> Drawn:
    low, high = sorted(int(chance.lognormvariate(7, 1.5)) for _ in range(2))
    least, most = chance.choice(((low, high), (low, None), (None, high)))
    size = CompanySize(min=least, max=most)
    return Criteria(wanted=_facets(chance), company_size=size), None, ""


def live(chance: random.Random) -> Drawn:
    wanted = _facets(chance)
    if chance.random() < 0.7:
        wanted[Facet.PRODUCT] = _some(chance, list(PRODUCTS), 6)
    return Criteria(wanted=wanted, tenure_min_years=chance.randint(1, 7)), None, ""


def placed(chance: random.Random) -> Drawn:
    wanted = _facets(chance) | {Facet.REGION: _some(chance, REGIONS)}
    return Criteria(wanted=wanted), None, ""


def for_an_activity(chance: random.Random) -> Drawn:
    wanted = _facets(chance) | {Facet.ACTIVITY: _some(chance, list(EMPHASIS), 1)}
    return Criteria(wanted=wanted), None, ""


def for_attendees(chance: random.Random) -> Drawn:
    attendees = chance.choice(("CFO", "VP Sales, IT Manager", "Plant Manager", "Software Engineer"))
    return Criteria(wanted=_facets(chance)), None, attendees


def _account(chance: random.Random) -> str:
    return people.company(chance.randint(1, REFERENCES // 5))


def for_a_prospect(chance: random.Random) -> Drawn:
    return Criteria(wanted=_facets(chance)), _account(chance), ""


def like_an_account(chance: random.Random) -> Drawn:
    wanted = _facets(chance) | {Facet.ACCOUNT: (_account(chance).upper(),)}
    unwanted = {Facet.ACCOUNT: (_account(chance),)}
    return Criteria(wanted=wanted, excluded=unwanted), None, ""


def everybody(chance: random.Random) -> Drawn:
    return Criteria(wanted={Facet.ACTIVITY: _some(chance, list(EMPHASIS), 1)}), None, ""


KINDS = (
    plain,
    excluded,
    sized,
    live,
    placed,
    for_an_activity,
    for_attendees,
    for_a_prospect,
    like_an_account,
    everybody,
)


def _of_matcher(shown: tuple[Candidate, ...] | tuple[NearMiss, ...]) -> list[Found]:
    return [Found(one.reference_id, one.account_id, round(one.score * 10)) for one in shown]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_matcher_ranks_as_sql_does(
    twice: Ranks, kind: Callable[[random.Random], Drawn]
) -> None:
    chance = random.Random(kind.__name__)  # noqa: S311
    found = 0
    for _ in range(QUERIES):
        criteria, prospect, attendees = kind(chance)
        wished = {"CFO": "c_level", "VP Sales, IT Manager": "vp", "Plant Manager": "manager"}
        level = wished.get(attendees, "individual") if attendees else None
        asked = Asked(criteria=criteria, as_of=TODAY, prospect=prospect, wished_level=level)
        for limit in (3, LIMIT):
            answer = twice.matcher.match(
                criteria, as_of=TODAY, prospect=prospect, attendees=attendees, limit=limit
            )
            assert _of_matcher(answer.candidates) == candidates(twice.connection, asked, limit)
            assert _of_matcher(answer.near_misses) == near_misses(twice.connection, asked)
            found += len(answer.candidates)
    assert found > QUERIES  # a pool in which nobody fits would prove nothing


def test_the_ranking_follows_changed_weights_as_sql_does(twice: Ranks) -> None:
    chance = random.Random(5)  # noqa: S311
    policy = MatchingPolicy(
        fit_points=61, rotation_points=13, rotation_days=90, near_renewal_days=70,
        person_per_quarter=1, account_per_quarter=2, least_fit_percent=30,
        quality={"strengths": 7, "willing": 1, "results": 5, "tenure_so_far": 4, "health": 3,
                 "acceptance": 2, "named": 3},
    )  # fmt: skip
    matcher = Matcher(twice.matcher._index, twice.matcher.vocabulary, policy)  # noqa: SLF001
    for _ in range(QUERIES):
        criteria, _prospect, _attendees = for_an_activity(chance)
        asked = Asked(criteria=criteria, as_of=TODAY, policy=policy)
        answer = matcher.match(criteria, as_of=TODAY, limit=LIMIT)
        assert _of_matcher(answer.candidates) == candidates(twice.connection, asked, LIMIT)
        assert _of_matcher(answer.near_misses) == near_misses(twice.connection, asked)


def test_the_flat_tables_hold_every_reference_once(twice: Ranks) -> None:
    count = twice.connection.execute(text("SELECT count(*), count(DISTINCT id) FROM flat")).one()
    assert tuple(count) == (REFERENCES, REFERENCES)
