"""Words of the designer's pages: states of drafts, areas and kinds of changes, what becomes of cases."""

from flask_babel import lazy_gettext as later

STATES = {
    "open": later("修改中"),
    "submitted": later("待审核"),
    "publishing": later("正在发布"),
    "published": later("已发布"),
    "discarded": later("已放弃"),
}
AREAS = {
    "process": later("流程"),
    "step": later("步骤"),
    "flow": later("走向"),
    "form": later("表单"),
    "table": later("决策表"),
    "rule": later("规则"),
    "scenario": later("场景"),
    "drawing": later("只是图上移动"),
}
KINDS = {
    "added": later("增加"),
    "removed": later("删除"),
    "changed": later("修改"),
    "moved": later("移动"),
}
FATES = {
    "clean": later("可以直接迁移"),
    "changed": later("可以迁移，步骤的设置有变"),
    "choice": later("须选择去处：这一步没有了"),
}
VERDICTS = {
    "moves": later("可直接迁移"),
    "choice": later("需要选择"),
    "stays": later("须留在旧版"),
}
FITS = {
    "same": later("编号相同"),
    "name": later("名称相同"),
    "chosen": later("由您选定"),
    "other_kind": later("新版中类型不同"),
    "gone": later("新版中没有"),
}
RUN_STATES = {
    "running": later("正在进行"),
    "paused": later("已暂停"),
    "done": later("已完成"),
    "cancelled": later("已停止"),
}
