"""Numbers that carry a check digit, and telephone numbers."""

import re
from datetime import date

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[{_USCC_SIGNS}]{{2}}\d{{6}}[{_USCC_SIGNS}]{{10}}\Z", re.ASCII)
_ID_NUMBER = re.compile(r"[1-9]\d{16}[\dX]\Z", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_ANY_PHONE = re.compile(r"\+?\d[\d -]{4,18}\d\Z", re.ASCII)
_ID_SIGNS = "10X98765432"
_EARLIEST_BIRTH = 1900


def is_uscc(text: str) -> bool:
    """统一社会信用代码: 18 signs, the last one a check sign over base 31 (GB 32100-2015)."""
    if not _USCC.match(text):
        return False
    total = sum(_USCC_SIGNS.index(sign) * pow(3, n, 31) for n, sign in enumerate(text[:17]))
    return _USCC_SIGNS[(31 - total % 31) % 31] == text[17]


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
