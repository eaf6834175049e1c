"""The rules of the city, for what belongs to no case: those of the newest deployment."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar import RulePack, UnknownSetting
from engine.model import Deployment, DeploymentFile


def city_setting(session: Session, key: str, on: date, *, default: Any) -> Any:
    """The value in force on that day; the default where nothing is deployed, or what is deployed does not know it."""
    newest = select(Deployment.id).order_by(Deployment.deployed_at.desc(), Deployment.version.desc()).limit(1)
    deployment_id = session.scalar(newest)
    try:
        return _rules(session, deployment_id).setting(key, on) if deployment_id else default
    except UnknownSetting:
        return default


_known: dict[str, RulePack] = {}


def _rules(session: Session, deployment_id: str) -> RulePack:
    """Deployments never change; only the rules of the newest one are kept."""
    found = _known.get(deployment_id)
    if found is None:
        files = select(DeploymentFile.path, DeploymentFile.content).where(
            DeploymentFile.deployment_id == deployment_id, DeploymentFile.path.startswith("rules/")
        )
        found = RulePack.load(dict(session.execute(files).all()))
        _known.clear()
        _known[deployment_id] = found
    return found
