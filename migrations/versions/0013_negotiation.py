"""negotiation."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "negotiation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("variable", sa.String(length=100), nullable=False),
        sa.Column("sides", sa.Text(), nullable=False),
        sa.Column("observers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_negotiation_closed_has_time")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_negotiation_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation")),
        sa.UniqueConstraint("case_id", name=op.f("uq_negotiation_case_id")),
    )
    op.create_table(
        "clause",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("negotiation_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("worker_step_id", sa.String(length=32), nullable=True),
        sa.Column("employer_step_id", sa.String(length=32), nullable=True),
        sa.Column("worker_consent_id", sa.String(length=32), nullable=True),
        sa.Column("employer_consent_id", sa.String(length=32), nullable=True),
        sa.Column("agreed_step_id", sa.String(length=32), nullable=True),
        sa.Column("reopening_asked_by", sa.String(length=16), nullable=True),
        sa.CheckConstraint(
            "(status = 'agreed') = (agreed_step_id IS NOT NULL)", name=op.f("ck_clause_agreed_has_text")
        ),
        sa.CheckConstraint(
            "reopening_asked_by IS NULL OR status = 'agreed'", name=op.f("ck_clause_only_agreed_reopens")
        ),
        sa.ForeignKeyConstraint(
            ["negotiation_id"], ["negotiation.id"], name=op.f("fk_clause_negotiation_id_negotiation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("negotiation_id", "head", name=op.f("uq_clause_negotiation_id_head")),
    )
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clause_negotiation_id_position"), ["negotiation_id", "position"], unique=False
        )

    op.create_table(
        "negotiation_delegate",
        sa.Column("negotiation_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("named_by", sa.String(length=32), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"], ["negotiation.id"], name=op.f("fk_negotiation_delegate_negotiation_id_negotiation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_negotiation_delegate_person_id_person")),
        sa.PrimaryKeyConstraint("negotiation_id", "person_id", name=op.f("pk_negotiation_delegate")),
    )
    op.create_table(
        "negotiation_presence",
        sa.Column("negotiation_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("clause_id", sa.String(length=32), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"], ["negotiation.id"], name=op.f("fk_negotiation_presence_negotiation_id_negotiation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_negotiation_presence_person_id_person")),
        sa.PrimaryKeyConstraint("negotiation_id", "person_id", name=op.f("pk_negotiation_presence")),
    )
    with op.batch_alter_table("negotiation_presence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_negotiation_presence_negotiation_id_seen_at"), ["negotiation_id", "seen_at"], unique=False
        )

    op.create_table(
        "clause_note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clause_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_note_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_note")),
    )
    with op.batch_alter_table("clause_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_note_clause_id_side_at"), ["clause_id", "side", "at"], unique=False)

    op.create_table(
        "clause_step",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clause_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("about_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_step_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_step")),
        sa.UniqueConstraint("clause_id", "seq", name=op.f("uq_clause_step_clause_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("clause_step")
    with op.batch_alter_table("clause_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_note_clause_id_side_at"))

    op.drop_table("clause_note")
    with op.batch_alter_table("negotiation_presence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_negotiation_presence_negotiation_id_seen_at"))

    op.drop_table("negotiation_presence")
    op.drop_table("negotiation_delegate")
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_negotiation_id_position"))

    op.drop_table("clause")
    op.drop_table("negotiation")
