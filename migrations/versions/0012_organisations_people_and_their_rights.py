"""Organisations, people and their rights."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_subject",
        sa.Column("subject", sa.String(length=48), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("subject", "stream", "seq", name=op.f("pk_history_subject")),
    )
    op.create_table(
        "coming_membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=64), nullable=False),
        sa.Column("town", sa.String(length=64), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_coming_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coming_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coming_membership")),
    )
    with op.batch_alter_table("coming_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coming_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coming_membership_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_group_membership_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(
            "uq_group_membership_one_administrator",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("\"group\" IN ('audit_admin', 'security_admin', 'system_admin')"),
            postgresql_where=sa.text("\"group\" IN ('audit_admin', 'security_admin', 'system_admin')"),
        )

    op.create_index("ix_user_task_owner_id", "user_task", ["owner_id"])
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lock_version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(batch_op.f("ix_organisation_kind_name_id"), ["kind", "name", "id"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("post", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("organisation_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("lock_version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.alter_column("password_hash", existing_type=sa.VARCHAR(length=200), nullable=True)
        batch_op.create_index(batch_op.f("ix_person_name_id"), ["name", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_organisation_id_left_at"), ["organisation_id", "left_at"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_person_organisation_id_organisation"), "organisation", ["organisation_id"], ["id"]
        )

    for table in ("organisation", "person"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("lock_version", existing_type=sa.Integer(), server_default=None)
    op.execute(
        "UPDATE person SET organisation_id = (SELECT min(organisation_id) FROM group_membership"
        " WHERE group_membership.person_id = person.id)"
    )


def downgrade() -> None:
    op.drop_index("ix_user_task_owner_id", table_name="user_task")
    op.execute("UPDATE person SET password_hash = '' WHERE password_hash IS NULL")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_organisation_id_organisation"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_person_organisation_id_left_at"))
        batch_op.drop_index(batch_op.f("ix_person_name_id"))
        batch_op.alter_column("password_hash", existing_type=sa.VARCHAR(length=200), nullable=False)
        batch_op.drop_column("lock_version")
        batch_op.drop_column("organisation_id")
        batch_op.drop_column("post")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_kind_name_id"))
        batch_op.drop_column("lock_version")

    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_group_membership_one_administrator",
            sqlite_where=sa.text("\"group\" IN ('audit_admin', 'security_admin', 'system_admin')"),
            postgresql_where=sa.text("\"group\" IN ('audit_admin', 'security_admin', 'system_admin')"),
        )
        batch_op.drop_index(batch_op.f("ix_group_membership_ends_on"))
        batch_op.drop_column("ends_on")
        batch_op.drop_column("since")

    op.drop_table("invitation")
    with op.batch_alter_table("coming_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coming_membership_starts_on"))
        batch_op.drop_index(batch_op.f("ix_coming_membership_person_id"))

    op.drop_table("coming_membership")
    op.drop_table("history_subject")
