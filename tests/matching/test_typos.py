"""A slip may cost what it touches, but to mend one never costs anything that was understood."""

import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.matching.slips import mistyped
from bench.matching.spelling import facts_in
from refbot.matching.shipped import shipped_terms
from refbot.matching.terms import Kind
from refbot.matching.vocabulary import Vocabulary

_SHORTEST = 5  # letters of a word that gets a slip
TERMS = st.deferred(
    lambda: st.sampled_from(
        sorted(
            " ".join(term.words)
            for term in shipped_terms().values()
            if term.key.isascii()
            and term.kind is not Kind.CHATTER
            and not term.weak
            and not term.exact
            and len(term.readings) == 1
        )
    )
)
COMPANY = st.sampled_from(["Atlas CDP", "Nimbus Pay", "Ledger-X", "Kestrel Air", "Snowflake"])
PLAIN = st.sampled_from(["5k+ employees", "2+ years live", "french speaking", "not automotive"])


@settings(deadline=None, max_examples=300)
@given(
    items=st.lists(TERMS | COMPANY | PLAIN, min_size=1, max_size=4),
    seed=st.integers(0, 2**32),
    data=st.data(),
)
def test_mending_a_slip_never_lowers_what_is_understood(
    items: list[str], seed: int, data: st.DataObject, vocabulary: Vocabulary
) -> None:
    meant = ", ".join(items).split(" ")
    long = [at for at, word in enumerate(meant) if len(word.strip(",")) >= _SHORTEST]
    assume(long)
    slipped = data.draw(st.lists(st.sampled_from(long), min_size=1, max_size=3, unique=True))
    chance = random.Random(seed)  # noqa: S311 - repeatable slips, not secrets
    typed = [_with_slip(word, chance) if at in slipped else word for at, word in enumerate(meant)]
    wanted = facts_in(" ".join(meant), vocabulary)
    understood = {facet for facet, _ in facts_in(" ".join(typed), vocabulary) & wanted}
    for at in slipped:
        mended = [*typed[:at], meant[at], *typed[at + 1 :]]
        facets = {facet for facet, _ in facts_in(" ".join(mended), vocabulary)}
        assert understood <= facets, (" ".join(typed), " ".join(mended))


def _with_slip(word: str, chance: random.Random) -> str:
    return mistyped(word.rstrip(","), chance) + "," * word.endswith(",")
