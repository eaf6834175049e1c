"""delegation, urging, copies."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_copy",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("sent_by_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_copy_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_copy_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_case_copy_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_copy")),
    )
    with op.batch_alter_table("case_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_copy_case_id_at"), ["case_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_copy_person_id_at_id"), ["person_id", "at", "id"], unique=False)

    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("urged_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_user_task_owner_id_person"), "person", ["owner_id"], ["id"])
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.alter_column("urged_count", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_task_owner_id_person"), type_="foreignkey")
        batch_op.drop_column("urged_at")
        batch_op.drop_column("urged_count")
        batch_op.drop_column("owner_id")

    with op.batch_alter_table("case_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_copy_person_id_at_id"))
        batch_op.drop_index(batch_op.f("ix_case_copy_case_id_at"))

    op.drop_table("case_copy")
