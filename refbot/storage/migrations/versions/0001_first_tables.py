"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("industry", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("annual_revenue", sa.Integer(), nullable=True),
        sa.Column("owner_email", sa.String(length=300), nullable=True),
        sa.Column("crm_id", sa.String(length=100), nullable=True),
        sa.Column("parent_name", sa.String(length=300), nullable=True),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("may_be_named_in_public", sa.Boolean(), nullable=False),
        sa.Column("mask", sa.String(length=300), nullable=True),
        sa.Column("clause_text", sa.String(), nullable=True),
        sa.Column("clause_discount_percent", sa.Integer(), nullable=True),
        sa.Column("renewal_date", sa.Date(), nullable=True),
        sa.Column("never_shown_to", sa.JSON(), nullable=False),
        sa.Column("review_links", sa.JSON(), nullable=False),
        sa.Column("rests_until", sa.Date(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("crm_id", name=op.f("uq_account_crm_id")),
        sa.UniqueConstraint("name_key", name=op.f("uq_account_name_key")),
    )
    op.create_index(op.f("ix_account_owner_email"), "account", ["owner_email"], unique=False)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reference",
                "account",
                "words",
                "policy",
                "all",
                name="changed",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_number"), "change", ["number"], unique=False)
    op.create_table(
        "colleague",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slack_id", sa.String(length=30), nullable=True),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("manager", sa.String(length=200), nullable=True),
        sa.Column("team", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column(
            "part",
            sa.Enum(
                "member",
                "champion",
                "deputy",
                "leader",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "member",
                "guest",
                "stranger",
                "bot",
                "deactivated",
                "unknown",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("dm_channel", sa.String(length=30), nullable=True),
        sa.Column("facts_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague")),
        sa.UniqueConstraint("email", name=op.f("uq_colleague_email")),
        sa.UniqueConstraint("slack_id", name=op.f("uq_colleague_slack_id")),
    )
    op.create_table(
        "company_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_word")),
    )
    op.create_index(
        op.f("ix_company_word_facet_text"), "company_word", ["facet", "text"], unique=True
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "request_card",
                "note",
                "receipt",
                "brief",
                "owner_ask",
                "question",
                "nudges",
                "answer",
                "notice",
                "introduction_mail",
                "thanks_mail",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("lane", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "sending",
                "uncertain",
                "sent",
                "dead",
                "cancelled",
                name="outboxstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lookups", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("ts", sa.String(length=30), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("frozen", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        op.f("ix_outbox_lane_status_id"), "outbox", ["lane", "status", "id"], unique=False
    )
    op.create_index(op.f("ix_outbox_status_id"), "outbox", ["status", "id"], unique=False)
    op.create_table(
        "pause",
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("method", "channel", name=op.f("pk_pause")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("ts", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint(
            "kind", "subject_id", "lane", name=op.f("uq_post_kind_subject_id_lane")
        ),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("series", sa.String(length=120), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("name_key", name=op.f("uq_product_name_key")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name_key", name=op.f("uq_tag_name_key")),
    )
    op.create_table(
        "account_product",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("live_since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_product_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_account_product_product_id_product")
        ),
        sa.PrimaryKeyConstraint("account_id", "product_id", name=op.f("pk_account_product")),
    )
    op.create_index(
        op.f("ix_account_product_product_id"), "account_product", ["product_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("as_role", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name=op.f("fk_event_by_id_colleague")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_index(op.f("ix_event_request_id_id"), "event", ["request_id", "id"], unique=False)
    op.create_table(
        "opportunity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crm_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("prospect", sa.String(length=300), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("industry", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_won", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("close_date", sa.Date(), nullable=True),
        sa.Column("owner_name", sa.String(length=200), nullable=True),
        sa.Column("owner_email", sa.String(length=300), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_opportunity_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_opportunity_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("crm_id", name=op.f("uq_opportunity_crm_id")),
    )
    op.create_index(op.f("ix_opportunity_account_id"), "opportunity", ["account_id"], unique=False)
    op.create_index(op.f("ix_opportunity_is_open"), "opportunity", ["is_open"], unique=False)
    op.create_index(
        op.f("ix_opportunity_is_open_prospect"),
        "opportunity",
        ["is_open", "prospect"],
        unique=False,
    )
    op.create_index(op.f("ix_opportunity_prospect"), "opportunity", ["prospect"], unique=False)
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=30), nullable=True),
        sa.Column("function", sa.String(length=30), nullable=True),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("use_case", sa.String(), nullable=True),
        sa.Column("speaks_to", sa.String(), nullable=True),
        sa.Column("avoid", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("business_value", sa.Integer(), nullable=True),
        sa.Column("technical_depth", sa.Integer(), nullable=True),
        sa.Column("public_speaking", sa.Integer(), nullable=True),
        sa.Column("one_to_one", sa.Integer(), nullable=True),
        sa.Column("passion", sa.Integer(), nullable=True),
        sa.Column("advisory_board", sa.Boolean(), nullable=False),
        sa.Column("most_per_quarter", sa.Integer(), nullable=True),
        sa.Column("months_out", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "nominated",
                "interviewing",
                "active",
                "coaching",
                "declined",
                "paused",
                "retired",
                "opted_out",
                name="referencestatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "health",
            sa.Enum(
                "happy",
                "needs_attention",
                "challenged",
                name="health",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("last_used", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "business_value BETWEEN 1 AND 5", name=op.f("ck_reference_business_value")
        ),
        sa.CheckConstraint("one_to_one BETWEEN 1 AND 5", name=op.f("ck_reference_one_to_one")),
        sa.CheckConstraint("passion BETWEEN 1 AND 5", name=op.f("ck_reference_passion")),
        sa.CheckConstraint(
            "public_speaking BETWEEN 1 AND 5", name=op.f("ck_reference_public_speaking")
        ),
        sa.CheckConstraint(
            "technical_depth BETWEEN 1 AND 5", name=op.f("ck_reference_technical_depth")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reference_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint("email", name=op.f("uq_reference_email")),
    )
    op.create_index(op.f("ix_reference_account_id"), "reference", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_reference_account_id_name"), "reference", ["account_id", "name"], unique=False
    )
    op.create_table(
        "search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbox_key", sa.String(length=200), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["requester_id"], ["colleague.id"], name=op.f("fk_search_requester_id_colleague")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search")),
        sa.UniqueConstraint("inbox_key", name=op.f("uq_search_inbox_key")),
    )
    op.create_index(op.f("ix_search_created_at"), "search", ["created_at"], unique=False)
    op.create_index(op.f("ix_search_requester_id"), "search", ["requester_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=30), nullable=True),
        sa.Column("outlet", sa.String(length=60), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_consent_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_reference_id"), "consent", ["reference_id"], unique=False)
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=True),
        sa.Column(
            "severity",
            sa.Enum(
                "minor",
                "major",
                "blocking",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_issue_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_issue_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    op.create_index(op.f("ix_issue_account_id"), "issue", ["account_id"], unique=False)
    op.create_table(
        "reference_language",
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_language_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference_id", "language", name=op.f("pk_reference_language")),
    )
    op.create_table(
        "reference_product",
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_reference_product_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_product_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference_id", "product_id", name=op.f("pk_reference_product")),
    )
    op.create_index(
        op.f("ix_reference_product_product_id"), "reference_product", ["product_id"], unique=False
    )
    op.create_table(
        "reference_tag",
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_tag_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_reference_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("reference_id", "tag_id", name=op.f("pk_reference_tag")),
    )
    op.create_index(op.f("ix_reference_tag_tag_id"), "reference_tag", ["tag_id"], unique=False)
    op.create_table(
        "reference_willingness",
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=30), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "ask_first",
                "no",
                name="willingness",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_willingness_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference_id", "activity", name=op.f("pk_reference_willingness")),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=True),
        sa.Column("activity", sa.String(length=30), nullable=False),
        sa.Column("prospect", sa.String(length=300), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("opportunity", sa.String(length=300), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("close_date", sa.Date(), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("topics", sa.String(), nullable=True),
        sa.Column("attendees", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "fulfilled",
                "unfilled",
                "withdrawn",
                "closed",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how_many BETWEEN 1 AND 10", name=op.f("ck_request_how_many")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_request_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["requester_id"], ["colleague.id"], name=op.f("fk_request_requester_id_colleague")
        ),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["search.id"],
            name=op.f("fk_request_search_id_search"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_requester_id"), "request", ["requester_id"], unique=False)
    op.create_index(
        op.f("ix_request_status_needed_by"), "request", ["status", "needed_by"], unique=False
    )
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "owner_check",
                "approved",
                "declined",
                "invited",
                "accepted",
                "scheduled",
                "held",
                "no_show",
                "no_response",
                "refused",
                "thanked",
                "closed",
                "cancelled",
                name="engagementstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("overridden", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests_until", sa.Date(), nullable=True),
        sa.Column("expected_grade", sa.Integer(), nullable=True),
        sa.Column("actual_grade", sa.Integer(), nullable=True),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("actual_grade BETWEEN 1 AND 5", name=op.f("ck_engagement_actual_grade")),
        sa.CheckConstraint(
            "expected_grade BETWEEN 1 AND 5", name=op.f("ck_engagement_expected_grade")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_engagement_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"], ["reference.id"], name=op.f("fk_engagement_reference_id_reference")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_engagement_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint(
            "request_id", "reference_id", name=op.f("uq_engagement_request_id_reference_id")
        ),
    )
    op.create_index(op.f("ix_engagement_account_id"), "engagement", ["account_id"], unique=False)
    op.create_index(op.f("ix_engagement_approved_at"), "engagement", ["approved_at"], unique=False)
    op.create_index(
        op.f("ix_engagement_reference_id"), "engagement", ["reference_id"], unique=False
    )
    op.create_index(op.f("ix_engagement_request_id"), "engagement", ["request_id"], unique=False)
    op.create_index(op.f("ix_engagement_status"), "engagement", ["status"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["colleague.id"], name=op.f("fk_question_asked_by_id_colleague")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_question_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_request_id"), "question", ["request_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("as_role", sa.String(length=20), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "yes",
                "no",
                "not_now",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rests_until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["colleague.id"], name=op.f("fk_approval_by_id_colleague")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_approval_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_engagement_id"), "approval", ["engagement_id"], unique=False)
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decide",
                "owner_check",
                "introduce",
                "debrief",
                "thank_you",
                name="nudgekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("escalates", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wall_time", sa.String(length=30), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "sent",
                "stopped",
                name="nudgestatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_nudge_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["colleague.id"], name=op.f("fk_nudge_recipient_id_colleague")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_nudge_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
    )
    op.create_index(op.f("ix_nudge_engagement_id"), "nudge", ["engagement_id"], unique=False)
    op.create_index(
        op.f("ix_nudge_request_id_status"), "nudge", ["request_id", "status"], unique=False
    )
    op.create_index(op.f("ix_nudge_status_due_at"), "nudge", ["status", "due_at"], unique=False)
    op.execute("INSERT INTO revision (id, number) VALUES (1, 1)")


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_nudge_status_due_at"), table_name="nudge")
    op.drop_index(op.f("ix_nudge_request_id_status"), table_name="nudge")
    op.drop_index(op.f("ix_nudge_engagement_id"), table_name="nudge")
    op.drop_table("nudge")
    op.drop_index(op.f("ix_approval_engagement_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_index(op.f("ix_question_request_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(op.f("ix_engagement_status"), table_name="engagement")
    op.drop_index(op.f("ix_engagement_request_id"), table_name="engagement")
    op.drop_index(op.f("ix_engagement_reference_id"), table_name="engagement")
    op.drop_index(op.f("ix_engagement_approved_at"), table_name="engagement")
    op.drop_index(op.f("ix_engagement_account_id"), table_name="engagement")
    op.drop_table("engagement")
    op.drop_index(op.f("ix_request_status_needed_by"), table_name="request")
    op.drop_index(op.f("ix_request_requester_id"), table_name="request")
    op.drop_table("request")
    op.drop_table("reference_willingness")
    op.drop_index(op.f("ix_reference_tag_tag_id"), table_name="reference_tag")
    op.drop_table("reference_tag")
    op.drop_index(op.f("ix_reference_product_product_id"), table_name="reference_product")
    op.drop_table("reference_product")
    op.drop_table("reference_language")
    op.drop_index(op.f("ix_issue_account_id"), table_name="issue")
    op.drop_table("issue")
    op.drop_index(op.f("ix_consent_reference_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_search_requester_id"), table_name="search")
    op.drop_index(op.f("ix_search_created_at"), table_name="search")
    op.drop_table("search")
    op.drop_index(op.f("ix_reference_account_id_name"), table_name="reference")
    op.drop_index(op.f("ix_reference_account_id"), table_name="reference")
    op.drop_table("reference")
    op.drop_index(op.f("ix_opportunity_prospect"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_is_open_prospect"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_is_open"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_account_id"), table_name="opportunity")
    op.drop_table("opportunity")
    op.drop_index(op.f("ix_event_request_id_id"), table_name="event")
    op.drop_index(op.f("ix_event_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_account_product_product_id"), table_name="account_product")
    op.drop_table("account_product")
    op.drop_table("tag")
    op.drop_table("setting")
    op.drop_table("revision")
    op.drop_table("product")
    op.drop_table("post")
    op.drop_table("pause")
    op.drop_index(op.f("ix_outbox_status_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_lane_status_id"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_index(op.f("ix_company_word_facet_text"), table_name="company_word")
    op.drop_table("company_word")
    op.drop_table("colleague")
    op.drop_index(op.f("ix_change_number"), table_name="change")
    op.drop_table("change")
    op.drop_index(op.f("ix_account_owner_email"), table_name="account")
    op.drop_table("account")
