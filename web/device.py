"""What kind of device a session was opened on, from what its browser says of itself."""

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """`Chrome · Windows`; a client that is no browser shows the first word of its name."""
    found = [next((name for mark, name in kinds if mark in agent), None) for kinds in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or agent.split(" ", maxsplit=1)[0][:40]
