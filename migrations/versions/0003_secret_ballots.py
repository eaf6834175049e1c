"""secret ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("motions", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("scrutineers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("roll_salt", sa.String(length=64), nullable=False),
        sa.Column("roll_hash", sa.String(length=64), nullable=False),
        sa.Column("trays", sa.Integer(), nullable=False),
        sa.Column("choice_size", sa.Integer(), nullable=False),
        sa.Column("ticket_key", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_ticket_key", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_seal_key", sa.LargeBinary(), nullable=True),
        sa.Column("abort_reason", sa.String(length=500), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("board_end", sa.Text(), nullable=True),
        sa.Column("entries", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(state = 'aborted') = (abort_reason IS NOT NULL)", name=op.f("ck_ballot_aborted_has_reason")
        ),
        sa.CheckConstraint("(state = 'counted') = (result IS NOT NULL)", name=op.f("ck_ballot_counted_has_result")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_ballot_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_case_id"), ["case_id"], unique=False)

    op.create_table(
        "ballot_confirmation",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_confirmation_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_confirmation_person_id_person")),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name=op.f("pk_ballot_confirmation")),
    )
    op.create_table(
        "ballot_roll_entry",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_roll_entry_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_roll_entry_person_id_person")),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name=op.f("pk_ballot_roll_entry")),
    )
    with op.batch_alter_table("ballot_roll_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_roll_entry_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ballot_ticket",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("blinded_sha256", sa.String(length=64), nullable=False),
        sa.Column("blind_signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_ticket_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_ticket_person_id_person")),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name=op.f("pk_ballot_ticket")),
    )
    op.create_table(
        "ballot_tray",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("papers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_tray_ballot_id_ballot")),
        sa.PrimaryKeyConstraint("ballot_id", "place", name=op.f("pk_ballot_tray")),
    )


def downgrade() -> None:
    op.drop_table("ballot_tray")
    op.drop_table("ballot_ticket")
    with op.batch_alter_table("ballot_roll_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_roll_entry_person_id"))

    op.drop_table("ballot_roll_entry")
    op.drop_table("ballot_confirmation")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_case_id"))

    op.drop_table("ballot")
