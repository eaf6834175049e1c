"""closing and reminding of ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminders", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))

    plan = sa.text("UPDATE ballot SET reminders = :none").bindparams(none='{"hours":[],"pause_hours":4}')
    op.execute(plan)
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.alter_column("reminders", existing_type=sa.Text(), nullable=False)

    with op.batch_alter_table("ballot_confirmation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubts", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ballot_confirmation", schema=None) as batch_op:
        batch_op.drop_column("doubts")

    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("reminders")
