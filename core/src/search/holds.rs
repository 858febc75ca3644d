//! Whether a question holds of a customer: the meaning of every condition, said once, as plainly as it can be. Whatever answers faster must answer the
//! same.

use super::asked::{Asked, AskedReservation, OfReservation};
use super::reservations::Booked;
use super::row::Profile;
use crate::error::Error;
use crate::money::Yen;
use crate::record::{CountField, DayField, Figures, Flag, ListKind, MoneyField, TextField, VisitCategory, YenRange};
use crate::time::{Calendar, Date, Instant};

/// All that is known of a customer, as far as questions go.
pub(super) struct Facts<'i> {
    pub(super) profile: &'i Profile,
    pub(super) figures: Option<&'i Figures>,
    /// Every reservation that is in a list.
    pub(super) booked: Vec<&'i Booked>,
    /// The days of all visits, in order.
    pub(super) visits: Vec<Date>,
    pub(super) lists: Vec<ListKind>,
    pub(super) calendar: Calendar,
    pub(super) categories: &'i [VisitCategory],
    pub(super) now: Instant,
    pub(super) today: Date,
}

impl Facts<'_> {
    /// Whether all of a question holds.
    pub(super) fn satisfy(&self, asked: &Asked) -> Result<bool, Error> {
        Ok(match asked {
            Asked::All(of) => {
                for one in of {
                    if !self.satisfy(one)? {
                        return Ok(false);
                    }
                }
                true
            }
            Asked::Any(of) => {
                for one in of {
                    if self.satisfy(one)? {
                        return Ok(true);
                    }
                }
                false
            }
            Asked::Not(that) => !self.satisfy(that)?,
            Asked::Segment(that) => self.satisfy(that)?,
            Asked::Text(field, key) => self.texts(*field).iter().any(|text| text.contains(key.as_str())),
            Asked::Holder(holders) => holders.contains(&self.profile.id),
            Asked::CustomField(name, key) => self
                .profile
                .custom_fields
                .iter()
                .any(|(known, text)| known == name && !text.is_empty() && key.as_ref().is_none_or(|key| text.contains(key.as_str()))),
            Asked::Count(field, bounds) => bounds.hold(self.count(*field)),
            Asked::Money(field, yen) => self.money(*field).is_some_and(|amount| holds(*yen, amount)),
            Asked::Day(field, range) => self.day(*field)?.is_some_and(|day| range.holds(day)),
            Asked::Flag(flag) => self.flag(*flag),
            Asked::LastMenu(menus) => {
                self.figures.and_then(Figures::last_visit).is_some_and(|visit| visit.menus.iter().any(|menu| menus.contains(menu)))
            }
            Asked::Category(names) => self.category()?.is_some_and(|category| names.contains(&category.name)),
            Asked::Channel(names) => self.profile.channels.iter().any(|channel| names.contains(channel)),
            Asked::Gender(genders) => self.profile.gender.is_some_and(|gender| genders.contains(&gender)),
            Asked::Listed(lists) => self.lists.iter().any(|list| lists.contains(list)),
            Asked::Frequency(frequency) => frequency.holds("frequency", &self.visits, self.today)?.holds,
            Asked::Reservation(asked) => {
                for booked in &self.booked {
                    if self.fits(asked, booked)? {
                        return Ok(true);
                    }
                }
                false
            }
        })
    }

    /// Whether a reservation is one of those that are looked at, and all of a question holds of it (S5, S6).
    pub(super) fn fits(&self, asked: &AskedReservation, booked: &Booked) -> Result<bool, Error> {
        Ok(asked.among.contains(&booked.label) && self.of_reservation(&asked.that, booked)?)
    }

    fn of_reservation(&self, asked: &OfReservation, booked: &Booked) -> Result<bool, Error> {
        Ok(match asked {
            OfReservation::All(of) => {
                for one in of {
                    if !self.of_reservation(one, booked)? {
                        return Ok(false);
                    }
                }
                true
            }
            OfReservation::Any(of) => {
                for one in of {
                    if self.of_reservation(one, booked)? {
                        return Ok(true);
                    }
                }
                false
            }
            OfReservation::Not(that) => !self.of_reservation(that, booked)?,
            OfReservation::Status(labels) => labels.iter().any(|label| booked.is(*label, self.now)),
            OfReservation::Day(range) => range.holds(self.calendar.day_of(booked.start)?),
            OfReservation::Staff(staff) => booked.staffs.iter().any(|who| staff.contains(who)),
            OfReservation::Menu(menus) => booked.menus.iter().any(|menu| menus.contains(menu)),
            OfReservation::Shop(shops) => shops.contains(&booked.shop),
        })
    }

    /// The keys of a text.
    pub(super) fn texts(&self, field: TextField) -> &[String] {
        self.profile.texts(field)
    }

    /// How many (N1, N2, N4).
    pub(super) fn count(&self, field: CountField) -> u32 {
        self.figures.map_or(0, |figures| match field {
            CountField::Visits => figures.visits,
            CountField::Reservations => figures.reservations,
            CountField::Cancellations => figures.cancellations(),
        })
    }

    /// How much (N8).
    pub(super) fn money(&self, field: MoneyField) -> Option<Yen> {
        let figures = self.figures;
        match field {
            MoneyField::Amount => Some(figures.map_or(Yen::ZERO, |figures| figures.amount)),
            MoneyField::Due => Some(figures.map_or(Yen::ZERO, |figures| figures.due)),
            MoneyField::Average => figures.and_then(|figures| figures.amount.0.checked_div_euclid(i64::from(figures.visits))).map(Yen),
        }
    }

    /// Which day.
    pub(super) fn day(&self, field: DayField) -> Result<Option<Date>, Error> {
        let mark = match field {
            DayField::FirstRegistered => return Ok(Some(self.profile.registered_on)),
            DayField::FirstVisit => self.figures.and_then(|figures| figures.first_visit.as_ref()),
            DayField::LastVisit => self.figures.and_then(Figures::last_visit),
        };
        Ok(mark.map(|mark| mark.day(self.calendar)).transpose()?)
    }

    /// Whether it is so.
    pub(super) fn flag(&self, flag: Flag) -> bool {
        match flag {
            Flag::Line => self.profile.line.is_some(),
            Flag::LastMinuteCancel => self.figures.is_some_and(|figures| figures.cancelled_late > 0),
            Flag::NoShow => self.figures.is_some_and(|figures| figures.no_shows > 0),
            Flag::Account => self.profile.has_account,
            Flag::Newsletter => self.profile.newsletter,
            Flag::PhoneRegistration => self.profile.phone_registration,
        }
    }

    /// 来店区分 (N9).
    pub(super) fn category(&self) -> Result<Option<&VisitCategory>, Error> {
        VisitCategory::of(self.categories, &self.visits, self.today)
    }
}

fn holds(range: YenRange, amount: Yen) -> bool {
    range.from.is_none_or(|from| from <= amount) && range.to.is_none_or(|to| amount <= to)
}
