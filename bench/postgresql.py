"""A PostgreSQL cluster for one benchmark, with its promises on: what is committed is on the disk."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where there is no PostgreSQL."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return debian[-1] if debian else Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster(bin_folder: Path, *, settings: str = "") -> Iterator[str]:
    """Gives the URL of an empty database; `settings` are `-c` options of a server that is more than a trial."""
    folder = Path(tempfile.mkdtemp(prefix="tongban-bench-pg-"))
    account = _account(folder)
    data, log = str(folder / "data"), str(folder / "log")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} {settings}"

    def run(*command: str) -> None:
        call = [str(bin_folder / command[0]), *command[1:]]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)  # noqa: S603

    try:
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        run("pg_ctl", "-D", data, "-w", "-s", "-l", log, "-o", options, "start")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _account(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    person = pwd.getpwnam("postgres")
    os.chown(folder, person.pw_uid, person.pw_gid)
    return {"user": "postgres", "group": "postgres", "extra_groups": []}
