"""Staff rosters for tests: files as Excel, WPS and an attacker write them, and the jobs that read them."""

import io
import zipfile
from typing import Any

import xlsxwriter

from engine.actor import SYSTEM
from engine.commands.do_job import DoJob
from engine.commands.import_roster import ImportRoster
from engine.model import Job, RosterFlaw, RosterImport
from engine.model.job import JobState
from tests.city import STAR, City
from tests.registry import organisation_id

HEADER = ("姓名*", "手机号*", "用户名", "岗位职务", "入职日期", "职工代表")


def sheet(*rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("花名册")
        for number, row in enumerate((header, *rows)):
            page.write_row(number, 0, row)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part replaced or put in."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for other in old.namelist():
            if other != name:
                new.writestr(other, old.read(other))
        new.writestr(name, part)
    return target.getvalue()


def begin(city: City, content: bytes, *, by: str = "hr", enterprise: str = STAR) -> str:
    place = organisation_id(city, enterprise)
    return city.run(ImportRoster(enterprise_id=place, filename="花名册.xlsx", content=content), by=by)


def work_off(city: City, *, most: int = 100) -> None:
    """The jobs of rosters, one after the other."""
    for _ in range(most):
        ready = city.rows(Job, Job.state == JobState.READY, Job.kind.in_(("read_roster", "write_roster")))
        if not ready:
            return
        city.engine.run(DoJob(job_id=ready[0].id), actor=SYSTEM)


def imported(city: City, content: bytes, **options: Any) -> RosterImport:
    import_id = begin(city, content, **options)
    work_off(city)
    return city.rows(RosterImport, RosterImport.id == import_id)[0]


def flaws(city: City, run: RosterImport) -> list[tuple[int, str, str]]:
    found = city.rows(RosterFlaw, RosterFlaw.import_id == run.id)
    return sorted((flaw.line, flaw.column, flaw.code) for flaw in found)
