"""The fictional company of the labelled lines: its words, and a matcher over its references."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from refbot.matching.matcher import Matcher
from refbot.matching.profile import Facet, Profile, Willingness, Word
from refbot.matching.title import level_and_function
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy

LABELLED = Path(__file__).parent.parent / "data" / "matching"
AS_OF = date(2026, 11, 22)
STATUSES = {
    "Active": "active",
    "Paused": "paused",
    "Potential": "nominated",
    "Retired": "retired",
    "Opted out": "opted_out",
    "Active - coach first": "coaching",
}


def company_words() -> list[Word]:
    with (LABELLED / "vocabulary.csv").open(encoding="utf-8") as file:
        return [
            Word(facet=Facet(row["facet"]), value=row["value"], text=text)
            for row in csv.DictReader(file)
            for text in (row["value"], *filter(None, row["aliases"].split(";")))
        ]


def company_profiles(vocabulary: Vocabulary) -> list[Profile]:
    profiles = []
    accounts: dict[str, int] = {}
    with (LABELLED / "references.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            account = accounts.setdefault(row["Account"], len(accounts) + 1)
            profiles.append(_profile(number, account, row, vocabulary))
    return profiles


def _profile(number: int, account: int, row: dict[str, str], vocabulary: Vocabulary) -> Profile:
    level, function = level_and_function(row["Title"], vocabulary)
    year = re.search(r"\d{4}", row["Live since"])
    since = date(int(year.group()), 1, 1) if year else None
    willing = [vocabulary.activity_of(text) for text in row["Activities willing"].split(";")]
    languages = [vocabulary.language_of(text) for text in row["Languages"].split(";")]
    return Profile(
        reference_id=number,
        account_id=account,
        name=row["Contact name"],
        account=row["Account"],
        industry=vocabulary.industry_of(row["Industry"]),
        country=vocabulary.country_of(row["Country"]),
        title=row["Title"],
        level=level,
        function=function,
        products={name.strip(): since for name in row["Products"].split(";")},
        tags=frozenset(tag.strip() for tag in row["Tags"].split(";")),
        languages=frozenset(code for code in languages if code),
        willingness={activity: Willingness.YES for activity in willing if activity},
        employees=int(row["Employees"].replace(",", "")),
        status=STATUSES[row["Status"]],
        health=row["Health"].replace(" ", "_") or None,
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(company_words())


@pytest.fixture(scope="session")
def matcher(vocabulary: Vocabulary) -> Matcher:
    return Matcher.of(company_profiles(vocabulary), vocabulary, MatchingPolicy())
