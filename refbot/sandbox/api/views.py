"""views.*: modals and Homes."""

from refbot.sandbox import modals
from refbot.sandbox.api.arguments import refuse_problems, required, view_of
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.validator import Surface
from refbot.sandbox.workspace import Workspace


def open_view(workspace: Workspace, arguments: Json) -> Json:
    """views.open, with the trigger of an act not older than three seconds."""
    view = view_of(arguments)
    trigger = workspace.leases.redeem(required(arguments, "trigger_id"))
    refuse_problems(Surface.MODAL, view)
    return {"view": modals.open_first(workspace.world, trigger.user_id, view)}


def push(workspace: Workspace, arguments: Json) -> Json:
    """views.push, with the trigger of an act inside an open modal."""
    view = view_of(arguments)
    trigger = workspace.leases.redeem(required(arguments, "trigger_id"))
    if trigger.view_id is None:
        raise SlackError("invalid_trigger_id")
    refuse_problems(Surface.MODAL, view)
    return {"view": modals.push(workspace.world, trigger.user_id, view)}


def update(workspace: Workspace, arguments: Json) -> Json:
    """views.update, refused when the hash is of an older state."""
    view = view_of(arguments)
    current = modals.find(
        workspace.world,
        view_id=arguments.get("view_id"),
        external_id=arguments.get("external_id"),
    )
    refuse_problems(Surface.MODAL, view)
    changed = modals.update(workspace.world, current, view, expected_hash=arguments.get("hash"))
    return {"view": changed}


def publish(workspace: Workspace, arguments: Json) -> Json:
    """views.publish: the Home of one person of this workspace."""
    view = view_of(arguments)
    user = workspace.world.memory.people.get(required(arguments, "user_id"))
    if user is None or user["is_bot"] or user["deleted"]:
        raise SlackError("invalid_arguments", messages=["[ERROR] invalid user_id"])
    refuse_problems(Surface.HOME, view)
    return {
        "view": modals.publish(
            workspace.world, user["id"], view, expected_hash=arguments.get("hash")
        )
    }
