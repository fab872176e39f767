"""The tables of records and names."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("records", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_kind"), ["kind"], unique=False)

    op.create_table(
        "initiative",
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
    )
    op.create_table(
        "name",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "language", "nth", name=op.f("pk_name")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alpha2", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    op.create_table(
        "record_batch",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_record_batch")),
    )
    op.create_table(
        "record_decision",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_decision")),
    )
    with op.batch_alter_table("record_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_decision_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_decision_decision"), ["decision"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_decision_verb"), ["verb"], unique=False)

    op.create_table(
        "record_event",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("organizers", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_event")),
    )
    with op.batch_alter_table("record_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_event_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_event_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_event_start"), ["start"], unique=False)

    op.create_table(
        "record_funding",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("initiative", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=True),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=True),
        sa.Column("period_start", sa.String(), nullable=True),
        sa.Column("period_end", sa.String(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_funding")),
    )
    with op.batch_alter_table("record_funding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_funding_batch"), ["batch"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_funding_initiative"), ["initiative"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_funding_provider"), ["provider"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_funding_recipient"), ["recipient"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_funding_stage"), ["stage"], unique=False)

    op.create_table(
        "record_milestone",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_milestone")),
    )
    with op.batch_alter_table("record_milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_milestone_batch"), ["batch"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_milestone_programme"), ["programme"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_record_milestone_progress"), ["progress"], unique=False
        )

    op.create_table(
        "record_observation",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_observation")),
    )
    with op.batch_alter_table("record_observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_observation_batch"), ["batch"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_observation_subject"), ["subject"], unique=False
        )

    op.create_table(
        "record_participation",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("supported_by", sa.String(), nullable=True),
        sa.Column("activity", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_participation")),
    )
    with op.batch_alter_table("record_participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_participation_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_participation_party"), ["party"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_participation_programme"), ["programme"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_participation_role"), ["role"], unique=False)

    op.create_table(
        "record_partnership",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("initiative", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_partnership")),
    )
    with op.batch_alter_table("record_partnership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_partnership_batch"), ["batch"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_partnership_initiative"), ["initiative"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_record_partnership_partner"), ["partner"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_partnership_role"), ["role"], unique=False)

    op.create_table(
        "record_source",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("paragraph", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("record", "nth", name=op.f("pk_record_source")),
    )
    with op.batch_alter_table("record_source", schema=None) as batch_op:
        batch_op.create_index(
            "ix_record_source_paragraph", ["document_id", "paragraph"], unique=False
        )

    op.create_table(
        "record_target",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(), nullable=True),
        sa.Column("deadline", sa.String(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_target")),
    )
    with op.batch_alter_table("record_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_target_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_target_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_target_indicator"), ["indicator"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_target_party"), ["party"], unique=False)
        batch_op.create_index(
            "ix_record_target_party_status", ["party", "status", "visibility"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_target_subject"), ["subject"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("record_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_target_subject"))
        batch_op.drop_index("ix_record_target_party_status")
        batch_op.drop_index(batch_op.f("ix_record_target_party"))
        batch_op.drop_index(batch_op.f("ix_record_target_indicator"))
        batch_op.drop_index(batch_op.f("ix_record_target_deadline"))
        batch_op.drop_index(batch_op.f("ix_record_target_batch"))

    op.drop_table("record_target")
    with op.batch_alter_table("record_source", schema=None) as batch_op:
        batch_op.drop_index("ix_record_source_paragraph")

    op.drop_table("record_source")
    with op.batch_alter_table("record_partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_partnership_role"))
        batch_op.drop_index(batch_op.f("ix_record_partnership_partner"))
        batch_op.drop_index(batch_op.f("ix_record_partnership_initiative"))
        batch_op.drop_index(batch_op.f("ix_record_partnership_batch"))

    op.drop_table("record_partnership")
    with op.batch_alter_table("record_participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_participation_role"))
        batch_op.drop_index(batch_op.f("ix_record_participation_programme"))
        batch_op.drop_index(batch_op.f("ix_record_participation_party"))
        batch_op.drop_index(batch_op.f("ix_record_participation_batch"))

    op.drop_table("record_participation")
    with op.batch_alter_table("record_observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_observation_subject"))
        batch_op.drop_index(batch_op.f("ix_record_observation_batch"))

    op.drop_table("record_observation")
    with op.batch_alter_table("record_milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_milestone_progress"))
        batch_op.drop_index(batch_op.f("ix_record_milestone_programme"))
        batch_op.drop_index(batch_op.f("ix_record_milestone_batch"))

    op.drop_table("record_milestone")
    with op.batch_alter_table("record_funding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_funding_stage"))
        batch_op.drop_index(batch_op.f("ix_record_funding_recipient"))
        batch_op.drop_index(batch_op.f("ix_record_funding_provider"))
        batch_op.drop_index(batch_op.f("ix_record_funding_initiative"))
        batch_op.drop_index(batch_op.f("ix_record_funding_batch"))

    op.drop_table("record_funding")
    with op.batch_alter_table("record_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_event_start"))
        batch_op.drop_index(batch_op.f("ix_record_event_country"))
        batch_op.drop_index(batch_op.f("ix_record_event_batch"))

    op.drop_table("record_event")
    with op.batch_alter_table("record_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_decision_verb"))
        batch_op.drop_index(batch_op.f("ix_record_decision_decision"))
        batch_op.drop_index(batch_op.f("ix_record_decision_batch"))

    op.drop_table("record_decision")
    op.drop_table("record_batch")
    op.drop_table("party")
    op.drop_table("organization")
    op.drop_table("name")
    op.drop_table("initiative")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_kind"))

    op.drop_table("finding")
