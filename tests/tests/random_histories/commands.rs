//! What comes next: a history is a list of kinds of commands with a seed each, worked out against what the model holds by then. So any of them can
//! be left out, and the rest still makes sense.

mod clock;
mod counter;
mod desk;
mod salon;

pub(super) use self::clock::advance;
use super::days::Ms;
use super::dice::Dice;
use super::model::{Reserved, Salon};
use super::orders::{Call, Channel, Order, Step, Who};

/// One command in the abstract.
#[derive(Clone, Copy, Debug)]
pub(super) struct Op {
    pub(super) kind: Kind,
    pub(super) seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Register,
    Book,
    Move,
    Visit,
    Reschedule,
    SavePlan,
    CloseVisit,
    SellAlone,
    Void,
    Extend,
    AdjustTicket,
    AdjustPoints,
    AddVisit,
    EditVisit,
    RemoveVisit,
    SetLastVisit,
    AddListing,
    RemoveListing,
    Merge,
    Unmerge,
    Withdraw,
    Delete,
    Erase,
    Configure,
    Again,
}

const WEIGHTS: [(usize, Kind); 25] = [
    (4, Kind::Register),
    (22, Kind::Book),
    (22, Kind::Move),
    (10, Kind::Visit),
    (6, Kind::Reschedule),
    (2, Kind::SavePlan),
    (9, Kind::CloseVisit),
    (9, Kind::SellAlone),
    (4, Kind::Void),
    (2, Kind::Extend),
    (2, Kind::AdjustTicket),
    (3, Kind::AdjustPoints),
    (4, Kind::AddVisit),
    (3, Kind::EditVisit),
    (2, Kind::RemoveVisit),
    (2, Kind::SetLastVisit),
    (3, Kind::AddListing),
    (3, Kind::RemoveListing),
    (4, Kind::Merge),
    (4, Kind::Unmerge),
    (3, Kind::Withdraw),
    (1, Kind::Delete),
    (1, Kind::Erase),
    (5, Kind::Configure),
    (4, Kind::Again),
];

/// What a salon begins with.
const FIRST: [Kind; 9] = [
    Kind::Configure,
    Kind::Register,
    Kind::Register,
    Kind::SavePlan,
    Kind::SavePlan,
    Kind::SavePlan,
    Kind::Register,
    Kind::SellAlone,
    Kind::SellAlone,
];

/// At least a hundred commands.
pub(super) fn history(seed: u64) -> Vec<Op> {
    let mut dice = Dice::new(seed);
    let length = 110 + dice.below(40);
    let mut ops: Vec<Op> = FIRST.iter().map(|kind| Op { kind: *kind, seed: dice.next() }).collect();
    while ops.len() < length {
        ops.push(Op { kind: dice.weighted(&WEIGHTS), seed: dice.next() });
    }
    ops
}

/// The command that an op is now, and who gives it.
pub(super) fn work_out(dice: &mut Dice, kind: Kind, model: &Salon, now: Ms) -> (Order, Call) {
    let mut drawing = Drawing { dice, model, now };
    let mut call = Call { who: Who::Manager, channel: Channel::Counter, now, device: 0 };
    let order = drawing.order(kind);
    let managers_only = matches!(order, Order::SavePlan { .. } | Order::Unmerge { .. } | Order::Erase { .. } | Order::Configure { .. });
    if drawing.dice.percent(if managers_only { 3 } else { 20 }) {
        call.who = Who::Staff;
    }
    drawing.caller(&order, &mut call);
    (order, call)
}

/// What an order is drawn from.
struct Drawing<'a> {
    dice: &'a mut Dice,
    model: &'a Salon,
    now: Ms,
}

impl Drawing<'_> {
    fn order(&mut self, kind: Kind) -> Order {
        match kind {
            Kind::Register => self.register(),
            Kind::Book => self.book(),
            Kind::Move => self.step(),
            Kind::Visit => self.visit(),
            Kind::Reschedule => self.reschedule(),
            Kind::SavePlan => self.save_plan(),
            Kind::CloseVisit => self.close_visit(),
            Kind::SellAlone => self.sell_alone(),
            Kind::Void => self.void(),
            Kind::Extend => self.extend(),
            Kind::AdjustTicket => self.adjust_ticket(),
            Kind::AdjustPoints => self.adjust_points(),
            Kind::AddVisit => self.add_visit(),
            Kind::EditVisit => self.edit_visit(),
            Kind::RemoveVisit => self.remove_visit(),
            Kind::SetLastVisit => self.set_last_visit(),
            Kind::AddListing => self.add_listing(),
            Kind::RemoveListing => self.remove_listing(),
            Kind::Merge => self.merge(),
            Kind::Unmerge => self.unmerge(),
            Kind::Withdraw => self.withdraw(),
            Kind::Delete => self.delete(),
            Kind::Erase => self.erase(),
            Kind::Configure => self.configure(),
            Kind::Again => Order::Again { nth: self.dice.below(10_000), other: self.dice.percent(30) },
        }
    }

    // Reservations are made and moved by customers too, through the site or LINE; now and then by one who may not.
    fn caller(&mut self, order: &Order, call: &mut Call) {
        let owner = match order {
            Order::Book(form) => Some(form.customer),
            Order::Move { booking, .. } | Order::Reschedule { booking, .. } => self.model.booking(*booking).map(|booking| booking.owner),
            Order::Withdraw { customer, .. } => Some(*customer),
            _ => return,
        };
        call.channel = self.dice.pick(&Channel::ALL);
        let theirs = match order {
            Order::Move { to, .. } => matches!(to, Step::CancelByCustomer | Step::ChoosePrepayment),
            _ => true,
        };
        let alone = matches!(order, Order::Withdraw { .. });
        if !self.dice.percent(if alone {
            95
        } else if theirs {
            40
        } else {
            3
        }) {
            return;
        }
        let merged = (1_u32..).zip(&self.model.people).filter(|(_, person)| person.merged.is_some()).map(|(id, _)| id);
        let formerly: Vec<u32> = merged.filter(|id| Some(self.model.resolved(*id)) == owner).collect();
        let own = match self.dice.below(10) {
            0 => self.customer(),
            1 | 2 => self.dice.maybe(&formerly).or(owner).unwrap_or(1),
            _ => owner.unwrap_or(1),
        };
        call.who = Who::Customer(own);
        if self.dice.percent(92) {
            call.channel = self.dice.pick(&[Channel::Site, Channel::Line]);
        }
    }

    fn ids(count: usize) -> Vec<u32> {
        (1..=u32::try_from(count).unwrap()).collect()
    }

    /// A customer: mostly one who is there, now and then one who was merged, rarely nobody.
    fn customer(&mut self) -> u32 {
        let all = Self::ids(self.model.people.len());
        let active: Vec<u32> = all.iter().copied().filter(|id| self.model.person(*id).is_some_and(|person| person.is_active())).collect();
        match self.dice.below(100) {
            0 => 99,
            1..=6 => self.dice.maybe(&all).unwrap_or(1),
            // Some have more history than others.
            7..=55 => active.first().copied().unwrap_or(1),
            _ => self.dice.maybe(&active).unwrap_or(1),
        }
    }

    /// A reservation of which something holds, where there is one; now and then any.
    fn booking(&mut self, fits: impl Fn(&Reserved) -> bool) -> u32 {
        let all = Self::ids(self.model.bookings.len());
        let fitting: Vec<u32> = all.iter().copied().filter(|id| self.model.booking(*id).is_some_and(&fits)).collect();
        let any = self.dice.percent(8);
        let found = if any { None } else { self.dice.maybe(&fitting) };
        found.or_else(|| self.dice.maybe(&all)).unwrap_or(99)
    }

    fn some_booking(&self, fits: impl Fn(&Reserved) -> bool) -> bool {
        self.model.bookings.iter().any(fits)
    }

    /// Any of so many, rarely one that is not there.
    fn any(&mut self, count: usize) -> u32 {
        if self.dice.percent(2) { 99 } else { self.dice.maybe(&Self::ids(count)).unwrap_or(99) }
    }
}
