"""The people of the sandbox as RefBot knows them once Slack has told it who they are."""

from datetime import UTC, datetime

from refbot.sandbox import seed
from refbot.storage import Database
from refbot.storage.colleagues import Colleague, Part, Standing

PARTS = {"casey": Part.CHAMPION, "devon": Part.DEPUTY}
MEMBERS = ("riley", "casey", "devon", "sam", "noor")


def know_the_cast(database: Database) -> None:
    """Write down what `users.info` would say of each."""
    with database.write() as session:
        for person in (known for known in seed.CAST if known.key in MEMBERS):
            session.add(
                Colleague(
                    slack_id=person.id,
                    email=person.email,
                    name=person.real_name,
                    part=PARTS.get(person.key, Part.MEMBER),
                    standing=Standing.MEMBER,
                    time_zone=person.tz,
                    facts_at=datetime.now(UTC),
                )
            )
