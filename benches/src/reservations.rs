//! The reservations of a drawn customer.

use daicho::{
    ActorId, BookingState, Calendar, CancelTiming, CancelledBy, Channel, CustomerId, Date, Fee, Instant, Line, LineKind, MenuId,
    Prepayment, Reservation, ReservationId, Settings, ShopId, StaffId, Yen,
};

use crate::random::Random;
use crate::salon::{DAY, Failure, HOUR, NOW, Person, Salon};

/// What the salon offers: menu, minutes, yen.
const MENUS: [(&str, i64, i64); 16] = [
    ("cut", 60, 4_400),
    ("cut-color", 120, 9_900),
    ("cut-perm", 150, 12_100),
    ("color", 90, 6_600),
    ("perm", 120, 8_800),
    ("straight", 180, 16_500),
    ("bleach", 150, 13_200),
    ("spa", 45, 3_300),
    ("treatment", 30, 2_750),
    ("set", 45, 4_950),
    ("shampoo", 30, 2_200),
    ("bang-cut", 15, 1_100),
    ("kids-cut", 45, 2_750),
    ("eyebrow", 20, 1_650),
    ("makeup", 40, 5_500),
    ("nail", 90, 7_700),
];
const OPTIONS: [(&str, i64, i64); 4] =
    [("head-massage", 10, 1_100), ("carbonated-water", 10, 880), ("care", 15, 1_650), ("nomination", 0, 550)];

/// When a customer was to come, and when that was agreed on.
#[derive(Clone, Copy, Debug)]
pub struct Appointment {
    /// Start.
    pub start: Instant,
    /// 予約受付日時
    pub booked_at: Instant,
}

/// A customer's appointments in the order of their start, and who mostly serves them.
#[derive(Debug)]
pub struct History<'h> {
    /// The appointments.
    pub appointments: Vec<Appointment>,
    regular: Option<&'h StaffId>,
}

/// Ids the salon draws from, parsed once.
#[derive(Debug)]
pub struct House {
    settings: Settings,
    actor: ActorId,
    shops: Vec<ShopId>,
    staff: Vec<StaffId>,
    menus: Vec<(MenuId, i64, Yen)>,
    options: Vec<(MenuId, i64, Yen)>,
}

impl House {
    /// Three shops, twelve members of staff.
    pub fn new() -> Result<Self, Failure> {
        let offered = |list: &[(&str, i64, i64)]| {
            list.iter().map(|(menu, minutes, yen)| Ok((menu.parse()?, *minutes, Yen(*yen)))).collect::<Result<Vec<_>, Failure>>()
        };
        Ok(Self {
            settings: crate::salon::settings(),
            actor: "manager-1".parse()?,
            shops: ["honten", "ekimae", "nishi"].iter().map(|shop| shop.parse()).collect::<Result<_, _>>()?,
            staff: (1..=12).map(|place| format!("staff-{place}").parse()).collect::<Result<_, _>>()?,
            menus: offered(&MENUS)?,
            options: offered(&OPTIONS)?,
        })
    }

    /// The settings the salon has.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Who fills the salon.
    #[must_use]
    pub const fn actor(&self) -> &ActorId {
        &self.actor
    }

    /// When a customer was to come, in that order, and by whom they are mostly served.
    pub fn history<'h>(&'h self, salon: &Salon, person: &Person) -> Result<History<'h>, Failure> {
        let mut random = salon.chance(person.place, 5);
        let count = salon.history_of(person.place);
        let today = Calendar::default().day_of(NOW)?.day_number();
        // A day and a half hour of it, so that two on one day stand in order too.
        let mut slots: Vec<(i64, i64)> =
            (0..count).map(|_| (random.between(i64::from(person.registered), i64::from(today) - 1), random.between(18, 38))).collect();
        if let Some((day, _)) = slots.last_mut().filter(|_| random.permille(120)) {
            *day = i64::from(today) + random.between(1, 30);
        }
        slots.sort_unstable();
        let regular = random.one_of(&self.staff);
        let mut appointments = Vec::with_capacity(count);
        for (day, half_hour) in slots {
            let day = i32::try_from(day).ok().and_then(|day| Date::from_day_number(day).ok()).ok_or("no such day")?;
            let start = Calendar::default().at(day, i32::try_from(half_hour).unwrap_or(18) * 30);
            appointments.push(Appointment { start, booked_at: Instant((start.0 - random.between(2, 21) * DAY).min(NOW.0 - DAY)) });
        }
        // Of two at one time the last is the one that was booked last, as in a ledger, whose ids tell.
        appointments.sort_by_key(|appointment| (appointment.start, appointment.booked_at));
        Ok(History { appointments, regular })
    }

    /// A customer's reservations in the order of their start. `next` gives each its id.
    pub fn reservations<E: From<Failure>>(
        &self,
        salon: &Salon,
        person: &Person,
        customer: CustomerId,
        mut next: impl FnMut() -> Result<ReservationId, E>,
    ) -> Result<Vec<Reservation>, E> {
        let history = self.history(salon, person)?;
        let nth = |nth| Ok(self.reservation(salon, person.place, &history, nth, next()?, customer)?);
        (0..history.appointments.len()).map(nth).collect()
    }

    /// One of a customer's reservations, `nth` in the order of their start: it hangs on none of the others.
    pub fn one(&self, salon: &Salon, place: u32, nth: usize, id: ReservationId, customer: CustomerId) -> Result<Reservation, Failure> {
        let history = self.history(salon, &salon.person(place))?;
        self.reservation(salon, place, &history, nth, id, customer)
    }

    fn reservation(
        &self,
        salon: &Salon,
        place: u32,
        history: &History<'_>,
        nth: usize,
        id: ReservationId,
        customer: CustomerId,
    ) -> Result<Reservation, Failure> {
        let random = &mut salon.chance_of_reservation(place, nth);
        let Appointment { start, booked_at } = *history.appointments.get(nth).ok_or("there are not so many")?;
        let mut lines = Vec::with_capacity(2);
        let mut minutes = 0;
        let mut add = |offered: Option<&(MenuId, i64, Yen)>, kind| {
            if let Some((menu, time, price)) = offered {
                minutes += time;
                lines.push(Line { menu: menu.clone(), staff: None, price: *price, kind });
            }
        };
        // The smaller of two draws: what stands first on the menu is booked most.
        let menu = random.below(16).min(random.below(16));
        add(usize::try_from(menu).ok().and_then(|menu| self.menus.get(menu)), LineKind::Basic);
        if random.permille(350) {
            add(random.one_of(&self.options), LineKind::Option);
        }
        let policy = self.settings.cancellation.clone();
        let deadline = policy.deadline_for(start, self.settings.calendar);
        let staff = if random.permille(800) { history.regular.cloned() } else { random.one_of(&self.staff).cloned() };
        let mut reservation = Reservation {
            id,
            customer,
            version: 1,
            shop: random.one_of(&self.shops).cloned().ok_or("no shop")?,
            staff,
            lines,
            start,
            end: start.plus_ms(minutes * 60_000),
            booked_by: random
                .one_of(&[Channel::Site, Channel::Line, Channel::Phone, Channel::Counter, Channel::StaffApp])
                .copied()
                .unwrap_or(Channel::Counter),
            booked_at,
            comment: random.permille(50).then(|| "前髪は短めで".to_owned()),
            policy,
            deadline,
            booking: BookingState::Confirmed,
            prepayment: Prepayment::NotSelected,
            fee: Fee::None,
            ever_confirmed: true,
            policy_start: None,
            tickets: Vec::new(),
            covered: None,
            earns: None,
            checkout: None,
            corrections: Vec::new(),
        };
        if start < NOW {
            self.settle(random, &mut reservation)?;
        } else {
            look_ahead(random, &mut reservation)?;
        }
        Ok(reservation)
    }

    // What became of one whose day has come.
    fn settle(&self, random: &mut Random, reservation: &mut Reservation) -> Result<(), Failure> {
        let (start, price) = (reservation.start, reservation.price()?);
        reservation.booking = match random.below(1000) {
            0..860 => {
                if random.permille(100) {
                    reservation.prepayment = Prepayment::Paid { amount: price };
                }
                BookingState::Visited { at: start }
            }
            860..920 => {
                BookingState::Cancelled { by: CancelledBy::Customer, at: reservation.deadline.plus_ms(-HOUR), timing: CancelTiming::Early }
            }
            920..945 => {
                let at = start.plus_ms(-HOUR);
                reservation.fee = self.fee(random, reservation.policy.late_fee(start, at, price)?);
                BookingState::Cancelled { by: CancelledBy::Customer, at, timing: CancelTiming::Late }
            }
            945..965 => {
                reservation.fee = self.fee(random, reservation.policy.no_show.of(price)?);
                BookingState::NoShow { at: reservation.end }
            }
            965..985 => {
                BookingState::Cancelled { by: CancelledBy::Shop, at: reservation.deadline.plus_ms(-HOUR), timing: CancelTiming::Early }
            }
            985..990 => BookingState::EnteredInError { at: start },
            _ => BookingState::Confirmed,
        };
        Ok(())
    }

    fn fee(&self, random: &mut Random, amount: Yen) -> Fee {
        match random.below(10) {
            _ if amount == Yen::ZERO => Fee::None,
            0 => Fee::Due { amount },
            1..7 => Fee::Paid { amount },
            _ => Fee::Waived { amount, by: self.actor.clone(), reason: "常連のお客様".to_owned() },
        }
    }
}

fn look_ahead(random: &mut Random, reservation: &mut Reservation) -> Result<(), Failure> {
    match random.below(100) {
        0..10 => (reservation.booking, reservation.ever_confirmed) = (BookingState::Tentative, false),
        10..15 => reservation.prepayment = Prepayment::Unpaid,
        15..20 => reservation.prepayment = Prepayment::Paid { amount: reservation.price()? },
        _ => {}
    }
    Ok(())
}
