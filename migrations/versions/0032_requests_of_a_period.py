"""What was filed and what was closed lately, of one process."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_process_created_at_id", "case", ["process", "created_at", "id"])
    op.create_index("ix_case_process_closed_at_id", "case", ["process", "closed_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_process_closed_at_id", "case")
    op.drop_index("ix_case_process_created_at_id", "case")
