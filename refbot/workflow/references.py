"""What is put on record about a reference."""

from datetime import date

from refbot.lifecycle import Role
from refbot.storage.engagements import Engagement
from refbot.storage.references import Consent
from refbot.workflow import announce, moves
from refbot.workflow.acts import Act
from refbot.workflow.roles import role_for

LEADS = frozenset({Role.CHAMPION, Role.DEPUTY})


def record_consent(
    act: Act, engagement_id: int, *, outlet: str, evidence: str, expires_on: date | None
) -> Consent:
    """Put on record that the reference permits the request's activity in an outlet."""
    engagement = act.session.get_one(Engagement, engagement_id)
    request = engagement.request
    role = role_for(act, LEADS, request, engagement)
    given = Consent(
        reference_id=engagement.reference_id,
        activity=request.activity,
        outlet=outlet,
        granted_on=act.world.pool.today(act.now),
        expires_on=expires_on,
        evidence=evidence,
        approver=act.by.name if act.by else None,
    )
    act.session.add(given)
    act.session.flush()
    event = moves.note(
        act, "reference:consent", request, role,
        engagement_id=engagement.id, reference_id=engagement.reference_id, subject_id=given.id,
    )  # fmt: skip
    announce.note(act, request, event)
    return given
