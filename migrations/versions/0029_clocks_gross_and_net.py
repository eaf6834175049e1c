"""How long a deadline took, how much of that it stood still, and what was added to it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clock") as batch_op:
        batch_op.add_column(sa.Column("paused_workdays", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("extended_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.alter_column("paused_workdays", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("clock") as batch_op:
        batch_op.drop_column("ended_on")
        batch_op.drop_column("extended_by")
        batch_op.drop_column("paused_workdays")
