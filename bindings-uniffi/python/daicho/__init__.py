"""daicho 台帳: the customer ledger of a beauty salon.

    import datetime
    import uuid
    import daicho

    with daicho.Ledger.open("salon.daicho", "salon-1") as ledger:
        staff = daicho.Actor(id="staff-1", role=daicho.Role.STAFF)
        now = datetime.datetime.now(datetime.timezone.utc)
        context = daicho.CommandContext(actor=staff, channel=daicho.Channel.COUNTER, now=now, key=str(uuid.uuid4()))
        call = daicho.RegisterByPhone(family_name="ヤマダ", given_name="ハナコ", phone="090-1234-5678")
        customer = ledger.register_by_phone(call, context).output.customer

Ids are `str`, days `datetime.date`, instants aware `datetime.datetime`, money `int` yen. What the ledger refuses is a
`DaichoError` with `code`, `detail`, `fields`, `data` and `retryable`. What is no argument at all, such as a day as text, never reaches it: that is
Python's own `TypeError`, or `ValueError` for a value that its enum does not have.
"""

from . import _generated
from ._generated import *  # noqa: F403
from ._generated import (
    ActorId,
    CommandKey,
    CustomerId,
    Date,
    ImportId,
    Instant,
    ListingId,
    ManualVisitId,
    MenuId,
    MergeId,
    Packed,
    PointLotId,
    ProductId,
    ReservationId,
    SaleId,
    SalonId,
    ShopId,
    StaffId,
    TicketId,
    SegmentId,
    TicketPlanId,
    Yen,
)
from ._ledger import Ledger
from ._packed import NO_DAY, Unpacked, customer_id, day, unpack
from ._private import PrivateJson
from ._records import finish as _finish

__all__ = [name for name in _generated.__all__ if not name.endswith("Protocol")]
__all__ += ["ActorId", "CommandKey", "CustomerId", "Date", "ImportId", "Instant", "ListingId", "ManualVisitId", "MenuId", "MergeId"]
__all__ += ["PointLotId", "PrivateJson", "ProductId", "ReservationId", "SaleId", "SalonId", "ShopId", "StaffId", "TicketId"]
__all__ += ["NO_DAY", "Packed", "SegmentId", "TicketPlanId", "Unpacked", "Yen", "customer_id", "day", "unpack"]

_finish(_generated, __name__)
