"""Interactive elements: which keys, how long, and in which block and surface they may stand."""

import re
from collections.abc import Callable
from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator import objects
from refbot.sandbox.validator.report import MESSAGE_SURFACES, Report, Surface
from refbot.sandbox.validator.texts import TextKind, check_object

MOST_ID = 255
MOST_BUTTON_TEXT = 75
MOST_VALUE = 2000
MOST_PLACEHOLDER = 150
MOST_INPUT = 3000
MOST_CHOICES = 10  # radio buttons and checkboxes
MOST_OVERFLOW = 5
MOST_ALT = 2000
MOST_FILES = 10

MENUS = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
MULTI_MENUS = {f"multi_{menu}" for menu in MENUS}
TICKS = {"checkboxes", "radio_buttons"}
MODAL_ONLY = {"email_text_input", "url_text_input", "number_input", "file_input"}
PLACES = {
    "accessory": {"button", "image", "overflow", "datepicker", "timepicker"}
    | TICKS
    | MENUS
    | MULTI_MENUS,
    "actions": {"button", "overflow", "datepicker", "timepicker", "datetimepicker"} | TICKS | MENUS,
    "input": {"plain_text_input", "rich_text_input", "datepicker", "timepicker", "datetimepicker"}
    | MODAL_ONLY
    | TICKS
    | MENUS
    | MULTI_MENUS,
}

COMMON = {"type", "action_id"}
FIELD = COMMON | {"placeholder", "focus_on_load"}
MENU = FIELD | {"confirm"}
TEXT_FIELD = FIELD | {"initial_value", "dispatch_action_config"}
LIMITED = {"min_length", "max_length"}
CHOICE = {"options", "option_groups"}
FILTERED = {"filter", "default_to_current_conversation"}
KEYS = {
    "button": COMMON | {"text", "url", "value", "style", "confirm", "accessibility_label"},
    "overflow": COMMON | {"options", "confirm"},
    "image": {"type", "image_url", "slack_file", "alt_text"},
    "datepicker": MENU | {"initial_date"},
    "timepicker": MENU | {"initial_time", "timezone"},
    "datetimepicker": COMMON | {"initial_date_time", "confirm", "focus_on_load"},
    "checkboxes": COMMON | {"options", "initial_options", "confirm", "focus_on_load"},
    "radio_buttons": COMMON | {"options", "initial_option", "confirm", "focus_on_load"},
    "plain_text_input": TEXT_FIELD | LIMITED | {"multiline"},
    "email_text_input": TEXT_FIELD,
    "url_text_input": TEXT_FIELD,
    "number_input": TEXT_FIELD | {"is_decimal_allowed", "min_value", "max_value"},
    "rich_text_input": TEXT_FIELD,
    "file_input": COMMON | {"filetypes", "max_files"},
    "static_select": MENU | CHOICE | {"initial_option"},
    "external_select": MENU | {"initial_option", "min_query_length"},
    "users_select": MENU | {"initial_user"},
    "conversations_select": MENU | FILTERED | {"initial_conversation", "response_url_enabled"},
    "channels_select": MENU | {"initial_channel", "response_url_enabled"},
    "multi_static_select": MENU | CHOICE | {"initial_options", "max_selected_items"},
    "multi_external_select": MENU | {"initial_options", "max_selected_items", "min_query_length"},
    "multi_users_select": MENU | {"initial_users", "max_selected_items"},
    "multi_conversations_select": MENU | FILTERED | {"initial_conversations", "max_selected_items"},
    "multi_channels_select": MENU | {"initial_channels", "max_selected_items"},
}
INITIAL_FORMATS = {
    "initial_date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "initial_time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "initial_date_time": re.compile(r"\d{10}"),
}


def check_element(report: Report, where: str, element: Any, *, place: str) -> None:
    """One element at one place of a block: accessory, actions or input."""
    if not report.require(where, element, ("type",)):
        return
    kind = element["type"]
    if kind not in KEYS:
        report.add(where, f"{kind!r} is no element we know")
        return
    if kind not in PLACES[place]:
        report.add(where, f"{kind} may not stand in {place}")
    _check_surface(report, where, kind)
    report.allow(where, element, KEYS[kind])
    if kind != "image":
        _check_common(report, where, element)
    SPECIAL.get(kind, _nothing_more)(report, where, element)


def _check_surface(report: Report, where: str, kind: str) -> None:
    if kind in MODAL_ONLY and report.surface is not Surface.MODAL:
        report.add(where, f"{kind} stands in modals only")
    if kind == "rich_text_input" and report.surface in MESSAGE_SURFACES:
        report.add(where, "rich_text_input stands in views only")


def _check_common(report: Report, where: str, element: Json) -> None:
    """What elements share: ids, placeholder, confirmation, first dates."""
    if not element.get("action_id"):
        report.add(where, "action_id is missing")
    else:
        report.length(f"{where}.action_id", element["action_id"], MOST_ID)
    if "placeholder" in element:
        check_object(
            report,
            f"{where}.placeholder",
            element["placeholder"],
            most=MOST_PLACEHOLDER,
            kind=TextKind.PLAIN,
        )
    if "confirm" in element:
        objects.check_confirm(report, f"{where}.confirm", element["confirm"])
    for key, pattern in INITIAL_FORMATS.items():
        if key in element and not pattern.fullmatch(str(element[key])):
            report.add(f"{where}.{key}", f"{element[key]!r} has not the form Slack wants")
    most = element.get("max_selected_items", 1)
    if not isinstance(most, int) or most < 1:
        report.add(f"{where}.max_selected_items", "must be 1 or more")


def _check_button(report: Report, where: str, button: Json) -> None:
    if not report.require(where, button, ("text",)):
        return
    text = button["text"]
    check_object(report, f"{where}.text", text, most=MOST_BUTTON_TEXT, kind=TextKind.PLAIN)
    if "value" in button:
        report.length(f"{where}.value", button["value"], MOST_VALUE)
    if "url" in button:
        report.length(f"{where}.url", button["url"], objects.MOST_URL)
    if "style" in button:
        report.one_of(f"{where}.style", button["style"], {"primary", "danger"})
    if "accessibility_label" in button:
        report.length(f"{where}.accessibility_label", button["accessibility_label"], 75)


def _check_overflow(report: Report, where: str, element: Json) -> None:
    options = report.count(f"{where}.options", element.get("options"), MOST_OVERFLOW)
    for n, option in enumerate(options):
        objects.check_option(report, f"{where}.options[{n}]", option, kind=TextKind.PLAIN)
    report.unique(f"{where}.options", objects.values(options))


def _check_ticks(report: Report, where: str, element: Json) -> None:
    options = element.get("options")
    objects.check_options(report, f"{where}.options", options, most=MOST_CHOICES, kind=TextKind.ANY)
    objects.check_initial(report, where, element)


def _check_static(report: Report, where: str, element: Json) -> None:
    objects.check_choice(report, where, element)
    objects.check_initial(report, where, element)


def _check_external(report: Report, where: str, element: Json) -> None:
    chosen = list(element.get("initial_options", []))
    if "initial_option" in element:
        chosen.append(element["initial_option"])
    for option in chosen:
        objects.check_option(report, f"{where}.initial_option", option, kind=TextKind.PLAIN)
    least = element.get("min_query_length", 0)
    if not isinstance(least, int) or least < 0:
        report.add(f"{where}.min_query_length", "must be a whole number from 0")


def _check_plain_input(report: Report, where: str, element: Json) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", MOST_INPUT)
    if not 0 <= least <= most <= MOST_INPUT or most < 1:
        report.add(where, f"lengths {least} to {most}: at most {MOST_INPUT}, and in order")
    if "initial_value" in element:
        report.length(f"{where}.initial_value", element["initial_value"], most)


def _check_number_input(report: Report, where: str, element: Json) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        report.add(where, "is_decimal_allowed is missing")
    for key in ("min_value", "max_value", "initial_value"):
        if key in element and not isinstance(element[key], str):
            report.add(f"{where}.{key}", "must be text")


def _check_files(report: Report, where: str, element: Json) -> None:
    if not 1 <= element.get("max_files", MOST_FILES) <= MOST_FILES:
        report.add(f"{where}.max_files", f"from 1 to {MOST_FILES}")


def check_image(report: Report, where: str, image: Json) -> None:
    """An image element or block: an address, and words for those who do not see it."""
    report.require(where, image, ("alt_text",))
    report.length(f"{where}.alt_text", image.get("alt_text", ""), MOST_ALT)
    if ("image_url" in image) == ("slack_file" in image):
        report.add(where, "needs either image_url or slack_file")
    report.length(f"{where}.image_url", image.get("image_url", ""), objects.MOST_URL)


def _nothing_more(report: Report, where: str, element: Json) -> None:
    """For elements whose shared keys are all there is."""


SPECIAL: dict[str, Callable[[Report, str, Json], None]] = {
    "button": _check_button,
    "overflow": _check_overflow,
    "checkboxes": _check_ticks,
    "radio_buttons": _check_ticks,
    "static_select": _check_static,
    "multi_static_select": _check_static,
    "external_select": _check_external,
    "multi_external_select": _check_external,
    "plain_text_input": _check_plain_input,
    "number_input": _check_number_input,
    "file_input": _check_files,
    "image": check_image,
}
