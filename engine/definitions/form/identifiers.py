"""Numbers that carry a check digit, and telephone numbers."""

import re
from datetime import date
from typing import Any

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
_REGION = range(3, 9)  # the places of the 行政区划码, digits only
_ID_NUMBER = re.compile(r"[1-9]\d{16}[\dX]\Z", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_ANY_PHONE = re.compile(r"\+?\d[\d -]{4,18}\d\Z", re.ASCII)
_ID_SIGNS = "10X98765432"
_EARLIEST_BIRTH = 1900


def is_uscc(text: str) -> bool:
    """统一社会信用代码: 18 signs, the last one a check sign over base 31 (GB 32100-2015)."""
    return uscc_flaw(text) is None


def uscc_flaw(text: str) -> tuple[str, dict[str, Any]] | None:
    """What is wrong with a 统一社会信用代码, and at which place counted from 1; None when nothing is."""
    if len(text) != _USCC_LENGTH:
        return "uscc_length", {"length": len(text)}
    for place, sign in enumerate(text, 1):
        if sign not in (_USCC_SIGNS[:10] if place in _REGION else _USCC_SIGNS):
            return "uscc_region" if place in _REGION else "uscc_sign", {"place": place, "sign": sign}
    total = sum(_USCC_SIGNS.index(sign) * pow(3, n, 31) for n, sign in enumerate(text[:-1]))
    return None if _USCC_SIGNS[(31 - total % 31) % 31] == text[-1] else ("uscc_check", {"sign": text[-1]})


def is_id_number(text: str) -> bool:
    """居民身份证号: 18 signs with a real birth date and the check sign of ISO 7064 MOD 11-2 (GB 11643-1999)."""
    if not _ID_NUMBER.match(text) or not _is_birth_date(text[6:14]):
        return False
    total = sum(int(digit) * pow(2, 17 - n, 11) for n, digit in enumerate(text[:17]))
    return _ID_SIGNS[total % 11] == text[17]


def is_mobile(text: str) -> bool:
    """手机号 of mainland China."""
    return bool(_MOBILE.match(text))


def is_any_phone(text: str) -> bool:
    return bool(_ANY_PHONE.match(text))


def _is_birth_date(text: str) -> bool:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return day.year >= _EARLIEST_BIRTH
