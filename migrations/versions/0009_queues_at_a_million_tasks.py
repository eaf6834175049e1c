"""queues at a million tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OWED = {
    "postgresql_where": sa.text("state IN ('open', 'claimed') AND discretionary IS false"),
    "sqlite_where": sa.text("state IN ('open', 'claimed') AND discretionary IS 0"),
}
_LIVE_CASE = {"postgresql_where": sa.text("closed_at IS NULL"), "sqlite_where": sa.text("closed_at IS NULL")}
_LIVE = {
    "postgresql_where": sa.text("is_live IS true AND is_guest IS false"),
    "sqlite_where": sa.text("is_live IS 1 AND is_guest IS 0"),
}
_PAUSED = {"postgresql_where": sa.text("state = 'paused'"), "sqlite_where": sa.text("state = 'paused'")}
_PUT_OFF = {
    "postgresql_where": sa.text("follow_up_at IS NOT NULL"),
    "sqlite_where": sa.text("follow_up_at IS NOT NULL"),
}


def upgrade() -> None:
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_live", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.alter_column("is_live", existing_type=sa.Boolean(), server_default=None)
    op.execute(
        'UPDATE case_audience SET is_live = false WHERE case_id IN (SELECT id FROM "case" WHERE closed_at IS NOT NULL)'
    )
    op.create_index("ix_case_audience_live", "case_audience", ["audience", "case_id"], **_LIVE)

    live = ["id", "process", "town", "stage", "status", "enterprise_id", "number", "title"]
    op.create_index("ix_case_live", "case", live, **_LIVE_CASE)
    op.create_index("ix_case_words", "case", ["number", "title", "id"])
    op.create_index("ix_clock_paused", "clock", ["case_id", "due_at", "task_id", "step_id"], **_PAUSED)

    op.drop_index("ix_user_task_state_due_at_id", "user_task")
    op.drop_index("ix_user_task_completed_by_id_completed_at_id", "user_task")
    done = ["completed_by_id", "completed_at", "id", "case_id", "stage", "name"]
    op.create_index("ix_user_task_done", "user_task", done)
    due = ["due_at", "id", "case_id", "state", "assignee_id", "stage", "element_id", "created_at", "name"]
    op.create_index("ix_user_task_due", "user_task", due, **_OWED)
    new = ["created_at", "id", "case_id", "state", "assignee_id"]
    op.create_index("ix_user_task_new", "user_task", new, **_OWED)
    op.create_index("ix_user_task_follow_up", "user_task", ["follow_up_at"], **_PUT_OFF)


def downgrade() -> None:
    op.drop_index("ix_user_task_follow_up", "user_task")
    op.drop_index("ix_user_task_new", "user_task")
    op.drop_index("ix_user_task_due", "user_task")
    op.drop_index("ix_user_task_done", "user_task")
    done = ["completed_by_id", "completed_at", "id"]
    op.create_index("ix_user_task_completed_by_id_completed_at_id", "user_task", done)
    op.create_index("ix_user_task_state_due_at_id", "user_task", ["state", "due_at", "id"])
    op.drop_index("ix_clock_paused", "clock")
    op.drop_index("ix_case_words", "case")
    op.drop_index("ix_case_live", "case")
    op.drop_index("ix_case_audience_live", "case_audience")
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.drop_column("is_live")
