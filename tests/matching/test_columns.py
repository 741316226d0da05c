from dataclasses import replace
from datetime import date

import numpy as np

from refbot.matching.criteria import Criteria
from refbot.matching.matcher import Matcher
from refbot.matching.profile import Facet, Profile
from refbot.matching.table import Table
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy

AS_OF = date(2026, 11, 22)


def test_a_column_widens_when_a_number_does_not_fit() -> None:
    table = Table({"small": np.uint8})
    table.write(slice(*_ends(table.new_places(3))), {"small": [1, 2, 255]})
    table.write(slice(*_ends(table.new_places(2))), {"small": [256, 70_000]})
    assert table["small"].tolist() == [1, 2, 255, 256, 70_000]
    table.write([0], {"small": iter([5_000_000_000])})
    assert table["small"].tolist() == [5_000_000_000, 2, 255, 256, 70_000]


def _ends(places: range) -> tuple[int, int]:
    return places.start, places.stop


def test_more_products_than_a_byte_counts_are_told_apart() -> None:
    people = [
        Profile(
            reference_id=number,
            account_id=number,
            name=f"Person {number}",
            account=f"Account {number}",
            products={f"Product {number}": date(2015 + number % 8, 1, 1)},
        )
        for number in range(1, 401)
    ]
    matcher = Matcher.of(people, Vocabulary.of([]), MatchingPolicy())
    for number in (3, 44, 255, 256, 257, 300, 400):
        wanted = {Facet.PRODUCT: (f"Product {number}",)}
        asked = Criteria(wanted=wanted, tenure_min_years=3)
        best = matcher.match(asked, as_of=AS_OF).candidates[0]
        assert best.reference_id == number
        assert f"live since January {2015 + number % 8}" in [reason.text for reason in best.reasons]


def test_a_very_large_id_is_found_again() -> None:
    far = 2**40
    person = Profile(reference_id=7, account_id=1, name="Near", account="Acme")
    matcher = Matcher.of([person], Vocabulary.of([]), MatchingPolicy())
    matcher.refreshed([replace(person, reference_id=far, account_id=2, account="Bolt", name="Far")])
    found = {c.reference_id: c.name for c in matcher.match(Criteria(), as_of=AS_OF).candidates}
    assert found == {7: "Near", far: "Far"}
    matcher.refreshed([], [7])
    assert matcher.match(Criteria(), as_of=AS_OF).candidates[0].reference_id == far
