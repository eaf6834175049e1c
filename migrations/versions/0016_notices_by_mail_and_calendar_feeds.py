"""notices by mail and calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_mail_sent_has_time")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_state_created_at_id"), ["state", "created_at", "id"], unique=False)

    op.create_table(
        "mail_address",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_address_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_address")),
    )
    op.create_table(
        "notice_wishes",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("digest_at", sa.String(length=5), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=True),
        sa.Column("quiet_until", sa.String(length=5), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_wishes_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_wishes")),
    )
    op.create_table(
        "notice_delivery",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("is_digest", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_id", sa.String(length=32), nullable=True),
        sa.Column("dropped", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_notice_delivery_mail_id_mail")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id_notice")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_delivery_person_id_person")),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_delivery")),
    )
    with op.batch_alter_table("notice_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_delivery_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(
            "ix_notice_delivery_waiting",
            ["person_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("mail_id IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("mail_id IS NULL AND dropped IS NULL"),
        )

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_case_id_at_id"), ["case_id", "at", "id"], unique=False)

    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_column("meeting_at")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_case_id_at_id"))

    with op.batch_alter_table("notice_delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_delivery_waiting",
            sqlite_where=sa.text("mail_id IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("mail_id IS NULL AND dropped IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_notice_delivery_mail_id"))

    op.drop_table("notice_delivery")
    op.drop_table("notice_wishes")
    op.drop_table("mail_address")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_state_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_mail_person_id"))

    op.drop_table("mail")
    op.drop_table("calendar_feed")
