"""What a row may show, and how high it is."""

from flask_babel import lazy_gettext as later

from engine.commands.arrange_desk import ALWAYS, COLUMNS, DENSITIES

__all__ = ["ALWAYS", "COLUMNS", "COLUMN_WORDS", "DENSITY_WORDS"]
COLUMN_WORDS = {
    "clock": later("期限"),
    "task": later("任务"),
    "enterprise": later("企业"),
    "number": later("案号"),
    "stage": later("阶段"),
    "since": later("已等待"),
    "who": later("办理人"),
    "flags": later("标记"),
    "matter": later("事项"),
    "town": later("镇街"),
    "process": later("流程"),
    "due": later("截止日期"),
    "received": later("收到时间"),
    "follow_up": later("跟进日期"),
}
DENSITY_WORDS = dict(zip(DENSITIES, (later("紧凑"), later("标准"), later("宽松")), strict=True))
SORT_WORDS = {"due": later("期限先到的在前"), "waiting": later("等待久的在前"), "newest": later("新到的在前")}
# A click on the head of a column sorts by it; a second click turns the order round where there is one.
SORTED_BY = {"clock": ("due",), "since": ("waiting", "newest")}
