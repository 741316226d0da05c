"""Rich text: sections, lists, quotes and code, and the small things in them."""

from collections.abc import Collection
from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator.report import Report
from refbot.sandbox.validator.texts import check_words

PARTS = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_preformatted",
    "rich_text_quote",
}
INLINE = {"text", "link", "user", "channel", "usergroup", "emoji", "date", "team", "color"}
MOST_PARTS = 100


def check_rich_text(report: Report, where: str, block: Json) -> None:
    """A rich_text block, or a table's cell."""
    for n, part in enumerate(report.count(f"{where}.elements", block.get("elements"), MOST_PARTS)):
        _check_part(report, f"{where}.elements[{n}]", part, PARTS)


def _check_part(report: Report, where: str, part: Any, allowed: Collection[str]) -> None:
    if not report.require(where, part, ("type", "elements")):
        return
    report.one_of(f"{where}.type", part["type"], allowed)
    is_list = part["type"] == "rich_text_list"
    if is_list:
        report.one_of(f"{where}.style", part.get("style"), {"bullet", "ordered"})
    for n, element in enumerate(part["elements"]):
        if is_list:
            _check_part(report, f"{where}.elements[{n}]", element, {"rich_text_section"})
        else:
            _check_inline(report, f"{where}.elements[{n}]", element)


def _check_inline(report: Report, where: str, element: Any) -> None:
    if not report.require(where, element, ("type",)):
        return
    if element["type"] == "broadcast":
        report.add(where, "mentions everybody")
    elif element["type"] not in INLINE:
        report.add(where, f"{element['type']!r} is not known in rich text")
    elif element["type"] == "text" and report.require(where, element, ("text",)):
        check_words(report, where, {"type": "plain_text", "text": element["text"]})
    elif element["type"] == "link":
        report.require(where, element, ("url",))
