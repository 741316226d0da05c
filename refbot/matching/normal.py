"""Letters made comparable: case, accents, full-width forms and Slack's mark-up change nothing."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST_LINE = 20_000
_STROKED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_DOTLESS = str.maketrans({"\u0131": "i", "ß": "ss", "İ": "i"})
# Mentions, channels, specials, links, bare addresses and emoji: nothing is read out of them.
_MARKUP = re.compile(
    r"<[@#!][^<>\s]{1,200}>"
    r"|<[a-z]{2,8}:[^<>|\s]{1,2000}(?:\||>)"
    r"|\b(?:https?://|www\.)\S{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,200}"
    r"|(?<!\w):[a-z][a-z0-9_+-]{1,60}:(?!\w)",
    re.IGNORECASE,
)
_MAY_HOLD_MARKUP = re.compile("[<:@]|www", re.IGNORECASE)  # quick: most lines hold none
_ENTITIES = {"&amp;": "&", "&lt;": " ", "&gt;": " ", "&quot;": " ", "&nbsp;": " ", "&#39;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_SHORT_WITH = re.compile(r"\bw/o\b|\bw/(?=\s|[a-z])", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*(?:\+\+|#)?|[&+]")
_HARD = re.compile(r"[,;:!?|/\n\r()\[\]{}•·\u2013\u2014=\"“”„]|\.(?:\s|\.|$)|\s[-*]+\s|…")
_STOP = re.compile(r"[;!?\n\r•]|\.(?:\s|\.|$)|…|\s[-\u2013\u2014]\s")
_GLUE = frozenset({"", "-"})
_SOFT_GAPS = _GLUE | {" "}
_PLAIN = re.compile(r"[A-Za-z0-9 ]*")
_LETTERED_DOTS = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)


class Token(NamedTuple):
    """One word of a line, normalised; `start` and `end` are its place in the clean line."""

    text: str
    start: int
    end: int
    breaks: bool  # a comma, slash, full stop or the like stands before it
    glued: bool  # no space stands before it, at most a hyphen
    stops: bool  # a sentence ended before it


def clean(text: str) -> str:
    """Take out Slack's mark-up, and write one form of each letter."""
    text = text[:LONGEST_LINE]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: _ENTITIES[found.group()], text)
    if _MAY_HOLD_MARKUP.search(text):
        text = _MARKUP.sub(" ", text)
    if "/" in text:
        text = _SHORT_WITH.sub(_spelt_out, text)
    if "." in text:
        text = _LETTERED_DOTS.sub(lambda found: found.group().replace(".", "") + " ", text)
    return text


def _spelt_out(found: re.Match[str]) -> str:
    return "without" if found.group()[-1] in "oO" else "with "


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """Give the one form of a word that comparisons use: lower case, no accents, no apostrophe."""
    if word.isascii():
        word = word.lower()
    else:
        word = word.translate(_DOTLESS).casefold().translate(_STROKED)
        word = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in word if not unicodedata.combining(c))
        word = word.replace("\u2019", "'").replace("\u02bc", "'")
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
    return word


def tokens_of(cleaned: str, *, most: int = LONGEST_LINE) -> list[Token]:
    """Split a clean line into words, at most so many; `&` reads as "and"."""
    tokens: list[Token] = []
    last = 0
    for found in _TOKEN.finditer(cleaned):
        start, end = found.span()
        gap = cleaned[last:start]
        raw = found[0]
        if raw == "+" and (not gap or not cleaned[end : end + 1].isspace()):
            last = end if not gap else start
            continue
        if len(tokens) == most:
            break
        text = "and" if raw in "&+" else folded(raw)
        breaks = stops = False
        if gap not in _SOFT_GAPS:  # as nearly all are
            breaks = bool(_HARD.search(gap))
            stops = breaks and bool(_STOP.search(gap))
        tokens.append(Token(text, start, end, breaks, gap in _GLUE, stops))
        last = end
    return tokens


def key_of(words: list[str] | tuple[str, ...]) -> str:
    """Squeeze words into the key by which terms are looked up: no spaces, no hyphens."""
    return "".join(words)


def words_of(text: str) -> tuple[str, ...]:
    """Give the normalised words of a term or a spreadsheet cell."""
    if _PLAIN.fullmatch(text):  # most names are, and there may be very many
        return tuple(text.lower().split())
    return tuple(token.text for token in tokens_of(clean(text)))
