use super::{ExportPage, ROLES, clock, day, number, text, yen};
use crate::id::{ShopId, StaffId};
use crate::log::{Halt, Role};
use crate::record::Label;
use crate::search::{Index, IndexQuery, ListReservations};
use crate::time::{DateRange, Instant};

/// 名 and the like stand empty where a customer is not active any more: their reservations stay, their names do not leave the house.
const HEADING: [&str; 13] = [
    "予約番号",
    "予約日",
    "開始日時",
    "終了日時",
    "予約ステータス",
    "お客様番号",
    "姓",
    "名",
    "店舗",
    "担当スタッフ",
    "メニュー",
    "金額",
    "予約時コメント",
];

wire! {
    /// 予約のエクスポート: the rows of a file of reservations (I6), asked for as in 予約一覧, the earliest start first.
    #[derive(Debug, Default)]
    pub struct ExportReservations {
        /// Any of these labels; left out: any. A label that is not offered is an error, see `listLabels` (R2).
        pub labels: Vec<Label>,
        /// The business day of their start.
        pub days: Option<DateRange>,
        /// 店舗
        pub shop: Option<ShopId>,
        /// Rows of a page, 1 to 1,000; left out: 50.
        pub page_size: Option<u32>,
        /// The cursor of the page before; left out: the first page.
        pub cursor: Option<String>,
    }
}

impl IndexQuery for ExportReservations {
    type Output = ExportPage;
    const NAME: &'static str = "exportReservations";
    const ROLES: &'static [Role] = ROLES;

    fn find(&self, index: &Index, now: Instant) -> Result<ExportPage, Halt> {
        let Self { labels, days, shop, page_size, cursor } = self.clone();
        let found = ListReservations { labels, days, shop, page_size, cursor }.find(index, now)?;
        let mut rows = Vec::with_capacity(found.reservations.len());
        for line in &found.reservations {
            // What the list showed is at hand.
            let Some(reservation) = index.reservation(line.reservation) else { continue };
            let who = line.who.as_ref();
            let menus: Vec<&str> = reservation.lines.iter().map(|line| line.menu.as_str()).collect();
            rows.push(vec![
                text(Some(&line.reservation.to_string())),
                day(line.day),
                clock(index.calendar(), line.start)?,
                clock(index.calendar(), line.end)?,
                text(Some(line.label.japanese())),
                who.map_or_else(Default::default, |who| number(who.number)),
                text(who.map(|who| who.family_name.as_str())),
                text(who.map(|who| who.given_name.as_str())),
                text(Some(line.shop.as_str())),
                text(line.staff.as_ref().map(StaffId::as_str)),
                text(Some(&menus.join("、"))),
                yen(reservation.amount()?),
                text(who.and(reservation.comment.as_deref())),
            ]);
        }
        let heading = HEADING.map(str::to_owned).to_vec();
        Ok(ExportPage { heading, rows, total: found.total, cursor: found.cursor, sequence: found.sequence })
    }
}
