"""find cases of a town or a stage."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_stage_created_at_id", "case", ["stage", "created_at", "id"])
    op.create_index("ix_case_town_created_at_id", "case", ["town", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_town_created_at_id", "case")
    op.drop_index("ix_case_stage_created_at_id", "case")
