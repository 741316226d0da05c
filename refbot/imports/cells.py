"""One cell's text made into a value, or a sentence that says what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from refbot.imports.files import Cell
from refbot.matching.normal import folded

LONGEST_NOTE = 5_000
_NOTHING = {
    "",
    "-",
    "--",
    "\u2013",
    "\u2014",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "tbd",
    "unknown",
    "?",
    ".",
}
_BROKEN = {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"}
_FORMULA = re.compile(r"^[=@＝＠]|^[+\-＋－][^\d\s]*[A-Za-z]\w*\s*[(!|]")  # noqa: RUF001 - full-width signs
_SLACK = re.compile(r"<[!@#][^<>]{1,80}>")
# What a regex can know of an address: one @, a domain with a dot, nothing that splits a header.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z][A-Za-z0-9\-]{1,62}"
)
_MAIL_IN_BRACKETS = re.compile(r"^[^<>]*<([^<>]+)>$")
_YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si", "ok", "✓", "✔", "on"}
_NO = {"no", "n", "false", "0", "nein", "non", "off", "✗"}

Word = TypeVar("Word", bound=StrEnum)


class BadCell(Exception):
    """The cell cannot be used; the text says why, and the row is rejected."""


def text_of(cell: Cell, warnings: list[str], *, name: str, longest: int) -> str | None:
    """Give a cell's text without what nobody can see; None when it says nothing."""
    if cell is None:
        return None
    raw = _as_text(cell)
    text = _visible(raw)
    if text != raw.replace("\r\n", "\n").strip():
        warnings.append(f"{name} held invisible control characters; they were taken out.")
    if text.lower() in _NOTHING:
        return None
    if text.lower() in _BROKEN:
        warnings.append(f"{name} holds the spreadsheet error {text}; it was read as empty.")
        return None
    if len(text) > longest:
        raise BadCell(f"{name} is {len(text):,} characters long; shorten it to {longest:,}.")
    if _FORMULA.match(text):
        warnings.append(f"{name} looks like a formula ({text[:30]}); it was kept as plain text.")
    if _SLACK.search(text):
        warnings.append(f"{name} holds Slack mark-up; it was kept as plain text and calls nobody.")
    return text


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _visible(text: str) -> str:
    """Take out control, bidi and unassigned characters, and the odd kinds of space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = unicodedata.normalize("NFC", text)
    kept = (
        c
        for c in text
        if c in "\n\t\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return "".join(kept).strip()


def one_line(text: str) -> str:
    """Write a name on one line, with single spaces."""
    return " ".join(text.split())


def items_of(text: str, separators: str) -> list[str]:
    """Split a list as people write it; each item once, in order."""
    items = (one_line(item) for item in re.split(f"[{re.escape(separators)}]", text))
    return list(dict.fromkeys(item for item in items if item.lower() not in _NOTHING))


def separators_in(text: str) -> str:
    """Choose what splits a list: semicolons and lines; commas only where there is none of those."""
    return ";|\n" if any(c in text for c in ";|\n") else ","


def email_of(text: str, *, name: str) -> str:
    """Give an e-mail address in lower case."""
    in_brackets = _MAIL_IN_BRACKETS.match(text)
    address = (in_brackets.group(1) if in_brackets else text).strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(address) or ".." in address:
        raise BadCell(
            f"{name} {text[:60]!r} is not an e-mail address; correct it or leave it empty."
        )
    return address.lower()


def yes_or_no(text: str, *, name: str) -> bool:
    """Read a tick."""
    word = folded(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell(f"{name} {text[:40]!r} is neither yes nor no; write yes or no.")


def one_of(text: str, words: Mapping[str, Word], *, name: str) -> Word:
    """Read one of a few words, in any spelling that people use for them."""
    key = re.sub(r"[^a-z]+", " ", folded(text)).strip()
    if (found := words.get(key)) is not None:
        return found
    known = ", ".join(dict.fromkeys(word.value.replace("_", " ") for word in words.values()))
    raise BadCell(f"{name} {text[:40]!r} is not known; write one of: {known}.")
