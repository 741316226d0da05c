"""What was typed into a form, by the field's name."""

from typing import Any


def field(view: dict[str, Any], name: str) -> Any:
    """Give one field's value: text, a chosen value, chosen values, users, a date, or None."""
    for block_id, elements in view["state"]["values"].items():
        if block_id.partition("@")[0] == name:
            return _value(next(iter(elements.values())))
    return None


def fields(view: dict[str, Any]) -> dict[str, Any]:
    """Give all fields' values."""
    names = [block_id.partition("@")[0] for block_id in view["state"]["values"]]
    return {name: field(view, name) for name in names}


def chosen(view: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Give a select's chosen option whole: its text and its value."""
    for block_id, elements in view["state"]["values"].items():
        if block_id.partition("@")[0] == name:
            option = next(iter(elements.values())).get("selected_option")
            return option if isinstance(option, dict) else None
    return None


def _value(element: dict[str, Any]) -> Any:
    match element["type"]:
        case "static_select" | "external_select" | "radio_buttons":
            return (element.get("selected_option") or {}).get("value")
        case "multi_static_select" | "multi_external_select" | "checkboxes":
            return [option["value"] for option in element.get("selected_options") or []]
        case "multi_users_select":
            return element.get("selected_users") or []
        case "datepicker":
            return element.get("selected_date")
        case "datetimepicker":
            return element.get("selected_date_time")
        case _:
            text = element.get("value")
            return text.strip() or None if isinstance(text, str) else text
