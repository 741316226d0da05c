"""Who leads the program, also when two change it at once."""

import threading

import pytest
from sqlalchemy import update

from refbot.errors import InvalidInput, NotAllowed
from refbot.storage.colleagues import Colleague, Part, Standing, champions
from refbot.workflow.people import name_people
from tests.workflow.office import Office


def test_two_champions_who_remove_each_other_at_once_leave_one(office: Office) -> None:
    with office.world.database.write() as session:
        session.execute(update(Colleague).where(Colleague.name == "devon").values(part="champion"))
    refused: list[Exception] = []

    def devon_removes_casey() -> None:
        try:
            with office.acts("devon") as act:
                name_people(act, {Part.CHAMPION: ["U0DEVON"]})
        except NotAllowed as error:
            refused.append(error)

    rival = threading.Thread(target=devon_removes_casey)
    with office.acts("casey") as act:
        name_people(act, {Part.CHAMPION: ["U0CASEY"]})
        act.session.flush()
        rival.start()
        rival.join(0.3)
    rival.join(5)
    with office.world.database.read() as session:
        assert [person.name for person in champions(session)] == ["casey"]
    assert len(refused) == 1


def test_who_is_no_full_member_gets_no_part(office: Office) -> None:
    with office.world.database.write() as session:
        session.execute(
            update(Colleague).where(Colleague.name == "lee").values(standing=Standing.GUEST)
        )
    with pytest.raises(InvalidInput, match="full members only"), office.acts("casey") as act:
        name_people(act, {Part.CHAMPION: ["U0CASEY"], Part.LEADER: ["U0LEE"]})


def test_a_person_named_twice_has_the_greater_part(office: Office) -> None:
    with office.acts("casey") as act:
        name_people(act, {Part.CHAMPION: ["U0CASEY"], Part.DEPUTY: ["U0CASEY", "U0DEVON"]})
    with office.world.database.read() as session:
        assert [person.name for person in champions(session)] == ["casey"]


def test_the_program_is_never_left_without_a_champion(office: Office) -> None:
    for named in ({}, {Part.DEPUTY: ["U0CASEY"]}, {Part.CHAMPION: ["U0NOBODY"]}):
        with pytest.raises(InvalidInput, match="needs a champion"), office.acts("casey") as act:
            name_people(act, named)
    with office.world.database.read() as session:
        assert [person.name for person in champions(session)] == ["casey"]
