"""what voters are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matter", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("matter_hash", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_column("matter_hash")
        batch_op.drop_column("matter")
