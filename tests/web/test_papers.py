"""Papers on the page of a case, and the pages on which their Word templates are looked after."""

import io

import pytest
from werkzeug.test import TestResponse

from tests.city import City
from tests.papers import CONTRACT, PaperCase, paper_case, template_with
from tests.web.conftest import Visit, Visitor

__all__ = ["paper_case"]
TEMPLATES = f"/papers/{CONTRACT}"


@pytest.fixture
def city(paper_case: PaperCase) -> City:
    return paper_case.city


def put(visitor: Visitor, content: bytes, reason: str) -> TestResponse:
    visitor.get(TEMPLATES)
    return visitor.post(TEMPLATES, {"file": (io.BytesIO(content), "合同.docx"), "reason": reason})


def test_a_paper_is_looked_at_and_made(visit: Visit, paper_case: PaperCase) -> None:
    chair, at = visit("chair"), f"/cases/{paper_case.case_id}"
    listed = chair.get(f"{at}/documents").text
    assert "记录协商会议以后可以生成" in listed
    assert f'src="{at}/papers/contract/page"' in chair.get(f"{at}/papers/contract").text
    page = chair.get(f"{at}/papers/contract/page")
    assert "以转账 &lt;支付&gt; &amp; 上月工资" in page.text
    assert "default-src 'none'; sandbox" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"

    chair.get(f"{at}/papers/contract")
    assert chair.post(f"{at}/papers/contract", {"kind": "docx"}).status_code == 302
    shown = chair.get(f"{at}/documents").text
    assert "工资专项集体合同（" in shown
    assert "文书已生成，列在文件中。" in shown
    early = chair.post(f"{at}/papers/minutes", {"kind": "docx"})
    assert early.status_code == 409
    assert "这份文书的内容不全" in early.text
    assert chair.get(f"{at}/papers/minutes").status_code == 409


def test_who_may_not_make_papers_is_not_asked_to(visit: Visit, paper_case: PaperCase) -> None:
    at = f"/cases/{paper_case.case_id}"
    assert "生成文书" not in visit("rep9").get(f"{at}/documents").text
    assert visit("rep9").get(f"{at}/papers/contract").status_code == 403
    assert visit("boss2").get(f"{at}/papers/contract/page").status_code == 404
    assert "文书模板" not in visit("chair").get("/tasks").text


def test_a_refused_template_keeps_what_was_written_and_a_good_one_is_used(visit: Visit) -> None:
    union = visit("union")
    refused = put(union, template_with("合计：{{ 合计 }}"), "按市里的格式")
    assert refused.status_code == 422
    assert "没有名为“合计”的字段，见“合计：{{ 合计 }}”" in refused.text
    assert "按市里的格式</textarea>" in refused.text
    assert put(union, template_with("{{ 企业 }}"), "").status_code == 422

    assert put(union, template_with("{{ 企业 }}"), "按市里的格式").status_code == 302
    page = union.get(TEMPLATES).text
    assert "模板已更换" in page
    assert "第 1 版" in page
    assert union.get(f"{TEMPLATES}/1/sample.docx").headers["Content-Disposition"].startswith("attachment")
    assert union.post(f"{TEMPLATES}/0/restore", {"reason": "格式有误"}).status_code == 302
    assert "恢复程序自带的模板" in union.get(TEMPLATES).text
    assert "第 2 版" in union.get("/papers").text
    assert visit("boss").get(TEMPLATES).status_code == 403
