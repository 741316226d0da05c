"""The interactive elements of blocks: where they stand, what they hold, and ids Slack adds."""

import copy
import secrets
from collections.abc import Iterator

from refbot.sandbox.shapes import Json

# For each stateful element: the key that holds its value, and the one that sets its first value.
VALUE_KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "files"),
}
LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with its block, in reading order."""
    for block in blocks:
        if "accessory" in block:
            yield block, block["accessory"]
        if block.get("type") == "input" and "element" in block:
            yield block, block["element"]
        if block.get("type") in {"actions", "context_actions"}:
            for element in block.get("elements", []):
                yield block, element


def find_element(blocks: list[Json], *, action_id: str, block_id: str | None) -> Json | None:
    """The element with these ids; without a block id the first that has the action id."""
    for block, element in elements_of(blocks):
        if element.get("action_id") == action_id and block_id in {None, block.get("block_id")}:
            return element
    return None


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which blocks and elements have ids, added where Slack would add them."""
    given = copy.deepcopy(blocks)
    for block in given:
        block.setdefault("block_id", _short_id())
    for _, element in elements_of(given):
        if element.get("type") != "image":
            element.setdefault("action_id", _short_id())
    return given


def _short_id() -> str:
    return secrets.token_urlsafe(4)[:5]


def initial_values(blocks: list[Json]) -> Json:
    """The state of untouched elements: `{block_id: {action_id: {type, …}}}`."""
    values: Json = {}
    for block, element in elements_of(blocks):
        keys = VALUE_KEYS.get(element.get("type", ""))
        if keys is None:
            continue
        held, first = keys
        value = element.get(first)
        entry: Json = {"type": element["type"], held: value}
        if value is None and held in LISTS:
            entry[held] = []
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def carried_over(blocks: list[Json], values: Json) -> Json:
    """The initial state of blocks, and over it what an earlier state held for the same ids."""
    merged = initial_values(blocks)
    for block_id, entries in merged.items():
        for action_id, entry in entries.items():
            earlier = values.get(block_id, {}).get(action_id)
            if earlier and earlier.get("type") == entry["type"]:
                entries[action_id] = earlier
    return merged
