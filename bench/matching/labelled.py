"""How the labelled lines are read: whole lines right, F1 over facets, facets out of chatter.

`labelled.jsonl` came with the program's design; `further.jsonl` holds 700 lines by four other
authors who knew the labelling rules and not the program. Both are known to it by now, so the
figures say that nothing got worse; docs/matching.md has what the further ones gave at first sight.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.matching.spelling import AS_OF, company_words
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary

FILES = ("labelled.jsonl", "further.jsonl")
_FOLDER = Path(__file__).parents[2] / "tests" / "data" / "matching"
_SIZE_MARGIN = 1  # "under 250" may be 249 or 250

Case = dict[str, Any]
Fact = tuple[str, str, str]  # wanted or excluded, facet, value


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A case with what is labelled, what was read, and what should be reported and is not."""

    case: Case
    labelled: frozenset[Fact]
    found: frozenset[Fact]
    unreported: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether every facet is, and what was not understood is said."""
        return self.labelled == self.found and not self.unreported


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The measures of a file."""

    lines: int
    right: int
    f1: float
    false_in_chatter: int
    wrong: tuple[Read, ...]

    @property
    def share(self) -> float:
        """Give the share of lines that are wholly right."""
        return self.right / self.lines


def cases(file: str) -> list[Case]:
    """Read the cases of a file."""
    return [json.loads(line) for line in (_FOLDER / file).read_text("utf-8").splitlines()]


def figures_of(cases: Iterable[Case], vocabulary: Vocabulary) -> Figures:
    """Read each case and compare."""
    readings = [_read(case, vocabulary) for case in cases]
    both = sum(len(one.labelled & one.found) for one in readings)
    either = sum(len(one.labelled) + len(one.found) for one in readings)
    return Figures(
        lines=len(readings),
        right=sum(one.is_right for one in readings),
        f1=2 * both / either,
        false_in_chatter=sum(len(one.found) for one in readings if not one.labelled),
        wrong=tuple(one for one in readings if not one.is_right),
    )


def _read(case: Case, vocabulary: Vocabulary) -> Read:
    reading = read(case["text"], vocabulary, as_of=AS_OF)
    reported = " ".join(reading.not_understood).casefold()
    size = case["criteria"].get("company_size")
    return Read(
        case=case,
        labelled=frozenset(_labelled(case)),
        found=frozenset(_found(reading.criteria, size)),
        unreported=tuple(
            word for word in case.get("not_understood", ()) if word.casefold() not in reported
        ),
    )


def _labelled(case: Case) -> Iterable[Fact]:
    for side in ("criteria", "excluded"):
        for facet, value in case[side].items():
            if facet == Facet.COMPANY_SIZE:
                yield side, facet, f"{value.get('min')}-{value.get('max')}"
            elif isinstance(value, list):
                yield from ((side, facet, one) for one in value)
            else:
                yield side, facet, str(value)


def _found(criteria: Criteria, labelled_size: dict[str, int | None] | None) -> Iterable[Fact]:
    for side, table in (("criteria", criteria.wanted), ("excluded", criteria.excluded)):
        for facet, values in table.items():
            yield from ((side, facet.value, value) for value in values)
    if criteria.company_size is not None:
        size = criteria.company_size
        if labelled_size is not None and _is_near(size, labelled_size):
            size = CompanySize(min=labelled_size.get("min"), max=labelled_size.get("max"))
        yield "criteria", Facet.COMPANY_SIZE.value, f"{size.min}-{size.max}"
    if criteria.tenure_min_years:
        yield "criteria", "tenure_min_years", str(criteria.tenure_min_years)


def _is_near(size: CompanySize, labelled: dict[str, int | None]) -> bool:
    pairs = ((size.min, labelled.get("min")), (size.max, labelled.get("max")))
    return all(
        a == b or (a is not None and b is not None and abs(a - b) <= _SIZE_MARGIN) for a, b in pairs
    )


def _print_wrong(wrong: Sequence[Read]) -> None:
    for one in wrong:
        print(f"  {one.case['id']} {one.case['text']}")
        for name, facts in (
            ("missed", one.labelled - one.found),
            ("false", one.found - one.labelled),
        ):
            if facts:
                print(f"      {name}: {', '.join(':'.join(fact[1:]) for fact in sorted(facts))}")
        if one.unreported:
            print(f"      not reported: {', '.join(one.unreported)}")


def measure() -> None:
    """Print the figures of each file, and the lines that are wrong."""
    vocabulary = Vocabulary.of(company_words())
    for file in FILES:
        figures = figures_of(cases(file), vocabulary)
        print(
            f"{file}: {figures.right} of {figures.lines} lines wholly right "
            f"({figures.share:.3f}), F1 {figures.f1:.4f}, "
            f"{figures.false_in_chatter} facets read out of chatter"
        )
        _print_wrong(figures.wrong)
