//! Every operation, written once. The JSON door, the browser package and the Kotlin, Swift and Python packages are all made from this list.

/// Calls `$callback!` with the list of operations: `commands`, `queries` (of named records), `searches` (of the index) and `audits`
/// (of the whole log). Each line is `name Input => Output;` under its documentation, with types of this crate's root.
#[macro_export]
macro_rules! for_each_operation {
    ($callback:path) => {
        $callback! {
            commands {
                /// Changes the salon's settings 基本設定. Managers only.
                configure_salon ConfigureSalon => Configured;
                /// Registers a customer 新規登録, by the rules of the entry path (C2).
                register_customer RegisterCustomer => Registered;
                /// 新規電話予約: registers a customer by name and phone alone (P1, P2).
                register_by_phone RegisterByPhone => Registered;
                /// 更新: edits a customer, three ways against what others did meanwhile (C8).
                edit_customer EditCustomer => Edited;
                /// LINE連携: links a LINE account, or renews what LINE shows of it (L2).
                link_line LinkLine => Edited;
                /// LINE予約: whose a booking through LINE is: found, linked, or a new customer (L1, L2).
                identify_line_customer IdentifyLineCustomer => LineCustomer;
                /// Puts a customer on the watch, grey or black list (G2).
                add_listing AddListing => Listed;
                /// Edits the memo of a list entry (G2).
                edit_listing EditListing => Listed;
                /// 登録解除: takes an entry off its list (G2).
                remove_listing RemoveListing => Listed;
                /// Books a reservation 予約, through the gate (R1, G3).
                book Book => Booked;
                /// Moves a reservation along: confirm, visit, cancel, pay and the rest (R3).
                move_reservation MoveReservation => Moved;
                /// 日時変更: a new time, through the gate like a new booking (G4, R6).
                reschedule Reschedule => Booked;
                /// お会計: closes a visit with a sale, or sells something without one (R9).
                check_out CheckOut => CheckedOut;
                /// お会計の取り消し (R9).
                void_sale VoidSale => VoidedSale;
                /// 回数券メニュー: makes a ticket plan or changes one (K1). Managers only.
                save_ticket_plan SaveTicketPlan => SavedTicketPlan;
                /// 有効期限変更: a ticket's later last day (K6).
                extend_ticket ExtendTicket => ChangedTicket;
                /// Gives or takes uses of a ticket by hand (K2).
                adjust_ticket AdjustTicket => ChangedTicket;
                /// 所有ポイントの入力: makes the balance what was typed, with a reason (Z1).
                adjust_points AdjustPoints => AdjustedPoints;
                /// 来店・利用金額詳細: adds a visit by hand (N5).
                add_visit AddVisit => EnteredVisit;
                /// Corrects a visit that was entered by hand (N5).
                edit_visit EditVisit => EnteredVisit;
                /// Deletes a visit that was entered by hand (N5).
                remove_visit RemoveVisit => EnteredVisit;
                /// 最終来店日の変更: adds a visit by hand, or corrects the last one (N5).
                set_last_visit SetLastVisit => LastVisitSet;
                /// Saves a segment セグメント, or changes one (S10).
                save_segment SaveSegment => SavedSegment;
                /// Takes a segment away (S10).
                remove_segment RemoveSegment => SavedSegment;
                /// Adds customers' figures up from nothing, where `check` found them wrong (N10). Managers only.
                recount_figures RecountFigures => RecountedFigures;
                /// 別人: marks two customers as not the same person, or takes the mark back (D2).
                mark_not_same MarkNotSame => Marked;
                /// 統合: merges the source into the target, as its preview showed (M).
                merge MergeCustomers => Merged;
                /// Takes a merge back, where the salon's policy allows it (M8).
                unmerge Unmerge => Unmerged;
                /// 退会: the customer leaves, through the booking site (W1).
                withdraw Withdraw => Withdrawn;
                /// 削除: removes a customer without history (W4).
                delete_customer DeleteCustomer => Deleted;
                /// 開示・消去の請求: notes that a request is pending, or that it was settled (M5).
                note_request NoteRequest => Edited;
                /// 個人情報の消去: takes away all that is personal of a customer, keeps the figures (W4). Managers only.
                erase_customer EraseCustomer => Erased;
                /// 一括登録: takes some rows of an import (I2).
                import_rows ImportRows => ImportedRows;
                /// Takes an import back while its customers are untouched (I5).
                undo_import UndoImport => UndoneImport;
            }
            queries {
                /// The salon's settings.
                get_settings GetSettings => Settings;
                /// One customer, merged ids resolved (M6).
                get_customer GetCustomer => CustomerCard;
                /// 更新フォーム: what `edit_customer` takes, filled from the customer (C8).
                get_customer_form GetCustomerForm => EditCustomer;
                /// A customer's reservations, newest first.
                get_reservations GetReservations => Reservations;
                /// A customer's list entries, removed ones included (G2).
                get_listings GetListings => Listings;
                /// Whether a customer may book (G3).
                may_book MayBook => Gate;
                /// A customer's figures 合計利用状況, now or at a past instant (N).
                get_figures GetFigures => CustomerFigures;
                /// A customer's visits that were entered by hand (N5).
                get_visits GetVisits => Visits;
                /// What a sale would come to, before anybody pays (R9).
                quote_sale QuoteSale => SaleQuote;
                /// 注文履歴: a customer's sales (Q5).
                get_sales GetSales => SalesHistory;
                /// 請求書・領収書・納品書: the data of a sale's document (Q5).
                get_document GetDocument => SaleDocument;
                /// Every ticket plan of the salon (K1).
                get_ticket_plans GetTicketPlans => TicketPlans;
                /// A customer's tickets (K8).
                get_tickets GetTickets => Tickets;
                /// One ticket with its history (K8).
                get_ticket GetTicket => TicketRow;
                /// A customer's points and their history (Z1).
                get_points GetPoints => PointHistory;
                /// Every saved segment (S10).
                get_segments GetSegments => Segments;
                /// The manual's five recipes, as conditions (S12).
                list_recipes ListRecipes => Recipes;
                /// Why somebody is in a segment, or is not (S11).
                explain_customer ExplainCustomer => Explanation;
                /// Reads a line of the query language (S10).
                parse_query ParseQuery => QueryText;
                /// Writes a condition as a line of the query language (S10).
                print_query PrintQuery => QueryText;
                /// What could be written next in a line of the query language (S10).
                complete_query CompleteQuery => Completions;
                /// What can be asked: fields, operators, values (S10).
                list_search_fields ListSearchFields => SearchFields;
                /// What a merge would do (M4).
                preview_merge PreviewMerge => MergePreview;
                /// The merge history of a customer (M8).
                get_merges GetMerges => Merges;
                /// What leaving would mean: reservations ahead, tickets, points, dues (W2).
                preview_withdrawal PreviewWithdrawal => WithdrawalPreview;
                /// 退会者一覧: who has left, and why (W3).
                list_withdrawn ListWithdrawn => WithdrawnPage;
                /// What an erasure would take away and what stands in its way (W4).
                preview_erasure PreviewErasure => ErasurePreview;
                /// 消去済み顧客: whose personal data was erased, and when (W4, S8).
                list_erased ListErased => ErasedPage;
                /// A file's heading row: which column holds what, and which are not read (I1).
                read_heading ReadHeading => Heading;
                /// An import's figures (I5).
                get_import GetImport => Import;
            }
            searches {
                /// The customer list and its search box (C10, S1–S3, S7, S9).
                search_customers SearchCustomers => CustomerPage;
                /// The same question, answered by ids alone (S1, S9).
                find_customers FindCustomers => FoundCustomers;
                /// The same question, answered by bytes: the customers and their columns (S1, S9).
                pack_customers PackCustomers => PackedCustomers;
                /// The lines of the customer list for some customers (C10).
                get_customer_rows GetCustomerRows => CustomerRows;
                /// Who came into saved segments, and who left them, since the follower last asked (S10).
                follow_segments FollowSegments => FollowedSegments;
                /// 要注意人物・グレーリスト・ブラックリスト: everybody on a list (G2).
                list_listed ListListed => ListedPage;
                /// 新規電話予約: who was registered by phone and has no real address yet (P3).
                list_phone_registrations ListPhoneRegistrations => CustomerPage;
                /// 予約一覧: the salon's reservations, by label and day (R2).
                list_reservations ListReservations => ReservationPage;
                /// Confirmed reservations whose start has passed (R7).
                list_unresolved ListUnresolved => ReservationPage;
                /// The labels 予約ステータス that a form may offer (R2).
                list_labels ListLabels => Labels;
                /// 回数券: who holds tickets, and which are about to expire (K8).
                list_tickets ListTickets => TicketPage;
                /// 重複の候補: pairs of customers who may be one person (D1).
                list_duplicates ListDuplicates => DuplicatePage;
                /// Whoever looks like one customer (D1).
                get_duplicates GetDuplicates => PossibleDuplicates;
                /// Whoever looks like somebody who is being typed in (D1).
                find_duplicates FindDuplicates => PossibleDuplicates;
                /// 顧客のエクスポート: the rows of a file of customers, which can be imported again (I6). Managers only.
                export_customers ExportCustomers => ExportPage;
                /// 予約のエクスポート: the rows of a file of reservations (I6). Managers only.
                export_reservations ExportReservations => ExportPage;
                /// 回数券のエクスポート: the rows of a file of tickets (I6). Managers only.
                export_tickets ExportTickets => ExportPage;
                /// 統合履歴: every merge, newest first (M8).
                list_merges ListMerges => Merges;
            }
            audits {
                /// Verifies every invariant of the ledger and names each breach (A5). Managers only.
                check CheckLedger => CheckReport;
                /// The journal: who did what, when, before and after, in order (A1). Managers only.
                journal ReadJournal => Journal;
                /// 開示: everything the ledger holds of one person, in one document (I6). Managers only.
                disclose_customer DiscloseCustomer => Disclosure;
            }
        }
    };
}

macro_rules! names {
    (commands { $($(#[$a:meta])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[$b:meta])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[$c:meta])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[$d:meta])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        /// The name of every operation: commands, queries, searches, audits.
        pub const OPERATIONS: (&[&str], &[&str], &[&str], &[&str]) =
            (&[$($crate::$ci::NAME),*], &[$($crate::$qi::NAME),*], &[$($crate::$si::NAME),*], &[$($crate::$ai::NAME),*]);
    };
}
use super::Audit as _;
use crate::log::{Command as _, Query as _};
use crate::search::IndexQuery as _;
for_each_operation!(names);
