"""going back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "movement",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_movement_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_movement")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.alter_column("moves", existing_type=sa.Integer(), server_default=None)

    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("returned_by_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("return_reason", sa.String(length=500), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_user_task_returned_by_id_person"), "person", ["returned_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_task_returned_by_id_person"), type_="foreignkey")
        batch_op.drop_column("return_reason")
        batch_op.drop_column("returned_by_id")
        batch_op.drop_column("superseded_at")

    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_column("moves")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("superseded_at")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("superseded_at")

    op.drop_table("movement")
