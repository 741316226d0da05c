"""What Slack itself checks in a modal before the bot hears of a submission."""

import re
from collections.abc import Iterator
from typing import Any

from refbot.sandbox.elements import VALUE_KEYS
from refbot.sandbox.shapes import Json

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ADDRESS = re.compile(r"https?://\S+")
REQUIRED = "Please complete this required field."
LONGEST_TEXT = 3000


def unmet(view: Json) -> dict[str, str]:
    """For each input that Slack would not let pass, the sentence at the field, by block_id."""
    values = view["state"]["values"]
    found: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        entry = values[block["block_id"]][element["action_id"]]
        held = entry.get(VALUE_KEYS[element["type"]][0])
        sentence = next(_objections(block, element, held), None)
        if sentence:
            found[block["block_id"]] = sentence
    return found


def _objections(block: Json, element: Json, held: Any) -> Iterator[str]:
    if held in (None, "", []):
        if not block.get("optional"):
            yield REQUIRED
        return
    if isinstance(held, str):
        yield from _text_objections(element, held)
    if isinstance(held, list):
        most = element.get("max_selected_items")
        if most and len(held) > most:
            yield f"Please select at most {most} items."


def _text_objections(element: Json, held: str) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", LONGEST_TEXT)
    match element["type"]:
        case "plain_text_input":
            if len(held) < least:
                yield f"Please enter at least {least} characters."
            if len(held) > most:
                yield f"Please enter no more than {most} characters."
        case "email_text_input":
            if not EMAIL.fullmatch(held):
                yield "Please enter a valid email address."
        case "url_text_input":
            if not ADDRESS.fullmatch(held):
                yield "Please enter a valid URL."
        case "number_input":
            yield from _number_objections(element, held)


def _number_objections(element: Json, held: str) -> Iterator[str]:
    try:
        entered = float(held)
    except ValueError:
        yield "Please enter a valid number."
        return
    if not element.get("is_decimal_allowed") and "." in held:
        yield "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and entered < float(least):
        yield f"Please enter a number that is at least {least}."
    if most is not None and entered > float(most):
        yield f"Please enter a number that is no more than {most}."
