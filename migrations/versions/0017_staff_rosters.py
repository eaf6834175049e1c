"""Staff rosters on their way in."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_UNDER_WAY = sa.text("state IN ('reading', 'writing')")


def upgrade() -> None:
    op.create_table(
        "roster_import",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("may_name_reps", sa.Boolean(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("plain", sa.String(length=64), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("flaws", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_roster_import_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roster_import_organisation_id_id"), ["organisation_id", "id"], unique=False
        )
        batch_op.create_index(
            "uq_roster_import_one_at_a_time",
            ["organisation_id"],
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        )
    op.create_table(
        "roster_line",
        sa.Column("import_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("post", sa.String(length=100), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("is_changed", sa.Boolean(), nullable=False),
        sa.Column("group", sa.String(length=64), nullable=True),
        sa.Column("membership_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_roster_line_import_id_roster_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_roster_line")),
    )
    with op.batch_alter_table("roster_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_line_import_id_username"), ["import_id", "username"], unique=True)
    op.create_table(
        "roster_flaw",
        sa.Column("import_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("column", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_roster_flaw_import_id_roster_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", "column", name=op.f("pk_roster_flaw")),
    )


def downgrade() -> None:
    op.drop_table("roster_flaw")
    with op.batch_alter_table("roster_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_line_import_id_username"))
    op.drop_table("roster_line")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index("uq_roster_import_one_at_a_time", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)
        batch_op.drop_index(batch_op.f("ix_roster_import_organisation_id_id"))
    op.drop_table("roster_import")
