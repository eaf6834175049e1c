"""The audit by actor and by action."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_history_entry_action_without_case",
            ["stream", "action", "seq"],
            unique=False,
            sqlite_where=sa.text("stream IN ('administration', 'system')"),
            postgresql_where=sa.text("stream IN ('administration', 'system')"),
        )
        batch_op.create_index(
            "ix_history_entry_actor_without_case",
            ["stream", "actor", "seq"],
            unique=False,
            sqlite_where=sa.text("stream IN ('administration', 'system')"),
            postgresql_where=sa.text("stream IN ('administration', 'system')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_history_entry_actor_without_case",
            sqlite_where=sa.text("stream IN ('administration', 'system')"),
            postgresql_where=sa.text("stream IN ('administration', 'system')"),
        )
        batch_op.drop_index(
            "ix_history_entry_action_without_case",
            sqlite_where=sa.text("stream IN ('administration', 'system')"),
            postgresql_where=sa.text("stream IN ('administration', 'system')"),
        )
