"""Writes the next numbered migration: `python tools/migration.py "add a column"`."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "migrations" / "versions"


def write(message: str) -> Path:
    """Migrates an empty SQLite file to the newest version and compares it with the models."""
    number = f"{len(list(VERSIONS.glob('[0-9]*.py'))) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        config = Config(attributes={"compare_with_models": True})
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.set_main_option("sqlalchemy.url", f"sqlite:///{folder}/compare.db")
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        command.revision(config, message=message, autogenerate=True, rev_id=number)
    written = next(VERSIONS.glob(f"{number}_*.py"))
    tidy(written)
    return written


def tidy(path: Path) -> None:
    """Drops the generator's remarks and unused imports, and formats."""
    path.write_text(re.sub(r"^ *# ###.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    for arguments in (["format", "--quiet"], ["check", "--quiet", "--fix"]):
        subprocess.run([str(ROOT / ".venv/bin/ruff"), *arguments, str(path)], check=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.stdout.write(f"{write(sys.argv[1]).relative_to(ROOT)}\n")
