wire! {
    /// Through what something was done; for a reservation 予約方法 (R1).
    #[derive(Copy, Debug, PartialOrd, Ord)]
    pub enum Channel {
        /// The booking site 予約サイト.
        Site,
        /// LINE.
        Line,
        /// By phone 電話, entered by staff.
        Phone,
        /// At the counter 店頭, entered by staff in the CMS.
        Counter,
        /// The staff app スタッフアプリ.
        StaffApp,
        /// A job of the host's.
        System,
    }
}

impl Channel {
    /// The channels at which the customer faces the software alone, without staff between.
    pub const ONLINE: &'static [Self] = &[Self::Site, Self::Line];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Line => "line",
            Self::Phone => "phone",
            Self::Counter => "counter",
            Self::StaffApp => "staffApp",
            Self::System => "system",
        }
    }

    /// Whether the customer faces the software alone, without staff between.
    #[must_use]
    pub const fn is_online(self) -> bool {
        matches!(self, Self::Site | Self::Line)
    }
}
