import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(arguments: list[str]) -> None:
    command = [Path(sys.executable).with_name("ruff"), *arguments, "--quiet", "."]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
