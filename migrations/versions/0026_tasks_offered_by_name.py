"""Tasks are offered to people by name; who is offered one is a guest of its case."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guests", sa.Text(), nullable=False, server_default="[]"))
        batch_op.alter_column("guests", existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("candidate_users", sa.Text(), nullable=False, server_default="[]"))
        batch_op.alter_column("candidate_users", existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_column("candidate_users")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_column("guests")
