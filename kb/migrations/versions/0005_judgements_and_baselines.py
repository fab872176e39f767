"""Who judged a record and when; what a change is measured from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_judgement",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_record_judgement")),
    )
    with op.batch_alter_table("record_observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("baseline", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("record_observation", schema=None) as batch_op:
        batch_op.drop_column("baseline")
    op.drop_table("record_judgement")
