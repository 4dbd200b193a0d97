"""The day of a moment that another program wrote: with a zone, an hour, or as seconds since 1970. It is China's day."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal

_CHINA = timezone(timedelta(hours=8))
_FIRST, _LAST = 946_684_800, 4_102_444_800  # seconds: the years 2000 to 2099
_MOMENT = re.compile(
    r"(?P<day>\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?)t?\s*(?P<part>上午|下午|凌晨|晚上|中午)?"
    r"(?P<hour>\d{1,2})(?::|时|点)(?:(?P<minute>\d{1,2})(?::|分)?(?:(?P<second>\d{1,2})秒?(?:\.\d+)?)?)?"
    r"(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?(?:前|止)?",
    re.IGNORECASE,
)


def day_of(plain: str) -> str | None:
    """Return the day that a text without spaces means by a moment, None where it is none."""
    found = _MOMENT.fullmatch(plain)
    if found is None:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", found["day"])]
    try:
        moment = datetime(*numbers[:3])  # type: ignore[arg-type]
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        zone = (found["zone"] or "").lower()
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            return None
        if zone and hour < 24:
            moment = (moment + timedelta(hours=hour, minutes=minute)).replace(tzinfo=_zone(zone)).astimezone(_CHINA)
    except (ValueError, OverflowError):
        return None
    return moment.date().isoformat()


def _zone(text: str) -> tzinfo:
    if text in ("z", "utc", "gmt"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def day_of_seconds(number: Decimal) -> str | None:
    """Return the day of so many seconds, or thousandths of one, since 1970; None where they mean no day of ours."""
    for seconds in (number, number / 1000):
        if _FIRST <= seconds <= _LAST:
            return datetime.fromtimestamp(float(seconds), UTC).astimezone(_CHINA).date().isoformat()
    return None
