//! Every reservation in columns of its own, a row for each, with the row of its customer: what is asked of one and the same reservation (S6) is answered
//! block by block like what is asked of customers, and whoever has one that passes is found. Who came for what, and who has a reservation for what, is not asked
//! for at all but kept.
//!
//! `passing.rs` says which reservations pass, `wanted.rs` whose they are, `listed.rs` shows them, `labels.rs` and `starts.rs` keep their labels
//! and when they begin.

mod labels;
mod listed;
mod passing;
mod starts;
mod wanted;

pub(super) use self::wanted::Wanted;

use self::labels::ByLabel;
use self::starts::Starts;
use super::super::asked::is_live;
use super::super::reservations::Booked;
use super::chains::Chains;
use super::codes::{Codes, Kept};
use super::kernels::BLOCK;
use super::parts::parts;
use super::places::Places;
use super::rows::Rows;
use crate::id::{CustomerId, MenuId, ReservationId, ShopId, StaffId};
use crate::record::Label;
use crate::time::Instant;

#[derive(Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Bookings {
    places: Places,
    customers: Rows,
    labels: ByLabel,
    starts: Starts,
    shops: Codes<ShopId>,
    staffs: Codes<StaffId>,
    menus: Codes<MenuId>,
    // By row of the customer.
    of_customer: Chains,
}

/// What must be known of a reservation that goes.
pub(super) struct Standing {
    pub(super) customer: u32,
    pub(super) start: Instant,
    pub(super) label: Label,
}

/// A reservation of a list, as far as its place there goes.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Booking {
    pub(in crate::search) id: ReservationId,
    pub(in crate::search) customer: CustomerId,
    pub(in crate::search) start: Instant,
}

/// All that is known of a reservation besides whose it is.
pub(super) type Told<'b> = (Instant, Label, Vec<&'b ShopId>, Vec<&'b StaffId>, Vec<&'b MenuId>);

// Where it is kept who has one of a label.
fn kept_of(label: Label) -> impl Iterator<Item = Kept> {
    let came = (label == Label::Visited).then_some(Kept::Came);
    came.into_iter().chain(is_live(label).then_some(Kept::Live))
}

parts! {
    /// The bytes of each part.
    Bookings {
        "reservations: rows": places,
        "reservations: customer": customers,
        "reservations: label": labels,
        "reservations: start": starts,
        "reservations: shop": shops,
        "reservations: staff": staffs,
        "reservations: menus": menus,
        "reservations: next of the customer": of_customer,
    }
}

impl Bookings {
    /// See [`Places::is_sound`].
    pub(super) fn is_sound(&self) -> bool {
        self.places.is_sound()
    }

    pub(super) fn put(&mut self, booked: &Booked, customer: u32) {
        let row = self.places.give(booked.id.ordinal());
        let rows = self.places.rows();
        self.customers.grow(rows);
        self.labels.grow(rows);
        self.starts.grow(rows);
        self.shops.grow(rows);
        self.staffs.grow(rows);
        self.menus.grow(rows);
        self.take(row);
        self.starts.set(row, booked.start);
        self.customers.set(row, customer);
        self.of_customer.insert(customer, row);
        self.labels.set(row, Some(booked.label));
        self.shops.set(row, core::slice::from_ref(&booked.shop));
        self.staffs.set(row, &booked.staffs);
        self.menus.set(row, &booked.menus);
        for kept in kept_of(booked.label) {
            self.shops.come(row, customer, kept);
            self.staffs.come(row, customer, kept);
            self.menus.come(row, customer, kept);
        }
    }

    pub(super) fn reserve(&mut self, reservations: u32) {
        self.places.reserve(reservations);
    }

    /// Takes one out, and says what it was.
    pub(super) fn remove(&mut self, id: ReservationId) -> Option<Standing> {
        self.take(self.places.find(id.ordinal())?)
    }

    fn take(&mut self, row: u32) -> Option<Standing> {
        let label = self.labels.of(row)?;
        let customer = self.customer(row)?;
        let standing = Standing { customer, start: self.start(row), label };
        self.labels.set(row, None);
        self.starts.forget(row);
        self.of_customer.remove(customer, row);
        for kept in kept_of(label) {
            let too = |other: &u32| self.labels.of(*other).is_some_and(|label| kept_of(label).any(|other| other == kept));
            let others: Vec<u32> = self.of_customer.of(customer).filter(too).collect();
            self.shops.never_come(row, customer, &others, kept);
            self.staffs.never_come(row, customer, &others, kept);
            self.menus.never_come(row, customer, &others, kept);
        }
        Some(standing)
    }

    // The row of a reservation's customer.
    fn customer(&self, row: u32) -> Option<u32> {
        self.customers.get(row)
    }

    fn start(&self, row: u32) -> Instant {
        self.starts.of(row)
    }

    // How many blocks of reservations there are.
    fn blocks(&self) -> usize {
        self.places.words().div_ceil(BLOCK)
    }

    /// What a customer came for, and what for a live reservation is, by name.
    pub(super) fn names_kept_of(&self, customer: u32) -> Vec<String> {
        let mut names = Vec::new();
        for kept in [Kept::Came, Kept::Live] {
            names.extend(self.shops.of_customer(customer, kept).into_iter().map(ToString::to_string));
            names.extend(self.staffs.of_customer(customer, kept).into_iter().map(ToString::to_string));
            names.extend(self.menus.of_customer(customer, kept).into_iter().map(ToString::to_string));
        }
        names
    }

    /// How many reservations have a label (R2).
    pub(super) fn in_use(&self, label: Label) -> u32 {
        self.labels.count(label)
    }
}
