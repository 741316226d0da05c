"""Answers and criteria as plain JSON values: SPEC §8's keys, and what the cards need beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from refbot.matching.criteria import Answer, Candidate, CompanySize, Criteria, NearMiss, Reading
from refbot.matching.profile import Facet

_LISTED = (
    Facet.INDUSTRY,
    Facet.PRODUCT,
    Facet.LEVEL,
    Facet.COUNTRY,
    Facet.REGION,
    Facet.FUNCTION,
    Facet.ACTIVITY,
    Facet.LANGUAGE,
    Facet.TAG,
    Facet.ACCOUNT,
)


def as_json(answer: Answer) -> dict[str, Any]:
    """Give an answer with the keys that scripts and stored searches depend on."""
    return reading_as_json(answer.reading) | {
        "candidates": [_candidate(found) for found in answer.candidates],
        "near_misses": [_near_miss(found) for found in answer.near_misses],
        "assumed": list(answer.assumed),
    }


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """Give what was understood of a line and what not."""
    return (
        {"text": reading.text}
        | criteria_as_json(reading.criteria)
        | {
            "understood": [
                {
                    "facet": read.facet.value,
                    "value": read.value,
                    "from": read.source,
                    "similarity": read.similarity,
                }
                for read in reading.understood
            ],
            "not_understood": list(reading.not_understood),
            "ambiguous": [
                {
                    "source": doubt.source,
                    "readings": [[facet.value, value] for facet, value in doubt.readings],
                }
                for doubt in reading.ambiguous
            ],
        }
    )


def criteria_as_json(criteria: Criteria) -> dict[str, Any]:
    """Give criteria as `criteria` and `excluded`; absent facets are empty lists or null."""
    size = criteria.company_size
    wanted: dict[str, Any] = {
        facet.value: list(criteria.wanted.get(facet, ())) for facet in _LISTED
    }
    wanted["company_size"] = {"min": size.min, "max": size.max} if size else None
    wanted["tenure_min_years"] = criteria.tenure_min_years
    excluded = {facet.value: list(values) for facet, values in criteria.excluded.items() if values}
    return {"criteria": wanted, "excluded": excluded}


def criteria_from_json(kept: Mapping[str, Any]) -> Criteria:
    """Read what `criteria_as_json` wrote; a whole stored answer will do as well."""
    wanted = kept.get("criteria", {})
    size = wanted.get("company_size")
    return Criteria(
        wanted=_facets(wanted),
        excluded=_facets(kept.get("excluded", {})),
        company_size=CompanySize(min=size.get("min"), max=size.get("max")) if size else None,
        tenure_min_years=wanted.get("tenure_min_years"),
    )


def _facets(kept: Mapping[str, Any]) -> dict[Facet, tuple[str, ...]]:
    found: Iterable[tuple[Facet, Any]] = ((facet, kept.get(facet.value)) for facet in _LISTED)
    return {facet: tuple(values) for facet, values in found if values}


def _person(found: Candidate | NearMiss) -> dict[str, Any]:
    return {
        "reference_id": found.reference_id,
        "account_id": found.account_id,
        "name": found.name,
        "account": found.account,
        "mask": found.mask,
        "title": found.title,
        "score": found.score,
    }


def _candidate(found: Candidate) -> dict[str, Any]:
    reasons = [
        {"factor": reason.factor, "points": reason.points, "text": reason.text}
        for reason in found.reasons
    ]
    return _person(found) | {"reasons": reasons, "ask_first": found.ask_first}


def _near_miss(found: NearMiss) -> dict[str, Any]:
    return _person(found) | {"blocked_by": list(found.blocked_by)}
