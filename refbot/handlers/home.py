"""App Home: published when opened and after each act made there."""

from typing import Any

from refbot.errors import NotAllowed
from refbot.handlers.desk import DONE, Desk, Incoming, Reply
from refbot.handlers.fields import field
from refbot.handlers.guard import look_up, member
from refbot.insight.home import home_rows
from refbot.messages.home import home, refused
from refbot.messages.policy_form import country_form, people_form
from refbot.storage.colleagues import Part, with_part
from refbot.workflow import people


def publish(desk: Desk, slack_id: str, *, page: int = 0) -> None:
    """Draw Home for a person; for one who may not use RefBot it says so."""
    try:
        viewer = member(desk, slack_id)
    except NotAllowed as error:
        desk.slack.views_publish(user_id=slack_id, view=refused(str(error)))
        return
    with desk.world.database.read() as session:
        view = home(home_rows(session, viewer, page=page))
    desk.slack.views_publish(user_id=slack_id, view=view)


def opened(desk: Desk, event: dict[str, Any]) -> None:
    """The person looks at Home."""
    if event.get("tab") == "home":
        publish(desk, event["user"])


def turn_page(desk: Desk, incoming: Incoming) -> Reply:
    """Show another page of the queue."""
    publish(desk, str(incoming.actor.slack_id), page=incoming.id)
    return DONE


def edit_people(desk: Desk, incoming: Incoming) -> Reply:
    """Open the list of champions, deputies and leaders."""
    people.must_be_champion(incoming.actor)
    with desk.world.database.read() as session:
        named = with_part(session, [Part.CHAMPION, Part.DEPUTY, Part.LEADER])
    return Reply(view=people_form(named))


def save_people(desk: Desk, incoming: Incoming) -> Reply:
    """Name champions, deputies and leaders."""
    values = {part: field(incoming.view, part.value) or [] for part in people.NAMED}
    for slack_id in {slack_id for named in values.values() for slack_id in named}:
        look_up(desk, slack_id)  # so that everybody named is known before the transaction
    with desk.acting(incoming) as act:
        people.name_people(act, values)
    return DONE


def edit_country(desk: Desk, incoming: Incoming) -> Reply:
    """Open the choice of one's country."""
    del desk
    return Reply(view=country_form(incoming.actor))


def save_country(desk: Desk, incoming: Incoming) -> Reply:
    """Keep the country whose holidays count for this person."""
    with desk.acting(incoming) as act:
        people.set_country(act, field(incoming.view, "country"))
    return DONE
