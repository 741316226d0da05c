"""How a person's words (labels, values, names) become what Slack sends for an element."""

from collections.abc import Callable, Iterator
from typing import Any

from refbot.sandbox import seed
from refbot.sandbox.elements import VALUE_KEYS, elements_of
from refbot.sandbox.shapes import Json

Asker = Callable[[str, str], list[Json]]


def all_pressable(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Each button and overflow entry with its text, as the action it would send."""
    for block, element in elements_of(blocks):
        ids: Json = {"action_id": element.get("action_id"), "block_id": block["block_id"]}
        match element["type"]:
            case "button" | "workflow_button" | "icon_button":
                told: Json = {
                    key: element[key] for key in ("text", "value", "style") if key in element
                }
                yield element["text"]["text"], {"type": element["type"], **ids, **told}
            case "overflow":
                for option in element["options"]:
                    action = {"type": "overflow", **ids, "selected_option": option}
                    yield option["text"]["text"], action


def pressable(blocks: list[Json], *, label: str | None, action_id: str | None) -> list[Json]:
    """The actions of what has this text, or this action_id."""
    return [
        action
        for text, action in all_pressable(blocks)
        if (label is None or text == label) and action_id in {None, action["action_id"]}
    ]


def element_with(blocks: list[Json], action_id: str) -> tuple[str, Json]:
    """An element by its action_id, with its block's id."""
    for block, element in elements_of(blocks):
        if element.get("action_id") == action_id:
            return block["block_id"], element
    there = [element.get("action_id") for _, element in elements_of(blocks)]
    raise LookupError(f"No {action_id!r} here, only {there}")


def field(blocks: list[Json], name: str) -> tuple[str, Json]:
    """A form's element by block_id, action_id or label."""
    for block, element in elements_of(blocks):
        label = block.get("label", {}).get("text")
        if name in {block["block_id"], element.get("action_id"), label}:
            return block["block_id"], element
    there = [block.get("label", {}).get("text") for block, _ in elements_of(blocks)]
    raise LookupError(f"No field {name!r} here, only {there}")


def dispatches(blocks: list[Json], block_id: str) -> bool:
    """Whether filling this field is told to the bot at once."""
    return any(b["block_id"] == block_id and b.get("dispatch_action") for b in blocks) or any(
        b["block_id"] == block_id and b["type"] != "input" for b in blocks
    )


def entry(element: Json, wanted: Any, ask: Asker) -> Json:
    """What the state holds for an element after somebody chose or wrote `wanted`."""
    kind = element["type"]
    held = VALUE_KEYS[kind][0]
    match held:
        case "selected_option":
            return {"type": kind, held: None if wanted is None else _option(element, wanted, ask)}
        case "selected_options":
            return {"type": kind, held: [_option(element, item, ask) for item in wanted]}
        case "selected_users":
            return {"type": kind, held: [_user_id(item) for item in wanted]}
        case "selected_user":
            return {"type": kind, held: _user_id(wanted)}
        case _:
            return {"type": kind, held: wanted}


def _user_id(name: str) -> str:
    return seed.IDS_BY_KEY.get(name, name)


def _option(element: Json, wanted: Any, ask: Asker) -> Json:
    """An option by label or value; a type-ahead field is asked for what matches the words."""
    if isinstance(wanted, dict):
        return wanted
    offered = list(_offered(element))
    if "external" in element["type"]:
        offered = ask(element["action_id"], wanted)
    for option in offered:
        if wanted in {option["text"]["text"], option["value"]}:
            return option
    if "external" in element["type"] and len(offered) == 1:
        return offered[0]
    raise LookupError(f"No {wanted!r} offered, only {[o['text']['text'] for o in offered]}")


def _offered(element: Json) -> Iterator[Json]:
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group["options"]
