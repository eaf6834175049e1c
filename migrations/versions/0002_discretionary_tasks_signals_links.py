"""discretionary tasks, signals, links between cases."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("from_case_id", sa.String(length=32), nullable=False),
        sa.Column("to_case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_case_id"], ["case.id"], name=op.f("fk_case_link_from_case_id_case")),
        sa.ForeignKeyConstraint(["to_case_id"], ["case.id"], name=op.f("fk_case_link_to_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint(
            "from_case_id", "to_case_id", "kind", name=op.f("uq_case_link_from_case_id_to_case_id_kind")
        ),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_link_to_case_id"), ["to_case_id"], unique=False)

    op.create_table(
        "signal_wait",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_signal_wait_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_wait")),
    )
    with op.batch_alter_table("signal_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_wait_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_wait_name_case_id"), ["name", "case_id"], unique=False)

    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        # Who saw a case so far saw all of it.
        batch_op.add_column(sa.Column("is_guest", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.alter_column("is_guest", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("troubled", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.alter_column("troubled", existing_type=sa.Text(), server_default=None)

    with op.batch_alter_table("user_task", schema=None) as batch_op:
        # Tasks that are there already have to be done; the default only fills their rows.
        batch_op.add_column(sa.Column("discretionary", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.alter_column("discretionary", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_column("troubled")

    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.drop_column("is_guest")

    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_column("discretionary")

    with op.batch_alter_table("signal_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_wait_name_case_id"))
        batch_op.drop_index(batch_op.f("ix_signal_wait_case_id"))

    op.drop_table("signal_wait")
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_link_to_case_id"))

    op.drop_table("case_link")
