"""Champions' decisions with the candidates then in play."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _kept_as_text("choicekind", "approved", "chose_another", "declined"),
                  nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.Column("activity", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "reason",
            _kept_as_text(
                "choicereason",
                "wrong_role",
                "wrong_industry",
                "wrong_size_or_place",
                "asked_too_often",
                "delicate",
                "better_known",
                "other",
            ),
            nullable=True,
        ),
        sa.Column("held_back", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            _kept_as_text(
                "choiceoutcome", "accepted", "refused", "no_response", "owner_declined"
            ),
            nullable=True,
        ),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_choice_request_id_request")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_choice_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
        sa.UniqueConstraint("engagement_id", "kind", name=op.f("uq_choice_engagement_id_kind")),
    )
    op.create_index(op.f("ix_choice_request_id"), "choice", ["request_id"], unique=False)
    op.create_index(op.f("ix_choice_reference_id"), "choice", ["reference_id"], unique=False)
    op.create_index(op.f("ix_choice_instead_of_id"), "choice", ["instead_of_id"], unique=False)
    op.create_index(op.f("ix_choice_day"), "choice", ["day"], unique=False)
    op.create_table(
        "choice_candidate",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_id"],
            ["choice.id"],
            name=op.f("fk_choice_candidate_choice_id_choice"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("choice_id", "place", name=op.f("pk_choice_candidate")),
    )
    op.create_index(
        op.f("ix_choice_candidate_reference_id"),
        "choice_candidate",
        ["reference_id"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_choice_candidate_reference_id"), table_name="choice_candidate")
    op.drop_table("choice_candidate")
    op.drop_index(op.f("ix_choice_day"), table_name="choice")
    op.drop_index(op.f("ix_choice_instead_of_id"), table_name="choice")
    op.drop_index(op.f("ix_choice_reference_id"), table_name="choice")
    op.drop_index(op.f("ix_choice_request_id"), table_name="choice")
    op.drop_table("choice")


def _kept_as_text(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)
