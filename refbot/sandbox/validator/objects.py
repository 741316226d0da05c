"""Composition objects: options, groups of them, confirmations."""

from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator.report import Report
from refbot.sandbox.validator.texts import TextKind, check_object

MOST_OPTION_TEXT = 75
MOST_OPTION_VALUE = 150
MOST_OPTIONS = 100
MOST_URL = 3000
CONFIRM_LENGTHS = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
OPTION_KEYS = {"text", "value", "description"}


def check_option(report: Report, where: str, option: Any, *, kind: TextKind) -> None:
    """One option: text and description 75, value 150."""
    if not report.require(where, option, ("text", "value")):
        return
    check_object(report, f"{where}.text", option["text"], most=MOST_OPTION_TEXT, kind=kind)
    report.length(f"{where}.value", option["value"], MOST_OPTION_VALUE)
    if option["value"] == "":
        report.add(f"{where}.value", "is empty")
    if "description" in option:
        description = option["description"]
        check_object(report, f"{where}.description", description, most=MOST_OPTION_TEXT, kind=kind)


def check_options(
    report: Report, where: str, options: Any, *, most: int, kind: TextKind = TextKind.PLAIN
) -> None:
    """A list of options, no value twice."""
    items = report.count(where, options, most)
    for n, option in enumerate(items):
        check_option(report, f"{where}[{n}]", option, kind=kind)
        if isinstance(option, dict):
            report.allow(f"{where}[{n}]", option, OPTION_KEYS)
    report.unique(where, values(items))


def check_groups(report: Report, where: str, groups: Any) -> None:
    """Groups of options, each with a label."""
    for n, group in enumerate(report.count(where, groups, MOST_OPTIONS)):
        if report.require(f"{where}[{n}]", group, ("label", "options")):
            report.allow(f"{where}[{n}]", group, {"label", "options"})
            label = f"{where}[{n}].label"
            check_object(report, label, group["label"], most=MOST_OPTION_TEXT, kind=TextKind.PLAIN)
            check_options(report, f"{where}[{n}].options", group["options"], most=MOST_OPTIONS)


def check_choice(report: Report, where: str, element: Json) -> None:
    """Either options or groups of them, never both."""
    if ("options" in element) == ("option_groups" in element):
        report.add(where, "needs either options or option_groups")
    if "options" in element:
        check_options(report, f"{where}.options", element["options"], most=MOST_OPTIONS)
    if "option_groups" in element:
        check_groups(report, f"{where}.option_groups", element["option_groups"])


def check_initial(report: Report, where: str, element: Json) -> None:
    """What is chosen at first must be one of the options, to the letter."""
    offered = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        offered += group.get("options", []) if isinstance(group, dict) else []
    chosen = list(element.get("initial_options") or [])
    if "initial_options" in element and not chosen:
        report.add(f"{where}.initial_options", "is empty: leave it out")
    if "initial_option" in element:
        chosen.append(element["initial_option"])
    for option in chosen:
        if option not in offered:
            report.add(f"{where}.initial_option", "is none of the options")


def values(options: list[Any]) -> list[str]:
    """The values of options, as far as they have one."""
    return [str(o["value"]) for o in options if isinstance(o, dict) and "value" in o]


def check_confirm(report: Report, where: str, confirm: Any) -> None:
    """A confirmation: 100, 300, 30, 30."""
    if not report.require(where, confirm, CONFIRM_LENGTHS):
        return
    report.allow(where, confirm, {*CONFIRM_LENGTHS, "style"})
    for key, most in CONFIRM_LENGTHS.items():
        kind = TextKind.ANY if key == "text" else TextKind.PLAIN
        check_object(report, f"{where}.{key}", confirm[key], most=most, kind=kind)
    if "style" in confirm:
        report.one_of(f"{where}.style", confirm["style"], {"primary", "danger"})
