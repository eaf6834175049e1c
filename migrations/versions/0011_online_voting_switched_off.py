"""online voting switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "online_voting_switch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_online_voting_switch_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_online_voting_switch")),
    )
    with op.batch_alter_table("online_voting_switch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_online_voting_switch_organisation_id_id"), ["organisation_id", "id"], unique=False
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("online_voting_off", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.alter_column("online_voting_off", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("online_voting_off")

    with op.batch_alter_table("online_voting_switch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_online_voting_switch_organisation_id_id"))

    op.drop_table("online_voting_switch")
