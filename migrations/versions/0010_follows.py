"""follows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_follow",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_follow_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_follow_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "case_id", name=op.f("pk_case_follow")),
    )
    op.create_table(
        "task_follow",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_follow_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_task_follow_task_id_user_task")),
        sa.PrimaryKeyConstraint("person_id", "task_id", name=op.f("pk_task_follow")),
    )


def downgrade() -> None:
    op.drop_table("task_follow")
    op.drop_table("case_follow")
