"""A person presses a button, chooses from a menu, or types into a type-ahead field."""

import copy
from dataclasses import dataclass

from refbot.sandbox import messages, modals
from refbot.sandbox.acts import payloads
from refbot.sandbox.acts.reply import Reply, answered, refused
from refbot.sandbox.delivery import EnvelopeKind
from refbot.sandbox.elements import carried_over, find_element
from refbot.sandbox.shapes import Json
from refbot.sandbox.validator import Surface, problems
from refbot.sandbox.workspace import Workspace

# What an action tells of its element, beside ids and type.
TOLD = (
    "text",
    "value",
    "style",
    "placeholder",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "initial_option",
    "initial_date",
    "initial_time",
)
FROM_ELEMENT = ("text", "value", "style", "placeholder")
ASKED_FROM_LENGTH = 3  # Slack asks for options only when so much is typed, unless told otherwise
NOT_RESPONDING = "RefBot is not responding. Please try again."


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an element stands: in a message or in a view."""

    message: Json | None = None
    view: Json | None = None

    @property
    def blocks(self) -> list[Json]:
        """The blocks that are shown there now."""
        shown = self.message or self.view or {}
        blocks: list[Json] = shown.get("blocks", [])
        return blocks


def place_of(workspace: Workspace, user_id: str, container: Json) -> Place | None:
    """The message or view that a container names, if the person can see it."""
    world = workspace.world
    if container["type"] == "message":
        ts = container.get("ts") or container["message_ts"]
        found = messages.find_ephemeral(world, user_id, ts)
        found = found or messages.find(world, container["channel"], ts)
        return Place(message=found) if found else None
    home = world.memory.homes.get(user_id)
    for view in [*modals.stack_of(world, user_id), *([home] if home else [])]:
        if view["id"] == container["view_id"]:
            return Place(view=view)
    return None


def press(
    workspace: Workspace, user_id: str, container: Json, action: Json, values: Json | None = None
) -> Reply:
    """Send one `block_actions`. The action carries ids and what was chosen."""
    with workspace.world.lock:
        place = place_of(workspace, user_id, container)
        if place is None:
            return refused("message_gone", "This message is no longer here.")
        if workspace.world.memory.people[user_id]["deleted"]:
            return refused("account_inactive", "Your account is deactivated.")
        if place.view and values:
            modals.put_values(workspace.world, place.view, values)
        told = _told(workspace, place, action)
        payload = _block_actions(workspace, user_id, place, told, values or {})
    answer = workspace.ask(EnvelopeKind.INTERACTIVE, payload)
    if answer.payload:
        found = ["the ack of block_actions carries nothing: use response_url or the Web API"]
        workspace.traffic.refuse("block_actions ack", found, answer.payload)
    return answered(answer, sentence=NOT_RESPONDING)


def _told(workspace: Workspace, place: Place, action: Json) -> Json:
    """The action as Slack tells it. What a button says and means comes from the block itself."""
    element = find_element(
        place.blocks, action_id=action["action_id"], block_id=action.get("block_id")
    )
    told: Json = {
        key: action[key] for key in ("type", "action_id", "block_id", *TOLD) if key in action
    }
    if element is not None:  # an older copy of a card may be clicked after its buttons went
        told |= {key: element[key] for key in ("type", *FROM_ELEMENT) if key in element}
    if "block_id" not in told:
        told["block_id"] = _block_of(place.blocks, action["action_id"])
    return {**copy.deepcopy(told), "action_ts": workspace.world.next_stamp()}


def _block_of(blocks: list[Json], action_id: str) -> str:
    for block in blocks:
        if find_element([block], action_id=action_id, block_id=None):
            return str(block["block_id"])
    return ""


def _block_actions(
    workspace: Workspace, user_id: str, place: Place, action: Json, values: Json
) -> Json:
    payload = payloads.interaction(workspace, "block_actions", user_id)
    view_id = None
    if place.message is not None:
        channel_id = place.message["channel"]
        payload |= payloads.message_fields(workspace, channel_id, place.message)
        state = carried_over(place.blocks, values)
        _enter(state, action)
        payload["state"] = {"values": state}
        payload["response_url"] = workspace.response_url(
            user_id, channel_id, ts=place.message["ts"]
        )
    elif place.view is not None:
        view_id = place.view["id"]
        _enter(place.view["state"]["values"], action)
        payload |= payloads.view_fields(place.view)
    payload["actions"] = [action]
    payload["trigger_id"] = workspace.leases.trigger(user_id, view_id=view_id)
    return payload


def _enter(values: Json, action: Json) -> None:
    """Let the state hold what was just chosen."""
    entry = values.get(action["block_id"], {}).get(action["action_id"])
    if entry is not None:
        entry |= {key: action[key] for key in entry if key in action}


def options(workspace: Workspace, user_id: str, container: Json, field: Json) -> Json:
    """What a type-ahead field shows for the letters typed. `field`: action_id, block_id, value."""
    place = place_of(workspace, user_id, container)
    if place is None:
        return {"options": []}
    element = find_element(
        place.blocks, action_id=field["action_id"], block_id=field.get("block_id")
    )
    if element is None or len(field["value"]) < element.get("min_query_length", ASKED_FROM_LENGTH):
        return {"options": []}
    payload = payloads.interaction(workspace, "block_suggestion", user_id)
    if place.message is not None:
        payload |= payloads.message_fields(workspace, place.message["channel"], place.message)
    elif place.view is not None:
        payload |= payloads.view_fields(place.view)
    payload |= {
        "action_id": field["action_id"],
        "block_id": field.get("block_id") or _block_of(place.blocks, field["action_id"]),
        "value": field["value"],
    }
    return _checked_options(workspace, workspace.ask(EnvelopeKind.INTERACTIVE, payload).payload)


def _checked_options(workspace: Workspace, offered: Json | None) -> Json:
    found = problems(Surface.OPTIONS, offered or {})
    if found:
        workspace.traffic.refuse("block_suggestion ack", found, offered or {})
        return {"options": []}
    return offered or {"options": []}
