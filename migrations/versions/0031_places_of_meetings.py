"""Where the meeting of a task is held."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_task", sa.Column("meeting_place", sa.String(200), nullable=True))


def downgrade() -> None:
    op.drop_column("user_task", "meeting_place")
