"""How well misspellings are read, and how seldom ordinary words are taken for criteria.

Real misspellings of the vocabulary's words come from the dictionary of codespell, wild ones from
the learners' list that nlpaug ships, ordinary words from the list by frequency of symspellpy. The
costs of mistakes were fitted on the half of codespell that `TUNED` names; `HELD_OUT` is the other.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from refbot.matching.normal import clean, tokens_of
from refbot.matching.parse import read
from refbot.matching.profile import Facet, Word
from refbot.matching.segment import Hit, segment
from refbot.matching.shipped import shipped_terms, written_terms
from refbot.matching.terms import Kind, Term
from refbot.matching.vocabulary import Vocabulary

AS_OF = date(2026, 11, 22)
TUNED, HELD_OUT = 0, 1
SEED = 7
ORDINARY = 5_000
RARER = 30_000  # so far down the list by frequency goes the second sample
LINE = "looking for a {} reference in Germany, 500+ employees"
PROSE = "i wanted to say that the {} was what we had on our minds when they left"
_COMPANY = Path(__file__).parents[2] / "tests" / "data" / "matching" / "vocabulary.csv"
_NOBODYS = "zqzqzq"
_SHORTEST = 3
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "r", "rs", "ly", "ings", "able")
_SHOWN = 60

Facts = frozenset[tuple[str, str]]


class Misspelling(NamedTuple):
    """What somebody typed, and the word that was meant."""

    typed: str
    meant: str

    @property
    def half(self) -> int:
        """The half it falls into, by its letters alone."""
        return blake2b(self.typed.encode(), digest_size=4).digest()[0] & 1


@dataclass(slots=True)
class Figures:
    """How many cases there were, how many were read right, and which were not."""

    cases: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share that was read as if it had been spelt right."""
        return self.right.total() / self.cases.total()

    @property
    def wrongs(self) -> float:
        """The share in which something was read that was not meant."""
        return len(self.wrong) / self.cases.total()


def company_words() -> list[Word]:
    """Give the words of the company that the labelled lines speak of."""
    with _COMPANY.open(encoding="utf-8") as file:
        return [
            Word(facet=Facet(row["facet"]), value=row["value"], text=text)
            for row in csv.DictReader(file)
            for text in (row["value"], *filter(None, row["aliases"].split(";")))
        ]


def _lines_of(package: str, path: str) -> list[str]:
    # read where it is installed: the package itself need not be imported
    file = Path(str(metadata.distribution(package).locate_file(path)))
    return file.read_text(encoding="utf-8-sig").splitlines()


def frequent_words() -> list[str]:
    """Give English words, the most frequent first."""
    lines = _lines_of("symspellpy", "symspellpy/frequency_dictionary_en_82_765.txt")
    return [word for line in lines if len(word := line.split()[0]) >= _SHORTEST]


def recorded() -> list[Misspelling]:
    """Give the misspellings that have one correction of one word."""
    pairs = (
        line.lower().partition("->")
        for line in _lines_of("codespell", "codespell_lib/data/dictionary.txt")
    )
    return [Misspelling(typed, meant) for typed, _, meant in pairs if meant.isalpha()]


def wild() -> list[Misspelling]:
    """Give what learners of English wrote, where it is no English word of its own."""
    english = set(frequent_words())
    found: dict[Misspelling, None] = {}
    for line in _lines_of("nlpaug", "nlpaug/res/word/spelling/spelling_en.txt"):
        meant, *typed = line.lower().split()
        for text in typed:
            if text.isalpha() and meant.isalpha() and text not in english and text != meant:
                found[Misspelling(text, meant)] = None
    return [pair for pair in found if len(pair.typed) >= _SHORTEST]


def terms_of(words: Iterable[Word]) -> dict[str, Term]:
    """Give every term that may be criteria, the company's own included, by its key.

    Short forms that follow from terms are left out: nobody has recorded how those are misspelt.
    """
    texts = Vocabulary.of(words)
    own = {"".join(word.text.lower().split()) for word in words}
    found = {key: term for key in own if (term := texts.exact(key)) is not None}
    shipped = {key: shipped_terms()[key] for key in written_terms()}
    return {key: t for key, t in (shipped | found).items() if t.kind is not Kind.CHATTER}


def facts_in(text: str, vocabulary: Vocabulary) -> Facts:
    """Give what is read out of a line, as pairs that compare."""
    criteria = read(text, vocabulary, as_of=AS_OF).criteria
    sides = {"": criteria.wanted, "not ": criteria.excluded}
    found = {
        (side + facet, value)
        for side, table in sides.items()
        for facet, values in table.items()
        for value in values
    }
    if criteria.company_size:
        found.add(("company_size", f"{criteria.company_size.min}-{criteria.company_size.max}"))
    if criteria.tenure_min_years:
        found.add(("tenure", str(criteria.tenure_min_years)))
    return frozenset(found)


def hits_in(text: str, vocabulary: Vocabulary) -> list[Hit]:
    """Give the terms that a line is cut into, before it is asked which of them are meant."""
    tokens = tokens_of(clean(text))
    return segment(tokens, [False] * len(tokens), vocabulary)


def cases_of(
    pairs: Iterable[Misspelling], terms: Mapping[str, Term]
) -> Iterator[tuple[str, str, str]]:
    """Give (kind, line as typed, line as meant): alone, in a line, and inside a longer term."""
    holding: dict[str, list[Term]] = defaultdict(list)
    for term in terms.values():
        for word in term.words if len(term.words) > 1 else ():
            holding[word].append(term)
    for pair in pairs:
        alone = terms.get(pair.meant)
        if alone is not None and len(alone.words) == 1:
            yield "alone", pair.typed, pair.meant
            yield "in a line", LINE.format(pair.typed), LINE.format(pair.meant)
        if len(pair.meant) > _SHORTEST and (among := holding.get(pair.meant)):
            chosen = among[
                int(blake2b("".join(pair).encode(), digest_size=4).hexdigest(), 16) % len(among)
            ]
            typed = [pair.typed if word == pair.meant else word for word in chosen.words]
            yield "in a term", " ".join(typed), " ".join(chosen.words)


def figures_of(pairs: Iterable[Misspelling], words: Iterable[Word]) -> Figures:
    """Read each misspelling, and compare with the reading of what was meant."""
    words = [*words]
    vocabulary, figures = Vocabulary.of(words), Figures()
    expected: dict[str, Facts] = {}
    germany = facts_in(LINE.format(_NOBODYS), vocabulary)
    for kind, typed, meant in cases_of(pairs, terms_of(words)):
        if meant not in expected:
            expected[meant] = facts_in(meant, vocabulary)
        wanted = expected[meant]
        if not wanted - (germany if kind == "in a line" else set()):
            continue  # the word alone is no criterion there
        found = facts_in(typed, vocabulary)
        figures.cases[kind] += 1
        figures.right[kind] += found == wanted
        if found - wanted:
            figures.wrong.append(f"{typed} > {', '.join(value for _, value in found - wanted)}")
        elif found != wanted:
            figures.missed.append(f"{typed} ({meant})")
    return figures


def _bases(word: str) -> set[str]:
    """Take the usual endings off a word."""
    bases = {word}
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            bases |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                bases.add(stem[:-1])
    if word.endswith(("ies", "ied", "ier", "ily")):
        bases.add(word[:-3] + "y")
    return bases


def own_forms(terms: Mapping[str, Term], words: Iterable[str]) -> set[str]:
    """Give those of the words that are the vocabulary's own, or inflections of them."""
    own = {term.key for term in terms.values() if len(term.words) == 1}
    based = {base for word in own for base in _bases(word)}
    return {word for word in words if word in based or _bases(word) & own}


def ordinary_words(terms: Mapping[str, Term]) -> tuple[list[str], list[str], list[str]]:
    """Give the most frequent words, a sample of rarer ones, and what was taken off as our own."""
    listed = frequent_words()[:RARER]
    own = own_forms(terms, listed)
    left = [word for word in listed if word not in own]
    rarer = random.Random(SEED).sample(left[ORDINARY:], ORDINARY)  # noqa: S311
    return left[:ORDINARY], rarer, sorted(own)


def taken_for_criteria(words: Sequence[str], line: str, vocabulary: Vocabulary) -> list[str]:
    """Give the words that a line like this is wrongly read to ask for."""
    nothing = facts_in(line.format(_NOBODYS), vocabulary)
    found = ((word, facts_in(line.format(word), vocabulary) - nothing) for word in words)
    return [f"{word} > {', '.join(value for _, value in facts)}" for word, facts in found if facts]


def _print_figures(name: str, figures: Figures) -> None:
    kinds = ", ".join(f"{kind} {figures.right[kind] / n:.3f}" for kind, n in figures.cases.items())
    print(
        f"{name:34} {figures.cases.total():6} cases  recall {figures.recall:.4f} ({kinds})"
        f"  wrong {figures.wrongs:.4f}"
    )


def _print_list(name: str, items: Sequence[str], most: int) -> None:
    some = random.Random(SEED).sample(items, min(most, len(items)))  # noqa: S311
    rest = f" … and {len(items) - len(some)} more" if len(items) > len(some) else ""
    print(fill(f"{name}: {' | '.join(some)}{rest}", 120, subsequent_indent="    "))


def measure() -> None:
    """Print the figures, and the lists of what failed."""
    words = company_words()
    vocabulary, terms = Vocabulary.of(words), terms_of(words)
    lists = {
        "recorded, tuned on": [pair for pair in recorded() if pair.half == TUNED],
        "recorded, held out": [pair for pair in recorded() if pair.half == HELD_OUT],
        "learners' (wild)": wild(),
    }
    for name, pairs in lists.items():
        figures = figures_of(pairs, words)
        _print_figures(name, figures)
        _print_list("  missed", figures.missed, _SHOWN)
        _print_list("  wrong", figures.wrong, _SHOWN)
    frequent, rarer, own = ordinary_words(terms)
    for name, ordinary in (("ordinary words", frequent), ("rarer words", rarer)):
        for line in ("{}", PROSE):
            taken = taken_for_criteria(ordinary, line, vocabulary)
            where = "alone" if line == "{}" else "in prose"
            print(f"{name} {where}: {len(taken)} of {len(ordinary)} taken for criteria")
            _print_list("  taken", taken, len(taken))
    _print_list(f"taken off as the vocabulary's own ({len(own)})", own, len(own))
