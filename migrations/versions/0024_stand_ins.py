"""stand-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_FOR_ANOTHER = sa.text("on_behalf_of_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "stand_in",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("stand_in_id", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("processes", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("named_by_id", sa.String(length=32), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("person_id <> stand_in_id", name=op.f("ck_stand_in_somebody_else")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_stand_in_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_stand_in_ended_by_id_person")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_stand_in_named_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stand_in_person_id_person")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name=op.f("fk_stand_in_stand_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    op.create_index(op.f("ix_stand_in_stand_in_id_ends_on"), "stand_in", ["stand_in_id", "ends_on"])
    op.create_index(op.f("ix_stand_in_person_id_ends_on"), "stand_in", ["person_id", "ends_on"])
    for table in ("answer", "document", "note"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("on_behalf_of_id", sa.String(length=32), nullable=True))
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_behalf_of_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("taken_over", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(
            batch_op.f("fk_user_task_on_behalf_of_id_person"), "person", ["on_behalf_of_id"], ["id"]
        )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.alter_column("taken_over", server_default=None)
    op.create_index(
        "ix_user_task_for_another",
        "user_task",
        ["on_behalf_of_id", "state", "assignee_id"],
        postgresql_where=_FOR_ANOTHER,
        sqlite_where=_FOR_ANOTHER,
    )


def downgrade() -> None:
    op.drop_index("ix_user_task_for_another", table_name="user_task")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_task_on_behalf_of_id_person"), type_="foreignkey")
        batch_op.drop_column("taken_over")
        batch_op.drop_column("on_behalf_of_id")
    for table in ("note", "document", "answer"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("on_behalf_of_id")
    op.drop_table("stand_in")
