//! `docs/reservations.md`, drawn from the table of moves (R3).

use std::fmt::Write as _;

use daicho::Role;
use daicho::booking::{FeeStage, PrepaymentStage, Stage, Step, TRANSITIONS, Transition};

/// Where the page lies, from the repository's root.
pub const PAGE: &str = "docs/reservations.md";

const HEAD: &str = "# Reservations: every move

Drawn from `TRANSITIONS` in `core/src/booking/table.rs`, and held to it by a test. Change the table, then run
`DAICHO_WRITE=1 cargo test -p daicho-tests --test rules r3_the_page`.

A reservation 予約 stands on three axes (R2): booking, prepayment 事前決済 and cancellation fee キャンセル料. Each move (R3) is a command with actor,
instant and channel. A move that the table does not have is the error `booking.not_allowed`, which names the present state and the moves that are
allowed there.

## Whose it is

- Of a customer on the black list: what stands, stands. Every move goes on as for anybody; a new time alone is a new booking to the gate and is denied (G4).
- Of a customer who has withdrawn: leaving cancels all that lies ahead (W2). What had begun by then the shop brings to its end, by every move but a new time.
  No correction brings back what lay ahead: a visit that was entered before its hour can be undone from its start on, not before (`customer.not_active`).
- Of a customer who was merged: it is the target's since, and moves as theirs (M2).
";

/// What salon staff call a move.
#[must_use]
pub const fn step_japanese(step: Step) -> &'static str {
    match step {
        Step::Confirm => "仮予約の確定",
        Step::ChoosePrepayment => "事前決済を選ぶ",
        Step::PayPrepayment => "事前決済の支払い",
        Step::RefundPrepayment => "事前決済の返金",
        Step::Reschedule => "日時変更",
        Step::Visit => "来店",
        Step::UndoVisit => "来店の取り消し",
        Step::Checkout => "お会計",
        Step::VoidSale => "お会計の取り消し",
        Step::CancelByCustomer => "お客様のキャンセル",
        Step::CancelByShop => "店舗都合のキャンセル",
        Step::NoShow => "無断キャンセル",
        Step::PayFee => "キャンセル料の支払い",
        Step::WaiveFee => "キャンセル料の取り消し",
        Step::EnteredInError => "誤登録",
    }
}

/// What salon staff call a place on the booking axis.
#[must_use]
pub const fn stage_japanese(stage: Stage) -> &'static str {
    match stage {
        Stage::Tentative => "仮予約",
        Stage::Confirmed => "予約中",
        Stage::Visited => "来店済み",
        Stage::CheckedOut => "会計済み",
        Stage::CancelledEarly => "期限内キャンセル",
        Stage::CancelledLate => "直前キャンセル",
        Stage::CancelledByShop => "店舗都合キャンセル",
        Stage::NoShow => "無断キャンセル",
        Stage::EnteredInError => "誤登録",
    }
}

fn prepayment_japanese(stage: PrepaymentStage) -> &'static str {
    match stage {
        PrepaymentStage::NotSelected => "選択なし",
        PrepaymentStage::Unpaid => "未払い",
        PrepaymentStage::Paid => "支払い済み",
        PrepaymentStage::Refunded => "返金済み",
        PrepaymentStage::Kept => "充当",
    }
}

fn fee_japanese(stage: FeeStage) -> &'static str {
    match stage {
        FeeStage::None => "なし",
        FeeStage::Due => "未払い",
        FeeStage::Paid => "支払い済み",
        FeeStage::Waived => "取り消し",
    }
}

fn names<T: Copy + PartialEq>(stages: &[T], all: &[T], otherwise: &str, name: impl Fn(T) -> &'static str) -> String {
    if stages.is_empty() {
        return otherwise.to_owned();
    }
    if stages == all {
        return "any".to_owned();
    }
    stages.iter().map(|stage| name(*stage)).collect::<Vec<_>>().join(", ")
}

fn who(roles: &[Role]) -> &'static str {
    if roles.contains(&Role::Customer) { "customer, salon" } else { "salon" }
}

// The arrows of the booking axis, each once however many rows it has; moves that stay where they are stand beside their state.
fn diagram(page: &mut String) {
    page.push_str("\n## The booking axis\n\n```mermaid\nstateDiagram-v2\n");
    for stage in Stage::ALL {
        let _ = writeln!(page, "    {} : {} {}", stage.name(), stage_japanese(*stage), stage.name());
    }
    page.push_str("    [*] --> tentative : book\n    [*] --> confirmed : book\n");
    let mut arrows: Vec<(Stage, Stage, Step)> = Vec::new();
    for row in TRANSITIONS {
        for from in row.from {
            let stays = [*from];
            for to in if row.to.is_empty() { &stays[..] } else { row.to } {
                let arrow = (*from, *to, row.step);
                if !arrows.contains(&arrow) {
                    arrows.push(arrow);
                }
            }
        }
    }
    for (from, to, step) in arrows {
        let _ = writeln!(page, "    {} --> {} : {} {}", from.name(), to.name(), step_japanese(step), step.name());
    }
    page.push_str("    enteredInError --> [*]\n```\n");
}

fn row(page: &mut String, row: &Transition) {
    let _ = writeln!(
        page,
        "| `{}` {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        row.step.name(),
        step_japanese(row.step),
        who(row.who),
        names(row.from, Stage::ALL, "any", Stage::name),
        names(row.prepayment, PrepaymentStage::ALL, "any", PrepaymentStage::name),
        names(row.fee, FeeStage::ALL, "any", FeeStage::name),
        names(row.to, &[], "stays", Stage::name),
        names(row.to_prepayment, &[], "stays", PrepaymentStage::name),
        names(row.to_fee, &[], "stays", FeeStage::name),
        row.note,
    );
}

fn words<T: Copy>(page: &mut String, title: &str, all: &[T], word: impl Fn(T) -> (&'static str, &'static str)) {
    let list: Vec<String> = all.iter().map(|stage| word(*stage)).map(|(name, japanese)| format!("`{name}` {japanese}")).collect();
    let _ = writeln!(page, "- {title}: {}", list.join(" · "));
}

/// The page as the table has it now.
#[must_use]
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    diagram(&mut page);
    page.push_str("\n## The words\n\n");
    words(&mut page, "booking", Stage::ALL, |stage| (stage.name(), stage_japanese(stage)));
    words(&mut page, "prepayment 事前決済", PrepaymentStage::ALL, |stage| (stage.name(), prepayment_japanese(stage)));
    words(&mut page, "fee キャンセル料", FeeStage::ALL, |stage| (stage.name(), fee_japanese(stage)));
    page.push_str("\n## Every row\n\n");
    page.push_str("| move | who | from | with prepayment | with fee | to | prepayment then | fee then | what decides |\n");
    page.push_str("|---|---|---|---|---|---|---|---|---|\n");
    TRANSITIONS.iter().for_each(|transition| row(&mut page, transition));
    page
}
