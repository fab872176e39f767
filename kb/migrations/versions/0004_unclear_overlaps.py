"""Funding whose figure may stand in another one already: the text does not say."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("record_funding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("perhaps_part_of", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("record_funding", schema=None) as batch_op:
        batch_op.drop_column("perhaps_part_of")
