import numpy as np
import pytest

from refbot.matching.block import in_blocks
from refbot.matching.day import Day
from refbot.matching.found import Found, Wanted
from refbot.matching.index import Index
from refbot.matching.profile import Profile
from refbot.matching.weights import MatchingPolicy
from tests.matching.conftest import AS_OF

MANY = 600


@pytest.fixture(scope="module")
def index() -> Index:
    """The first 500 references are at one account, the others at one each."""
    made = Index()
    made.fill(
        in_blocks(
            Profile(
                reference_id=number,
                account_id=max(number, 500),
                name=f"Person {number}",
                account=f"Account {max(number, 500)}",
            )
            for number in range(1, MANY + 1)
        )
    )
    return made


@pytest.mark.parametrize("accounts", [1, 2, 3])
@pytest.mark.parametrize("at_once", [1, 50, MANY], ids="{} at once".format)
@pytest.mark.parametrize("least_fit", [0, 150])
def test_the_best_are_kept_though_those_of_one_account_stand_before_all_others(
    index: Index, accounts: int, at_once: int, least_fit: int
) -> None:
    day = Day.of(index.columns, "sales_call", AS_OF, MatchingPolicy())
    found = Found(index, day, Wanted(rows=3, accounts=accounts, least_fit=least_fit))
    fits = np.where(np.arange(MANY) < 500, 700, np.arange(MANY) - 400).astype(np.int32)
    for start in range(0, MANY, at_once):
        end = min(start + at_once, MANY)
        found.add(np.arange(start, end), fits[start:end])
    best = found.ordered()
    ids = index.columns["reference_id"][best.places].tolist()
    assert ids[:500] == [*range(1, 501)]
    assert ids[500 : 499 + accounts] == [600, 599][: accounts - 1]
