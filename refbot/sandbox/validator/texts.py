"""Text: its length, its marks, and what must never stand in it."""

import re
from enum import StrEnum
from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator.report import Report

MOST_TEXT = 3000
BROADCAST = re.compile(r"<!(channel|here|everyone)\b[^>]*>?")
# What may stand between < and > in mrkdwn. Everything else is text that was not escaped.
ENTITY = re.compile(
    r"<(?:"
    r"@[UW][A-Z0-9]+(?:\|[^<>]*)?"
    r"|#[CG][A-Z0-9]+(?:\|[^<>]*)?"
    r"|!date\^\d+\^[^<>|^]+(?:\^https?://[^<>|]+)?\|[^<>]+"
    r"|!subteam\^S[A-Z0-9]+(?:\|[^<>]*)?"
    r"|(?:https?|mailto|tel|slack):[^<>|\s]+(?:\|[^<>]+)?"
    r")>"
)
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
QUOTE_MARK = re.compile(r"^\s*>+", re.MULTILINE)
# Control characters, and marks that turn the reading direction of what follows.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class TextKind(StrEnum):
    """Which of Slack's two text objects may stand at a place."""

    PLAIN = "plain_text"
    ANY = "any"


def check_object(
    report: Report, where: str, text: Any, *, most: int = MOST_TEXT, kind: TextKind = TextKind.ANY
) -> None:
    """A text object: its type, its keys, its length and its words."""
    if not report.require(where, text, ("type", "text")):
        return
    kinds = {"plain_text"} if kind is TextKind.PLAIN else {"plain_text", "mrkdwn"}
    report.one_of(f"{where}.type", text["type"], kinds)
    own = "verbatim" if text["type"] == "mrkdwn" else "emoji"
    report.allow(where, text, {"type", "text", own})
    if text["text"] == "":
        report.add(where, "text is empty")
    report.length(where, text["text"], most)
    check_words(report, where, text)


def check_words(report: Report, where: str, text: Json) -> None:
    """No mass mention, nothing unseen, and in mrkdwn nothing that was left unescaped."""
    words = text["text"]
    if not isinstance(words, str):
        return
    _check_dangers(report, where, words)
    if text["type"] == "mrkdwn":
        check_escaped(report, where, words)


def _check_dangers(report: Report, where: str, words: str) -> None:
    if BROADCAST.search(words):
        report.add(where, f"mentions everybody ({BROADCAST.findall(words)[0]})")
    if UNSEEN.search(words):
        report.add(where, "holds control or direction characters")


def check_escaped(report: Report, where: str, words: str) -> None:
    """`& < >` stand in mrkdwn only as part of Slack's own marks."""
    rest = QUOTE_MARK.sub("", ENTITY.sub("", BROADCAST.sub("", words)))
    if "<" in rest or ">" in rest:
        at = min(rest.find(sign) for sign in "<>" if sign in rest)
        report.add(where, f"unescaped < or > at {rest[at : at + 20]!r}")
    if BARE_AMPERSAND.search(rest):
        report.add(where, "unescaped &, write &amp;")


def check_top_level(report: Report, text: Any, *, most: int) -> None:
    """The message's own text: always there, also beside blocks, and meaningful."""
    if not isinstance(text, str) or not text.strip():
        report.add("text", "is missing: say in words what the blocks show", code="no_text")
        return
    report.length("text", text, most, code="msg_too_long")
    _check_dangers(report, "text", text)
    check_escaped(report, "text", text)
