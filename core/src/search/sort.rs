wire! {
    /// The order of a customer list (S9). Ties stand by customer number, ascending in both directions. Who has nothing to be sorted by (no
    /// kana, no visit yet) stands last in both directions: a list turned round should begin with somebody.
    #[derive(Copy, Debug)]
    pub struct CustomerSort {
        /// By what.
        pub by: SortBy,
        /// 降順
        pub descending: bool,
    }
}

impl Default for CustomerSort {
    /// By customer number, ascending.
    fn default() -> Self {
        Self { by: SortBy::Number, descending: false }
    }
}

wire! {
    /// What a customer list is sorted by (S9).
    #[derive(Copy, Debug)]
    pub enum SortBy {
        /// お客様番号
        Number,
        /// カナ, in 五十音順
        Kana,
        /// 初回登録日
        FirstRegistered,
        /// 最終来店日
        LastVisit,
        /// 来店回数
        Visits,
        /// 合計利用金額
        Amount,
    }
}
