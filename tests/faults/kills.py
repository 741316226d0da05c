"""One story with a kill -9 in it, up to its good end."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime

from tests.faults.play import Play
from tests.story import BOT, PROGRAM

TUESDAY = datetime(2027, 2, 2, 9, 5, tzinfo=UTC)  # ten o'clock for Casey: four working hours later
POST = "chat.postMessage"
Start = Callable[[str | None], Play]


def nothing(_play: Play) -> None:
    """No more than the crash point itself."""


def a_post_whose_answer_is_lost(play: Play) -> None:
    """Make the next message uncertain, so that it is looked for."""
    play.sandbox.faults.set("drop_after", method=POST, times=1)


def posts_that_take_long(play: Play) -> None:
    """Have something under way when the end comes."""
    play.sandbox.faults.set("late_answer", method=POST, times=2, seconds=2.0)


def the_machine_is_stopped(play: Play) -> None:
    """SIGTERM comes when Slack has taken a message whose answer is still to come."""
    play.until(lambda: play.sam.sees(BOT))
    play.refbot.asks_to_stop()


BEFORE: dict[str, Callable[[Play], None]] = {
    "during reconcile": a_post_whose_answer_is_lost,
    "during shutdown": posts_that_take_long,
}
AFTER: dict[str, Callable[[Play], None]] = {"during shutdown": the_machine_is_stopped}


def the_story_ends_right(point: str, start: Start) -> None:
    """Play the story with a kill at the point in it, and let the oracle judge."""
    play = start(point)
    play.requests()
    play.message_with(play.casey, "Approve", PROGRAM)
    play.skips(TUESDAY)
    play.until(lambda: play.casey.sees(BOT))
    BEFORE.get(point, nothing)(play)
    play.clicks("approve", play.casey, "Approve", PROGRAM)
    AFTER.get(point, nothing)(play)
    play.clicks("owner yes", play.sam, "Yes")
    play.skips_by(seconds=15)
    is_mail = point == "in the mail's DATA"
    if not is_mail:  # a mail on its way in a kill would rather be lost than sent twice
        play.until(lambda: play.refbot.deaths)
    play.clicks("mail the introduction", play.riley, "Let RefBot send the draft")
    play.until(play.sandbox.mails)
    play.reports()
    play.clicks("mail the thanks", play.riley, "Let RefBot send the thank-you")
    play.until(lambda: len(play.sandbox.mails()) > 1)
    play.settles()

    assert play.refbot.deaths == [-signal.SIGKILL]
    play.oracle.finds_each_act_once()
    play.oracle.finds_the_rows()
    play.oracle.finds_every_message_ended(but=(("introduction_mail", "dead"),) if is_mail else ())
    play.oracle.finds_each_message_once()
    play.oracle.finds_what_people_read(besides="may not have arrived" if is_mail else None)
    play.oracle.finds_mails("May I introduce you", "Thank you")
    play.oracle.finds_the_database_whole()
