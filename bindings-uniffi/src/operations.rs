//! Each operation once: its name, its input, its output and its words. Stands in for the core's list.

macro_rules! operations {
    ($callback:ident) => {
        $callback! {
            /// Registers a customer 顧客登録 (C2).
            ///
            /// A name is required; a birthday is not.
            register_customer(crate::RegisterCustomer) -> crate::Customer;
            /// One customer, if there is one.
            find_customer(crate::FindCustomer) -> Option<crate::Customer>;
        }
    };
}
pub(crate) use operations;
