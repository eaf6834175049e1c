"""A form with every kind of part, and a page around it that has only what the templates need."""

import json
from typing import Any

from flask import Flask, render_template_string, request
from flask_babel import Babel
from markupsafe import Markup

from engine.definitions.form import AnswersRejected, Form
from engine.errors import Problem
from web.built_assets import built
from web.forms import read_html_form, register

FORM = """{% from "forms/form_fields.html" import form_fields, draft_status with context %}
<form id="task-form" method="post" action="/" enctype="multipart/form-data" novalidate data-draft-url="/draft"
 hx-post="/" hx-target="this" hx-swap="morph:outerHTML" hx-encoding="multipart/form-data">
{{ form_fields(view, problems, locale) }}
<p class="button-row"><button class="btn btn-primary" type="submit">提交</button>
<button class="btn" type="submit" name="_draft" value="1" formnovalidate>暂存</button> {{ draft_status() }}</p>
</form>"""
PAGE = f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>表单</title>{{{{ built("app") }}}}</head><body hx-ext="morph"><main class="shell"><h1>要约</h1>
<div class="card"><div class="card-inner">{FORM}</div></div></main></body></html>"""

CONTEXT: dict[str, Any] = {
    "今天": "2026-11-23",
    "people": [
        {"label": "王建国（企业经办人）", "value": "hr", "scopes": ["enterprise", "enterprise_hr"]},
        {"label": "李秀兰（工会主席）", "value": "chair", "scopes": ["enterprise"]},
        {"label": "周律师", "value": "lawyer1", "scopes": ["expert_lawyer"]},
    ],
    "documents": [{"id": "d1", "name": "要约书.pdf", "size": 20_480, "media_type": "application/pdf"}],
    "enterprise_name": "永康市星月模具有限公司",
    "history": [{"year": 2025, "raise": 4}, {"year": 2024, "raise": 3}],
    "heads": ["劳动报酬", "工作时间"],
}

PARTS: list[dict[str, Any]] = [
    {"type": "text", "text": "## 填写说明\n\n请**如实**填写，企业：{{enterprise_name}}\n\n- 第一\n- 第二"},
    {"type": "textfield", "key": "enterprise_name", "label": "企业名称", "disabled": True},
    {"type": "select", "key": "side", "label": "要约方", "validate": {"required": True},
     "values": [{"label": "职工方", "value": "worker", "label_en": "Workers"},
                {"label": "企业方", "value": "employer"}]},
    {"type": "textfield", "key": "phone", "label": "经办人手机", "description": "11 位手机号",
     "validate": {"required": True}, "properties": {"widget": "phone", "label_en": "Mobile"}},
    {"type": "textarea", "key": "goal", "label": "要求与理由", "validate": {"maxLength": 2000},
     "conditional": {"hide": "=side = \"employer\""}},
    {"type": "number", "key": "amount", "label": "金额", "properties": {"widget": "money"}, "validate": {"min": 0}},
    {"type": "expression", "key": "yearly", "expression": "=amount * 12",
     "properties": {"label": "全年", "widget": "money"}},
    {"type": "datetime", "subtype": "datetime", "key": "proposed", "label": "拟协商时间", "disallowPassedDates": True},
    {"type": "datetime", "subtype": "date", "key": "until", "label": "截止日期"},
    {"type": "datetime", "subtype": "time", "key": "hour", "label": "时刻"},
    {"type": "radio", "key": "mode", "label": "协商方式", "validate": {"required": True},
     "values": [{"label": "现场", "value": "onsite"}, {"label": "线上", "value": "online"}]},
    {"type": "checklist", "key": "topics", "label": "拟协商事项", "valuesExpression": "=heads"},
    {"type": "taglist", "key": "tags", "label": "标签", "values": [{"label": "加急", "value": "urgent"}]},
    {"type": "dynamiclist", "path": "own_reps", "label": "本方代表名单",
     "properties": {"min_rows": "1", "max_rows": "5", "check": "=count(own_reps[chief = true]) = 1",
                    "check_message": "应有且只有一名首席代表"},
     "components": [
         {"type": "select", "key": "person", "label": "姓名", "validate": {"required": True},
          "properties": {"widget": "person", "person_scope": "enterprise"}},
         {"type": "checkbox", "key": "chief", "label": "首席代表"},
         {"type": "checkbox", "key": "outside", "label": "外聘"},
         {"type": "textfield", "key": "why", "label": "外聘理由", "conditional": {"hide": "=outside != true"},
          "validate": {"required": True}}]},
    {"type": "dynamiclist", "path": "clauses", "label": "条款", "allowAddRemove": False,
     "properties": {"rows": "=for h in heads return {head: h}"},
     "components": [
         {"type": "textfield", "key": "head", "label": "条款类别", "readonly": True},
         {"type": "checkbox", "key": "applies", "label": "约定"},
         {"type": "textarea", "key": "text", "label": "条款内容", "conditional": {"hide": "=applies != true"}},
         {"type": "filepicker", "key": "file", "label": "附件"}]},
    {"type": "filepicker", "key": "mandate", "label": "委托书", "accept": ".pdf", "validate": {"required": True}},
    {"type": "filepicker", "key": "others", "label": "其他附件", "multiple": True},
    {"type": "group", "path": "contact", "label": "联系人", "components": [
        {"type": "textfield", "key": "name", "label": "姓名", "layout": {"row": "r1", "columns": 8}},
        {"type": "textfield", "key": "id_number", "label": "身份证号", "properties": {"widget": "id_number"},
         "layout": {"row": "r1", "columns": 8}}]},
    {"type": "table", "label": "历年调整", "dataSource": "=history",
     "columns": [{"key": "year", "label": "年度"}, {"key": "raise", "label": "幅度"}]},
    {"type": "documentPreview", "title": "已有文件", "dataSource": "=mandate"},
    {"type": "image", "source": "/assets/favicon.svg", "alt": "流程"},
    {"type": "separator"},
    {"type": "spacer", "height": 20},
    {"type": "checkbox", "key": "sign", "label": "本人确认以上内容", "properties": {"widget": "signature"},
     "validate": {"required": True}},
    {"type": "button", "action": "submit", "label": "提交"},
]  # fmt: skip


def sample_form() -> Form:
    schema = {"schemaVersion": 19, "id": "offer", "type": "default", "components": PARTS}
    return Form.parse(json.dumps(schema).encode(), "forms/offer.form")


def sample_app(form: Form) -> Flask:
    """Shows the form at `/`, and what was accepted as JSON."""
    app = Flask("web", static_url_path="/assets")
    app.add_url_rule("/assets/<path:filename>", "pages.static", app.send_static_file)
    app.jinja_env.globals["built"] = built
    Babel(app, locale_selector=lambda: "zh")
    register(app)
    app.jinja_env.globals["icon"] = lambda name, css="": Markup(
        '<svg class="icon {}" aria-hidden="true"><use href="/assets/icons.svg#{}"/></svg>'
    ).format(css, name)
    app.jinja_env.globals["document_url"] = lambda document_id: f"/documents/{document_id}"
    context = {**CONTEXT, "documents": list(CONTEXT["documents"])}

    def page(answers: dict[str, Any] | None, problems: tuple[Problem, ...] = ()) -> str:
        view = form.view(answers, context)
        template = FORM if "HX-Request" in request.headers else PAGE
        return render_template_string(template, view=view, problems=problems, locale=request.args.get("lang", "zh"))

    @app.get("/")
    def show() -> str:
        return page(None)

    app.add_url_rule("/draft", "draft", lambda: ("", 204), methods=["POST"])

    @app.post("/")
    def take() -> Any:
        posted = read_html_form(form, request.form, request.files, context)
        for upload in posted.uploads:
            stored = {"id": f"n{len(context['documents'])}", "name": upload.filename, "size": len(upload.content)}
            context["documents"].append(stored)
            posted = posted.with_document(upload, stored["id"])
        if posted.intent != "submit":
            return page(posted.answers)
        try:
            return {"accepted": json.loads(json.dumps(form.accept(posted.answers, context).values, default=str))}
        except AnswersRejected as refusal:
            return page(posted.answers, refusal.problems), 422

    return app
