"""Whether "French" is a language or a country: it depends on what stands beside the word."""

from refbot.matching.cues import cue
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit

_LINKS = frozenset({"and", "or", "a", "the"})
_FARTHEST = 6  # words of one list of languages


def is_language(line: Line, hit: Hit) -> bool:
    """Tell whether "French" is what is spoken: beside a speaking word, or an item of its own."""
    if is_beside_a_speaker(line, hit):
        return True
    if line.word(hit.start - 1, hit.start) == "in":  # "in French", but "in Italian retail"
        noun = line.hit_of[hit.end] if line.word(hit.end, hit.start) else None
        return noun is None and line.word(hit.end, hit.start) not in cue("customers")
    follower = line.word(hit.end, hit.start)
    if not follower:
        return not _leads_a_list(line, hit)
    if follower in cue("tongue_follows"):  # "English is a must"
        return True
    first, last = line.bounds_of_item(hit.start)
    if follower in {"and", "or"} and line.hit_of[hit.end] is None and last - first < _FARTHEST:
        return line.is_alone(hit) or all(
            _is_tongue(line, place, hit) or line.words[place] in _LINKS
            for place in range(first, last)
        )
    return False


def is_beside_a_speaker(line: Line, hit: Hit) -> bool:
    """Tell whether "speaking", "fluent" or "language" stands at either end of a list of tongues."""
    at = hit.end
    while at < hit.end + _FARTHEST and _links(line, at, hit):
        at += 1
    if line.word(at, hit.start) in cue("speakers") or line.raw_word(hit.end) in cue("speakers"):
        return True
    at = hit.start - 1
    while at >= hit.start - _FARTHEST and _links(line, at, hit):
        at -= 1
    return line.raw_word(at) in cue("speakers") | {"languages", "language"}


def _links(line: Line, place: int, hit: Hit) -> bool:
    return line.word(place, hit.start) in _LINKS or _is_tongue(line, place, hit)


def _is_tongue(line: Line, place: int, near: Hit) -> bool:
    """Tell whether a language's name stands at a place of the same item."""
    if not 0 <= place < len(line.words) or line.item[place] != line.item[near.start]:
        return False
    hit = line.hit_of[place]
    return hit is not None and Facet.LANGUAGE in hit.term.facets


def _leads_a_list(line: Line, hit: Hit) -> bool:
    """Tell whether the item goes on as "German, Austrian or Swiss bank" does."""
    after = line.hit_of[hit.end] if hit.end < len(line.hit_of) else None
    if after is None or Facet.COUNTRY not in after.term.facets:
        return False
    _, last = line.bounds_of_item(after.start)
    return last > after.end and not line.is_alone(after)
