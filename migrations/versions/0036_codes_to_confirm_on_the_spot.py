"""Codes with which people confirm on the spot what is shown to them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_code",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("shown_by_id", sa.String(length=32), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name=op.f("ck_spot_code_used_has_person")),
        sa.CheckConstraint("used_at IS NULL OR replaced_at IS NULL", name=op.f("ck_spot_code_used_or_replaced")),
        sa.ForeignKeyConstraint(["shown_by_id"], ["person.id"], name=op.f("fk_spot_code_shown_by_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_spot_code_task_id_user_task")),
        sa.ForeignKeyConstraint(["used_by_id"], ["person.id"], name=op.f("fk_spot_code_used_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_spot_code_code_hash")),
    )
    op.create_index(op.f("ix_spot_code_task_id"), "spot_code", ["task_id"])


def downgrade() -> None:
    op.drop_table("spot_code")
