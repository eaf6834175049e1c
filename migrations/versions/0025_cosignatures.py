"""cosignatures."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("principal_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("signatures_awaited", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_user_task_principal_id"), ["principal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_user_task_principal_id_user_task"), "user_task", ["principal_id"], ["id"]
        )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.alter_column("signatures_awaited", existing_type=sa.Text(), server_default=None)

    op.create_table(
        "cosignature",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("principal_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("asked_by_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("circle", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=32), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(state = 'signed') = (verdict IS NOT NULL)", name=op.f("ck_cosignature_signed_has_verdict")
        ),
        sa.CheckConstraint(
            "state NOT IN ('asked', 'signed') OR task_id IS NOT NULL", name=op.f("ck_cosignature_asked_has_task")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_cosignature_asked_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cosignature_case_id_case")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_cosignature_ended_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cosignature_person_id_person")),
        sa.ForeignKeyConstraint(["principal_id"], ["user_task.id"], name=op.f("fk_cosignature_principal_id_user_task")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_cosignature_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignature")),
        sa.UniqueConstraint("task_id", name=op.f("uq_cosignature_task_id")),
    )
    with op.batch_alter_table("cosignature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cosignature_person_id_state"), ["person_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_cosignature_principal_id_state"), ["principal_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_table("cosignature")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_task_principal_id_user_task"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_user_task_principal_id"))
        batch_op.drop_column("handed_in_at")
        batch_op.drop_column("signatures_awaited")
        batch_op.drop_column("principal_id")
