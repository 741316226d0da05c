"""Small builders of Block Kit that keep Slack's limits and make users' text harmless."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Block = dict[str, Any]

SECTION = 3000
HEADER = 150
BUTTON = 75
OPTION = 75
PLACEHOLDER = 150
TOP_TEXT = 4000
MOST_BLOCKS = 50
MOST_CHARACTERS = 12_500  # over all blocks; Slack refuses beyond about 13,000
ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, slots=True)
class Message:
    """A message for Slack: the text that notifications and screen readers give, and the blocks."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def clean(text: str) -> str:
    """Take out what changes how the text around it reads: control and direction characters."""
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


def cut(text: str, most: int) -> str:
    """Shorten to at most so many characters, saying so."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """Make plain words mrkdwn: a name may hold what Slack reads as a mark of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def safe(text: str | None, most: int = 500) -> str:
    """Make users' text harmless in mrkdwn: no mention, no link, no formatting of its own.

    `most` bounds what comes out: an escaped sign is up to five characters long.
    """
    harmless = re.sub(r"([*_~`])", "\\1\u200b", escaped(clean(text or "")))
    return cut_marked(harmless, most)


def sentence(text: str, most: int = 150) -> str:
    """Make a sentence of the matcher readable and harmless: its dates as people write them."""
    return safe(with_days(text), most)


def with_days(text: str) -> str:
    """Write the dates of a sentence as people do: "13 Dec 2026"."""
    return ISO_DAY.sub(lambda found: day(date.fromisoformat(found.group())), text)


def cut_marked(text: str, most: int) -> str:
    """Shorten mrkdwn, but not within an escaped sign or a mention."""
    if len(text) <= most:
        return text
    return re.sub(r"(&\w*|<[^<>]*)$", "", text[: most - 1]).rstrip() + "…"


def plain(text: str, most: int) -> Block:
    """A plain_text object; nothing in it reads as a mention even where somebody copies it."""
    harmless = clean(text).replace("<!", "<\u200b!") or "–"
    return {"type": "plain_text", "text": cut(harmless, most), "emoji": True}


def mrkdwn(text: str, most: int = SECTION) -> Block:
    """A mrkdwn object; `text` is ours, users' parts went through `safe`."""
    return {"type": "mrkdwn", "text": cut_marked(text, most)}


def header(text: str) -> Block:
    """A line in large letters."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph, with an element at its right if one is given."""
    block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def pairs(values: Iterable[tuple[str, str | None]]) -> list[Block]:
    """Two columns of "name: value", at most ten a block; empty values are left out."""
    shown = [mrkdwn(f"*{name}*\n{value}", 2000) for name, value in values if value]
    return [{"type": "section", "fields": shown[i : i + 10]} for i in range(0, len(shown), 10)]


def context(*texts: str) -> Block:
    """Small grey text."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(*elements: Block | None) -> Block:
    """A row of buttons; what is None is left out."""
    return {"type": "actions", "elements": [element for element in elements if element]}


def button(
    text: str, action: str, value: object, *, style: str | None = None, confirm: Block | None = None
) -> Block:
    """A button; `value` is a row's id."""
    block = {
        "type": "button",
        "text": plain(text, BUTTON),
        "action_id": action,
        "value": str(value),
    }
    if style:
        block["style"] = style
    if confirm:
        block["confirm"] = confirm
    return block


def confirm(title: str, text: str, yes: str) -> Block:
    """A question before something that cannot be taken back."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain("Not now", 30),
    }


def option(text: str, value: object, description: str | None = None) -> Block:
    """One choice of a select."""
    block = {"text": plain(text, OPTION), "value": str(value)}
    return block | {"description": plain(description, OPTION)} if description else block


def overflow(action: str, options: Sequence[Block]) -> Block:
    """The "…" menu."""
    return {"type": "overflow", "action_id": action, "options": list(options)[:5]}


def input_block(
    block_id: str,
    label: str,
    element: Block,
    *,
    optional: bool = False,
    hint: str | None = None,
    dispatches: bool = False,
) -> Block:
    """A field of a form."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
        "dispatch_action": dispatches,
    }
    return block | {"hint": plain(hint, 2000)} if hint else block


def modal(
    callback: str,
    title: str,
    blocks: list[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    metadata: str = "",
) -> Block:
    """A modal view."""
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "private_metadata": metadata,
        "blocks": blocks[:100],
    }
    return view | {"submit": plain(submit, 24)} if submit else view


def fitting(blocks: Sequence[Block]) -> list[Block]:
    """Keep a message within Slack's count of blocks and sum of characters: long texts give way."""
    shown = list(blocks[:MOST_BLOCKS])
    for most in (SECTION, 1500, 700, 300, 120):
        shown = [_shortened(block, most) for block in shown]
        if sum(map(_length, shown)) <= MOST_CHARACTERS:
            break
    return shown


def _shortened(part: Any, most: int) -> Any:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            return mrkdwn(part["text"], most)
        return {key: _shortened(value, most) for key, value in part.items()}
    return [_shortened(item, most) for item in part] if isinstance(part, list) else part


def _length(part: Any) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(map(_length, part.values()))
    return sum(map(_length, part)) if isinstance(part, list) else 0


def when(instant: datetime) -> str:
    """An instant that Slack shows in the reader's own zone."""
    stamp = int(instant.timestamp())
    return f"<!date^{stamp}^{{date_short_pretty}} at {{time}}|{instant:%d %b %Y %H:%M} UTC>"


def day(value: date) -> str:
    """A day, the same for every reader."""
    return f"{value.day} {value:%b %Y}"


def mention(slack_id: str | None, name: str) -> str:
    """A colleague: mentioned when in Slack, else by name."""
    return f"<@{slack_id}>" if slack_id else safe(name)


def money(amount: int | None) -> str | None:
    """An amount with thousands apart."""
    return None if amount is None else f"{amount:,}"
