"""Lines as reps type them, each made from a hidden intent that some reference fits."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from bench.matching.forms import Forms, Meaning, all_forms
from bench.matching.slips import mistyped
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.profile import Facet
from refbot.matching.shipped import parents, regions_of
from refbot.matching.weights import EMPHASIS

SEED = 23
SLIPS_PERCENT = 15
_TARGETS = 2_000  # among the first references, which every size of corpus has
_OPENINGS = ("", "", "", "", "need a reference: ", "looking for ", "anyone from ", "any customer ")
_NOT = ("not", "except", "no", "excluding")
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed and what was meant."""

    text: str
    intent: Criteria


@dataclass(frozen=True, slots=True)
class _Part:
    """One criterion: what it means, and its words."""

    words: str
    wanted: Meaning = ()
    size: CompanySize | None = None
    years: int | None = None


_Maker = Callable[[dict[str, Any], Forms, random.Random], _Part | None]


def lines(connection: Connection, count: int, *, day: int, seed: int = SEED) -> list[Line]:
    """Make so many lines from the flat tables, the same ones for every size of corpus."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    targets = [dict(row) for row in connection.execute(text(_CHOSEN)).mappings()]
    beside = {name: _grouped(connection, f"flat_{name}") for name in ("product", "tag", "language")}
    forms = all_forms()
    made: list[Line] = []
    while len(made) < count:
        target = chance.choice(targets)
        for name, values in beside.items():
            target[name] = values.get(target["id"], [])
        line = _line(target, forms, chance, day)
        if line is not None:
            made.append(line)
    return made


_CHOSEN = f"""
SELECT id, industry, country, level, function, employees, since FROM flat
WHERE id <= {_TARGETS} AND active = 1 ORDER BY id
"""  # noqa: S608 - a constant


def _grouped(connection: Connection, table: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    chosen = (
        f"SELECT reference_id, value FROM {table} WHERE reference_id <= {_TARGETS} ORDER BY 1, 2"  # noqa: S608
    )
    for reference_id, value in connection.execute(text(chosen)):
        found.setdefault(reference_id, []).append(value)
    return found


def _line(target: dict[str, Any], forms: Forms, chance: random.Random, day: int) -> Line | None:
    """Ask for two to five of a reference's attributes; None when it has too few."""
    makers: list[_Maker] = [_industry, _product, _place, _role, _tag, _language, _size]
    wished = chance.choice((2, 3, 3, 4, 4, 5))
    drawn = [maker(target, forms, chance) for maker in chance.sample(makers, len(makers))]
    chosen = [part for part in drawn if part is not None][:wished]
    if len(chosen) < wished:
        return None
    if not chance.randrange(8):
        chosen += filter(None, [_tenure(target, chance, day)])
    if not chance.randrange(6):
        chosen += filter(None, [_one(("activity", chance.choice(list(EMPHASIS))), forms, chance)])
    unwanted = None if chance.randrange(8) else _unwanted(target, forms, chance)
    return Line(_typed(chosen, unwanted, chance), _criteria(chosen, unwanted))


def _criteria(parts: list[_Part], unwanted: _Part | None) -> Criteria:
    def listed(meant: Iterator[tuple[str, str]]) -> dict[Facet, tuple[str, ...]]:
        found: dict[Facet, tuple[str, ...]] = {}
        for facet, value in meant:
            found[Facet(facet)] = (*found.get(Facet(facet), ()), value)
        return found

    return Criteria(
        wanted=listed(pair for part in parts for pair in part.wanted),
        excluded=listed(iter(unwanted.wanted)) if unwanted else {},
        company_size=next((part.size for part in parts if part.size), None),
        tenure_min_years=next((part.years for part in parts if part.years), None),
    )


def _typed(parts: list[_Part], unwanted: _Part | None, chance: random.Random) -> str:
    between = chance.choice((", ", ", ", " "))
    line = chance.choice(_OPENINGS) + between.join(part.words for part in parts)
    if unwanted:
        line += f", {chance.choice(_NOT)} {unwanted.words}"
    words = line.split(" ")
    return " ".join(_hurried(word, chance) for word in words)


def _hurried(word: str, chance: random.Random) -> str:
    if chance.randrange(100) >= SLIPS_PERCENT:
        return word
    bare = word.rstrip(",:")
    return mistyped(bare, chance) + word[len(bare) :]


def _one(pair: tuple[str, str | None], forms: Forms, chance: random.Random) -> _Part | None:
    facet, value = pair
    if value is None:
        return None
    words = forms.of(((facet, value),), chance)
    return _Part(words, ((facet, value),)) if words else None


def _industry(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    leaf = target["industry"]
    asked = leaf if chance.randrange(4) else parents().get(leaf, leaf)
    return _one(("industry", asked), forms, chance)


def _product(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    return _one(("product", chance.choice(target["product"] or [None])), forms, chance)


def _place(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    country = target["country"]
    if chance.randrange(4):
        return _one(("country", country), forms, chance)
    return _one(("region", chance.choice(regions_of().get(country, (None,)))), forms, chance)


def _role(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    """Ask for the level, for the function, or for both in a title."""
    level, function = ("level", target["level"]), ("function", target["function"])
    if not chance.randrange(3):
        return _one(chance.choice((level, function)), forms, chance)
    title = forms.of((level, function), chance)
    if title is None:
        words = [forms.of((part,), chance) for part in (level, function)]
        if level[1] == "c_level" or None in words:
            return None
        title = " ".join(filter(None, words))
    return _Part(title, (level, function))


def _tag(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    return _one(("tag", chance.choice(target["tag"] or [None])), forms, chance)


def _language(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    code = chance.choice(target["language"] or [None])
    part = _one(("language", code), forms, chance)
    return part and _Part(f"{part.words} speaking", part.wanted)


def _size(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    """Ask for a band that the account lies in."""
    del forms
    employees = target["employees"]
    if employees is None:
        return None
    least = max((n for n in (50, 100, 500, 1000, 5000, 10_000) if n <= employees), default=None)
    if least is None:
        return _Part("under 50 employees", size=CompanySize(max=49))
    written = chance.choice((f"{least}+ employees", f"more than {least} employees", _short(least)))
    if written.startswith("more"):
        least += 1
    return _Part(written, size=CompanySize(min=least)) if least <= employees else None


def _short(least: int) -> str:
    return f"{least // 1000}k+ employees" if least % 1000 == 0 else f"at least {least} employees"


def _tenure(target: dict[str, Any], chance: random.Random, day: int) -> _Part | None:
    since = target["since"]
    years = min((day - since) // (_DAYS_A_YEAR + 1), 6) if since is not None else 0
    if years < 1:
        return None
    years = chance.randint(1, years)
    return _Part(chance.choice((f"{years}+ years live", f"live {years}+ years")), years=years)


def _unwanted(target: dict[str, Any], forms: Forms, chance: random.Random) -> _Part | None:
    """Exclude an industry or a country that the reference is not of."""
    facet = chance.choice(("industry", "country"))
    own = {target[facet], parents().get(target[facet] or "")}
    others = [
        meaning[0]
        for meaning in forms.others
        if meaning[0][0] == facet and len(meaning) == 1 and meaning[0][1] not in own
    ]
    return _one(chance.choice(others), forms, chance)
