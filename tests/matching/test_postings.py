import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from refbot.matching.bits import packed, words_for
from refbot.matching.postings import Posting
from refbot.matching.rows import Rows, joined

ROWS = 2000
places = st.integers(0, ROWS - 1)
sets = st.sets(places) | st.sets(st.integers(640, 700))  # all over the rows, and in few words


def _places_of(rows: Rows) -> set[int]:
    bits = rows.spread()
    assert len(bits) == rows.words == words_for(ROWS)
    return set(np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little")).tolist())


@given(sets)
def test_rows_are_the_same_by_places_and_by_bits(meant: set[int]) -> None:
    listed = np.array(sorted(meant), np.uint32)
    chosen = np.isin(np.arange(ROWS), listed)
    by_places, by_bits = Rows.at_places(listed, ROWS), Rows.of(packed(chosen))
    assert _places_of(by_places) == _places_of(by_bits) == meant
    assert (by_places.at is None) == (by_bits.at is None)


@given(st.lists(sets, min_size=1, max_size=4))
def test_joined_rows_are_those_of_any(several: list[set[int]]) -> None:
    rows = [Rows.at_places(np.array(sorted(meant), np.uint32), ROWS) for meant in several]
    assert _places_of(joined(rows)) == set().union(*several)


@given(sets, st.lists(st.tuples(st.booleans(), sets), max_size=6))
def test_a_posting_holds_what_was_put_into_it_and_not_taken_out(
    first: set[int], changes: list[tuple[bool, set[int]]]
) -> None:
    posting = Posting(Rows.at_places(np.array(sorted(first), np.uint32), ROWS))
    meant = set(first)
    for is_put, changed in changes:
        if is_put:
            posting.extend(sorted(changed), ROWS)
            meant |= changed
        else:
            for place in changed:
                posting.remove(place)
            meant -= changed
    assert _places_of(posting.rows(words_for(ROWS))) == meant
    assert {place for place in range(ROWS) if posting.holds(place)} == meant
