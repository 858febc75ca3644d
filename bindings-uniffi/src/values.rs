//! The values of the public face. They stand in for the core's own, which take their place.

use crate::error::DaichoError;

/// A customer 顧客. Not the customer number: that is what staff read, this is what records point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerId(pub(crate) u32);

// What a caller passes wrongly must fail with the public error: any other error type here surfaces as an internal one.
uniffi::custom_type!(
    /// A customer 顧客. Not the customer number: that is what staff read, this is what records point to.
    CustomerId,
    String,
    {
        lower: |id| format!("c{}", id.0),
        try_lift: |text| {
            let ordinal = text.strip_prefix('c').and_then(|digits| digits.parse().ok());
            Ok(ordinal.map(CustomerId).ok_or_else(|| DaichoError::new("id.malformed", "a CustomerId is c1, c2, …", &[]))?)
        },
    }
);

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date(pub(crate) String);

uniffi::custom_type!(
    /// A day `yyyy-mm-dd`. In any rule a day is the salon's business day (T2).
    Date,
    String,
    { lower: |day| day.0, try_lift: |text| Ok(Date(text)) }
);

/// An instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(pub(crate) i64);

uniffi::custom_type!(
    /// An instant, to the millisecond. Always given by the caller; nothing here reads a clock (T1).
    Instant,
    i64,
    { lower: |instant| instant.0, try_lift: |ms| Ok(Instant(ms)) }
);

/// Money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yen(pub(crate) i64);

uniffi::custom_type!(
    /// Whole yen 円.
    Yen,
    i64,
    { lower: |yen| yen.0, try_lift: |yen| Ok(Yen(yen)) }
);

/// A customer 顧客 (C1).
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The name 姓名.
    pub name: String,
    /// The birthday 生年月日.
    #[uniffi(default)]
    pub birthday: Option<Date>,
    /// When the record was made.
    pub registered_at: Instant,
    /// What the customer has paid so far.
    pub total: Yen,
}

impl core::fmt::Debug for Customer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Customer")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Registers a customer 顧客登録.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct RegisterCustomer {
    /// The name 姓名.
    pub name: String,
    /// The birthday 生年月日.
    #[uniffi(default)]
    pub birthday: Option<Date>,
    /// When it happens.
    pub now: Instant,
}

/// Asks for one customer.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct FindCustomer {
    /// The id.
    pub id: CustomerId,
}
