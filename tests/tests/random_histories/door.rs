//! Plain orders become the library's commands, and go to a device.

use daicho::*;
use daicho_tests::id;
use serde_json::Value;

use super::days::{Clock, Day, Ms, shown};
use super::model::{NAMES, Salon};
use super::orders::{self, Call, Charge, Deadline, Item, Order, Policies, Rule, Step, Valid, Who};

macro_rules! wires {
    ($($name:ident),* $(,)?) => {
        /// A command of the library, ready to be sent; sent again, it is the same command.
        #[expect(clippy::large_enum_variant, reason = "a few hundred of them live at a time")]
        pub(super) enum Wire { $($name(daicho::$name)),* }

        impl Wire {
            /// Sends it. Answers what came back, and whether that was the answer of before (A2).
            pub(super) fn send<S: Store>(&self, ledger: &Ledger<S>, context: &Context) -> Result<(Value, bool), Error> {
                match self {
                    $(Self::$name(command) => {
                        let done = ledger.execute(command, context)?;
                        Ok((serde_json::to_value(done.output).unwrap(), done.replayed))
                    })*
                }
            }

            /// As JSON, to be read.
            pub(super) fn shown(&self) -> String {
                match self { $(Self::$name(command) => format!("{} {}", daicho::$name::NAME, serde_json::to_value(command).unwrap())),* }
            }
        }
    };
}

wires!(
    RegisterCustomer,
    RegisterByPhone,
    Book,
    MoveReservation,
    Reschedule,
    SaveTicketPlan,
    CheckOut,
    VoidSale,
    ExtendTicket,
    AdjustTicket,
    AdjustPoints,
    AddVisit,
    EditVisit,
    RemoveVisit,
    SetLastVisit,
    AddListing,
    RemoveListing,
    MergeCustomers,
    Unmerge,
    Withdraw,
    DeleteCustomer,
    EraseCustomer,
    ConfigureSalon,
);

pub(super) const fn customer(number: u32) -> CustomerId {
    CustomerId::from_ordinal(number)
}

pub(super) const fn reservation(number: u32) -> ReservationId {
    ReservationId::from_ordinal(number)
}

pub(super) fn menu(number: u32) -> MenuId {
    id(&format!("menu-{number}"))
}

fn staff(number: u32) -> StaffId {
    id(&format!("staff-{number}"))
}

fn shop(number: u32) -> ShopId {
    id(&format!("shop-{number}"))
}

fn plan(number: u32) -> TicketPlanId {
    id(&format!("plan-{number}"))
}

pub(super) fn date(day: Day) -> Date {
    id(&shown(day))
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap()
}

fn reason(given: bool) -> String {
    if given { "理由".to_owned() } else { "　".to_owned() }
}

pub(super) const fn channel(channel: orders::Channel) -> Channel {
    match channel {
        orders::Channel::Site => Channel::Site,
        orders::Channel::Line => Channel::Line,
        orders::Channel::Phone => Channel::Phone,
        orders::Channel::Counter => Channel::Counter,
    }
}

pub(super) const fn list(list: orders::List) -> ListKind {
    match list {
        orders::List::Watch => ListKind::Watch,
        orders::List::Grey => ListKind::Grey,
        orders::List::Black => ListKind::Black,
    }
}

/// Whoever asks what the salon may know.
pub(super) fn manager() -> Actor {
    Actor::new(id("manager-1"), Role::Manager)
}

pub(super) fn context(call: &Call, key: usize, drawn: u64) -> Context {
    let actor = match call.who {
        Who::Manager => manager(),
        Who::Staff => Actor::new(id("staff-9"), Role::Staff),
        Who::Customer(own) => Actor::customer(id(&format!("user-{own}")), customer(own)),
    };
    let entropy = Entropy((u128::from(drawn) << 64 | u128::from(u64::try_from(key).unwrap())).to_be_bytes());
    Context { actor, channel: channel(call.channel), now: Instant(call.now), key: id(&format!("key-{key}")), entropy }
}

fn charge(charge: Charge) -> daicho::Charge {
    match charge {
        Charge::Yen(amount) => daicho::Charge::Yen { amount: Yen(amount) },
        Charge::Percent(percent) => daicho::Charge::Percent { percent: u8::try_from(percent).unwrap() },
    }
}

pub(super) fn settings(policies: &Policies, clock: Clock, version: u32) -> Settings {
    let minutes = |minutes: i64| i32::try_from(minutes).unwrap();
    let cancellation = &policies.cancellation;
    Settings {
        version,
        calendar: Calendar { utc_offset_minutes: minutes(clock.offset_minutes), day_starts_minutes: minutes(clock.day_starts_minutes) },
        prepayment: policies.prepayment,
        blacklist: if policies.black_online_only { BlacklistPolicy::OnlineOnly } else { BlacklistPolicy::AllChannels },
        unmerge_days: count(policies.unmerge_days),
        extend_expired_tickets: policies.extend_expired,
        cancellation: CancellationPolicy {
            deadline: match cancellation.deadline {
                Deadline::Hours(hours) => daicho::Deadline::HoursBefore { hours: count(hours) },
                Deadline::Days { days, minutes: time } => daicho::Deadline::DaysBefore { days: count(days), minutes: minutes(time) },
            },
            tiers: cancellation.tiers.iter().map(|(hours, cost)| FeeTier { hours_before: count(*hours), charge: charge(*cost) }).collect(),
            no_show: charge(cancellation.no_show),
            tickets: if cancellation.consume_tickets { LateTickets::Consume } else { LateTickets::Release },
        },
        points: PointsPolicy {
            rule: policies.rule.map(|rule| match rule {
                Rule::PerVisit(points) => PointRule::PerVisit { points: count(points) },
                Rule::PerSales { yen, points } => PointRule::PerSales { yen: Yen(yen), points: count(points) },
            }),
            valid: match policies.points_valid {
                Valid::Forever => PointValidity::Forever,
                Valid::Days(days) => PointValidity::Days { days: count(days) },
                Valid::Months(months) => PointValidity::Months { months: count(months) },
            },
        },
        visit_categories: categories(),
        ..Settings::default()
    }
}

// What the model knows by the same names.
fn categories() -> Vec<VisitCategory> {
    let blank = |name: &str| VisitCategory {
        name: name.to_owned(),
        visits_from: None,
        visits_to: None,
        frequency: None,
        within_days: None,
        after_days: None,
    };
    vec![
        VisitCategory { visits_from: Some(4), within_days: Some(14), ..blank("VIP") },
        VisitCategory { frequency: Some(Frequency::Average { days: 20, times: 2 }), ..blank("常連") },
        VisitCategory { after_days: Some(30), ..blank("休眠") },
        VisitCategory { visits_to: Some(1), ..blank("新規") },
    ]
}

/// The questions of how often; the model knows them in this order.
pub(super) fn frequencies() -> Vec<Frequency> {
    vec![Frequency::Average { days: 10, times: 1 }, Frequency::Trailing { days: 7, times: 2 }, Frequency::LastGaps { days: 3 }]
}

fn register(name: usize, by_phone: bool, contact: i64) -> Wire {
    let (family_name, given_name) = (NAMES[name].0.to_owned(), NAMES[name].1.to_owned());
    let phone = format!("0901234{contact:04}");
    if by_phone {
        return Wire::RegisterByPhone(RegisterByPhone { family_name, given_name, family_kana: None, given_kana: None, phone });
    }
    let form = CustomerForm {
        family_name,
        given_name,
        family_kana: Some("ヤマダ".into()),
        given_kana: Some("ハナコ".into()),
        phones: vec![phone],
        emails: vec![format!("a{contact}@example.jp")],
        ..CustomerForm::default()
    };
    Wire::RegisterCustomer(RegisterCustomer { path: EntryPath::Counter, form, line: None })
}

fn wishes(wishes: &[orders::Wish]) -> Vec<TicketWish> {
    wishes.iter().map(|wish| TicketWish { ticket: wish.ticket.map(TicketId::from_ordinal), uses: count(wish.uses) }).collect()
}

fn book(form: &orders::Booking) -> Book {
    let line =
        |line: &orders::Line| Line { menu: menu(line.menu), staff: line.staff.map(staff), price: Yen(line.price), kind: LineKind::Basic };
    Book {
        customer: customer(form.customer),
        shop: shop(form.shop),
        staff: form.staff.map(staff),
        lines: form.lines.iter().map(line).collect(),
        start: Instant(form.start),
        end: Instant(form.end),
        comment: None,
        prepay: form.prepay,
        tentative: form.tentative,
        tickets: wishes(&form.tickets),
    }
}

fn step(step: Step) -> Move {
    match step {
        Step::Confirm => Move::Confirm,
        Step::ChoosePrepayment => Move::ChoosePrepayment,
        Step::PayPrepayment => Move::PayPrepayment,
        Step::RefundPrepayment => Move::RefundPrepayment,
        Step::Visit => Move::Visit,
        Step::UndoVisit { reason: given } => Move::UndoVisit { reason: reason(given) },
        Step::CancelByCustomer => Move::CancelByCustomer,
        Step::CancelByShop => Move::CancelByShop,
        Step::NoShow => Move::NoShow,
        Step::PayFee { amount } => Move::PayFee { amount: Yen(amount) },
        Step::WaiveFee { reason: given } => Move::WaiveFee { reason: reason(given) },
        Step::EnteredInError => Move::EnteredInError,
    }
}

fn check_out(till: &orders::Till) -> CheckOut {
    let line = |line: &orders::Sold| SaleLine {
        item: match line.item {
            Item::Menu(number) => SaleItem::Menu { menu: menu(number) },
            Item::Option(number) => SaleItem::Option { menu: menu(number) },
            Item::Retail(number) => SaleItem::Retail { product: id(&format!("product-{number}")) },
            Item::Ticket(number) => SaleItem::Ticket { plan: plan(number) },
        },
        name: None,
        staff: line.staff.map(staff),
        price: Yen(line.price),
        quantity: count(line.quantity),
        discount: line.discount.map(Yen),
        rate: if line.reduced_rate { TaxRate::Reduced } else { TaxRate::Standard },
        by_ticket: line.by_ticket,
    };
    let methods = [PaymentMethod::Cash, PaymentMethod::Card, PaymentMethod::Electronic].into_iter().cycle();
    CheckOut {
        customer: customer(till.customer),
        reservation: till.booking.map(reservation),
        shop: till.shop.map(shop),
        staff: till.staff.map(staff),
        lines: till.lines.iter().map(line).collect(),
        discount: (till.discount > 0).then_some(Yen(till.discount)),
        points: (till.points > 0).then(|| count(till.points)),
        tickets: wishes(&till.tickets),
        payments: till.payments.iter().zip(methods).map(|(amount, method)| Payment { method, amount: Yen(*amount) }).collect(),
    }
}

fn terms(of: &orders::Terms, number: u32) -> TicketTerms {
    TicketTerms {
        name: format!("回数券{number}"),
        price: Yen(of.price),
        uses: count(of.uses),
        valid: match of.valid {
            Valid::Days(days) => TicketValidity::Days { days: count(days) },
            Valid::Months(months) => TicketValidity::Months { months: count(months) },
            Valid::Forever => TicketValidity::Months { months: 1_200 },
        },
        menus: of.menus.iter().map(|number| menu(*number)).collect(),
        staff: of.staff.iter().map(|number| staff(*number)).collect(),
        shops: of.shops.iter().map(|number| shop(*number)).collect(),
    }
}

fn entered(form: &orders::Entered) -> VisitForm {
    VisitForm {
        day: date(form.day),
        shop: None,
        staff: None,
        menus: form.menus.iter().map(|number| menu(*number)).collect(),
        amount: Some(Yen(form.amount)),
        service_memo: None,
        proposal_memo: None,
        reservation: form.booking.map(reservation),
    }
}

// The preview of this moment, as staff would look at one; none where there is nobody.
fn merge<S: Store>(ledger: &Ledger<S>, source: u32, target: u32, stale: bool, now: Ms) -> MergeCustomers {
    let (source, target) = (customer(source), customer(target));
    let preview = PreviewMerge { source, target, from_source: Vec::new(), line: None };
    let seen = ledger.query(&preview, &manager(), Instant(now)).map(|preview| preview.fingerprint);
    let fingerprint = if stale { String::new() } else { seen.unwrap_or_default() };
    MergeCustomers { source, target, from_source: Vec::new(), line: None, fingerprint }
}

/// The library's command for an order.
pub(super) fn wire<S: Store>(order: &Order, model: &Salon, ledger: &Ledger<S>, now: Ms) -> Wire {
    let ticket = TicketId::from_ordinal;
    match order {
        Order::Register { name, by_phone, contact } => register(*name, *by_phone, *contact),
        Order::Book(form) => Wire::Book(book(form)),
        Order::Move { booking, to } => Wire::MoveReservation(MoveReservation { reservation: reservation(*booking), to: step(*to) }),
        Order::Reschedule { booking, start, end, staff: who } => Wire::Reschedule(Reschedule {
            reservation: reservation(*booking),
            start: Instant(*start),
            end: Instant(*end),
            staff: who.map(staff),
        }),
        Order::SavePlan { plan: number, based_on, terms: of, retired } => {
            let saved = SaveTicketPlan { plan: plan(*number), based_on: *based_on, terms: terms(of, *number), retired: *retired };
            Wire::SaveTicketPlan(saved)
        }
        Order::CheckOut(till) => Wire::CheckOut(check_out(till)),
        Order::Void { sale, reason: given } => Wire::VoidSale(VoidSale { sale: SaleId::from_ordinal(*sale), reason: reason(*given) }),
        Order::Extend { ticket: number, to, reason: given } => {
            Wire::ExtendTicket(ExtendTicket { ticket: ticket(*number), to: date(*to), reason: given.then(|| reason(true)) })
        }
        Order::AdjustTicket { ticket: number, uses, reason: given } => {
            Wire::AdjustTicket(AdjustTicket { ticket: ticket(*number), uses: i32::try_from(*uses).unwrap(), reason: reason(*given) })
        }
        Order::AdjustPoints { customer: who, seen, balance, reason: given } => Wire::AdjustPoints(AdjustPoints {
            customer: customer(*who),
            seen: count(*seen),
            balance: count(*balance),
            reason: reason(*given),
        }),
        Order::AddVisit { customer: who, form } => Wire::AddVisit(AddVisit { customer: customer(*who), form: entered(form) }),
        Order::EditVisit { visit, based_on, form } => {
            Wire::EditVisit(EditVisit { visit: ManualVisitId::from_ordinal(*visit), based_on: *based_on, form: entered(form) })
        }
        Order::RemoveVisit { visit, based_on } => {
            Wire::RemoveVisit(RemoveVisit { visit: ManualVisitId::from_ordinal(*visit), based_on: *based_on })
        }
        Order::SetLastVisit { customer: who, day } => Wire::SetLastVisit(SetLastVisit { customer: customer(*who), day: date(*day) }),
        Order::AddListing { customer: who, list: on } => {
            Wire::AddListing(AddListing { customer: customer(*who), list: list(*on), memo: "メモ".into() })
        }
        Order::RemoveListing { listing } => Wire::RemoveListing(RemoveListing { listing: ListingId::from_ordinal(*listing) }),
        Order::Merge { source, target, stale } => Wire::MergeCustomers(merge(ledger, *source, *target, *stale, now)),
        Order::Withdraw { customer: who, cancel, reason: given } => {
            Wire::Withdraw(Withdraw { customer: customer(*who), reason: reason(*given), cancel_reservations: *cancel })
        }
        Order::Delete { customer: who } => Wire::DeleteCustomer(DeleteCustomer { customer: customer(*who) }),
        Order::Erase { customer: who } => Wire::EraseCustomer(EraseCustomer { customer: customer(*who) }),
        Order::Unmerge { merge } => Wire::Unmerge(Unmerge { merge: MergeId::from_ordinal(*merge) }),
        Order::Configure { based_on, policies } => {
            Wire::ConfigureSalon(ConfigureSalon { settings: settings(policies, model.clock, *based_on) })
        }
        // Another command under a key that was used.
        Order::Again { .. } => register(0, true, 9_999),
    }
}
