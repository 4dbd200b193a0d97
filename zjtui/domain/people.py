"""Organisations and persons."""

from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.i18n import N_

ORG_KINDS = Codes(
    gov_dept=N_("Government department"),
    gov=N_("Government"),
    owner=N_("Owner"),
    contractor=N_("Contractor"),
    designer=N_("Designer"),
    supervisor=N_("Construction supervisor"),
    bank=N_("Bank"),
    other=N_("Other"),
)
RANKS = Codes(
    province=N_("rank|Province"),
    city=N_("rank|City"),
    county=N_("rank|County"),
    dept=N_("rank|Department"),
    town=N_("rank|Town"),
)


class Org(Record):
    """An organisation: a department, an owner, a contractor, a bank."""

    entity: ClassVar[str] = "org"
    noun: ClassVar[str] = N_("Organisation")

    name: Annotated[str, Field(min_length=1, max_length=100), F(N_("Name"), width=28, listed=True)]
    short: Annotated[str | None, Field(max_length=40), F(N_("Short name"), width=14)] = None
    kind: Annotated[str, F(N_("org|Kind"), Kind.CODE, codes=ORG_KINDS, width=12, listed=True)] = "gov_dept"
    uscc: Annotated[str | None, Field(max_length=18), F(N_("Unified social credit code"), width=18)] = None
    region_code: Annotated[str | None, F(N_("Region"), Kind.REF, ref="region", width=12)] = None
    phone: Annotated[str | None, Field(max_length=40), F(N_("Phone"), width=14, secret=True)] = None


class Person(Record):
    """A person: a leader, a team member, a department's contact, an owner's contact."""

    entity: ClassVar[str] = "person"
    noun: ClassVar[str] = N_("Person")

    name: Annotated[str, Field(min_length=1, max_length=50), F(N_("person|Name"), width=12, listed=True)]
    org_uid: Annotated[str | None, F(N_("Organisation"), Kind.REF, ref="org", width=24, listed=True)] = None
    position: Annotated[str | None, Field(max_length=60), F(N_("Position"), width=14)] = None
    rank: Annotated[str | None, F(N_("Rank"), Kind.CODE, codes=RANKS, width=10)] = None
    phone: Annotated[str | None, Field(max_length=40), F(N_("Phone"), width=14, secret=True)] = None
    active: Annotated[bool, F(N_("In office"), Kind.YESNO, width=8)] = True
