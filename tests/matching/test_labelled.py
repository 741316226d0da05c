import json
from typing import Any

import pytest

from refbot.matching.criteria import Reading
from refbot.matching.parse import read
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF, LABELLED

# The second file holds 700 lines by four other authors, none of whom knew the program.
FILES = ("labelled.jsonl", "further.jsonl")
Case = dict[str, Any]
Fact = tuple[str, ...]


def _cases(file: str) -> list[Case]:
    return [json.loads(line) for line in (LABELLED / file).read_text("utf-8").splitlines()]


def _facts(criteria: dict[str, Any], side: str) -> set[Fact]:
    facts: set[Fact] = set()
    for facet, value in criteria.items():
        if isinstance(value, list):
            facts |= {(side, facet, one) for one in value}
        else:
            facts.add((side, facet, json.dumps(value, sort_keys=True)))
    return facts


def _labelled(case: dict[str, Any]) -> set[Fact]:
    return _facts(case["criteria"], "wanted") | _facts(case["excluded"], "excluded")


def _read(reading: Reading) -> set[Fact]:
    criteria = reading.criteria
    wanted: dict[str, Any] = {facet.value: list(v) for facet, v in criteria.wanted.items()}
    if criteria.company_size:
        size = criteria.company_size
        wanted["company_size"] = {"min": size.min, "max": size.max}
    if criteria.tenure_min_years:
        wanted["tenure_min_years"] = criteria.tenure_min_years
    excluded = {facet.value: list(v) for facet, v in criteria.excluded.items()}
    return _facts(wanted, "wanted") | _facts(excluded, "excluded")


def _unreported(case: dict[str, Any], reading: Reading) -> list[str]:
    reported = " ".join(reading.not_understood).casefold()
    return [word for word in case.get("not_understood", ()) if word not in reported]


@pytest.fixture(scope="module", params=FILES)
def readings(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> list[tuple[Case, Reading]]:
    return [(case, read(case["text"], vocabulary, as_of=AS_OF)) for case in _cases(request.param)]


def test_the_labelled_lines_are_read_as_a_champion_reads_them(
    readings: list[tuple[Case, Reading]],
) -> None:
    wrong = [
        case["text"]
        for case, reading in readings
        if _labelled(case) != _read(reading) or _unreported(case, reading)
    ]
    assert len(wrong) <= 0.05 * len(readings), wrong


def test_few_facets_are_missed_or_invented(
    readings: list[tuple[Case, Reading]],
) -> None:
    both = sum(len(_labelled(case) & _read(reading)) for case, reading in readings)
    either = sum(len(_labelled(case)) + len(_read(reading)) for case, reading in readings)
    assert 2 * both / either >= 0.98


def test_chatter_fills_no_facet(readings: list[tuple[Case, Reading]]) -> None:
    chatter = [(c, r) for c, r in readings if not c["criteria"] and not c["excluded"]]
    assert chatter
    assert [case["text"] for case, reading in chatter if _read(reading)] == []
