"""Record cards: their index work, what worded them; findings with their paragraphs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_RECORD_TABLES = (
    "record_target",
    "record_milestone",
    "record_partnership",
    "record_participation",
    "record_funding",
    "record_observation",
    "record_event",
    "record_decision",
)


def upgrade() -> None:
    op.create_table(
        "card_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_work")),
    )
    for table in _RECORD_TABLES:
        op.execute(f"INSERT INTO card_work (record) SELECT id FROM {table}")  # noqa: S608  # nosec B608 # the names stand above
    with op.batch_alter_table("store_state", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cards", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("card_units", sa.Integer(), nullable=False, server_default="0")
        )
    # Nothing was ever written to it.
    op.drop_table("finding")
    op.create_table(
        "finding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_kind"), ["kind"], unique=False)


def downgrade() -> None:
    op.drop_table("finding")
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
    with op.batch_alter_table("store_state", schema=None) as batch_op:
        batch_op.drop_column("card_units")
        batch_op.drop_column("cards")
    op.drop_table("card_work")
