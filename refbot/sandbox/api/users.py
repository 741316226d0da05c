"""users.* and bots.*: the people of the workspace."""

import copy

from refbot.sandbox import seed
from refbot.sandbox.api.arguments import page, required
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.workspace import Workspace


def facts(workspace: Workspace, arguments: Json) -> Json:
    """users.info."""
    user = workspace.world.memory.people.get(required(arguments, "user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": _shown(workspace, user)}


def lookup_by_email(workspace: Workspace, arguments: Json) -> Json:
    """users.lookupByEmail: active members of this workspace only."""
    email = required(arguments, "email").lower()
    for user in workspace.world.memory.people.values():
        if user["profile"].get("email") == email and not user["deleted"]:
            return {"user": _shown(workspace, user)}
    raise SlackError("users_not_found")


def listing(workspace: Workspace, arguments: Json) -> Json:
    """users.list, the deactivated included, by pages."""
    everybody = [_shown(workspace, user) for user in workspace.world.memory.people.values()]
    shown, cursor = page(everybody, arguments)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def _shown(workspace: Workspace, user: Json) -> Json:
    shown = copy.deepcopy(user)
    if "users:read.email" not in workspace.app.scopes:
        shown["profile"].pop("email", None)
    return shown


def bot_facts(_workspace: Workspace, arguments: Json) -> Json:
    """bots.info, of the one bot there is."""
    if arguments.get("bot") not in {None, seed.BOT_ID}:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": seed.BOT_ID,
            "app_id": seed.APP_ID,
            "user_id": seed.BOT_USER_ID,
            "name": seed.BOT_NAME,
            "deleted": False,
        }
    }
