"""Arguments of Web API calls, as form or JSON, turned to one shape."""

import json
from urllib.parse import parse_qsl

from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.validator import Surface, check

STRUCTURED = ("blocks", "attachments", "metadata", "view", "files")
FALSE = (False, "0", "false", "False", 0)


def parsed(body: bytes, content_type: str, query: str = "") -> Json:
    """The arguments of a call. Structured ones come as JSON text in a form and are read here."""
    arguments: Json = dict(parse_qsl(query, keep_blank_values=True))
    try:
        if content_type.startswith("application/json"):
            arguments |= json.loads(body or b"{}")
        elif body:
            arguments |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        for name in STRUCTURED:
            if isinstance(arguments.get(name), str) and arguments[name]:
                arguments[name] = json.loads(arguments[name])
    except (ValueError, TypeError) as reason:
        raise SlackError("invalid_json", messages=[str(reason)]) from reason
    return arguments


def required(arguments: Json, name: str) -> str:
    """A text argument that must be there."""
    value = arguments.get(name)
    if not value:
        raise SlackError("invalid_arguments", messages=[f"[ERROR] missing required field: {name}"])
    return str(value)


def view_of(arguments: Json) -> Json:
    """The view argument."""
    view = arguments.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: view"])
    return view


def is_true(arguments: Json, name: str) -> bool:
    """Whether a flag is on, in any of the spellings clients use."""
    return name in arguments and arguments[name] not in (*FALSE, None, "")


def number(arguments: Json, name: str, default: int) -> int:
    """A whole number, or its default."""
    try:
        return int(arguments.get(name, default))
    except ValueError as reason:
        raise SlackError("invalid_arguments", messages=[f"[ERROR] {name}"]) from reason


def refuse_problems(surface: Surface, payload: Json) -> None:
    """Refuse a payload that Slack, or good sense, would refuse; Slack's code comes first."""
    found = check(surface, payload)
    if found:
        raise SlackError(
            found[0].code, messages=[f"[ERROR] {problem.sentence}" for problem in found]
        )


def page(items: list[Json], arguments: Json, *, default: int = 100) -> tuple[list[Json], str]:
    """One page of a list and the cursor of the next, empty at the end."""
    cursor = str(arguments.get("cursor") or "")
    start = int(cursor.removeprefix("at:")) if cursor.removeprefix("at:").isdigit() else 0
    if cursor and not cursor.startswith("at:"):
        raise SlackError("invalid_cursor")
    end = start + number(arguments, "limit", default)
    return items[start:end], f"at:{end}" if end < len(items) else ""
