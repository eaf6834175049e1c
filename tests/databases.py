"""Databases for tests: a SQLite file or a PostgreSQL database, copied from a template prepared once per process."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import make_url

KINDS = ("sqlite", "postgresql")
_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
_PREFIX = "tongban-tests-"
_SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


@dataclass(frozen=True)
class Database:
    """Where one test's tables are. `kind` is "sqlite" or "postgresql"."""

    kind: str
    url: str


@dataclass(frozen=True)
class Template:
    """What a database holds when a test begins; `prepare` fills an empty one, or a copy of `below`, given its URL."""

    name: str
    prepare: Callable[[str], None]
    below: "Template | None" = None


def _kept(_url: str) -> None:
    raise RuntimeError("a kept template was prepared by a test, and belongs to the host that kept it")


class Host(Protocol):
    """Something that can keep templates and hand out copies of them."""

    def fresh(self, template: Template) -> Any: ...

    def keep(self, database: Database) -> Template:
        """What a database holds now, as a template; nothing may be connected to it."""
        ...


@dataclass
class SqliteHost:
    """Templates and copies are files in one folder."""

    folder: Path
    _prepared: dict[str, Path] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh(self, template: Template) -> Iterator[Database]:
        source = self._source(template)
        copy = self.folder / f"test_{next(self._numbers)}.db"
        shutil.copyfile(source, copy)
        try:
            yield Database("sqlite", f"sqlite:///{copy}")
        finally:
            for leftover in self.folder.glob(f"{copy.name}*"):
                leftover.unlink()

    def keep(self, database: Database) -> Template:
        name = f"kept_{next(self._numbers)}"
        source = Path(database.url.removeprefix("sqlite:///"))
        self._fold_in_the_log(source)
        self._prepared[name] = self.folder / f"template_{name}.db"
        shutil.copyfile(source, self._prepared[name])
        return Template(name, _kept)

    def _source(self, template: Template) -> Path:
        return self._prepared.get(template.name) or self._prepare(template)

    def _prepare(self, template: Template) -> Path:
        path = self.folder / f"template_{template.name}.db"
        if template.below:
            shutil.copyfile(self._source(template.below), path)
        template.prepare(f"sqlite:///{path}")
        self._fold_in_the_log(path)
        self._prepared[template.name] = path
        return path

    @staticmethod
    def _fold_in_the_log(path: Path) -> None:
        import sqlite3

        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


@dataclass
class PostgresqlHost:
    """Templates and copies are databases of one cluster; a copy takes some 30 ms in memory."""

    admin_url: str
    _prepared: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh(self, template: Template) -> Iterator[Database]:
        source = self._source(template)
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY")
        try:
            yield Database("postgresql", self._url(name))
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _source(self, template: Template) -> str:
        source = self._place(template.name)
        if source not in self._prepared:
            below = f"TEMPLATE {self._source(template.below)} STRATEGY FILE_COPY" if template.below else ""
            self._run(f"DROP DATABASE IF EXISTS {source}", f"CREATE DATABASE {source} {below}")
            template.prepare(self._url(source))
            self._prepared.add(source)
        return source

    def keep(self, database: Database) -> Template:
        name = f"kept_{next(self._numbers)}"
        source = str(make_url(database.url).database)
        self._run(f"CREATE DATABASE {self._place(name)} TEMPLATE {source} STRATEGY FILE_COPY")
        self._prepared.add(self._place(name))
        return Template(name, _kept)

    @staticmethod
    def _place(name: str) -> str:
        return f"template_{name}_{os.getpid()}"

    def _url(self, name: str) -> str:
        return self.admin_url.replace("/postgres?", f"/{name}?", 1)

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.admin_url.replace("+psycopg", ""), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def postgresql_cluster() -> Iterator[PostgresqlHost]:
    """A cluster of our own on a Unix socket, or the server that TONGBAN_TEST_POSTGRESQL names.

    The URL's database must be `postgres` and its user may create databases.
    """
    if url := os.environ.get("TONGBAN_TEST_POSTGRESQL"):
        yield PostgresqlHost(url if "?" in url else f"{url}?")
        return
    with quick_folder() as folder:
        cluster = _Cluster(folder)
        try:
            cluster.start()
            yield PostgresqlHost(f"postgresql+psycopg://postgres@/postgres?host={folder}")
        finally:
            cluster.stop()


@contextmanager
def quick_folder() -> Iterator[Path]:
    """In memory where there is enough of it: on a disk, most of the time of such tests is spent on making files."""
    _remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_MEMORY if _has_room() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    return os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM


def _remove_what_killed_runs_left() -> None:
    """A server whose folder is gone ends by itself."""
    for left in _MEMORY.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)


@dataclass(frozen=True)
class _Cluster:
    folder: Path

    def start(self) -> None:
        if os.getuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"{_SPEED} -c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200"
        self._run("pg_ctl", "-D", data, "-w", "-s", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-s", "stop")

    def _run(self, program: str, *arguments: str | Path) -> None:
        account: dict[str, Any] = {}
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            account = {"user": "postgres", "group": "postgres", "extra_groups": []}
        command = [str(_programs() / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **account)


def _programs() -> Path:
    """The folder of initdb and pg_ctl."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if debian:
        return debian[-1]
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError("PostgreSQL is missing: run tools/system-packages.sh or set TONGBAN_TEST_POSTGRESQL")
