"""The register of experts."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expert",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("profession", sa.String(length=16), nullable=False),
        sa.Column("licence_no", sa.String(length=64), nullable=False),
        sa.Column("licence_until", sa.Date(), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("towns", sa.Text(), nullable=False),
        sa.Column("max_open", sa.Integer(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("absent_from", sa.Date(), nullable=True),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.Column("warned_of", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_open BETWEEN 1 AND 10", name=op.f("ck_expert_max_open_in_range")),
        sa.CheckConstraint("term_from <= term_to", name=op.f("ck_expert_term_in_order")),
        sa.CheckConstraint("(absent_from IS NULL) = (absent_until IS NULL)", name=op.f("ck_expert_absence_is_whole")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_expert")),
    )
    op.create_index("ix_expert_profession_status_person_id", "expert", ["profession", "status", "person_id"])


def downgrade() -> None:
    op.drop_table("expert")
