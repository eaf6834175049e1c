"""Versions say who submitted and who approved them, and may go back to an older content."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deployment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stories_hash", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("submitted_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.String(length=32), nullable=True))
        batch_op.drop_constraint("uq_deployment_process_content_hash", type_="unique")
        batch_op.create_index("ix_deployment_process_content_hash", ["process", "content_hash"])


def downgrade() -> None:
    with op.batch_alter_table("deployment", schema=None) as batch_op:
        batch_op.drop_index("ix_deployment_process_content_hash")
        batch_op.create_unique_constraint("uq_deployment_process_content_hash", ["process", "content_hash"])
        batch_op.drop_column("approved_by")
        batch_op.drop_column("submitted_by")
        batch_op.drop_column("stories_hash")
