"""The check of a whole payload, by what it is for."""

import json
import re
from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator import objects
from refbot.sandbox.validator.blocks import check_blocks, texts_of
from refbot.sandbox.validator.report import MESSAGE_SURFACES, Problem, Report, Surface
from refbot.sandbox.validator.texts import TextKind, check_object, check_top_level

MOST_MESSAGE_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_MESSAGE_TEXT = 4000
MOST_BLOCK_TEXT = 13_000
MOST_VIEW_BYTES = 250_000
MOST_METADATA_BYTES = 4_000
MOST_PRIVATE_METADATA = 3000
MOST_TITLE = 24
MOST_ID = 255
ID = re.compile(r"[\w.:\-]{1,100}")
MODAL_KEYS = {"submit", "close", "title", "clear_on_close", "notify_on_close", "submit_disabled"}
VIEW_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
OFF = (False, "false", "False", "0", 0)


def problems(surface: str, payload: Any) -> list[str]:
    """What is wrong with a payload for a surface, as sentences; empty when Slack would take it.

    Surfaces: post, message, update, ephemeral, ack, response_url, modal, home, options, submission.
    """
    return [problem.sentence for problem in check(Surface(surface), payload)]


def check(surface: Surface, payload: Any) -> list[Problem]:
    """The same, with Slack's codes."""
    report = Report(surface)
    if not isinstance(payload, dict):
        report.add(surface, f"must be an object, not {type(payload).__name__}")
    elif surface in MESSAGE_SURFACES:
        _check_message(report, payload)
    elif surface is Surface.OPTIONS:
        _check_offer(report, payload)
    elif surface is Surface.SUBMISSION:
        _check_submission(report, payload)
    else:
        _check_view(report, payload)
    return report.found


def _check_message(report: Report, message: Json) -> None:
    if report.surface is Surface.RESPONSE_URL and message.get("delete_original"):
        return
    check_top_level(report, message.get("text"), most=MOST_MESSAGE_TEXT)
    if message.get("blocks") is not None:
        check_blocks(report, message["blocks"], most=MOST_MESSAGE_BLOCKS)
        total = sum(len(text) for text in texts_of(message["blocks"]))
        if total > MOST_BLOCK_TEXT:
            what = f"{total} characters in all, at most {MOST_BLOCK_TEXT}"
            report.add("blocks", what, code="msg_blocks_too_long")
    for legacy in ("attachments", "markdown_text"):
        if message.get(legacy):
            report.add(legacy, "is not used here: say it in blocks", code="invalid_arguments")
    _check_flags(report, message)
    if message.get("metadata"):
        _check_metadata(report, message["metadata"])


def _check_flags(report: Report, message: Json) -> None:
    """Names are never linked, links never unfolded."""
    if message.get("link_names") not in (*OFF, None):
        report.add("link_names", "must be false", code="invalid_arguments")
    for flag in ("unfurl_links", "unfurl_media"):
        given = message.get(flag)
        is_missing = given is None and report.surface is Surface.POST
        if is_missing or given not in (*OFF, None):
            report.add(flag, "must be false", code="invalid_arguments")
    kind = message.get("response_type", "ephemeral")
    report.one_of("response_type", kind, {"ephemeral", "in_channel"})


def _check_metadata(report: Report, metadata: Any) -> None:
    """An event type and a flat payload of ids: everybody in the channel can read it."""
    if report.surface in {Surface.EPHEMERAL, Surface.ACK}:
        report.add("metadata", "is not kept here", code="invalid_metadata_format")
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        what = "needs event_type and event_payload"
        report.add("metadata", what, code="invalid_metadata_format")
        return
    if len(json.dumps(metadata).encode()) > MOST_METADATA_BYTES:
        what = f"more than {MOST_METADATA_BYTES} bytes"
        report.add("metadata", what, code="metadata_too_large")
    if not isinstance(metadata["event_payload"], dict):
        what = "event_payload must be an object"
        report.add("metadata", what, code="invalid_metadata_format")
        return
    for key, value in metadata["event_payload"].items():
        if not isinstance(value, int) and not (isinstance(value, str) and ID.fullmatch(value)):
            report.add(f"metadata.{key}", "is no id", code="invalid_metadata_format")


def _check_view(report: Report, view: Json) -> None:
    """A modal or a Home. `surface` says which it has to be."""
    report.one_of("type", view.get("type"), {report.surface.value})
    is_modal = report.surface is Surface.MODAL
    report.allow("view", view, VIEW_KEYS | (MODAL_KEYS if is_modal else set()))
    check_blocks(report, view.get("blocks"), most=MOST_VIEW_BLOCKS)
    if len(json.dumps(view).encode()) > MOST_VIEW_BYTES:
        report.add("view", f"more than {MOST_VIEW_BYTES} bytes", code="view_too_large")
    private = view.get("private_metadata", "")
    report.length("private_metadata", private, MOST_PRIVATE_METADATA)
    if "@" in str(private):
        report.add("private_metadata", "holds ids only, no addresses")
    for key in ("callback_id", "external_id"):
        report.length(key, view.get(key, ""), MOST_ID)
    if is_modal:
        _check_modal(report, view)


def _check_modal(report: Report, view: Json) -> None:
    for key in ("title", "submit", "close"):
        if key == "title" or view.get(key) is not None:
            check_object(report, key, view.get(key), most=MOST_TITLE, kind=TextKind.PLAIN)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if has_input and not view.get("submit"):
        report.add("submit", "is missing beside inputs")


def _check_offer(report: Report, offer: Json) -> None:
    """What a type-ahead field is given: options or groups; none at all is allowed."""
    if ("options" in offer) == ("option_groups" in offer):
        report.add("options", "needs either options or option_groups")
    if offer.get("options"):
        objects.check_options(report, "options", offer["options"], most=objects.MOST_OPTIONS)
    if offer.get("option_groups"):
        objects.check_groups(report, "option_groups", offer["option_groups"])


def _check_submission(report: Report, answer: Json) -> None:
    """What a view_submission's ack says: nothing, errors at fields, another view, or clear."""
    action = answer.get("response_action")
    if not answer:
        return
    report.one_of("response_action", action, {"errors", "update", "push", "clear"})
    if action == "errors":
        errors = answer.get("errors")
        if not isinstance(errors, dict) or not errors:
            report.add("errors", "needs a sentence for at least one block_id")
        elif not all(isinstance(sentence, str) and sentence for sentence in errors.values()):
            report.add("errors", "each is a sentence")
    if action in {"update", "push"}:
        found = check(Surface.MODAL, answer.get("view"))
        report.found.extend(found)
