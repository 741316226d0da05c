"""Modals and Homes: the stack of three, hashes against races, and what the fields hold."""

import copy
import secrets

from refbot.sandbox import seed
from refbot.sandbox.elements import carried_over, initial_values, with_ids
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.world import World, new_id

MOST_VIEWS = 3
OPTIONAL_KEYS = ("title", "submit", "close", "callback_id", "external_id", "private_metadata")


def _built(view: Json, *, view_id: str, root_id: str, previous_id: str | None) -> Json:
    """A view as Slack gives it back: ids, hash and the empty state added."""
    blocks = with_ids(view["blocks"])
    built: Json = {
        "id": view_id,
        "team_id": seed.TEAM_ID,
        "type": view["type"],
        "blocks": blocks,
        "state": {"values": initial_values(blocks)},
        "hash": _hash(),
        "root_view_id": root_id,
        "previous_view_id": previous_id,
        "app_id": seed.APP_ID,
        "bot_id": seed.BOT_ID,
        "app_installed_team_id": seed.TEAM_ID,
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "submit": None,
        "close": None,
        "title": {"type": "plain_text", "text": "View Title"},  # what Slack says of a Home
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
    }
    return built | {key: copy.deepcopy(view[key]) for key in OPTIONAL_KEYS if view.get(key)}


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_urlsafe(6)}"


def stack_of(world: World, user_id: str) -> list[Json]:
    """A person's open modals, top last."""
    return [world.memory.views[view_id] for view_id in world.memory.stacks.get(user_id, [])]


def owner_of(world: World, view_id: str) -> str:
    """Whose screen a modal is on."""
    for user_id, stack in world.memory.stacks.items():
        if view_id in stack:
            return user_id
    raise SlackError("not_found")


def open_first(world: World, user_id: str, view: Json) -> Json:
    """Open a modal; what was open before goes."""
    with world.lock:
        _require_fresh_external_id(world, view)
        clear(world, user_id)
        view_id = new_id("V0")
        return _shown(
            world, user_id, _built(view, view_id=view_id, root_id=view_id, previous_id=None)
        )


def push(world: World, user_id: str, view: Json) -> Json:
    """Lay a modal on top of the open ones, up to three."""
    with world.lock:
        stack = stack_of(world, user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        _require_fresh_external_id(world, view)
        top = stack[-1]
        built = _built(
            view, view_id=new_id("V0"), root_id=top["root_view_id"], previous_id=top["id"]
        )
        return _shown(world, user_id, built)


def _shown(world: World, user_id: str, view: Json) -> Json:
    world.memory.views[view["id"]] = view
    world.memory.stacks.setdefault(user_id, []).append(view["id"])
    world.changed(f"view:{user_id}")
    return copy.deepcopy(view)


def _require_fresh_external_id(world: World, view: Json) -> None:
    given = view.get("external_id")
    if given and any(v["external_id"] == given for v in world.memory.views.values()):
        raise SlackError("duplicate_external_id")


def find(world: World, *, view_id: str | None, external_id: str | None) -> Json:
    """An open modal by Slack's id or the bot's own."""
    for view in world.memory.views.values():
        if view_id == view["id"] or (external_id and external_id == view["external_id"]):
            return view
    raise SlackError("not_found")


def update(world: World, current: Json, view: Json, *, expected_hash: str | None = None) -> Json:
    """Replace what a modal shows. Fields that stay (same ids) keep what was typed."""
    with world.lock:
        if expected_hash is not None and expected_hash != current["hash"]:
            raise SlackError("hash_conflict")
        user_id = owner_of(world, current["id"])
        built = _built(
            view,
            view_id=current["id"],
            root_id=current["root_view_id"],
            previous_id=current["previous_view_id"],
        )
        built["state"]["values"] = carried_over(built["blocks"], current["state"]["values"])
        built["external_id"] = built["external_id"] or current["external_id"]
        world.memory.views[current["id"]] = built
        world.changed(f"view:{user_id}")
        return copy.deepcopy(built)


def close(world: World, user_id: str, view_id: str) -> None:
    """Take a modal away; the one below shows again."""
    with world.lock:
        stack = world.memory.stacks.get(user_id, [])
        if view_id in stack:
            stack.remove(view_id)
            world.memory.views.pop(view_id, None)
            world.changed(f"view:{user_id}")


def clear(world: World, user_id: str) -> None:
    """Take all of a person's modals away."""
    with world.lock:
        for view_id in world.memory.stacks.pop(user_id, []):
            world.memory.views.pop(view_id, None)
        world.changed(f"view:{user_id}")


def publish(world: World, user_id: str, view: Json, *, expected_hash: str | None = None) -> Json:
    """Put a person's Home."""
    with world.lock:
        current = world.memory.homes.get(user_id)
        if expected_hash is not None and (current is None or expected_hash != current["hash"]):
            raise SlackError("hash_conflict")
        view_id = current["id"] if current else new_id("V0")
        built = _built(view, view_id=view_id, root_id=view_id, previous_id=None)
        world.memory.homes[user_id] = built
        world.changed(f"home:{user_id}")
        return copy.deepcopy(built)


def begin_loading(world: World, user_id: str, view: Json) -> None:
    """The submit button turns until the bot has answered."""
    with world.lock:
        view["loading"] = True
        world.changed(f"view:{user_id}")


def end_loading(world: World, user_id: str, view: Json) -> None:
    """The answer is there; a view that was replaced meanwhile is another one."""
    with world.lock:
        view.pop("loading", None)
        world.changed(f"view:{user_id}")


def put_values(world: World, view: Json, values: Json) -> None:
    """Keep what the person's fields hold now."""
    with world.lock:
        for block_id, entries in values.items():
            known = view["state"]["values"].get(block_id, {})
            for action_id, entry in entries.items():
                if action_id in known:
                    known[action_id] = {"type": known[action_id]["type"], **entry}
