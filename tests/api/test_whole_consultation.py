"""One wage consultation from the offer to the end of the contract, through the API and nothing else."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.database import Database
from engine.engine import Engine
from playing.scenario_file import Scenario
from services import SERVICES
from tests.api.api_player import ApiPlayer
from tests.api.conftest import settings_for
from tests.city import PROCESSES, SharedDefinitions
from tests.edges import open_edges

CONSULTATION = Path("bpmn/wage_consultation")
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # the day on which the scenarios begin, 09:00 in the city


def engine_at(url: str, folder: Path) -> Engine:
    return Engine(Database(url), services=SERVICES, data_dir=folder, is_demo=True, clock=lambda: MONDAY)


@pytest.fixture
def player(
    database_hosts: Any, database_kind: str, tmp_path: Path, definitions: SharedDefinitions
) -> Iterator[ApiPlayer]:
    with database_hosts.of(database_kind).fresh(PROCESSES) as database:
        engine = engine_at(database.url, tmp_path)
        engine.catalogue = definitions.catalogue()
        app = open_edges(settings_for(database.url, tmp_path), engine=engine)
        yield ApiPlayer(app, Scenario.read(CONSULTATION / "scenarios" / "happy_path.yml"))
        engine.database.dispose()


def verdict(bundle: bytes, folder: Path) -> tuple[int, str]:
    """What the verifier inside of the bundle says about it, run by a Python that knows nothing of us."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        (folder / "verify.py").write_bytes(archive.read("verify.py"))
    (folder / "bundle.zip").write_bytes(bundle)
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder / "bundle.zip")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def with_one_byte_changed(bundle: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "history.jsonl":
                lines = content.splitlines(keepends=True)
                lines[4] = lines[4].replace(b'"actor":"', b'"actor":"x', 1)
                content = b"".join(lines)
            new.writestr(name, content)
    return changed.getvalue()


def test_a_consultation_runs_from_offer_to_expiry_and_can_be_proven(player: ApiPlayer, tmp_path: Path) -> None:
    player.play()

    union = player.caller("union")
    case = union.get(f"/cases/{player.case_id}").json
    assert case["status"] == "completed"
    assert {stage["state"] for stage in case["stages"]} == {"done"}
    assert union.get(f"/cases/{player.case_id}/waiting").json["total"] <= 1
    assert union.get(f"/cases/{player.case_id}/documents").json["total"] > 0

    bundle = union.get(f"/cases/{player.case_id}/evidence").data
    code, said = verdict(bundle, tmp_path)
    assert code == 0, said
    code, said = verdict(with_one_byte_changed(bundle), tmp_path)
    assert code == 1
    assert "history entry 5 " in said, said
