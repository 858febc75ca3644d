use super::{Keyed, PointRule};
use crate::id::{ActorId, CustomerId, ManualVisitId, MenuId, RecordId, ReservationId, ShopId, StaffId};
use crate::money::Yen;
use crate::time::{Date, Instant};

wire! {
    /// A visit entered by hand 来店・利用金額詳細 (N1, N5).
    pub struct ManualVisit {
        /// What records point to.
        pub id: ManualVisitId,
        /// Whose it is.
        pub customer: CustomerId,
        /// Counts the commits that changed this record, from 1.
        pub version: u32,
        /// ご利用日: the business day.
        pub day: Date,
        /// The middle of that day: where the visit stands among those of reservations.
        pub at: Instant,
        /// 店舗
        pub shop: Option<ShopId>,
        /// 担当スタッフ
        pub staff: Option<StaffId>,
        /// メニュー
        pub menus: Vec<MenuId>,
        /// ご利用金額
        pub amount: Yen,
        /// 接客メモ
        pub service_memo: Option<String>,
        /// 提案メモ
        pub proposal_memo: Option<String>,
        /// The reservation whose details these are. The reservation counts then, and this does not (N1).
        pub reservation: Option<ReservationId>,
        /// What it earns, as it was when entered (Z1).
        pub earns: Option<PointRule>,
        /// Who entered it.
        pub entered_by: ActorId,
        /// When it was entered.
        pub entered_at: Instant,
    }
}

redacted_debug!(ManualVisit { id, customer, version, day, amount, reservation });

impl Keyed for ManualVisit {
    fn key_id(&self) -> RecordId {
        self.id.into()
    }
    fn parent_id(&self) -> Option<RecordId> {
        Some(self.customer.into())
    }
}
