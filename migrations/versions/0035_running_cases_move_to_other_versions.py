"""Running cases move to other versions of their process."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "migration_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("from_id", sa.String(length=32), nullable=False),
        sa.Column("to_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("keeps_rules", sa.Boolean(), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('running','paused')) = (ended_at IS NULL)", name=op.f("ck_migration_run_ended_has_time")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["deployment.id"], name=op.f("fk_migration_run_from_id_deployment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_migration_run_person_id_person")),
        sa.ForeignKeyConstraint(["to_id"], ["deployment.id"], name=op.f("fk_migration_run_to_id_deployment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_run")),
    )
    with op.batch_alter_table("migration_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_migration_run_process_created_at_id"), ["process", "created_at", "id"], unique=False
        )

    op.create_table(
        "case_migration",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("from_id", sa.String(length=32), nullable=False),
        sa.Column("to_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Text(), nullable=False),
        sa.Column("stood", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_migration_case_id_case")),
        sa.ForeignKeyConstraint(["from_id"], ["deployment.id"], name=op.f("fk_case_migration_from_id_deployment")),
        sa.ForeignKeyConstraint(["run_id"], ["migration_run.id"], name=op.f("fk_case_migration_run_id_migration_run")),
        sa.ForeignKeyConstraint(["to_id"], ["deployment.id"], name=op.f("fk_case_migration_to_id_deployment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_migration")),
    )
    with op.batch_alter_table("case_migration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_migration_case_id_at"), ["case_id", "at"], unique=False)

    op.create_table(
        "migration_row",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome <> 'stayed' OR code IS NOT NULL", name=op.f("ck_migration_row_stayed_has_code")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_migration_row_case_id_case")),
        sa.ForeignKeyConstraint(["run_id"], ["migration_run.id"], name=op.f("fk_migration_row_run_id_migration_run")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_migration_row")),
    )
    with op.batch_alter_table("migration_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_migration_row_run_id_outcome_position"), ["run_id", "outcome", "position"], unique=False
        )

    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trail_begins", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("rules_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_process_instance_rules_id_deployment"), "deployment", ["rules_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_process_instance_rules_id_deployment"), type_="foreignkey")
        batch_op.drop_column("rules_id")
        batch_op.drop_column("trail_begins")

    with op.batch_alter_table("migration_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_migration_row_run_id_outcome_position"))

    op.drop_table("migration_row")
    with op.batch_alter_table("case_migration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_migration_case_id_at"))

    op.drop_table("case_migration")
    with op.batch_alter_table("migration_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_migration_run_process_created_at_id"))

    op.drop_table("migration_run")
