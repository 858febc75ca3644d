"""daicho 台帳: the customer ledger of a beauty salon.

    import datetime
    import daicho

    with daicho.Ledger.in_memory() as ledger:
        now = datetime.datetime.now(datetime.timezone.utc)
        customer = ledger.register_customer(daicho.RegisterCustomer(name="山田 太郎", now=now))

Every refusal is a `DaichoError` with `code`, `detail` and `fields`.
"""

from . import _generated
from ._generated import *  # noqa: F403
from ._generated import CustomerId, Date, Instant, Yen
from ._ledger import Ledger
from ._records import finish as _finish

__all__ = [name for name in _generated.__all__ if not name.endswith("Protocol")]
__all__ += ["CustomerId", "Date", "Instant", "Yen"]

_finish(_generated, __name__)
