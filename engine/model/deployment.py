from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id


class Deployment(Model):
    """One immutable bundle of diagram, forms, tables and rules; a case is pinned to the one it started with.

    Going back is a new version with the content of an older one. `content_hash` is over what runs, `stories_hash` over
    the scenarios beside it. Who submitted and who approved is known of what was published from a draft.
    """

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("process", "version"), Index(None, "process", "content_hash"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    process: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    comment: Mapped[str] = mapped_column(Text, default="")
    deployed_by: Mapped[str] = mapped_column(Id)
    deployed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stories_hash: Mapped[str] = mapped_column(String(64), default="")
    submitted_by: Mapped[str | None] = mapped_column(Id)
    approved_by: Mapped[str | None] = mapped_column(Id)


class DeploymentFile(Model):
    __tablename__ = "deployment_file"

    deployment_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
