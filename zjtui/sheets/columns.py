"""Which field a column of somebody's list means: by declared names, by what offices call it, by what stands in it."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from zjtui import config
from zjtui.domain import registry
from zjtui.domain.fields import F
from zjtui.domain.show import label
from zjtui.i18n import N_, _, every_language

# kind of list: the record that a row is about, then what its columns may fill beside it
KINDS: Mapping[str, tuple[str, ...]] = {
    "project": ("project", "annual_plan", "monthly_report"),
    **{name: (name,) for name in ("annual_plan", "monthly_report", "contact", "issue", "service", "org")},
}
KIND_LABELS = {
    "project": N_("import|Projects"),
    "annual_plan": N_("import|Annual plans"),
    "monthly_report": N_("import|Monthly amounts"),
    "contact": N_("import|Contacts"),
    "issue": N_("import|Problems"),
    "service": N_("import|Green-channel services"),
    "org": N_("import|Organisations"),
}
NAMES = "import_names.csv"
KEY = "zjtui"  # heading of the hidden column that an export writes: the record's uid
_UNIT = re.compile(r"[(\[]\s*(?:单位[::]?)?\s*([^()\[\]]{1,12})\s*[)\]]")
_UNITS = {
    "亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元", "亩": "亩", "公顷": "公顷", "%": "%",
    "平方米": "平方米", "m2": "平方米", "㎡": "平方米",
    "万平方米": "万平方米", "万平米": "万平方米", "万m2": "万平方米", "平米": "平方米",
    "100m yuan": "亿元", "10k yuan": "万元", "yuan": "元", "mu": "亩",
    "bn yuan": "十亿元", "个": "", "人": "", "天": "", "工作日": "",
}  # fmt: skip
_YEAR = re.compile(r"(20\d{2})\s*年?(?:度)?")
_MONTH = re.compile(r"(?:(20\d{2})[年./-])?(1[0-2]|0?[1-9])月")
_UNTIL = re.compile(  # “1-8月”, “2023年1—8月”, “截至8月底”, “至2023年8月末”
    r"(?:(20\d{2})年?)?1月?(?:份)?[-—–~～至到]+(1[0-2]|0?[1-9])月(?:份|底|末)?"
    r"|(?:截至|截止|至|到)(?:目前)?(?:(20\d{2})年?)?(1[0-2]|0?[1-9])月(?:份|底|末)?"
)
_BEFORE = re.compile(
    r"(?:截至|截止|至|到)?(20\d{2})年(?:底|末|12月底?|12月末)(?:前)?(?:累计|已)?(?:完成)?(?:投资)?(?:额)?"
)


@dataclass(frozen=True)
class Target:
    """A field of the record that a row is about, or of one that hangs on it (a plan of a year, a month's report)."""

    entity: str
    field: str
    period: str = ""  # "2023" of an annual plan, "2023-09" of a monthly report

    def __str__(self) -> str:
        return f"{self.entity}.{self.field}" + (f"@{self.period}" if self.period else "")

    @classmethod
    def of(cls, text: str) -> "Target":
        """Return the target that was written as text."""
        path, _at, period = text.partition("@")
        entity, _dot, name = path.partition(".")
        return cls(entity, name, period)


def declared(target: Target) -> F:
    """Return the declaration of a target's field; the reference to the project stands for any way of naming it."""
    return registry.model(target.entity).fields()[target.field]


def meaning(target: Target) -> str:
    """Return what a column means, as a person reads it."""
    if target.field == "uid":
        return _(N_("key of the record"))
    return label(declared(target)) + (f" {target.period}" if target.period else "")


def folded(text: object) -> str:
    """Return a heading without spaces, units, full-width forms and marks, as it is compared."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    plain = _UNIT.sub("", plain)
    return re.sub(r"[\s_*#·:/、,,。.()\[\]“”\"'-]", "", plain)


def unit_of(text: object) -> str:
    """Return the unit that a heading or a line such as “单位：万元” names, "" for none."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    for found in _UNIT.findall(plain):
        if found.strip() in _UNITS:
            return _UNITS[found.strip()]
    if "单位" in plain and (line := re.search(r"单位[::]\s*([^\s,,、;;]+)", plain)):
        return _UNITS.get(line[1].strip(), "")
    return ""


def guess(heading: str, kind: str, year: int) -> Target | None:
    """Return the target that a heading means in a list of `kind`; the surest name first, then part of it."""
    plain = folded(heading)
    if not plain:
        return None
    if heading.strip().split(":")[0] == KEY:
        return Target(kind, "uid")
    bare = folded(_MONTH.sub("", _YEAR.sub("", unicodedata.normalize("NFKC", heading)))) or plain
    month = _MONTH.search(unicodedata.normalize("NFKC", heading))
    named = _YEAR.search(unicodedata.normalize("NFKC", heading))
    of_year = int(named[1]) if named else year
    if "monthly_report" in KINDS[kind] and kind != "monthly_report" and (target := _of_sums(heading, year)):
        return target
    if month and "monthly_report" in KINDS[kind] and kind != "monthly_report" and bare in _MONEY_OF_A_MONTH:
        return Target("monthly_report", "invest_month", f"{month[1] or of_year}-{int(month[2]):02}")
    for wanted in dict.fromkeys((plain, bare)):
        found = _names(kind).get(wanted)
        if found:
            return _with_period(found, kind, of_year)
    return None


def _of_sums(heading: str, year: int) -> Target | None:
    """Return what a heading means that counts up to a month (“1-8月完成投资”) or to the end of a year before."""
    plain = re.sub(r"\s", "", _UNIT.sub("", unicodedata.normalize("NFKC", heading).casefold()))
    before = _BEFORE.fullmatch(plain)
    if before and int(before[1]) < year:
        return Target("annual_plan", "opening_total", str(int(before[1]) + 1))
    until = _UNTIL.search(plain)
    if not until or folded(_UNTIL.sub("", plain, count=1)) not in _MONEY_OF_MONTHS:
        return None
    return Target("monthly_report", "reported_ytd", f"{until[1] or until[3] or year}-{int(until[2] or until[4]):02}")


_MONEY_OF_MONTHS = {
    rest + tail
    for rest in ("", "累计", "已", "已累计", "本年累计", "年度累计", "今年累计", "实际", "累计已", "当年累计")
    for tail in ("", "完成", "完成投资", "投资", "完成投资额", "投资额", "完成固定资产投资", "完成年度投资")
}  # fmt: skip
_MONEY_OF_A_MONTH = {"", "完成投资", "投资", "完成", "投资额", "完成投资额", "当月完成投资", "done", "invested"}


def _with_period(target: Target, kind: str, year: int) -> Target:
    if target.entity == "annual_plan" and kind != "annual_plan":
        return Target(target.entity, target.field, str(year))
    return target


def elsewhere(heading: str, kind: str, year: int) -> list[str]:
    """Return the kinds of list, translated, in which a column that is not taken would mean something."""
    others = (other for other in KINDS if other != kind and len(KINDS[other]) == 1 and other != "org")
    return [_(KIND_LABELS[other]) for other in others if guess(heading, other, year)]


@cache
def _names(kind: str) -> Mapping[str, Target]:
    """Return every name of every field that a list of `kind` can have, folded."""
    found: dict[str, Target] = {}
    for target, name in _pairs(kind):
        found.setdefault(folded(name), target)
    return found


@cache
def _other_names() -> Mapping[str, tuple[str, ...]]:
    """Return what offices call a field, beside its declared names (domain dictionary A9)."""
    with (config.data_folder() / NAMES).open(encoding="utf-8", newline="") as file:
        return {row["field"]: tuple(row["names"].split("|")) for row in csv.DictReader(file)}


def _pairs(kind: str) -> Iterator[tuple[Target, str]]:
    for entity in KINDS[kind]:  # the record's own fields first
        for name in fields_of(entity, kind):
            target = Target(entity, name)
            for other in _other_names().get(f"{entity}.{name}", ()):
                yield target, other
            field = declared(target)
            for msgid in (field.label, field.short):
                if msgid:
                    for shown in every_language(msgid):
                        yield target, shown
            yield target, name


def fields_of(entity: str, kind: str) -> list[str]:
    """Return the fields of `entity` that a list of `kind` can fill: what a person types, its state, and its key."""
    kept = []
    for name, field in registry.model(entity).fields().items():
        states = registry.has_workflow(entity) and name == registry.workflow(entity).state_field
        if field.form or states or (name == "project_uid" and entity == kind):
            kept.append(name)
    return kept


def targets(kind: str, year: int) -> list[Target]:
    """Return everything that a column of a list of `kind` can mean."""
    return [
        _with_period(Target(entity, name), kind, year)
        for entity in KINDS[kind]
        if entity in (kind, "annual_plan")
        for name in fields_of(entity, kind)
    ]
