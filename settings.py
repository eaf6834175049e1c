"""Reads the environment once into one frozen Settings; every setting is described in docs/settings.md."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECURITIES = ("none", "starttls", "tls")
PREFIX = "TONGBAN_"


@dataclass(frozen=True)
class Settings:
    """`broker_url` memory:// means: jobs run inside the web process."""

    database_url: str = "sqlite:///var/tongban.db"
    broker_url: str = "memory://"
    host: str = "127.0.0.1"
    port: int = 8000
    secret_key: str = ""
    data_dir: Path = Path("var")
    demo: bool = False
    threads: int = 8
    max_upload_bytes: int = 20 * 1024 * 1024
    scan_command: str = ""
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""
    direct_deployment: bool | None = None

    @property
    def may_deploy_directly(self) -> bool:
        """Whether designers may deploy without a second person; where nothing is said, in training only."""
        return self.demo if self.direct_deployment is None else self.direct_deployment

    @property
    def address(self) -> str:
        """Where people find this system."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_embedded(self) -> bool:
        return self.broker_url.startswith("memory://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Raises ValueError naming the setting that cannot be read."""
        env = os.environ if environment is None else environment
        data_dir = Path(env.get(PREFIX + "DATA_DIR", "var"))
        return cls(
            database_url=env.get(PREFIX + "DATABASE_URL", cls.database_url),
            broker_url=env.get(PREFIX + "BROKER_URL", cls.broker_url),
            host=env.get(PREFIX + "HOST", cls.host),
            port=_whole_number(env, "PORT", cls.port),
            secret_key=env.get(PREFIX + "SECRET_KEY") or _kept_secret(data_dir),
            data_dir=data_dir,
            demo=bool(_switch(env, "DEMO")),
            direct_deployment=_switch(env, "DIRECT_DEPLOYMENT"),
            threads=_whole_number(env, "THREADS", cls.threads),
            scan_command=env.get(PREFIX + "SCAN_COMMAND", cls.scan_command),
            max_upload_bytes=_whole_number(env, "MAX_UPLOAD_BYTES", cls.max_upload_bytes),
            public_url=env.get(PREFIX + "PUBLIC_URL", cls.public_url),
            **_mail(env),
        )


def _mail(env: Mapping[str, str]) -> dict[str, Any]:
    """The mail server; without TONGBAN_SMTP_HOST no mail is sent."""
    texts = {
        name: env.get(PREFIX + name.upper(), "") for name in ("smtp_host", "smtp_user", "smtp_password", "mail_from")
    }
    security = env.get(PREFIX + "SMTP_SECURITY", Settings.smtp_security)
    if security not in SECURITIES:
        raise ValueError(f"{PREFIX}SMTP_SECURITY must be one of {', '.join(SECURITIES)}, not {security!r}")
    if texts["smtp_host"] and "@" not in texts["mail_from"]:
        raise ValueError(f"{PREFIX}MAIL_FROM must be the address that mails come from")
    return {**texts, "smtp_port": _whole_number(env, "SMTP_PORT", Settings.smtp_port), "smtp_security": security}


def _switch(env: Mapping[str, str], name: str) -> bool | None:
    """None where nothing is said."""
    said = env.get(PREFIX + name)
    return None if said is None else said in ("1", "true", "yes")


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(PREFIX + name, str(default))
    if not text.isdigit():
        raise ValueError(f"{PREFIX}{name} must be a whole number, not {text!r}")
    return int(text)


def _kept_secret(data_dir: Path) -> str:
    """One secret per installation, made on first use and readable by its owner only."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), "ascii")
    return path.read_text("ascii").strip()
