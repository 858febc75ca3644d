/**
 * A birthday 生年月日: a date, or month and day without a year (C6).
 */
export interface Birthday {
    /**
     * The year, if known.
     */
    year?: number;
    /**
     * The month, 1 to 12.
     */
    month: number;
    /**
     * The day, 1 to 31.
     */
    day: number;
}

/**
 * A block that outlives its record (G5): how somebody on the black list could be reached, as digests that only the host's key can make. It stands from the
 * day they left or were erased, until they are taken off the list.
 */
export interface Block {
    /**
     * Who it was.
     */
    customer: CustomerId;
    /**
     * Their customer number.
     */
    number: number;
    /**
     * Since when.
     */
    since: Instant;
    /**
     * HMAC-SHA-256, in hexadecimal: of each e-mail, of each phone with the kana name and with the name as written, of the LINE account.
     */
    digests?: string[];
}

/**
 * A booked or moved reservation.
 */
export interface Booked {
    /**
     * The reservation.
     */
    reservation: ReservationId;
    /**
     * Its version now.
     */
    version: number;
    /**
     * Its label 予約ステータス.
     */
    label?: Label;
    /**
     * The last instant for a free cancel (R4).
     */
    deadline: Instant;
    /**
     * What staff should know; empty when the customer booked.
     */
    warnings?: GateReason[];
    /**
     * Other confirmed reservations of the same customer at the same time: allowed, with this warning (R8). None while this one is tentative.
     */
    overlaps?: ReservationId[];
}

/**
 * A cancellation policy (R6): the deadline, and what falls due after it.
 */
export interface CancellationPolicy {
    /**
     * Until when the customer may cancel freely.
     */
    deadline: Deadline;
    /**
     * What a late cancel costs, by how late it comes. Of the tiers whose time has been reached the one nearest to the start counts;
     * a cancel later than the deadline but before every tier costs nothing.
     */
    tiers?: FeeTier[];
    /**
     * What a no-show costs.
     */
    noShow: Charge;
    /**
     * What a late cancel or a no-show does to held tickets (K4).
     */
    tickets?: LateTickets;
}

/**
 * A change of one of the person's records.
 */
export interface DisclosedChange {
    /**
     * The record's kind.
     */
    kind: Kind;
    /**
     * The record's id.
     */
    id: string;
    /**
     * What was done to it.
     */
    operation: Operation;
    /**
     * The fields that changed, before and after.
     */
    fields?: JournalField[];
    /**
     * Fields whose values are left out: they told of somebody else too, whom a merge had taken for the same person until it was undone.
     */
    ofOthers?: string[];
    /**
     * Whether what was personal in the fields was taken away since, by an erasure (W4).
     */
    erased?: boolean;
}

/**
 * A changed list entry.
 */
export interface Listed {
    /**
     * Which entry.
     */
    listing: ListingId;
    /**
     * Its version now.
     */
    version: number;
    /**
     * For the black list: reservations the customer still has. They stay; cancel them if they should not (G4).
     */
    openReservations?: ReservationId[];
}

/**
 * A changed ticket.
 */
export interface ChangedTicket {
    /**
     * Which.
     */
    ticket: TicketId;
    /**
     * Its version now.
     */
    version: number;
    /**
     * Its last day of service.
     */
    expiresOn: Date;
    /**
     * Uses that are left, held ones included.
     */
    remaining: number;
}

/**
 * A closed sale.
 */
export interface CheckedOut {
    /**
     * Which.
     */
    sale: SaleId;
    /**
     * 合計, tax included.
     */
    total: Yen;
    /**
     * The tax within it, rate by rate.
     */
    taxes?: TaxLine[];
    /**
     * What of the prepayment is to be given back now.
     */
    refund: Yen;
    /**
     * Tickets that were sold.
     */
    tickets?: TicketId[];
    /**
     * What the uses settled now are worth (K7).
     */
    settled: Yen;
    /**
     * Uses of the visit's tickets that are free again, as no line was paid by one.
     */
    released: number;
    /**
     * Points earned now, less those taken back; left out where none moved.
     */
    points?: number;
}

/**
 * A column of an export of customers. The first thirteen and 備考 are read by the import again.
 */
export type CustomerExportColumn = "familyName" | "givenName" | "familyKana" | "givenKana" | "phone" | "birthday" | "gender" | "email" | "address" | "channels" | "postalCode" | "prefecture" | "building" | "number" | "registeredOn" | "visits" | "lastVisit" | "reservations" | "cancellations" | "amount" | "due" | "shopComment";

/**
 * A column that is not read, and is reported so (I1).
 */
export interface IgnoredColumn {
    /**
     * Its place, 1 for A.
     */
    position: number;
    /**
     * Its heading, as the file has it.
     */
    heading: string;
}

/**
 * A column that is read, or [known not to be](ImportColumn::ErrorNote).
 */
export interface HeadingColumn {
    /**
     * Its place, 1 for A.
     */
    position: number;
    /**
     * What it holds.
     */
    column: ImportColumn;
    /**
     * Its heading, as the file has it.
     */
    heading: string;
}

/**
 * A condition in its faces (S10).
 */
export interface QueryText {
    /**
     * The condition.
     */
    condition: Condition;
    /**
     * As a line in English.
     */
    english: string;
    /**
     * 日本語で
     */
    japanese: string;
}

/**
 * A customer has left.
 */
export interface Withdrawn {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * The record's version now.
     */
    version: number;
    /**
     * The reservations that were cancelled, in order of their start.
     */
    cancelled?: Moved[];
}

/**
 * A customer on a list, why, since when and by whom (G2).
 */
export interface ListedRow {
    /**
     * The entry.
     */
    listing: ListingId;
    /**
     * Its version, to base an edit of the memo on.
     */
    version: number;
    /**
     * メモ: why.
     */
    memo: string;
    /**
     * When it was entered.
     */
    addedAt: Instant;
    /**
     * Who entered it.
     */
    addedBy: ActorId;
    /**
     * The customer.
     */
    customer: CustomerRow;
}

/**
 * A customer who looks like somebody (D1).
 */
export interface LooksLike {
    /**
     * Who.
     */
    customer: CustomerRow;
    /**
     * How much.
     */
    likelihood: Likelihood;
    /**
     * The sum of the signals, or less where only one thing could be compared.
     */
    points: number;
    /**
     * Why, and what speaks against it.
     */
    signals?: Signal[];
}

/**
 * A customer whose blanks an import filled.
 */
export interface ImportFill {
    /**
     * The customer.
     */
    customer: CustomerId;
    /**
     * The version the import made.
     */
    version: number;
}

/**
 * A customer with the marks that staff see beside the name (C10, G1).
 */
export interface CustomerCard {
    /**
     * The record. What only staff may see is left out for the customer themselves.
     */
    customer: Customer;
    /**
     * ❗ and the other marks, with their memos; none for the customer themselves.
     */
    marks?: Mark[];
    /**
     * Upcoming reservations 予約中.
     */
    upcoming: number;
    /**
     * 来店回数
     */
    visits: number;
    /**
     * 最終来店日
     */
    lastVisit?: Date;
    /**
     * The id asked for, if it was merged into this customer.
     */
    mergedFrom?: CustomerId;
}

/**
 * A customer 顧客 (C1), as kept. Texts are as typed, cleaned by C9; keys are derived from them.
 */
export interface Customer {
    /**
     * What records point to.
     */
    id: CustomerId;
    /**
     * Customer number お客様番号: sequential per salon, never reused (C7).
     */
    number: number;
    /**
     * Counts the commits that changed this record, from 1 (C8).
     */
    version: number;
    /**
     * Active, withdrawn, merged or erased.
     */
    state: CustomerState;
    /**
     * 退会理由 (W1).
     */
    withdrawalReason?: string;
    /**
     * A request that must be finished before a merge (M5).
     */
    pending?: Pending;
    /**
     * How the customer came into the ledger (C2).
     */
    entryPath: EntryPath;
    /**
     * Whether the customer is on the 新規電話予約 list: registered by phone, no real e-mail ever since (P3).
     */
    phoneRegistration?: boolean;
    /**
     * The kanji fields hold katakana until somebody asks (P1).
     */
    provisionalName?: boolean;
    /**
     * The import that made the customer (I5).
     */
    import?: ImportId;
    /**
     * 姓
     */
    familyName: string;
    /**
     * 名
     */
    givenName: string;
    /**
     * セイ, in full-width katakana (C3).
     */
    familyKana?: string;
    /**
     * メイ, in full-width katakana (C3).
     */
    givenKana?: string;
    /**
     * Names that the customer had before, the latest first: 旧姓 (D1).
     */
    formerNames?: FormerName[];
    /**
     * 電話番号; the first is the main one (C4).
     */
    phones?: PhoneNumber[];
    /**
     * メールアドレス; the first is the main one (C5).
     */
    emails?: Email[];
    /**
     * 生年月日 (C6).
     */
    birthday?: Birthday;
    /**
     * 性別
     */
    gender?: Gender;
    /**
     * 郵便番号
     */
    postalCode?: string;
    /**
     * 都道府県
     */
    prefecture?: string;
    /**
     * 市区町村・番地
     */
    cityStreet?: string;
    /**
     * 建物名など
     */
    building?: string;
    /**
     * The LINE account and LINE's mirrors; never edited by hand.
     */
    line?: LineLink;
    /**
     * 顧客属性: free texts, such as a wheelchair user.
     */
    attributes?: string[];
    /**
     * 流入経路, from the salon's own list.
     */
    channels?: string[];
    /**
     * 法人名・会社名
     */
    company?: string;
    /**
     * 部署名
     */
    department?: string;
    /**
     * FAX番号
     */
    fax?: string;
    /**
     * HPアドレス
     */
    homePage?: string;
    /**
     * メルマガ受信, with its consent record.
     */
    newsletter?: Newsletter;
    /**
     * 店舗コメント・備考: never shown to the customer.
     */
    shopComment?: string;
    /**
     * 画像: references that mean something to the host.
     */
    pictures?: string[];
    /**
     * フリー項目
     */
    customFields?: CustomField[];
    /**
     * Old card numbers (C7).
     */
    numberAliases?: string[];
    /**
     * 初回登録日
     */
    registeredOn: Date;
    /**
     * ユーザー登録 有/無: whether the customer has an account of their own.
     */
    hasAccount?: boolean;
}

/**
 * A customer's figures (N).
 */
export interface CustomerFigures {
    /**
     * Whose.
     */
    customer: CustomerId;
    /**
     * 来店回数, those by hand included (N1).
     */
    visits: number;
    /**
     * Those by hand.
     */
    manualVisits: number;
    /**
     * キャンセル回数 (N2)
     */
    cancellations: Cancellations;
    /**
     * 直前キャンセル あり (N3)
     */
    lastMinuteCancel?: boolean;
    /**
     * 無断キャンセル あり: a predicate of its own (N3).
     */
    noShow?: boolean;
    /**
     * 予約回数 (N4)
     */
    reservations: number;
    /**
     * The business day of the first visit.
     */
    firstVisit?: Date;
    /**
     * 最終来店日 (N5)
     */
    lastVisit?: Date;
    /**
     * 最終利用メニュー (N6)
     */
    lastMenus?: MenuId[];
    /**
     * 合計利用金額 (N8)
     */
    amount: Yen;
    /**
     * 平均利用金額: a visit, rounded down; none without a visit (N8).
     */
    average?: Yen;
    /**
     * What is left when the average is taken as often as there were visits (N8).
     */
    averageRemainder: Yen;
    /**
     * キャンセル料未払い
     */
    due: Yen;
    /**
     * 来店区分 (N9)
     */
    category?: string;
    /**
     * The answers to the questions of how often, in their order (N7).
     */
    frequencies?: FrequencyAnswer[];
    /**
     * 所有ポイント; left out while the salon has none, and for a past instant (Z1).
     */
    points?: number;
    /**
     * 仮ポイント合計
     */
    provisionalPoints?: number;
}

/**
 * A customer's figures (N): counts and sums over everything that hangs on them. Derived, never typed: each commit that changes what they are
 * made of changes them too, and `check` adds them up again from nothing.
 */
export interface Figures {
    /**
     * Whose.
     */
    customer: CustomerId;
    /**
     * 来店回数, those by hand included (N1).
     */
    visits: number;
    /**
     * Those by hand.
     */
    manualVisits: number;
    /**
     * キャンセル回数: by the customer, at or before the deadline (N2).
     */
    cancelledEarly: number;
    /**
     * 直前キャンセル: by the customer, after it (N2, N3).
     */
    cancelledLate: number;
    /**
     * 無断キャンセル (N2).
     */
    noShows: number;
    /**
     * 予約回数: confirmed at least once (N4).
     */
    reservations: number;
    /**
     * 合計利用金額 (N8).
     */
    amount: Yen;
    /**
     * Cancellation fees that are due (G3).
     */
    due: Yen;
    /**
     * Reservations that lie ahead or were never resolved, in order of id.
     */
    open?: OpenReservation[];
    /**
     * The first visit.
     */
    firstVisit?: VisitMark;
    /**
     * The latest visits, the last one first; at most three (N5, N6, N7).
     */
    lastVisits?: VisitMark[];
}

/**
 * A customer's figures 合計利用状況 (N), now or as the ledger had them at a past instant.
 */
export interface GetFigures {
    /**
     * Whose; a merged id resolves (M6), but for an instant before its merge.
     */
    customer: CustomerId;
    /**
     * The past instant (N10): what was in the ledger then, whatever was entered late, corrected or merged since.
     */
    asOf?: Instant;
    /**
     * How often they come: questions to answer along (N7).
     */
    frequencies?: Frequency[];
}

/**
 * A customer's list entries.
 */
export interface GetListings {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * A customer's points (Z1). An error while the salon uses none.
 */
export interface GetPoints {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * A customer's reservations.
 */
export interface GetReservations {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * A customer's tickets.
 */
export interface GetTickets {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * A day in a customer's life.
 */
export type DayField = "firstRegistered" | "firstVisit" | "lastVisit";

/**
 * A day: named, or counted from the day of the question.
 */
export type When = { type: "day"; day: Date } | { type: "days"; days: number } | { type: "months"; months: number };

/**
 * A deleted customer.
 */
export interface Deleted {
    /**
     * Who it was.
     */
    customer: CustomerId;
    /**
     * Their customer number お客様番号, which nobody gets again (C7).
     */
    number: number;
}

/**
 * A document's data, to the yen: the lines less the discount are the total, the amounts of the rates are the total, and so are the payments.
 */
export interface SaleDocument {
    /**
     * Which document.
     */
    kind: DocumentKind;
    /**
     * Its number: the sale's.
     */
    number: SaleId;
    /**
     * The business day of the sale 取引年月日.
     */
    date: Date;
    /**
     * The day it is issued 発行日.
     */
    issuedOn: Date;
    /**
     * Who issues it.
     */
    issuer?: string;
    /**
     * 登録番号 of the qualified-invoice system.
     */
    registrationNumber?: string;
    /**
     * 店舗
     */
    shop: ShopId;
    /**
     * Whose sale it is.
     */
    customer: CustomerId;
    /**
     * 宛名: 姓 名, or the company's name.
     */
    addressee: string;
    /**
     * 明細
     */
    lines?: DocumentLine[];
    /**
     * What the lines come to.
     */
    subtotal: Yen;
    /**
     * 値引き on the whole.
     */
    discount: Yen;
    /**
     * 合計, tax included.
     */
    total: Yen;
    /**
     * 税率ごとの合計と消費税額
     */
    taxes?: TaxLine[];
    /**
     * 内消費税 in all.
     */
    tax: Yen;
    /**
     * How it was paid; on receipts.
     */
    payments?: Payment[];
}

/**
 * A field before and after.
 */
export interface JournalField {
    /**
     * The field, by its wire name.
     */
    field: string;
    /**
     * Its value before, as JSON text; left out where it had none.
     */
    before?: string;
    /**
     * Its value after, as JSON text; left out where it has none.
     */
    after?: string;
}

/**
 * A field that can be asked for.
 */
export interface SearchField {
    /**
     * Its word in English.
     */
    english: string;
    /**
     * 日本語の語
     */
    japanese: string;
    /**
     * What kind of thing is asked of it.
     */
    kind: SearchFieldKind;
    /**
     * The signs that may follow it.
     */
    operators?: string[];
    /**
     * The values it can have, where they are few and known.
     */
    values?: SearchValue[];
}

/**
 * A file's heading row as it was understood (I1).
 */
export interface Heading {
    /**
     * The columns that are read.
     */
    columns?: HeadingColumn[];
    /**
     * The columns that are not: headings nobody knows, and 氏名 beside 姓 and 名. Show them before the run.
     */
    ignored?: IgnoredColumn[];
}

/**
 * A free field フリー項目.
 */
export interface CustomField {
    /**
     * Its name, unique per customer.
     */
    name: string;
    /**
     * Its text.
     */
    value: string;
}

/**
 * A label that a form may offer.
 */
export interface OfferedLabel {
    /**
     * Which.
     */
    label: Label;
    /**
     * The word staff know.
     */
    japanese: string;
    /**
     * How many reservations carry it.
     */
    inUse: number;
    /**
     * Whether the salon's setting has it; one that it has not is offered only because it is in use.
     */
    bySetting?: boolean;
}

/**
 * A language that people write and read queries in.
 */
export type Tongue = "english" | "japanese";

/**
 * A line of a document.
 */
export interface DocumentLine {
    /**
     * 品名: as entered, else the id of what was sold.
     */
    name: string;
    /**
     * 単価, tax included.
     */
    price: Yen;
    /**
     * 数量
     */
    quantity: number;
    /**
     * 値引き on the line.
     */
    discount: Yen;
    /**
     * 金額
     */
    amount: Yen;
    /**
     * 税率; the reduced one is marked ※ on paper.
     */
    rate: TaxRate;
    /**
     * 回数券で清算
     */
    byTicket?: boolean;
}

/**
 * A line of a lot's ledger.
 */
export interface PointEntry {
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * What.
     */
    what: PointMove;
}

/**
 * A line of a reservation: one menu.
 */
export interface Line {
    /**
     * メニュー
     */
    menu: MenuId;
    /**
     * Who does it, if not the primary staff.
     */
    staff?: StaffId;
    /**
     * The price when booked.
     */
    price: Yen;
    /**
     * What kind of line.
     */
    kind: LineKind;
}

/**
 * A line of a sale.
 */
export interface SaleLine {
    /**
     * What was sold.
     */
    item: SaleItem;
    /**
     * 品名, as documents shall show it.
     */
    name?: string;
    /**
     * Who did or sold it, if not the primary staff.
     */
    staff?: StaffId;
    /**
     * The price of one, tax included.
     */
    price: Yen;
    /**
     * How many, from 1.
     */
    quantity: number;
    /**
     * 値引き on this line.
     */
    discount?: Yen;
    /**
     * 税率
     */
    rate: TaxRate;
    /**
     * 回数券で清算: paid by a ticket, so nothing is charged.
     */
    byTicket?: boolean;
}

/**
 * A line of a ticket's ledger (K2).
 */
export interface TicketEntry {
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * What.
     */
    what: TicketMove;
}

/**
 * A line of the customer list (C10).
 */
export interface CustomerRow {
    /**
     * Whose.
     */
    id: CustomerId;
    /**
     * お客様番号
     */
    number: number;
    /**
     * 姓
     */
    familyName: string;
    /**
     * 名
     */
    givenName: string;
    /**
     * セイ
     */
    familyKana?: string;
    /**
     * メイ
     */
    givenKana?: string;
    /**
     * The kanji fields hold katakana until somebody asks (P1).
     */
    provisionalName?: boolean;
    /**
     * LINE名 and 画像(LINE); left out: not linked.
     */
    line?: LineFace;
    /**
     * 電話番号 as entered, the main one first.
     */
    phones?: string[];
    /**
     * 流入経路
     */
    channels?: string[];
    /**
     * 初回登録日
     */
    registeredOn: Date;
    /**
     * 最終来店日 (N5)
     */
    lastVisit?: Date;
    /**
     * 来店回数 (N1)
     */
    visits: number;
    /**
     * 合計利用金額 (N8)
     */
    amount: Yen;
    /**
     * ❗ and the other marks, with their memos (G1).
     */
    marks?: Mark[];
}

/**
 * A line of the merge history 統合履歴 (M8).
 */
export interface Merge {
    /**
     * What records point to.
     */
    id: MergeId;
    /**
     * 統合元
     */
    source: CustomerId;
    /**
     * The source's customer number.
     */
    sourceNumber: number;
    /**
     * 統合先
     */
    target: CustomerId;
    /**
     * The target's customer number.
     */
    targetNumber: number;
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * The records that moved.
     */
    moved?: MovedRecord[];
    /**
     * What both sides held before (M7).
     */
    before: Tally;
    /**
     * What the target held after; equal to `before` (M7).
     */
    after: Tally;
    /**
     * The version of the target that the merge made; what `unmerge` reads the target's fields against.
     */
    targetVersion: number;
    /**
     * The version of the source that the merge made.
     */
    sourceVersion: number;
    /**
     * When it was undone, where the salon's policy allowed it (M8).
     */
    undoneAt?: Instant;
}

/**
 * A line of the reservation list.
 */
export interface ReservationLine {
    /**
     * Which.
     */
    reservation: ReservationId;
    /**
     * Its label 予約ステータス.
     */
    label: Label;
    /**
     * The business day of its start.
     */
    day: Date;
    /**
     * Start.
     */
    start: Instant;
    /**
     * End.
     */
    end: Instant;
    /**
     * 店舗
     */
    shop: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * Whose it is.
     */
    customer: CustomerId;
    /**
     * The customer, if active.
     */
    who?: CustomerRow;
}

/**
 * A linked LINE account: the key is provider and user id, the rest mirrors LINE (L2).
 */
export interface LineLink {
    /**
     * The provider (channel) whose user ids these are.
     */
    provider: string;
    /**
     * The user id under that provider.
     */
    user: string;
    /**
     * LINE名: never identity.
     */
    displayName?: string;
    /**
     * 画像(LINE)
     */
    pictureUrl?: string;
}

/**
 * A mark beside a customer's name (G1).
 */
export interface Mark {
    /**
     * Which list.
     */
    list: ListKind;
    /**
     * ❗ for the watch list; the others have none of their own.
     */
    sign?: string;
    /**
     * Why.
     */
    memo: string;
}

/**
 * A merge of the person's records (M8). Whoever they were taken for, and are not, is left out.
 */
export interface DisclosedMerge {
    /**
     * Which.
     */
    merge: MergeId;
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * 統合元, if it is theirs.
     */
    source?: CustomerId;
    /**
     * 統合先, if it is theirs.
     */
    target?: CustomerId;
    /**
     * The records that moved, if they are theirs.
     */
    moved?: MovedRecord[];
    /**
     * When it was undone.
     */
    undoneAt?: Instant;
}

/**
 * A merge taken back.
 */
export interface Unmerged {
    /**
     * The source, an ordinary customer again.
     */
    source: CustomerId;
    /**
     * The target.
     */
    target: CustomerId;
    /**
     * Fields of the target that were edited after the merge and stay as they are.
     */
    kept?: string[];
}

/**
 * A moved reservation.
 */
export interface Moved {
    /**
     * The reservation.
     */
    reservation: ReservationId;
    /**
     * Its version now.
     */
    version: number;
    /**
     * Its label 予約ステータス; none once entered in error.
     */
    label?: Label;
    /**
     * The cancellation fee that is due now.
     */
    due: Yen;
    /**
     * What is to be given back now: of a prepayment, and of a paid fee where the reservation was entered in error.
     */
    refund: Yen;
    /**
     * Points earned by it now, less those taken back; left out where none moved.
     */
    points?: number;
    /**
     * Where it was confirmed: other confirmed reservations of the same customer at the same time (R8).
     */
    overlaps?: ReservationId[];
}

/**
 * A name that was corrected or changed, as it stood before (D1).
 */
export interface FormerName {
    /**
     * 姓
     */
    familyName: string;
    /**
     * 名
     */
    givenName: string;
    /**
     * セイ
     */
    familyKana?: string;
    /**
     * メイ
     */
    givenKana?: string;
}

/**
 * A new customer who can be reached as somebody could who left, or was erased, while they stood on the black list (G5). For staff only: the person
 * themselves learns nothing of it (G3).
 */
export interface Return {
    /**
     * Who it was.
     */
    customer: CustomerId;
    /**
     * Their customer number.
     */
    number: number;
    /**
     * By what: e-mail, LINE account, or phone and name together, as it is read or, since many have no kana, as it is written.
     */
    why?: Likeness[];
    /**
     * Whether the new customer was put on the black list for it, as the salon's policy says.
     */
    blocked?: boolean;
}

/**
 * A page of a list (G2).
 */
export interface ListedPage {
    /**
     * The rows.
     */
    entries?: ListedRow[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * A page of pairs (D1).
 */
export interface DuplicatePage {
    /**
     * The pairs.
     */
    pairs?: DuplicatePair[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * A page of reservations.
 */
export interface ReservationPage {
    /**
     * The rows.
     */
    reservations?: ReservationLine[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * A page of rows for a file.
 */
export interface ExportPage {
    /**
     * The headings, the same on every page: a file's first row.
     */
    heading?: string[];
    /**
     * The rows of this page, a cell for each heading.
     */
    rows?: Cell[][];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of. The pages of one walk are of one snapshot if theirs are equal.
     */
    sequence: number;
}

/**
 * A page of the customer list (C10, S9).
 */
export interface CustomerPage {
    /**
     * The rows.
     */
    customers?: CustomerRow[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of. The pages of one walk are of one snapshot if theirs are equal.
     */
    sequence: number;
}

/**
 * A page of those who have left (W3).
 */
export interface WithdrawnPage {
    /**
     * The rows.
     */
    customers?: WithdrawnRow[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
}

/**
 * A page of those who were erased.
 */
export interface ErasedPage {
    /**
     * The rows.
     */
    customers?: ErasedRow[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
}

/**
 * A page of tickets.
 */
export interface TicketPage {
    /**
     * The rows.
     */
    tickets?: TicketHolder[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * A part of what was paid.
 */
export interface Payment {
    /**
     * By what.
     */
    method: PaymentMethod;
    /**
     * How much.
     */
    amount: Yen;
}

/**
 * A phone number (C4). Families share one: a phone alone never matches anyone.
 */
export interface PhoneNumber {
    /**
     * As typed (C9).
     */
    entered: string;
    /**
     * The key: the domestic form in ASCII digits. A foreign number's begins with its country
     * code, so with no 0, and cannot be mistaken for a domestic one.
     */
    digits: string;
    /**
     * What the number plan says.
     */
    class: PhoneClass;
}

/**
 * A range of days, both ends included; an end left out is open (T3).
 */
export interface DateRange {
    /**
     * The first day.
     */
    from?: Date;
    /**
     * The last day.
     */
    to?: Date;
}

/**
 * A record as a store keeps it: what it is found by, and a body it never looks into.
 */
export interface Row {
    /**
     * The kind's name.
     */
    kind: Kind;
    /**
     * The id, unique among its kind in the salon.
     */
    id: string;
    /**
     * The id of the record it hangs on.
     */
    parent?: string;
    /**
     * The keys it is found by.
     */
    keys?: string[];
    /**
     * The record as JSON text.
     */
    body: string;
}

/**
 * A record that changed.
 */
export interface Changed {
    /**
     * Its kind.
     */
    kind: Kind;
    /**
     * Its id.
     */
    id: string;
    /**
     * What was done to it.
     */
    operation: Operation;
}

/**
 * A record that moved in a merge.
 */
export interface MovedRecord {
    /**
     * Its kind.
     */
    kind: Kind;
    /**
     * Its id.
     */
    id: string;
}

/**
 * A registered customer.
 */
export interface Registered {
    /**
     * The new customer's id.
     */
    customer: CustomerId;
    /**
     * Their customer number お客様番号.
     */
    number: number;
    /**
     * Mail for the host to send.
     */
    notices?: MailNotice[];
    /**
     * Who may be the same person: active customers of the same name, on LINE's path or e-mail, and those who have left (W3).
     */
    suggestions?: Candidate[];
    /**
     * As whom on the black list they return (G5).
     */
    returns?: Return[];
}

/**
 * A request of the customer's that is under way (M5).
 */
export type Pending = "erasure" | "disclosure";

/**
 * A reservation that lies ahead, and what cancelling it now would cost.
 */
export interface FutureReservation {
    /**
     * Which.
     */
    reservation: ReservationId;
    /**
     * Its start.
     */
    start: Instant;
    /**
     * Its label 予約ステータス.
     */
    label?: Label;
    /**
     * The cancellation fee that would be due.
     */
    due: Yen;
    /**
     * What of its prepayment would be given back.
     */
    refund: Yen;
}

/**
 * A reservation with what is derived from it.
 */
export interface ReservationRow {
    /**
     * The record.
     */
    reservation: Reservation;
    /**
     * Its label 予約ステータス.
     */
    label: Label;
    /**
     * The business day of its start.
     */
    day: Date;
}

/**
 * A reservation 予約 (R1): what was booked, how, under which policy, and where it stands on the three axes of R2.
 */
export interface Reservation {
    /**
     * What records point to.
     */
    id: ReservationId;
    /**
     * Whose it is.
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * 店舗
     */
    shop: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * Menus, in the order booked.
     */
    lines?: Line[];
    /**
     * Start 来店予定.
     */
    start: Instant;
    /**
     * End, after the start.
     */
    end: Instant;
    /**
     * 予約方法
     */
    bookedBy: Channel;
    /**
     * When it was booked.
     */
    bookedAt: Instant;
    /**
     * 予約時コメント
     */
    comment?: string;
    /**
     * The policy as it was when booked (R6).
     */
    policy: CancellationPolicy;
    /**
     * The last instant at which the customer may cancel freely (R4).
     */
    deadline: Instant;
    /**
     * The start that deadline and fee tiers count from, where it was rescheduled too late to move them (R6).
     */
    policyStart?: Instant;
    /**
     * The booking axis.
     */
    booking: BookingState;
    /**
     * The prepayment axis.
     */
    prepayment: Prepayment;
    /**
     * The cancellation fee axis.
     */
    fee: Fee;
    /**
     * Whether it was ever confirmed (N4).
     */
    everConfirmed?: boolean;
    /**
     * The tickets that pay for it: held, used by the visit, free again by a cancel (K4).
     */
    tickets?: TicketHold[];
    /**
     * What they pay of the lines: their own sale was counted, so this is not counted again (N8). Left out without tickets.
     */
    covered?: Yen;
    /**
     * What its visit earns 仮ポイント, as it was when booked (Z1).
     */
    earns?: PointRule;
    /**
     * お会計: what it came to (R9).
     */
    checkout?: VisitSale;
    /**
     * 来店の取り消し: each visit that was taken back (R3).
     */
    corrections?: Correction[];
}

/**
 * A sale お会計 (R9): it closes a visit, or stands alone.
 */
export interface Sale {
    /**
     * What records point to; the number on its documents.
     */
    id: SaleId;
    /**
     * Who bought.
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * The visit that it closes.
     */
    reservation?: ReservationId;
    /**
     * 店舗
     */
    shop: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * When.
     */
    at: Instant;
    /**
     * Who took the money.
     */
    by: ActorId;
    /**
     * What was sold.
     */
    lines?: SaleLine[];
    /**
     * A discount on the whole 値引き, spread over the tax rates by their shares.
     */
    discount: Yen;
    /**
     * 合計 to the yen, tax included.
     */
    total: Yen;
    /**
     * The tax within the total, rate by rate (Q5).
     */
    taxes?: TaxLine[];
    /**
     * How it was paid; these come to the total.
     */
    payments?: Payment[];
    /**
     * Whether it stands.
     */
    state: SaleState;
}

/**
 * A salon's calendar (T2): where its clocks stand, and when its business day 営業日 begins. Never guessed, never UTC by default.
 */
export interface Calendar {
    /**
     * Minutes east of UTC; Japan's 540 by default. From −840 to 840.
     */
    utcOffsetMinutes: number;
    /**
     * The time of day at which the business day begins, in minutes after midnight; 0 by default. From 0 to 1,439.
     */
    dayStartsMinutes: number;
}

/**
 * A saved plan.
 */
export interface SavedTicketPlan {
    /**
     * Which.
     */
    plan: TicketPlanId;
    /**
     * Its version now.
     */
    version: number;
}

/**
 * A saved segment セグメント (S10): a condition under a name.
 */
export interface Segment {
    /**
     * The host's name for it.
     */
    id: SegmentId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * What staff call it, such as 休眠優良顧客.
     */
    name: string;
    /**
     * Who is in it.
     */
    condition: Condition;
}

/**
 * A saved segment.
 */
export interface SavedSegment {
    /**
     * Which.
     */
    segment: SegmentId;
    /**
     * Its version now; 0 once removed.
     */
    version: number;
}

/**
 * A segment that ships with the library.
 */
export interface Recipe {
    /**
     * A name to save it under.
     */
    segment: SegmentId;
    /**
     * What it is for, in English.
     */
    english: string;
    /**
     * 何のためか
     */
    japanese: string;
    /**
     * Who is in it.
     */
    condition: Condition;
}

/**
 * A segment, and what changed in it.
 */
export interface FollowedSegment {
    /**
     * Which.
     */
    segment: SegmentId;
    /**
     * How many are in it now.
     */
    total: number;
    /**
     * Whether this follower follows it from here on: then nobody has come or gone yet. Ask `findCustomers` who is in it.
     */
    begins?: boolean;
    /**
     * Who came since, by number of registration.
     */
    entered?: CustomerId[];
    /**
     * Who left since.
     */
    left?: CustomerId[];
}

/**
 * A single field in which the two differ.
 */
export interface FieldChoice {
    /**
     * The field, by its wire name.
     */
    field: string;
    /**
     * The target's value.
     */
    target?: string;
    /**
     * The source's value.
     */
    source?: string;
    /**
     * Whether the result has the source's.
     */
    takesSource?: boolean;
}

/**
 * A sold ticket 回数券 and its ledger (K2).
 */
export interface Ticket {
    /**
     * What records point to.
     */
    id: TicketId;
    /**
     * Who bought it: only their own reservations may use it (K6).
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * By which plan it was sold.
     */
    plan: TicketPlanId;
    /**
     * The plan's terms as they were then (K1).
     */
    terms: TicketTerms;
    /**
     * In which sale.
     */
    sale: SaleId;
    /**
     * The business day of the sale.
     */
    soldOn: Date;
    /**
     * 有効期限: the last day of service (K3).
     */
    expiresOn: Date;
    /**
     * Whatever happened to it, in order; the first is its purchase.
     */
    entries?: TicketEntry[];
}

/**
 * A span of days, both ends included; an end left out is open (T3).
 */
export interface DaySpan {
    /**
     * The first day.
     */
    from?: When;
    /**
     * The last day.
     */
    to?: When;
}

/**
 * A text that is searched in parts.
 */
export type TextField = "name" | "phone" | "email" | "postalCode" | "address" | "company" | "attribute";

/**
 * A ticket and who holds it.
 */
export interface TicketHolder {
    /**
     * Which.
     */
    ticket: TicketId;
    /**
     * By which plan it was sold.
     */
    plan: TicketPlanId;
    /**
     * 回数券名
     */
    name: string;
    /**
     * The business day of its sale.
     */
    soldOn: Date;
    /**
     * 有効期限: the last day of service.
     */
    expiresOn: Date;
    /**
     * 残り回数, held ones included.
     */
    remaining: number;
    /**
     * Kept for reservations.
     */
    held: number;
    /**
     * 消化回数
     */
    used: number;
    /**
     * The holder.
     */
    customer: CustomerRow;
}

/**
 * A ticket with uses left.
 */
export interface LostTicket {
    /**
     * Which.
     */
    ticket: TicketId;
    /**
     * 回数券名
     */
    name: string;
    /**
     * 残り回数, held ones included.
     */
    remaining: number;
    /**
     * Its last day.
     */
    expiresOn: Date;
}

/**
 * A ticket with what its ledger comes to (K8).
 */
export interface TicketRow {
    /**
     * The record, with its history.
     */
    ticket: Ticket;
    /**
     * 残り回数, held ones included.
     */
    remaining: number;
    /**
     * Kept for reservations.
     */
    held: number;
    /**
     * 消化回数
     */
    used: number;
    /**
     * Whether today is after its last day.
     */
    expired?: boolean;
}

/**
 * A value of a field.
 */
export interface SearchValue {
    /**
     * Its word in English; what the salon itself named has only its own name.
     */
    english: string;
    /**
     * 日本語の語
     */
    japanese: string;
}

/**
 * A visit among the others.
 */
export interface VisitMark {
    /**
     * Which.
     */
    visit: VisitRef;
    /**
     * Where it stands in time: the reservation's start; the middle of the day of one by hand.
     */
    at: Instant;
    /**
     * The day of one by hand.
     */
    day?: Date;
    /**
     * The menus done 最終利用メニュー (N6).
     */
    menus?: MenuId[];
}

/**
 * A visit entered by hand 来店・利用金額詳細 (N1, N5).
 */
export interface ManualVisit {
    /**
     * What records point to.
     */
    id: ManualVisitId;
    /**
     * Whose it is.
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * ご利用日: the business day.
     */
    day: Date;
    /**
     * The middle of that day: where the visit stands among those of reservations.
     */
    at: Instant;
    /**
     * 店舗
     */
    shop?: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * メニュー
     */
    menus?: MenuId[];
    /**
     * ご利用金額
     */
    amount: Yen;
    /**
     * 接客メモ
     */
    serviceMemo?: string;
    /**
     * 提案メモ
     */
    proposalMemo?: string;
    /**
     * The reservation whose details these are. The reservation counts then, and this does not (N1).
     */
    reservation?: ReservationId;
    /**
     * What it earns, as it was when entered (Z1).
     */
    earns?: PointRule;
    /**
     * Who entered it.
     */
    enteredBy: ActorId;
    /**
     * When it was entered.
     */
    enteredAt: Instant;
}

/**
 * A visit that was entered, corrected or deleted.
 */
export interface EnteredVisit {
    /**
     * Which.
     */
    visit: ManualVisitId;
    /**
     * Its version now; 0 once deleted.
     */
    version: number;
    /**
     * Points earned now, less those taken back; left out where none moved.
     */
    points?: number;
}

/**
 * A visit that was taken back (R3).
 */
export interface Correction {
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * Why.
     */
    reason: string;
}

/**
 * A voided sale.
 */
export interface VoidedSale {
    /**
     * Which.
     */
    sale: SaleId;
    /**
     * The visit that is open again.
     */
    reservation?: ReservationId;
    /**
     * What was paid at the till and is to be given back.
     */
    refund: Yen;
    /**
     * How many points more the customer can spend now, or fewer: come back, earned, taken back. Left out where that is the same.
     */
    points?: number;
}

/**
 * Adds a visit by hand (N5).
 */
export interface AddVisit {
    /**
     * Whose.
     */
    customer: CustomerId;
    /**
     * The visit.
     */
    form: VisitForm;
}

/**
 * Adds customers' figures up from nothing (N10): for a ledger that was written before figures were kept, or one that `check` found wrong.
 */
export interface RecountFigures {
    /**
     * Whose, at most 1,000.
     */
    customers?: CustomerId[];
}

/**
 * An adjusted balance.
 */
export interface AdjustedPoints {
    /**
     * The balance now.
     */
    balance: number;
}

/**
 * An amount (N8).
 */
export type MoneyField = "amount" | "average" | "due";

/**
 * An amount in whole yen 円. Never a float; never wraps.
 */
export type Yen = number;

/**
 * An amount or a share of the lines' price (R6).
 */
export type Charge = { type: "yen"; amount: Yen } | { type: "percent"; percent: number };

/**
 * An e-mail address (C5).
 */
export interface Email {
    /**
     * As typed.
     */
    entered: string;
    /**
     * Trimmed, NFKC, lower-cased: what is compared.
     */
    key: string;
    /**
     * A real address, or one made from a phone number (P2).
     */
    kind: EmailKind;
}

/**
 * An e-mail address (C5). Not unique: families share one.
 */
export interface EmailAddress {
    /**
     * As typed, without white space at the ends and without invisible characters: what to write to.
     */
    entered: string;
    /**
     * What is compared: NFKC, lower-cased. Dots and +tags stay.
     */
    key: string;
}

/**
 * An edited customer.
 */
export interface Edited {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * The version now.
     */
    version: number;
}

/**
 * An entry of a customer on a list (G2). Removed entries stay as history.
 */
export interface Listing {
    /**
     * What records point to.
     */
    id: ListingId;
    /**
     * Who is listed.
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * Which list.
     */
    list: ListKind;
    /**
     * メモ: why.
     */
    memo: string;
    /**
     * When it was entered.
     */
    addedAt: Instant;
    /**
     * Who entered it.
     */
    addedBy: ActorId;
    /**
     * Whether it still stands.
     */
    state: ListingState;
}

/**
 * An entry of the journal, as far as it is about the person.
 */
export interface DisclosedEntry {
    /**
     * Its place in the log.
     */
    sequence: number;
    /**
     * When.
     */
    at: Instant;
    /**
     * Who.
     */
    by: ActorId;
    /**
     * What that account may do.
     */
    role: Role;
    /**
     * Through what.
     */
    channel: Channel;
    /**
     * The command's name.
     */
    command: string;
    /**
     * What changed of theirs.
     */
    changes?: DisclosedChange[];
}

/**
 * An erased customer.
 */
export interface Erased {
    /**
     * Who it was.
     */
    customer: CustomerId;
    /**
     * Their customer number お客様番号: it resolves to a record that shows nothing.
     */
    number: number;
    /**
     * How many records held something personal, theirs and what hung on it.
     */
    records: number;
    /**
     * How many changes in the journal did.
     */
    parts: number;
}

/**
 * An import run (I5): how far it came, and what undoing it would take back.
 */
export interface Import {
    /**
     * The host's id.
     */
    id: ImportId;
    /**
     * When it began.
     */
    beganAt: Instant;
    /**
     * By whom.
     */
    by: ActorId;
    /**
     * The last row taken, as numbered in the sheet.
     */
    lastRow: number;
    /**
     * 成功
     */
    imported: number;
    /**
     * データエラー
     */
    errors: number;
    /**
     * すでに存在する顧客
     */
    existing: number;
    /**
     * Rows in which nothing was written: they are no rows of I2, and are counted so that none is skipped silently.
     */
    blank: number;
    /**
     * Customers whose blanks were filled (I3's policy), in the order it was done.
     */
    filled?: ImportFill[];
    /**
     * When it was undone.
     */
    undoneAt?: Instant;
}

/**
 * An import taken back.
 */
export interface UndoneImport {
    /**
     * How many customers were removed.
     */
    removed: number;
    /**
     * How many customers, who were there before, have their blanks back.
     */
    restored: number;
}

/**
 * An import's figures: how far it came, and whether it was undone.
 */
export interface GetImport {
    /**
     * Which import.
     */
    import: ImportId;
}

/**
 * An instant: milliseconds since 1970-01-01T00:00:00Z. Always given by the caller; nothing here reads a clock (T1).
 */
export type Instant = number;

/**
 * An invariant that does not hold.
 */
export interface Breach {
    /**
     * The rule, such as `C7`.
     */
    rule: string;
    /**
     * The kind of the record at fault; `entry` for an entry of the log.
     */
    kind: string;
    /**
     * Its id, or the sequence of the entry.
     */
    id: string;
    /**
     * What is wrong, without personal data.
     */
    detail: string;
}

/**
 * An open reservation, as far as a new one must know (R8).
 */
export interface OpenReservation {
    /**
     * Which.
     */
    id: ReservationId;
    /**
     * Its start.
     */
    start: Instant;
    /**
     * Its end.
     */
    end: Instant;
    /**
     * 仮予約: it holds no time yet.
     */
    tentative?: boolean;
}

/**
 * Asks for the journal: the entries of the log after one of them, in order (A1).
 */
export interface ReadJournal {
    /**
     * After which entry; 0: from the first.
     */
    since: number;
    /**
     * How many at most: 1 to 1,000.
     */
    limit: number;
}

/**
 * Books a reservation 予約 (R1). How it was booked 予約方法 is the channel of the call.
 */
export interface Book {
    /**
     * Whose it is.
     */
    customer: CustomerId;
    /**
     * 店舗
     */
    shop: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * Menus, at least one.
     */
    lines?: Line[];
    /**
     * Start.
     */
    start: Instant;
    /**
     * End, at most 24 hours after the start.
     */
    end: Instant;
    /**
     * 予約時コメント
     */
    comment?: string;
    /**
     * 事前決済を利用する; only where the salon offers it (R2).
     */
    prepay?: boolean;
    /**
     * 仮予約: to be confirmed later.
     */
    tentative?: boolean;
    /**
     * 回数券 that shall pay for it: held until it is visited or cancelled (K4).
     */
    tickets?: TicketWish[];
}

/**
 * By what was paid.
 */
export type PaymentMethod = "cash" | "card" | "electronic" | "other" | "prepayment" | "points";

/**
 * Changed settings.
 */
export interface Configured {
    /**
     * Their version now.
     */
    version: number;
}

/**
 * Changes the settings. What is left out takes its default, so read them first.
 */
export interface ConfigureSalon {
    /**
     * The settings as they shall be; `version` is the one they are based on.
     */
    settings: Settings;
}

/**
 * Confirmed reservations whose start has come, and nobody has said whether their customers did (R7); the longest ago first.
 */
export interface ListUnresolved {
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * Corrects a visit that was entered by hand (N5).
 */
export interface EditVisit {
    /**
     * Which.
     */
    visit: ManualVisitId;
    /**
     * The version that the form was read from.
     */
    basedOn: number;
    /**
     * The visit as it shall be.
     */
    form: VisitForm;
}

/**
 * Customers in order, packed.
 */
export interface PackedCustomers {
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
    /**
     * The customers of this page and their columns.
     */
    packed?: Packed;
}

/**
 * Customers who look like somebody, the likeliest first; at most 20.
 */
export interface PossibleDuplicates {
    /**
     * Who, and why.
     */
    customers?: LooksLike[];
    /**
     * How many there are, those that are not shown included.
     */
    total: number;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * Deletes a visit that was entered by hand (N5). The journal keeps it.
 */
export interface RemoveVisit {
    /**
     * Which.
     */
    visit: ManualVisitId;
    /**
     * The version that was seen.
     */
    basedOn: number;
}

/**
 * Documents of a sale.
 */
export type DocumentKind = "invoice" | "receipt" | "deliveryNote";

/**
 * Edits the memo of an entry (G2).
 */
export interface EditListing {
    /**
     * Which entry.
     */
    listing: ListingId;
    /**
     * The version the memo was read from.
     */
    basedOn: number;
    /**
     * The memo; not blank.
     */
    memo: string;
}

/**
 * Entries of the journal, oldest first.
 */
export interface Journal {
    /**
     * The entries; fewer than asked for only at the end.
     */
    entries?: JournalEntry[];
}

/**
 * Every segment of the salon.
 */
export interface GetSegments {}

/**
 * Every ticket plan of the salon.
 */
export interface GetTicketPlans {}

/**
 * Everything the ledger holds of one person, as it is kept. Nothing in it depends on the day it is asked for.
 */
export interface Disclosure {
    /**
     * The place of the log this is as of.
     */
    sequence: number;
    /**
     * The record, 店舗コメント, former names and a pending request included.
     */
    customer: Customer;
    /**
     * The id asked for, if it was merged into this customer.
     */
    mergedFrom?: CustomerId;
    /**
     * The records of those who were merged into them: the same person (M6).
     */
    merged?: Customer[];
    /**
     * Reservations of every state, those entered in error included.
     */
    reservations?: Reservation[];
    /**
     * Visits that were entered by hand.
     */
    visits?: ManualVisit[];
    /**
     * Sales, voided ones included.
     */
    sales?: Sale[];
    /**
     * Tickets with all that happened to them.
     */
    tickets?: Ticket[];
    /**
     * Points with all that happened to them.
     */
    points?: PointLot[];
    /**
     * Entries on the watch, grey and black list, removed ones included.
     */
    listings?: Listing[];
    /**
     * What all of that comes to (N).
     */
    figures?: Figures;
    /**
     * Blocks that outlive a record: digests of how they can be reached (G5).
     */
    blocks?: Block[];
    /**
     * The merge history 統合履歴, oldest first.
     */
    merges?: DisclosedMerge[];
    /**
     * 別人: when they were marked as not the same person as somebody (D2).
     */
    marks?: DisclosedMark[];
    /**
     * Every change of any of this, also of what was removed since: when, by whom, before and after (A1).
     */
    journal?: DisclosedEntry[];
}

/**
 * Exactly one of three (I2).
 */
export type RowResult = { type: "imported"; customer: CustomerId; number: number; suggestions: Candidate[]; moreSuggestions: boolean; returns?: Return[] } | { type: "existing"; customer: CustomerId; others: CustomerId[]; filled: string[] } | { type: "error"; problems: CellProblem[] };

/**
 * From so much to so much, both included; an end left out is open.
 */
export interface YenRange {
    /**
     * The least.
     */
    from?: Yen;
    /**
     * The most.
     */
    to?: Yen;
}

/**
 * Gender 性別, as the salon's form offers it.
 */
export type Gender = "female" | "male" | "other";

/**
 * Gives or takes uses by hand (K2).
 */
export interface AdjustTicket {
    /**
     * Which ticket.
     */
    ticket: TicketId;
    /**
     * More, or fewer: at most so many as are free.
     */
    uses: number;
    /**
     * Why.
     */
    reason: string;
}

/**
 * How a customer enters the ledger; it decides what is required (C2).
 */
export type EntryPath = "counter" | "phone" | "import" | "line";

/**
 * How a customer stands to each condition of a question (S11).
 */
export interface Explanation {
    /**
     * Whether the customer is found by it. Whoever is withdrawn or erased is not, whatever holds (S8).
     */
    found?: boolean;
    /**
     * What the customer's record is: of any but an active one, why it is not found (S8).
     */
    state: CustomerState;
    /**
     * The conditions.
     */
    tree: Explained;
    /**
     * The same as a text of several lines; of whoever is not active, the first says so.
     */
    text: string;
}

/**
 * How long points last after the day on which they were earned; the last day counts.
 */
export type PointValidity = { type: "forever" } | { type: "days"; days: number } | { type: "months"; months: number };

/**
 * How many (S4).
 */
export type Count = { type: "exactly"; count: number } | { type: "between"; from: number; to: number } | { type: "atLeast"; count: number } | { type: "atMost"; count: number };

/**
 * How many ids and numbers were given out, so that none is given twice (C7).
 */
export interface Counters {
    /**
     * The last customer number.
     */
    number?: number;
    /**
     * The lowest number on somebody's old card that was ahead of the count when it was added: from there on each number is looked up
     * before it is given out.
     */
    oldCardsFrom?: number;
    /**
     * Customers.
     */
    customers?: number;
    /**
     * Reservations.
     */
    reservations?: number;
    /**
     * List entries.
     */
    listings?: number;
    /**
     * Merges.
     */
    merges?: number;
    /**
     * Visits by hand.
     */
    manualVisits?: number;
    /**
     * Sales.
     */
    sales?: number;
    /**
     * Tickets.
     */
    tickets?: number;
    /**
     * Lots of points.
     */
    pointLots?: number;
}

/**
 * How much two records look like one person's (D1).
 */
export type Likelihood = "possible" | "likely";

/**
 * How somebody on LINE was found (L1).
 */
export type LineIdentity = "known" | "linked" | "registered";

/**
 * Ids of customers, in order.
 */
export interface FoundCustomers {
    /**
     * The customers of this page.
     */
    customers?: CustomerId[];
    /**
     * How many there are on all pages together.
     */
    total: number;
    /**
     * What to ask the next page with; none on the last.
     */
    cursor?: string;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * LINE予約のお客様: whose a booking through LINE is (L1). Whoever has the account already is found; else it is linked to the one active customer whose 姓名
 * and real e-mail are exactly these; else they are a new customer, and staff are told who they may be. Then book for the customer it answers: a
 * blacklisted one is linked all the same, and the gate refuses (L2, G3).
 */
export interface IdentifyLineCustomer {
    /**
     * The account.
     */
    line: LineLink;
    /**
     * What they filled in.
     */
    form: CustomerForm;
}

/**
 * LINE連携: links a LINE account to a customer, or renews the name and picture that LINE shows.
 */
export interface LinkLine {
    /**
     * Whose it is.
     */
    customer: CustomerId;
    /**
     * The account; left out: the link is taken away.
     */
    line?: LineLink;
}

/**
 * Labels, in the manual's order.
 */
export interface Labels {
    /**
     * The labels.
     */
    labels?: OfferedLabel[];
}

/**
 * Lines of the customer list.
 */
export interface CustomerRows {
    /**
     * The lines, in the order asked for; whoever is not active has none.
     */
    customers?: CustomerRow[];
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * Lines of the merge history, newest first (M8).
 */
export interface Merges {
    /**
     * The lines.
     */
    merges?: MergeRow[];
}

/**
 * List entries, oldest first, removed ones included: who did what, and when, stays (G2).
 */
export interface Listings {
    /**
     * The entries.
     */
    listings?: Listing[];
}

/**
 * Mail for the host to send; the address is the customer's first real one.
 */
export interface MailNotice {
    /**
     * To whom.
     */
    customer: CustomerId;
    /**
     * Which mail.
     */
    kind: NoticeKind;
}

/**
 * Moves a reservation along (R3).
 */
export interface MoveReservation {
    /**
     * Which reservation.
     */
    reservation: ReservationId;
    /**
     * What happens to it.
     */
    to: Move;
}

/**
 * One cell セル of a row, as its file has it (I7). Nothing is interpreted here: a date is the number its file stores, and a number stays
 * the decimal literal it is in the file, since a float would lose the last digit of a long telephone number.
 */
export type Cell = { type: "empty" } | { type: "text"; text: string } | { type: "number"; literal: string } | { type: "boolean"; value: boolean } | { type: "error"; text: string };

/**
 * One change of a record with personal data, whole (A1). The log holds its plain fields and this part's salted digest, so removing it (W4)
 * breaks no chain.
 */
export interface Sealed {
    /**
     * The entry of the log.
     */
    sequence: number;
    /**
     * When the command was given.
     */
    at: Instant;
    /**
     * Which change of the entry, from 0.
     */
    index: number;
    /**
     * The kind of the record changed.
     */
    kind: Kind;
    /**
     * The id of the record changed.
     */
    id: string;
    /**
     * What was done to it.
     */
    operation: Operation;
    /**
     * Whose personal data it is.
     */
    customer?: CustomerId;
    /**
     * Random, in hexadecimal; without it the digest says nothing. Empty once the part was erased: what was personal is gone from the fields, and with
     * it all that the log's digest stood for.
     */
    salt: string;
    /**
     * The fields that changed.
     */
    fields: ChangedFields;
}

/**
 * One condition of a question, and how a customer stands to it (S11).
 */
export interface Explained {
    /**
     * The condition as a line of the query language; only its joint (and, or, not) where it holds others.
     */
    condition: string;
    /**
     * Whether it holds.
     */
    holds?: boolean;
    /**
     * What the customer has there, to be shown to staff; left out where it holds others.
     */
    value?: string;
    /**
     * The conditions that it holds, in their order.
     */
    of?: Explained[];
}

/**
 * One customer, by id.
 */
export interface GetCustomer {
    /**
     * Who; a merged id resolves to its target (M6).
     */
    customer: CustomerId;
}

/**
 * One entry of a salon's log, as a store keeps it: bytes and their hash. The body names the hash of the entry before, so a changed byte is found (A1).
 */
export interface Entry {
    /**
     * Its place in the log, from 1, without gaps.
     */
    sequence: number;
    /**
     * An [`EntryBody`] as JSON text. Never rewritten.
     */
    body: string;
    /**
     * SHA-256 of the body, in hexadecimal.
     */
    hash: string;
}

/**
 * One entry of the journal: who, when, through what, which command, what changed (A1).
 */
export interface JournalEntry {
    /**
     * Its place in the log.
     */
    sequence: number;
    /**
     * When.
     */
    at: Instant;
    /**
     * Who.
     */
    actor: Actor;
    /**
     * Through what.
     */
    channel: Channel;
    /**
     * The command's name.
     */
    command: string;
    /**
     * Its idempotency key.
     */
    key: CommandKey;
    /**
     * What changed.
     */
    changes?: JournalChange[];
}

/**
 * One line of the merge history: who, when, which records, what moved.
 */
export interface MergeRow {
    /**
     * The line.
     */
    merge: Merge;
    /**
     * Records that moved, by kind, as shown to staff: `reservation 12`.
     */
    summary?: string[];
}

/**
 * One record's change in the journal.
 */
export interface EntryChange {
    /**
     * The record's kind.
     */
    kind: Kind;
    /**
     * The record's id.
     */
    id: string;
    /**
     * What was done to it.
     */
    operation: Operation;
    /**
     * Whose record it is.
     */
    customer?: CustomerId;
    /**
     * The fields that changed and are nobody's secret.
     */
    fields: ChangedFields;
    /**
     * The salted digest of the personal fields, which lie apart.
     */
    sealed?: string;
}

/**
 * One record's change in the journal.
 */
export interface JournalChange {
    /**
     * The record's kind.
     */
    kind: Kind;
    /**
     * The record's id.
     */
    id: string;
    /**
     * What was done to it.
     */
    operation: Operation;
    /**
     * Whose record it is.
     */
    customer?: CustomerId;
    /**
     * The fields that changed, personal ones included.
     */
    fields?: JournalField[];
    /**
     * Whether what was personal in the fields was taken away since, by an erasure (W4).
     */
    erased?: boolean;
}

/**
 * One repair of a cell, before and after (I4).
 */
export interface Repair {
    /**
     * The column's place, 1 for A.
     */
    position: number;
    /**
     * The column's heading, as the file has it: of a longer one the first 100 characters and `…`.
     */
    column: string;
    /**
     * What was repaired.
     */
    kind: RepairKind;
    /**
     * What the file has: of a longer text the first 200 characters and `…`.
     */
    before: string;
    /**
     * What was taken for it, shown like that too; where one cell became several fields, they stand apart by ` / `.
     */
    after: string;
}

/**
 * One row of a file.
 */
export interface ImportRow {
    /**
     * Its number as the spreadsheet program shows it, from 1.
     */
    row: number;
    /**
     * Its cells from column A on.
     */
    cells?: Cell[];
}

/**
 * One rule of a salon's form (C2).
 */
export interface FieldRule {
    /**
     * On which path.
     */
    path: EntryPath;
    /**
     * Which field.
     */
    field: CustomerField;
    /**
     * What holds.
     */
    usage: FieldUse;
}

/**
 * One thing that speaks for one person, or against (D1).
 */
export interface Signal {
    /**
     * What was compared.
     */
    matter: Matter;
    /**
     * What it says.
     */
    says: Says;
    /**
     * What it counts; below zero it speaks against.
     */
    points: number;
    /**
     * The same for people, without anybody's data.
     */
    text: string;
}

/**
 * One thing to load from the store.
 */
export type Read = { by: "id"; kind: Kind; id: string } | { by: "parent"; kind: Kind; parent: string } | { by: "key"; kind: Kind; key: string };

/**
 * One thing wrong with a row (I2): データエラー.
 */
export interface CellProblem {
    /**
     * The row, as numbered in the sheet.
     */
    row: number;
    /**
     * The column's place, 1 for A; left out where the file has no such column.
     */
    position?: number;
    /**
     * The column's heading, as the file has it: of a longer one the first 100 characters and `…`.
     */
    column: string;
    /**
     * The field of the customer form.
     */
    field: string;
    /**
     * What the file has: of a longer text the first 200 characters and `…`. Personal: show it, do not log it.
     */
    value?: string;
    /**
     * The error's stable code.
     */
    code: string;
    /**
     * The error in words, without the value.
     */
    reason: string;
    /**
     * Column and reason in Japanese, for staff: `電話番号：電話番号に数字がありません。` It repeats nothing of the cell.
     */
    japanese?: string;
}

/**
 * One ticket with its history (K8).
 */
export interface GetTicket {
    /**
     * Which.
     */
    ticket: TicketId;
}

/**
 * One tier of the cancellation fee (R6).
 */
export interface FeeTier {
    /**
     * It counts for cancels less than so many hours before the start, 0 to 8,760.
     */
    hoursBefore: number;
    /**
     * What falls due.
     */
    charge: Charge;
}

/**
 * Points with one expiry, and where they went (Z1). A source has one lot, and another where it was corrected upwards after the first expired.
 */
export interface PointLot {
    /**
     * What records point to.
     */
    id: PointLotId;
    /**
     * Whose they are.
     */
    customer: CustomerId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * What earned them.
     */
    source: PointSource;
    /**
     * 有効期限: the last day on which they can be spent; left out: for ever.
     */
    expiresOn?: Date;
    /**
     * What the source has earned and not given back: less than at first once it was corrected or undone.
     */
    granted: number;
    /**
     * How much of that it should have given back, and nobody had: collected when spent points come back.
     */
    owed?: number;
    /**
     * Whatever happened to them, in order.
     */
    entries?: PointEntry[];
}

/**
 * Points with their history.
 */
export interface PointHistory {
    /**
     * What they come to.
     */
    now: PointBalance;
    /**
     * The lots, in the order they were earned, spent and expired ones included.
     */
    lots?: PointLot[];
}

/**
 * Puts a customer on a list (G2).
 */
export interface AddListing {
    /**
     * Who; an existing active customer.
     */
    customer: CustomerId;
    /**
     * Which list.
     */
    list: ListKind;
    /**
     * メモ: why; not blank.
     */
    memo: string;
}

/**
 * Rates of the consumption tax 消費税率.
 */
export type TaxRate = "standard" | "reduced";

/**
 * Reads a file's heading row, see [`read_heading`]. It asks nothing of the ledger.
 */
export interface ReadHeading {
    /**
     * The first row of the file.
     */
    cells?: Cell[];
}

/**
 * Reads a line of the query language (S10).
 */
export interface ParseQuery {
    /**
     * The line.
     */
    query: string;
    /**
     * The language in which an error lists what was expected; its sentence comes in both.
     */
    tongue: Tongue;
}

/**
 * Recounted figures.
 */
export interface RecountedFigures {
    /**
     * How many customers' figures were others.
     */
    corrected: number;
}

/**
 * Registers a customer 新規登録 by the counter form, or by a booking through LINE.
 */
export interface RegisterCustomer {
    /**
     * By which form: counter or LINE. Phone registration and import have commands of their own.
     */
    path: EntryPath;
    /**
     * What was filled in.
     */
    form: CustomerForm;
    /**
     * The LINE account, on the path of LINE.
     */
    line?: LineLink;
}

/**
 * Reservations, the latest start first. Those entered in error are in no list (R2).
 */
export interface Reservations {
    /**
     * The reservations.
     */
    reservations?: ReservationRow[];
}

/**
 * Rows, counted: the first three are I2's, and sum to the rows that hold anything.
 */
export interface ImportCounts {
    /**
     * 成功
     */
    imported: number;
    /**
     * データエラー
     */
    errors: number;
    /**
     * すでに存在する顧客
     */
    existing: number;
    /**
     * Rows in which nothing was written: they are no rows of I2.
     */
    blank: number;
}

/**
 * Sales, the latest first.
 */
export interface SalesHistory {
    /**
     * The sales, voided ones included.
     */
    sales?: Sale[];
    /**
     * How many stand.
     */
    count: number;
    /**
     * What those come to.
     */
    total: Yen;
}

/**
 * Saves a segment, or changes one (S10).
 */
export interface SaveSegment {
    /**
     * The host's name for it.
     */
    segment: SegmentId;
    /**
     * The version that the condition was read from; 0 for a new segment.
     */
    basedOn: number;
    /**
     * What staff call it.
     */
    name: string;
    /**
     * Who is in it. It may use other segments, but none that uses this one. Any label may be named: whether it is offered is asked when the segment
     * is (R2).
     */
    condition: Condition;
}

/**
 * Segments, by id.
 */
export interface Segments {
    /**
     * The segments.
     */
    segments?: Segment[];
}

/**
 * Somebody marked them as not the same person as another (D2).
 */
export interface DisclosedMark {
    /**
     * When.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
}

/**
 * Somebody who has left, and why (W3).
 */
export interface WithdrawnRow {
    /**
     * Who.
     */
    id: CustomerId;
    /**
     * お客様番号
     */
    number: number;
    /**
     * 姓
     */
    familyName: string;
    /**
     * 名
     */
    givenName: string;
    /**
     * セイ
     */
    familyKana?: string;
    /**
     * メイ
     */
    givenKana?: string;
    /**
     * LINE名 and 画像(LINE); left out: was not linked.
     */
    line?: LineFace;
    /**
     * メールアドレス as entered, the main one first.
     */
    emails?: string[];
    /**
     * 電話番号 as entered, the main one first.
     */
    phones?: string[];
    /**
     * 流入経路
     */
    channels?: string[];
    /**
     * 退会理由 (W1)
     */
    reason: string;
    /**
     * 退会日時
     */
    withdrawnAt: Instant;
}

/**
 * Somebody who may be the same person; nothing was linked or merged. For staff only: the person themselves is never told.
 */
export interface Candidate {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * What they have in common, the name first.
     */
    why?: Likeness[];
    /**
     * Whether they have left 退会済み: whoever returns is a new customer (W3).
     */
    withdrawn?: boolean;
}

/**
 * Somebody who was erased: nothing but that.
 */
export interface ErasedRow {
    /**
     * Who it was.
     */
    id: CustomerId;
    /**
     * お客様番号
     */
    number: number;
    /**
     * 消去日時
     */
    erasedAt: Instant;
}

/**
 * Something that could be written.
 */
export interface Completion {
    /**
     * Where, in characters from 1: what stands from there on begins it.
     */
    column: number;
    /**
     * What to write in the place of that; or what is expected, such as a number.
     */
    text: string;
    /**
     * Whether the text is what to write.
     */
    literal?: boolean;
}

/**
 * Something that is counted (N).
 */
export type CountField = "visits" | "reservations" | "cancellations";

/**
 * Something that is so of a customer, or is not.
 */
export type Flag = "line" | "lastMinuteCancel" | "noShow" | "account" | "newsletter" | "phoneRegistration";

/**
 * Something that staff should know before they book.
 */
export type GateReason = { type: "blacklisted" } | { type: "notActive"; state: CustomerState } | { type: "unpaidFee"; amount: Yen } | { type: "greyListed" } | { type: "watched" };

/**
 * Takes a merge back (M8): only where the salon's policy opens a window for it.
 */
export interface Unmerge {
    /**
     * Which merge.
     */
    merge: MergeId;
}

/**
 * Takes a segment away (S10).
 */
export interface RemoveSegment {
    /**
     * Which; no other segment may use it.
     */
    segment: SegmentId;
    /**
     * The version that was seen.
     */
    basedOn: number;
}

/**
 * Takes an import back while nobody has touched its customers (I5): those it made are removed, those whose blanks it filled are as they were.
 * Their numbers are not given out again (C7), and the import's id is spent.
 */
export interface UndoImport {
    /**
     * Which import.
     */
    import: ImportId;
}

/**
 * The booking axis (R2).
 */
export type BookingState = { type: "tentative" } | { type: "confirmed" } | { type: "visited"; at: Instant } | { type: "cancelled"; by: CancelledBy; at: Instant; timing: CancelTiming } | { type: "noShow"; at: Instant } | { type: "enteredInError"; at: Instant };

/**
 * The boxes `[ ]日[ ]回以上` of the form (N7).
 */
export interface FrequencyBox {
    /**
     * So many days, from 1.
     */
    days: number;
    /**
     * At least so often, from 1.
     */
    times: number;
}

/**
 * The cancellation fee axis キャンセル料 (R2).
 */
export type Fee = { type: "none" } | { type: "due"; amount: Yen } | { type: "paid"; amount: Yen } | { type: "waived"; amount: Yen; by: ActorId; reason: string };

/**
 * The customer form 顧客情報: what staff see and change. In an edit it replaces the whole: a field left out is emptied.
 */
export interface CustomerForm {
    /**
     * 姓
     */
    familyName?: string;
    /**
     * 名
     */
    givenName?: string;
    /**
     * セイ: any kana, kept as full-width katakana (C3)
     */
    familyKana?: string;
    /**
     * メイ
     */
    givenKana?: string;
    /**
     * 電話番号, the main one first (C4)
     */
    phones?: string[];
    /**
     * メールアドレス, the main one first (C5)
     */
    emails?: string[];
    /**
     * 生年月日: `yyyy-mm-dd`, or `--mm-dd` where the year is not known (C6)
     */
    birthday?: string;
    /**
     * 性別
     */
    gender?: Gender;
    /**
     * 郵便番号
     */
    postalCode?: string;
    /**
     * 都道府県
     */
    prefecture?: string;
    /**
     * 市区町村・番地
     */
    cityStreet?: string;
    /**
     * 建物名など
     */
    building?: string;
    /**
     * 顧客属性
     */
    attributes?: string[];
    /**
     * 流入経路
     */
    channels?: string[];
    /**
     * 法人名・会社名
     */
    company?: string;
    /**
     * 部署名
     */
    department?: string;
    /**
     * FAX番号
     */
    fax?: string;
    /**
     * HPアドレス
     */
    homePage?: string;
    /**
     * メルマガ受信; left out: nobody asked
     */
    newsletter?: NewsletterForm;
    /**
     * 店舗コメント・備考
     */
    shopComment?: string;
    /**
     * 画像
     */
    pictures?: string[];
    /**
     * フリー項目
     */
    customFields?: CustomField[];
    /**
     * Old card numbers (C7)
     */
    numberAliases?: string[];
    /**
     * 初回登録日; left out: today for a new customer, unchanged in an edit
     */
    registeredOn?: Date;
    /**
     * ユーザー登録 有/無
     */
    hasAccount?: boolean;
}

/**
 * The eight labels 予約ステータス (R2).
 */
export type Label = "tentative" | "prepaymentUnpaid" | "upcoming" | "prepaid" | "visited" | "feeUnpaid" | "shopCancelledPrepaid" | "cancelled";

/**
 * The fields a salon's forms can rule (C2).
 */
export type CustomerField = "familyName" | "givenName" | "familyKana" | "givenKana" | "phones" | "emails" | "birthday" | "gender" | "postalCode" | "prefecture" | "cityStreet" | "building" | "attributes" | "channels" | "company" | "department" | "fax" | "homePage";

/**
 * The five recipes of the manual (S12).
 */
export interface ListRecipes {
    /**
     * The menu whose regulars are asked for; without one that recipe is left out.
     */
    menu?: MenuId;
}

/**
 * The form of a visit by hand. In an edit it replaces the whole.
 */
export interface VisitForm {
    /**
     * ご利用日, not in the future.
     */
    day: Date;
    /**
     * 店舗
     */
    shop?: ShopId;
    /**
     * 担当スタッフ
     */
    staff?: StaffId;
    /**
     * メニュー, at most 50.
     */
    menus?: MenuId[];
    /**
     * ご利用金額
     */
    amount?: Yen;
    /**
     * 接客メモ
     */
    serviceMemo?: string;
    /**
     * 提案メモ
     */
    proposalMemo?: string;
    /**
     * The reservation whose details these are, one that was visited; the visit then counts as that one only (N1).
     */
    reservation?: ReservationId;
}

/**
 * The form 更新 filled from a customer: the edit that changes nothing yet, to be changed and given to `editCustomer`. Whoever fills in a form by
 * hand must fill in all of it, since a field that is left out is emptied.
 */
export interface GetCustomerForm {
    /**
     * Who; a merged id resolves to its target (M6). They must not have left.
     */
    customer: CustomerId;
}

/**
 * The gate's answer (G3).
 */
export interface Gate {
    /**
     * Allowed, allowed with warnings, denied.
     */
    verdict: Verdict;
    /**
     * What the customer may be shown; only with a denial. It never reveals the black list.
     */
    publicMessage?: string;
    /**
     * What staff may know, gravest first. Empty when a customer asks.
     */
    staffReasons?: GateReason[];
}

/**
 * The gate's verdict.
 */
export type Verdict = "allowed" | "allowedWithWarnings" | "denied";

/**
 * The kind of a line.
 */
export type LineKind = "basic" | "option" | "ticket";

/**
 * The kinds of record a store keeps.
 */
export type Kind = "settings" | "counters" | "customer" | "reservation" | "manualVisit" | "sale" | "ticketPlan" | "ticket" | "pointLot" | "figures" | "listing" | "merge" | "segment" | "notSame" | "import" | "block" | "receipt" | "sealed";

/**
 * The labels that a form may offer: the setting's, and those still in use (R2).
 */
export interface ListLabels {}

/**
 * The lines of the customer list for some customers (C10), such as those that come into sight of a list made by [`FindCustomers`].
 */
export interface GetCustomerRows {
    /**
     * Whose, at most 1,000.
     */
    customers?: CustomerId[];
}

/**
 * The merge history 統合履歴 of one customer, as source and as target.
 */
export interface GetMerges {
    /**
     * Who.
     */
    customer: CustomerId;
}

/**
 * The order of a customer list (S9). Ties stand by customer number, ascending in both directions. Who has nothing to be sorted by (no
 * kana, no visit yet) stands last in both directions: a list turned round should begin with somebody.
 */
export interface CustomerSort {
    /**
     * By what.
     */
    by: SortBy;
    /**
     * 降順
     */
    descending?: boolean;
}

/**
 * The part of a total that falls under one rate.
 */
export interface TaxLine {
    /**
     * The rate.
     */
    rate: TaxRate;
    /**
     * What was charged at this rate, tax included, discounts taken off.
     */
    amount: Yen;
    /**
     * The tax within it.
     */
    tax: Yen;
}

/**
 * The prepayment axis 事前決済 (R2).
 */
export type Prepayment = { type: "notSelected" } | { type: "unpaid" } | { type: "paid"; amount: Yen } | { type: "refunded"; amount: Yen } | { type: "kept"; kept: Yen; refund: Yen };

/**
 * The receipt of a merge (M7).
 */
export interface Merged {
    /**
     * Its line in the merge history.
     */
    merge: MergeId;
    /**
     * Who stays.
     */
    target: CustomerId;
    /**
     * What both sides held before.
     */
    before: Tally;
    /**
     * What the target holds after; equal to `before`.
     */
    after: Tally;
    /**
     * How many records moved.
     */
    moved: number;
}

/**
 * The recipes, in the manual's order.
 */
export interface Recipes {
    /**
     * The recipes.
     */
    recipes?: Recipe[];
}

/**
 * The sale that closed a visit (R9).
 */
export interface VisitSale {
    /**
     * Which.
     */
    sale: SaleId;
    /**
     * Its total.
     */
    total: Yen;
    /**
     * The menus that were done (N6).
     */
    menus?: MenuId[];
}

/**
 * The salon's settings 基本設定: the calendar, and every policy value with SPEC's default.
 */
export interface Settings {
    /**
     * Counts the commits that changed this record.
     */
    version?: number;
    /**
     * Where the salon's clocks stand and when its day begins (T2).
     */
    calendar?: Calendar;
    /**
     * The domain of placeholder addresses (P2).
     */
    placeholderDomain?: string;
    /**
     * 事前決済機能を利用する (R2).
     */
    prepayment?: boolean;
    /**
     * The salon's own list of channels 流入経路 (C1); while it is empty any channel is taken.
     */
    channels?: string[];
    /**
     * Where the salon's forms differ from C2's defaults.
     */
    fieldRules?: FieldRule[];
    /**
     * What the black list closes (G3).
     */
    blacklist?: BlacklistPolicy;
    /**
     * What is done when somebody returns who was on the black list when they left or were erased (G5); left out: staff are told.
     */
    returns?: ReturnPolicy;
    /**
     * Whether the merge key folds widths (M1).
     */
    mergeNames?: MergeNames;
    /**
     * What an import does to an existing customer (I3).
     */
    importExisting?: ExistingPolicy;
    /**
     * For how many days a merge can be undone (M8); 0, the default: never.
     */
    unmergeDays?: number;
    /**
     * The cancellation policy copied onto new reservations (R6).
     */
    cancellation?: CancellationPolicy;
    /**
     * Whether an expired ticket can still be extended, with a reason (K6).
     */
    extendExpiredTickets?: boolean;
    /**
     * ポイント設定 (Z1).
     */
    points?: PointsPolicy;
    /**
     * 来店区分, the first that fits (N9).
     */
    visitCategories?: VisitCategory[];
    /**
     * What stands on invoices and receipts (Q5).
     */
    issuer?: Issuer;
}

/**
 * The salon's settings.
 */
export interface GetSettings {}

/**
 * The same question as [`SearchCustomers`], answered by ids alone: for lists whose rows are fetched as they come into sight, exports and mailings.
 */
export interface FindCustomers {
    /**
     * The form; empty: everybody.
     */
    criteria?: Criteria;
    /**
     * A condition (S10).
     */
    condition?: Condition;
    /**
     * A line of the query language, in English or Japanese (S10).
     */
    query?: string;
    /**
     * The order; left out: by customer number.
     */
    sort?: CustomerSort;
    /**
     * Ids of a page, 1 to 100,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * The same question as `SearchCustomers`, answered by bytes: for lists, exports and charts of a whole salon.
 */
export interface PackCustomers {
    /**
     * The form; empty: everybody.
     */
    criteria?: Criteria;
    /**
     * A condition (S10).
     */
    condition?: Condition;
    /**
     * A line of the query language, in English or Japanese (S10).
     */
    query?: string;
    /**
     * The order; left out: by customer number.
     */
    sort?: CustomerSort;
    /**
     * What of each customer, each column once; left out: nothing but who it is.
     */
    columns?: PackedColumn[];
    /**
     * Customers of a page, 1 to 1,000,000; left out: as many.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * The terms of a ticket (K1): of a plan, and as copied when one is sold.
 */
export interface TicketTerms {
    /**
     * 回数券名
     */
    name: string;
    /**
     * 価格, tax included.
     */
    price: Yen;
    /**
     * 使用回数, 1 to 1,000.
     */
    uses: number;
    /**
     * 有効期間
     */
    valid: TicketValidity;
    /**
     * 対応コース; empty: all.
     */
    menus?: MenuId[];
    /**
     * 対応スタッフ; empty: all.
     */
    staff?: StaffId[];
    /**
     * 店舗; empty: all.
     */
    shops?: ShopId[];
}

/**
 * The two boxes `[ ]回 〜 [ ]回` of the form: left only = *exactly* that, both = range, right only = at most (S4).
 */
export interface CountBox {
    /**
     * The left box.
     */
    left?: number;
    /**
     * The right box.
     */
    right?: number;
}

/**
 * The visits of a customer that were entered by hand.
 */
export interface GetVisits {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * Through what something was done; for a reservation 予約方法 (R1).
 */
export type Channel = "site" | "line" | "phone" | "counter" | "staffApp" | "system";

/**
 * Ticket plans, by id.
 */
export interface TicketPlans {
    /**
     * The plans, retired ones included.
     */
    plans?: TicketPlan[];
}

/**
 * Tickets that shall pay for a reservation (K4).
 */
export interface TicketWish {
    /**
     * Which ticket; left out: whichever fit, the earliest to expire first (K7).
     */
    ticket?: TicketId;
    /**
     * How many uses, from 1.
     */
    uses: number;
}

/**
 * Tickets, the earliest to expire first.
 */
export interface Tickets {
    /**
     * The tickets, used up and expired ones included.
     */
    tickets?: TicketRow[];
}

/**
 * Two customers who may be one person (D1).
 */
export interface DuplicatePair {
    /**
     * One of them.
     */
    one: CustomerRow;
    /**
     * The other.
     */
    other: CustomerRow;
    /**
     * How much they look like one.
     */
    likelihood: Likelihood;
    /**
     * The sum of the signals, or less where only one thing could be compared.
     */
    points: number;
    /**
     * Why, and what speaks against it.
     */
    signals?: Signal[];
    /**
     * Whether their names are written alike, so that they can be merged as they are (M1); else a name is to be corrected first.
     */
    sameName?: boolean;
}

/**
 * Until when a customer may cancel freely (R6).
 */
export type Deadline = { type: "hoursBefore"; hours: number } | { type: "daysBefore"; days: number; minutes: number };

/**
 * Uses of a ticket for a reservation (K4).
 */
export interface TicketHold {
    /**
     * Which ticket.
     */
    ticket: TicketId;
    /**
     * How many uses.
     */
    uses: number;
    /**
     * Settled at checkout, not booked with it (K5).
     */
    atCheckout?: boolean;
    /**
     * Not used after all: no line of the visit's sale was paid by a ticket.
     */
    released?: boolean;
}

/**
 * Verifies every invariant of the ledger (A5). It reads everything: run it after a restore, after a crash, or at night.
 */
export interface CheckLedger {}

/**
 * Visits by hand, the latest first.
 */
export interface Visits {
    /**
     * The visits.
     */
    visits?: ManualVisit[];
}

/**
 * What Japan's number plan (電気通信番号計画) says about a number (C4).
 */
export type PhoneClass = "valid" | "unassigned" | "short" | "foreign" | "malformed";

/**
 * What LINE shows of a linked customer: mirrors, never identity.
 */
export interface LineFace {
    /**
     * LINE名
     */
    displayName?: string;
    /**
     * 画像(LINE)
     */
    pictureUrl?: string;
}

/**
 * What a check found (A5).
 */
export interface CheckReport {
    /**
     * Every breach; empty for a sound ledger.
     */
    breaches?: Breach[];
    /**
     * The entries of the log that were read.
     */
    entries: number;
    /**
     * The records that were read.
     */
    records: number;
}

/**
 * What a column holds: the template's ten columns, and those that other programs' files have besides.
 */
export type ImportColumn = "familyName" | "givenName" | "fullName" | "familyKana" | "givenKana" | "fullKana" | "phone" | "birthday" | "gender" | "email" | "postalCode" | "prefecture" | "address" | "building" | "channels" | "shopComment" | "errorNote";

/**
 * What a command answered, under its idempotency key (A2): the same command under the same key gets it again.
 */
export interface Receipt {
    /**
     * The key.
     */
    key: CommandKey;
    /**
     * Who sent it.
     */
    actor: ActorId;
    /**
     * The command's name.
     */
    command: string;
    /**
     * SHA-256 over name and input, in hexadecimal, by which the same command is told from another under its key. Empty once somebody was erased of
     * whom the command told (W4), since what is short can be guessed from it; or anybody, where it told of people of whom there is no
     * record. Then whatever the same actor sends by the same name and with the same outline under the key is taken for the same command.
     */
    digest: string;
    /**
     * A hash over the input without its texts: fields, numbers and the library's own ids. Left out in receipts of before.
     */
    outline?: string;
    /**
     * Whom the command told of without changing anything personal of them.
     */
    toldOf?: CustomerId[];
    /**
     * The entry of the log that it became.
     */
    sequence: number;
    /**
     * The answer as JSON text.
     */
    output: string;
}

/**
 * What a customer leaves behind (W2).
 */
export interface WithdrawalPreview {
    /**
     * Reservations that lie ahead, in order of their start; they stand in the way unless the withdrawal is told to cancel them.
     */
    reservations?: FutureReservation[];
    /**
     * Tickets with uses left, the earliest to expire first: they cannot be used any more.
     */
    tickets?: LostTicket[];
    /**
     * Points that could be spent today: they are lost.
     */
    points: number;
    /**
     * キャンセル料未払い now. A due does not stop a withdrawal.
     */
    due: Yen;
    /**
     * The same once those reservations are cancelled.
     */
    dueAfter: Yen;
}

/**
 * What a customer list is sorted by (S9).
 */
export type SortBy = "number" | "kana" | "firstRegistered" | "lastVisit" | "visits" | "amount";

/**
 * What a customer record is.
 */
export type CustomerState = { type: "active" } | { type: "withdrawn"; at: Instant } | { type: "merged"; into: CustomerId; at: Instant } | { type: "erased"; at: Instant };

/**
 * What a late cancel or a no-show does to the tickets that were held for it (K4).
 */
export type LateTickets = "release" | "consume";

/**
 * What a line sells.
 */
export type SaleItem = { type: "menu"; menu: MenuId } | { type: "option"; menu: MenuId } | { type: "retail"; product: ProductId } | { type: "ticket"; plan: TicketPlanId };

/**
 * What a merge must conserve (M7): counts and sums over both customers.
 */
export interface Tally {
    /**
     * Reservations of every state.
     */
    reservations?: number;
    /**
     * Visits, those by hand included (N1).
     */
    visits?: number;
    /**
     * What the visits came to (N8).
     */
    visitedYen?: Yen;
    /**
     * Fees that are due.
     */
    feesDue?: Yen;
    /**
     * Prepayments held: paid or kept.
     */
    prepaid?: Yen;
    /**
     * Sales that stand.
     */
    sales?: number;
    /**
     * What those come to.
     */
    salesYen?: Yen;
    /**
     * Tickets.
     */
    tickets?: number;
    /**
     * Uses that are left, held ones included.
     */
    ticketUses?: number;
    /**
     * Uses that are held.
     */
    ticketHolds?: number;
    /**
     * Points, expired ones included.
     */
    points?: number;
    /**
     * List entries, standing or not.
     */
    listings?: number;
}

/**
 * What a merge would do (M4).
 */
export interface PreviewMerge {
    /**
     * 統合元(削除対象): will not be used any more.
     */
    source: CustomerId;
    /**
     * 統合先(保存対象): stays.
     */
    target: CustomerId;
    /**
     * Single fields, by their wire names, in which the source's value shall win.
     */
    fromSource?: string[];
    /**
     * Where both have a LINE account: whose stays.
     */
    line?: LineChoice;
}

/**
 * What a merge would do (M4): nothing has happened yet.
 */
export interface MergePreview {
    /**
     * The target as the merge would leave it.
     */
    result: Customer;
    /**
     * Every single field in which the two differ: what it would be, and the alternative.
     */
    fields?: FieldChoice[];
    /**
     * What both sides hold together, and the target would hold (M7).
     */
    both: Tally;
    /**
     * What moves from the source.
     */
    moves: Tally;
    /**
     * What staff should know first.
     */
    warnings?: MergeWarning[];
    /**
     * What stands against it; empty if the merge may be done.
     */
    blockers?: Blocker[];
    /**
     * Stands for exactly what was shown here; `merge` takes it and refuses if anything moved since.
     */
    fingerprint: string;
}

/**
 * What a sale comes to.
 */
export interface SaleQuote {
    /**
     * 合計, tax included.
     */
    total: Yen;
    /**
     * The tax within it, rate by rate.
     */
    taxes?: TaxLine[];
    /**
     * What the prepayment pays.
     */
    prepaid: Yen;
    /**
     * What of the prepayment goes back, where it was more than the total.
     */
    refund: Yen;
    /**
     * What points pay.
     */
    points: number;
    /**
     * What is left to pay.
     */
    due: Yen;
    /**
     * What the ticket uses that settle the visit now are worth (K7).
     */
    settled: Yen;
    /**
     * Uses of the visit's tickets that become free again, as no line is paid by one.
     */
    released: number;
}

/**
 * What a visit is.
 */
export type VisitRef = { type: "manual"; id: ManualVisitId } | { type: "reservation"; id: ReservationId };

/**
 * What a workbook's date serials count from (I4).
 */
export type DateSystem = "d1900" | "d1904";

/**
 * What an actor may do (A3).
 */
export type Role = "customer" | "staff" | "manager" | "system";

/**
 * What an entry says: who, when, through what, which command, what changed.
 */
export interface EntryBody {
    /**
     * Its place in the log.
     */
    sequence: number;
    /**
     * The hash of the entry before.
     */
    previous: string;
    /**
     * When.
     */
    at: Instant;
    /**
     * Who.
     */
    actor: Actor;
    /**
     * Through what.
     */
    channel: Channel;
    /**
     * The command's name.
     */
    command: string;
    /**
     * Its idempotency key.
     */
    key: CommandKey;
    /**
     * What changed.
     */
    changes?: EntryChange[];
    /**
     * The sealed parts, of entries before, from which this command took what was personal (W4), by their ids: the digests that stand for those
     * do not hold any more.
     */
    erased?: string[];
}

/**
 * What an erasure would do (W4).
 */
export interface PreviewErasure {
    /**
     * Who.
     */
    customer: CustomerId;
}

/**
 * What an erasure would do, and what stands in its way: nothing has happened yet.
 */
export interface ErasurePreview {
    /**
     * Who were merged into them: erased with them.
     */
    merged?: CustomerId[];
    /**
     * Reservations that have not come to their end, in order of their start. They stand in the way: bring them to it, or cancel them.
     */
    openReservations?: ReservationId[];
    /**
     * Whether the customer has asked to be shown their record, which stands in the way too.
     */
    disclosurePending?: boolean;
    /**
     * Whether they are on the black list: digests of how they can be reached stay, to block them if they return (G5).
     */
    blacklisted?: boolean;
    /**
     * キャンセル料未払い. A due does not stop an erasure, and stays: it can be paid or waived afterwards, and nobody can be written to about it.
     */
    due: Yen;
    /**
     * Tickets with uses left, the earliest to expire first: nobody can use them any more.
     */
    tickets?: LostTicket[];
    /**
     * Points that could be spent today: they are lost.
     */
    points: number;
    /**
     * References of pictures 画像: the pictures themselves are the host's to delete, before these are gone.
     */
    pictures?: string[];
    /**
     * How many records hang on the customer and keep their figures.
     */
    records: number;
}

/**
 * What an import does to a customer who exists already (I3).
 */
export type ExistingPolicy = "leave" | "fillBlanks";

/**
 * What became of a file.
 */
export interface ImportReport {
    /**
     * The import.
     */
    import: ImportId;
    /**
     * The rows, counted.
     */
    counts: ImportCounts;
    /**
     * Each row that holds anything, in order. 64 megabytes are told of what was repaired and what is wrong; of the rows after that only the first thing
     * that is wrong (I7).
     */
    rows?: RowOutcome[];
    /**
     * Columns with a heading that are not read.
     */
    ignored?: IgnoredColumn[];
    /**
     * Places of cells that hold something and belong to no column that is read: the ignored columns, and cells under no heading.
     */
    unreadPositions?: number[];
    /**
     * Whether every row was taken; false when the caller broke off.
     */
    finished?: boolean;
}

/**
 * What became of one row.
 */
export interface RowOutcome {
    /**
     * The row, as numbered in the sheet.
     */
    row: number;
    /**
     * What became of it.
     */
    result: RowResult;
    /**
     * What was repaired (I4); told of rows with errors too. Left out where a megabyte was told of the rows of the command before, or 64 of those of
     * the file (I7).
     */
    repairs?: Repair[];
}

/**
 * What became of some rows.
 */
export interface ImportedRows {
    /**
     * Each row that holds anything, in order.
     */
    rows?: RowOutcome[];
    /**
     * These rows, counted.
     */
    counts: ImportCounts;
    /**
     * The whole import so far, counted.
     */
    total: ImportCounts;
    /**
     * Places of cells that hold something and belong to no column that is read, each once.
     */
    unreadPositions?: number[];
}

/**
 * What can be asked.
 */
export interface SearchFields {
    /**
     * The fields of customers.
     */
    customer?: SearchField[];
    /**
     * The fields of one and the same reservation (S6).
     */
    reservation?: SearchField[];
}

/**
 * What can be asked: fields, operators, values (S10).
 */
export interface ListSearchFields {}

/**
 * What can be packed of a customer.
 */
export type PackedColumn = "number" | "visits" | "reservations" | "cancellations" | "amount" | "due" | "firstRegistered" | "firstVisit" | "lastVisit" | "line" | "lastMinuteCancel" | "noShow" | "account" | "newsletter" | "phoneRegistration";

/**
 * What can happen to a reservation (R3). What may happen when, and where it leads, is in `docs/reservations.md`.
 */
export type Move = { type: "confirm" } | { type: "choosePrepayment" } | { type: "payPrepayment" } | { type: "refundPrepayment" } | { type: "visit" } | { type: "undoVisit"; reason: string } | { type: "cancelByCustomer" } | { type: "cancelByShop" } | { type: "noShow" } | { type: "payFee"; amount: Yen } | { type: "waiveFee"; reason: string } | { type: "enteredInError" };

/**
 * What changed in saved segments since this follower last asked (S10).
 */
export interface FollowSegments {
    /**
     * Who asks, by a name of the host's of one line: each follower has a "last asked" of its own, as long as the session lives.
     */
    follower: string;
    /**
     * Which segments, 1 to 100.
     */
    segments?: SegmentId[];
    /**
     * Looks for the next change by time alone no further than this, a year at most; left out: it is not looked for.
     */
    until?: Instant;
}

/**
 * What could be written next, for a box that completes what is typed (S10).
 */
export interface CompleteQuery {
    /**
     * The line as far as it is written.
     */
    query: string;
    /**
     * In which language.
     */
    tongue: Tongue;
}

/**
 * What could be written next.
 */
export interface Completions {
    /**
     * The salon's own names first, then words, then what else is expected; empty where the line goes wrong before its end.
     */
    options?: Completion[];
}

/**
 * What earned points.
 */
export type PointSource = { type: "visit"; reservation: ReservationId } | { type: "manualVisit"; visit: ManualVisitId } | { type: "sale"; sale: SaleId } | { type: "return"; sale: SaleId } | { type: "adjustment" };

/**
 * What earns points (Z1).
 */
export type PointRule = { type: "perVisit"; points: number } | { type: "perSales"; yen: Yen; points: number };

/**
 * What happens to a ticket (K2).
 */
export type TicketMove = { type: "purchase"; uses: number } | { type: "hold"; reservation: ReservationId; uses: number } | { type: "consume"; reservation: ReservationId; uses: number; amount: Yen } | { type: "release"; reservation: ReservationId; uses: number; sale?: SaleId } | { type: "restore"; reservation: ReservationId; uses: number; amount: Yen } | { type: "extend"; from: Date; to: Date; reason?: string } | { type: "adjust"; uses: number; reason: string };

/**
 * What happens to points.
 */
export type PointMove = { type: "earn"; points: number } | { type: "spend"; sale: SaleId; points: number } | { type: "return"; sale: SaleId; points: number } | { type: "takeBack"; lot: PointLotId; points: number } | { type: "adjust"; points: number; reason: string };

/**
 * What is done when somebody returns who was on the black list when they left or were erased (G5).
 */
export type ReturnPolicy = "off" | "suggest" | "block";

/**
 * What is put before the till: what a sale would come to, before anybody pays. Whatever `CheckOut` refuses it refuses too, with the same code, and what it
 * answers is what the sale then comes to.
 */
export interface QuoteSale {
    /**
     * Who buys.
     */
    customer: CustomerId;
    /**
     * The visit that it closes.
     */
    reservation?: ReservationId;
    /**
     * 店舗; left out: the reservation's.
     */
    shop?: ShopId;
    /**
     * 担当スタッフ; left out: the reservation's.
     */
    staff?: StaffId;
    /**
     * What is sold.
     */
    lines?: SaleLine[];
    /**
     * 値引き on the whole.
     */
    discount?: Yen;
    /**
     * Points to spend.
     */
    points?: number;
    /**
     * 回数券での清算: tickets for a visit that was booked without (K5).
     */
    tickets?: TicketWish[];
}

/**
 * What kind of thing is asked of a field.
 */
export type SearchFieldKind = "text" | "exact" | "customField" | "count" | "money" | "day" | "flag" | "choice" | "frequency" | "gaps" | "reservation" | "segment";

/**
 * What leaving would mean (W2).
 */
export interface PreviewWithdrawal {
    /**
     * Who.
     */
    customer: CustomerId;
}

/**
 * What must be true of a customer (S1, S10). An active customer is meant throughout: withdrawn, merged and erased ones satisfy nothing (S8).
 */
export type Condition = { type: "all"; of: Condition[] } | { type: "any"; of: Condition[] } | { type: "not"; that: Condition } | { type: "text"; field: TextField; contains: string } | { type: "number"; is: string } | { type: "customField"; name: string; contains?: string } | { type: "count"; field: CountField; count: Count } | { type: "money"; field: MoneyField; yen: YenRange } | { type: "day"; field: DayField; days: DaySpan } | { type: "flag"; flag: Flag } | { type: "lastMenu"; of: MenuId[] } | { type: "category"; of: string[] } | { type: "channel"; of: string[] } | { type: "gender"; of: Gender[] } | { type: "listed"; on: ListKind[] } | { type: "frequency"; frequency: Frequency } | { type: "reservation"; that: ReservationCondition } | { type: "segment"; segment: SegmentId };

/**
 * What must be true of one and the same reservation (S6).
 *
 * Tentative, confirmed and visited reservations are looked at; cancelled and missed ones only where a status in the condition asks for one (S5);
 * one entered in error never.
 */
export type ReservationCondition = { type: "all"; of: ReservationCondition[] } | { type: "any"; of: ReservationCondition[] } | { type: "not"; that: ReservationCondition } | { type: "status"; of: Label[] } | { type: "day"; days: DaySpan } | { type: "staff"; of: StaffId[] } | { type: "menu"; of: MenuId[] } | { type: "shop"; of: ShopId[] };

/**
 * What one check found.
 */
export interface CheckResult {
    /**
     * The check, as a sentence in snake_case.
     */
    name: string;
    /**
     * Whether the store does what the name says.
     */
    passed?: boolean;
    /**
     * What it did instead.
     */
    detail?: string;
}

/**
 * What staff should know before they merge (M4).
 */
export type MergeWarning = { type: "unpaidFee"; amount: Yen } | { type: "splitDiffers" } | { type: "overlappingReservations"; reservations: ReservationId[] } | { type: "recommendReverse" } | { type: "blacklisted" };

/**
 * What stands against a merge (M5).
 */
export interface Blocker {
    /**
     * The code of the error that `merge` would give.
     */
    code: string;
    /**
     * What it says, and the remedy, for developers.
     */
    detail: string;
    /**
     * What a program needs to go on: what that error would carry.
     */
    data?: BlockerData;
}

/**
 * What stands against a merge, in parts: each blocker has those of its code.
 */
export interface BlockerData {
    /**
     * `merge.same_customer`, `merge.not_active`, `merge.pending`: whom it is about.
     */
    customer?: CustomerId;
    /**
     * `merge.not_active`: what they are.
     */
    state?: string;
    /**
     * `merge.pending`: what was asked for and is not done.
     */
    pending?: string;
    /**
     * `merge.name_mismatch`: what the source's name is compared by (M1).
     */
    sourceKey?: string;
    /**
     * `merge.name_mismatch`: what the target's name is compared by.
     */
    targetKey?: string;
    /**
     * `merge.name_mismatch`: what to do.
     */
    remedy?: string;
    /**
     * `merge.line_choice`, `merge.unknown_field`, `merge.too_many`, `merge.too_long`: the field.
     */
    field?: string;
    /**
     * `merge.unknown_field`: which of the choices, from 1.
     */
    position?: number;
    /**
     * `merge.too_many`, `merge.too_long`: how much there may be.
     */
    max?: number;
}

/**
 * What stands on a document of a sale (Q5); drawing it is the host's. A voided sale has none.
 */
export interface GetDocument {
    /**
     * Which sale.
     */
    sale: SaleId;
    /**
     * Which document.
     */
    kind: DocumentKind;
}

/**
 * What the black list closes (G3).
 */
export type BlacklistPolicy = "allChannels" | "onlineOnly";

/**
 * What the comparison says (D1).
 */
export type Says = "same" | "sameReading" | "nearReading" | "confusable" | "otherReading" | "otherWriting" | "unknown" | "different" | "household" | "sameDay" | "near" | "nameOnLine" | "rare" | "common";

/**
 * What tickets are sold by 回数券メニュー (K1).
 */
export interface TicketPlan {
    /**
     * The host's name for it.
     */
    id: TicketPlanId;
    /**
     * Counts the commits that changed this record, from 1.
     */
    version: number;
    /**
     * What it sells.
     */
    terms: TicketTerms;
    /**
     * Not sold any more; tickets that were sold stay as they are.
     */
    retired?: boolean;
}

/**
 * What two customers have in common.
 */
export type Likeness = "name" | "phone" | "email" | "line" | "kana";

/**
 * What was compared (D1).
 */
export type Matter = "familyName" | "givenName" | "nameOrder" | "formerName" | "rarity" | "phone" | "email" | "birthday" | "line";

/**
 * What was done to a record.
 */
export type Operation = "create" | "update" | "remove";

/**
 * What was repaired (I4).
 */
export type RepairKind = "leadingZero" | "serialDate" | "eraDate" | "halfWidthKana" | "hiragana" | "kanaMarks" | "splitName" | "splitAddress" | "repeated";

/**
 * When, how and to which wording somebody consented (C1).
 */
export interface Consent {
    /**
     * When.
     */
    at: Instant;
    /**
     * How: a form, by phone, on paper.
     */
    how: string;
    /**
     * The wording agreed to.
     */
    wording: string;
    /**
     * Who recorded it, if a person did.
     */
    recordedBy?: ActorId;
}

/**
 * Where a salon's log stands.
 */
export interface Head {
    /**
     * The sequence of the last entry; 0 before the first.
     */
    sequence: number;
    /**
     * The hash of the last entry; 64 zeros before the first.
     */
    hash: string;
}

/**
 * Whether a LINE account is linked (S7): three values, because an unticked box asks nothing.
 */
export type LineCriterion = "any" | "linked" | "notLinked";

/**
 * Whether a cancel came in time (R4).
 */
export type CancelTiming = "early" | "late";

/**
 * Whether a customer may book (G3).
 */
export interface MayBook {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * Through what.
     */
    channel: Channel;
}

/**
 * Whether a field is used (C2).
 */
export type FieldUse = "unused" | "optional" | "required";

/**
 * Whether a sale stands.
 */
export type SaleState = { type: "closed" } | { type: "voided"; at: Instant; by: ActorId; reason: string };

/**
 * Whether an entry stands.
 */
export type ListingState = { type: "standing" } | { type: "removed"; at: Instant; by: ActorId } | { type: "joined"; with: ListingId };

/**
 * Whether mail may be sent to an address.
 */
export type EmailKind = "real" | "placeholder";

/**
 * Whether somebody comes so often (N7).
 */
export interface FrequencyAnswer {
    /**
     * What was asked.
     */
    frequency: Frequency;
    /**
     * Whether it holds.
     */
    holds?: boolean;
    /**
     * The visits that were looked at.
     */
    visits: number;
    /**
     * The days that were looked at: from the first visit to today for an average, the sum of the gaps for the last ones.
     */
    days: number;
}

/**
 * Whether the mark stands now.
 */
export interface Marked {
    /**
     * Whether they are marked as not the same person.
     */
    different?: boolean;
}

/**
 * Whether the merge key folds widths (M1).
 */
export type MergeNames = "foldWidths" | "spacesOnly";

/**
 * Whether the merge key looks past full and half width (M1, a policy).
 */
export type WidthMode = "fold" | "spacesOnly";

/**
 * Which list (G1).
 */
export type ListKind = "watch" | "grey" | "black";

/**
 * Which mail.
 */
export type NoticeKind = "registration";

/**
 * Who acts (A1): a command without an actor cannot be made.
 */
export interface Actor {
    /**
     * The account, as the host knows it.
     */
    id: ActorId;
    /**
     * What the account may do (A3).
     */
    role: Role;
    /**
     * For the role customer: which customer this is.
     */
    customer?: CustomerId;
}

/**
 * Who came into segments, and who left them.
 */
export interface FollowedSegments {
    /**
     * The segments, in the order they were asked for.
     */
    segments?: FollowedSegment[];
    /**
     * The first instant after now, and not after `until`, at which somebody comes or goes though nobody does anything.
     */
    nextChange?: Instant;
    /**
     * The place of the log this is as of.
     */
    sequence: number;
}

/**
 * Who cancelled.
 */
export type CancelledBy = "customer" | "shop";

/**
 * Who issues documents (Q5).
 */
export interface Issuer {
    /**
     * The name on documents.
     */
    name?: string;
    /**
     * 適格請求書発行事業者の登録番号: T and 13 digits.
     */
    registrationNumber?: string;
}

/**
 * Whoever in the ledger looks like one of its customers (D1).
 */
export interface GetDuplicates {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * The language of the explanations.
     */
    tongue: Tongue;
}

/**
 * Whoever in the ledger looks like somebody who is being typed in (D1): for the form 新規登録, after each field that was filled in.
 * What is not complete yet, such as half a phone number, counts for nothing.
 */
export interface FindDuplicates {
    /**
     * The form so far.
     */
    form: CustomerForm;
    /**
     * LINE名, if they come through LINE.
     */
    lineName?: string;
    /**
     * The language of the explanations.
     */
    tongue: Tongue;
}

/**
 * Whose LINE account stays (M2).
 */
export type LineChoice = "source" | "target";

/**
 * Whose a booking through LINE is. `suggestions` and `returns` are for staff only: the person themselves is shown nothing of them.
 */
export interface LineCustomer {
    /**
     * Who.
     */
    customer: CustomerId;
    /**
     * Their customer number お客様番号.
     */
    number: number;
    /**
     * How they were found.
     */
    identified: LineIdentity;
    /**
     * Mail for the host to send, to a new customer.
     */
    notices?: MailNotice[];
    /**
     * Who a new customer may be: the same name or e-mail only, several of them, or one linked elsewhere; and those who have left (W3).
     */
    suggestions?: Candidate[];
    /**
     * As whom on the black list a new customer returns (G5).
     */
    returns?: Return[];
}

/**
 * Why somebody is in a segment, or is not (S11).
 */
export interface ExplainCustomer {
    /**
     * Who; a merged id resolves (M6).
     */
    customer: CustomerId;
    /**
     * The condition; with neither it nor a line nothing is asked, and everybody is found.
     */
    condition?: Condition;
    /**
     * A line of the query language, which must hold too.
     */
    query?: string;
    /**
     * The language of the answer.
     */
    tongue: Tongue;
}

/**
 * Writes a condition as lines of the query language (S10).
 */
export interface PrintQuery {
    /**
     * The condition.
     */
    condition: Condition;
}

/**
 * お会計 (R9): closes a visit, or sells something without one.
 */
export interface CheckOut {
    /**
     * Who buys.
     */
    customer: CustomerId;
    /**
     * The visit that it closes; left out: a sale that stands alone.
     */
    reservation?: ReservationId;
    /**
     * 店舗; left out: the reservation's.
     */
    shop?: ShopId;
    /**
     * 担当スタッフ; left out: the reservation's.
     */
    staff?: StaffId;
    /**
     * What is sold.
     */
    lines?: SaleLine[];
    /**
     * 値引き on the whole.
     */
    discount?: Yen;
    /**
     * Points to spend, one yen each (Z1).
     */
    points?: number;
    /**
     * 回数券での清算: tickets for a visit that was booked without (K5).
     */
    tickets?: TicketWish[];
    /**
     * How the rest is paid; together what is due.
     */
    payments?: Payment[];
}

/**
 * お会計の取り消し: a sale that should not have been (R9). Spent points come back, each to the lot it
 * came from, or anew where that has expired meanwhile (Z1); earned ones go, unused tickets that it sold go, a visit that
 * it closed is open to another sale and uses its tickets again, where their uses did not go elsewhere meanwhile. Not where a ticket that it sold is used or held: there is no refund (K6).
 */
export interface VoidSale {
    /**
     * Which.
     */
    sale: SaleId;
    /**
     * Why.
     */
    reason: string;
}

/**
 * キャンセル回数 and its parts (N2).
 */
export interface Cancellations {
    /**
     * All three together.
     */
    total: number;
    /**
     * At or before the deadline.
     */
    early: number;
    /**
     * 直前キャンセル
     */
    late: number;
    /**
     * 無断キャンセル
     */
    noShows: number;
}

/**
 * フリー項目 on the form (004): the text, and the box beside it.
 */
export interface CustomFieldBox {
    /**
     * The field's name, whole.
     */
    name: string;
    /**
     * Part of its text.
     */
    text?: string;
    /**
     * 入力している顧客: whoever has any text there.
     */
    filled?: boolean;
}

/**
 * ポイント残高
 */
export interface PointBalance {
    /**
     * 所有ポイント: what can be spent today.
     */
    balance: number;
    /**
     * 仮ポイント合計: what the reservations ahead will earn.
     */
    provisional: number;
    /**
     * 有効期限: the last day of the points that expire next.
     */
    nextExpiry?: Date;
    /**
     * How many of them there are.
     */
    nextExpiring: number;
}

/**
 * ポイント設定 (Z1).
 */
export interface PointsPolicy {
    /**
     * What earns points; left out: the salon has none, and none are shown.
     */
    rule?: PointRule;
    /**
     * 有効期限: how long they last.
     */
    valid: PointValidity;
}

/**
 * メルマガ受信 on the form, with the record of the consent (C1).
 */
export interface NewsletterForm {
    /**
     * 受信する / 受信しない
     */
    optedIn?: boolean;
    /**
     * How the customer agreed; needed to opt in unless the consent is on record already.
     */
    how?: string;
    /**
     * The wording agreed to.
     */
    wording?: string;
}

/**
 * メルマガ受信: whether, and on what consent.
 */
export interface Newsletter {
    /**
     * 受信する / 受信しない
     */
    optedIn?: boolean;
    /**
     * What the customer agreed to.
     */
    consent?: Consent;
}

/**
 * 一括登録: takes some rows of an import, wholly or not at all (I2, I5).
 *
 * A file longer than [`MAX_ROWS`] goes in several commands, each under the idempotency key `import/<import>/<its first row>`: after a crash
 * the host sends all of them again, and those that were done answer what they answered then. `Ledger::import` does this.
 *
 * Nobody is written to about an import: it returns no notices for the host to send, unlike a registration at the counter (C10).
 */
export interface ImportRows {
    /**
     * The import, chosen by the host: one id per file.
     */
    import: ImportId;
    /**
     * The columns that are read, as `read_heading` found them; the same in every command of an import.
     */
    columns?: HeadingColumn[];
    /**
     * What the workbook's date serials count from; 1900 for CSV.
     */
    dateSystem: DateSystem;
    /**
     * The rows, in ascending order and after those of earlier commands.
     */
    rows?: ImportRow[];
}

/**
 * 予約のエクスポート: the rows of a file of reservations (I6), asked for as in 予約一覧, the earliest start first.
 */
export interface ExportReservations {
    /**
     * Any of these labels; left out: any. A label that is not offered is an error, see `listLabels` (R2).
     */
    labels?: Label[];
    /**
     * The business day of their start.
     */
    days?: DateRange;
    /**
     * 店舗
     */
    shop?: ShopId;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 予約一覧: the salon's reservations, the earliest start first.
 */
export interface ListReservations {
    /**
     * Any of these labels; left out: any. A label that is not offered is an error, see `listLabels` (R2).
     */
    labels?: Label[];
    /**
     * The business day of their start.
     */
    days?: DateRange;
    /**
     * 店舗
     */
    shop?: ShopId;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 個人情報の消去: takes away all that is personal of a customer who has a history, and keeps the figures (W4): visits, yen, uses, points, days. Those who
 * were merged into them are the same person, and go with them. It cannot be undone: no merge is taken back over it (M8), no import, and nothing of it
 * is left in the store.
 *
 * Once more on the same customer takes away what was written since, such as the reason of a waiver.
 */
export interface EraseCustomer {
    /**
     * Who.
     */
    customer: CustomerId;
}

/**
 * 別人: marks two customers as not the same person, or takes the mark back (D2).
 */
export interface MarkNotSame {
    /**
     * One of them.
     */
    one: CustomerId;
    /**
     * The other.
     */
    other: CustomerId;
    /**
     * Whether the mark is taken back; else it is made.
     */
    takeBack?: boolean;
}

/**
 * 別人: two customers who are not the same person (D2). It blocks a merge until taken back.
 */
export interface NotSame {
    /**
     * The one with the lower id.
     */
    one: CustomerId;
    /**
     * The other.
     */
    other: CustomerId;
    /**
     * When it was marked.
     */
    at: Instant;
    /**
     * By whom.
     */
    by: ActorId;
}

/**
 * 削除: removes a customer without history (W4), such as one who was registered twice by mistake. The number is not given out again (C7), and the
 * journal keeps that it happened, without what was personal. Whoever has a history is merged or erased instead.
 */
export interface DeleteCustomer {
    /**
     * Who.
     */
    customer: CustomerId;
}

/**
 * 回数券のエクスポート: the rows of a file of tickets (I6), asked for as in their list, the earliest to expire first.
 */
export interface ExportTickets {
    /**
     * Only those with uses left that expire within so many days, today included; at most 36,500.
     */
    expiringWithin?: number;
    /**
     * Only those sold by this plan.
     */
    plan?: TicketPlanId;
    /**
     * Also those that are used up or expired.
     */
    all?: boolean;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 回数券の一覧: tickets of active customers, the earliest to expire first (K8).
 */
export interface ListTickets {
    /**
     * Only those with uses left that expire within so many days, today included; at most 36,500.
     */
    expiringWithin?: number;
    /**
     * Only those sold by this plan.
     */
    plan?: TicketPlanId;
    /**
     * Also those that are used up or expired.
     */
    all?: boolean;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 回数券メニュー: makes a plan or changes one (K1). Tickets that were sold keep the terms they were sold with.
 */
export interface SaveTicketPlan {
    /**
     * The host's name for it.
     */
    plan: TicketPlanId;
    /**
     * The version that the terms were read from; 0 for a new plan.
     */
    basedOn: number;
    /**
     * The terms as they shall be.
     */
    terms: TicketTerms;
    /**
     * Not sold any more.
     */
    retired?: boolean;
}

/**
 * 平均来店頻度 (N7): the named ways to say how often somebody comes.
 */
export type Frequency = { type: "average"; days: number; times: number } | { type: "trailing"; days: number; times: number } | { type: "lastGaps"; days: number };

/**
 * 所有ポイントの入力: makes the balance what was typed (Z1). The difference is an adjustment.
 */
export interface AdjustPoints {
    /**
     * Whose.
     */
    customer: CustomerId;
    /**
     * The balance that was seen; somebody may have spent some meanwhile.
     */
    seen: number;
    /**
     * The balance as it shall be.
     */
    balance: number;
    /**
     * Why.
     */
    reason: string;
}

/**
 * 新規電話予約: registers somebody who is on the phone, by name and number alone (P1).
 */
export interface RegisterByPhone {
    /**
     * 姓, in katakana if the kanji are not known yet.
     */
    familyName: string;
    /**
     * 名, likewise.
     */
    givenName: string;
    /**
     * セイ; left out: taken from a 姓 in katakana.
     */
    familyKana?: string;
    /**
     * メイ; left out: taken from a 名 in katakana.
     */
    givenKana?: string;
    /**
     * 電話番号
     */
    phone: string;
}

/**
 * 新規電話予約: the active customers who were registered by phone and have given no real address since (P3).
 */
export interface ListPhoneRegistrations {
    /**
     * The order; left out: the newest customer number first.
     */
    sort?: CustomerSort;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 日時変更: a new time for an open reservation. It is a new booking to the gate (G4).
 */
export interface Reschedule {
    /**
     * Which reservation.
     */
    reservation: ReservationId;
    /**
     * The new start.
     */
    start: Instant;
    /**
     * The new end.
     */
    end: Instant;
    /**
     * 担当スタッフ, if that changes too.
     */
    staff?: StaffId;
}

/**
 * 更新: edits a customer. The form replaces what it showed; what others changed meanwhile in other fields stays (C8).
 */
export interface EditCustomer {
    /**
     * Who is edited.
     */
    customer: CustomerId;
    /**
     * The version the form was filled from.
     */
    basedOn: number;
    /**
     * The form as submitted.
     */
    form: CustomerForm;
}

/**
 * 最終来店日 as it was asked for.
 */
export interface LastVisitSet {
    /**
     * The visit by hand that is the last one; left out where a reservation's was on that day already.
     */
    visit?: ManualVisitId;
    /**
     * Its version now.
     */
    version?: number;
    /**
     * Points earned now, less those taken back; left out where none moved.
     */
    points?: number;
}

/**
 * 最終来店日の変更 (N5): the last visit is never typed over. If it was entered by hand its day is corrected; otherwise a visit by hand is added on
 * a later day. The day that it is already changes nothing.
 */
export interface SetLastVisit {
    /**
     * Whose.
     */
    customer: CustomerId;
    /**
     * 最終来店日 as it shall be.
     */
    day: Date;
}

/**
 * 有効期間: how long after the day of sale; the last day counts (K3).
 */
export type TicketValidity = { type: "days"; days: number } | { type: "months"; months: number };

/**
 * 有効期限変更: a later last day (K6).
 */
export interface ExtendTicket {
    /**
     * Which ticket.
     */
    ticket: TicketId;
    /**
     * The last day, later than now.
     */
    to: Date;
    /**
     * Why; needed once the ticket has expired, where the salon extends it then at all.
     */
    reason?: string;
}

/**
 * 来店区分 (N9): a name and the thresholds that a customer must meet, all of those that are given.
 */
export interface VisitCategory {
    /**
     * What staff call it, such as VIP or 休眠.
     */
    name: string;
    /**
     * At least so many visits.
     */
    visitsFrom?: number;
    /**
     * At most so many visits.
     */
    visitsTo?: number;
    /**
     * 平均来店頻度, at least (N7).
     */
    frequency?: Frequency;
    /**
     * The last visit lies at most so many days back.
     */
    withinDays?: number;
    /**
     * The last visit lies at least so many days back.
     */
    afterDays?: number;
}

/**
 * 検索条件, as on the manual's screens: all of it must hold at once (S1); what is left out is not asked. A criterion that is given must ask something: a
 * name of nothing but spaces is an error, not everybody.
 */
export interface Criteria {
    /**
     * 名前 / LINE名: part of 姓, 名, 姓名, セイ, メイ, セイメイ or LINE名, whatever the width, the kana, the dash or the variant of a kanji (S2).
     */
    name?: string;
    /**
     * お客様番号, whole: the own one, an old card's, or that of a customer merged into this one (S3, C7, M6).
     */
    number?: string;
    /**
     * 電話番号: part of one, by its digits (S3).
     */
    phone?: string;
    /**
     * メールアドレス: part of one, in any case, placeholders too (S3).
     */
    email?: string;
    /**
     * 最終利用メニュー (N6)
     */
    lastMenu?: MenuId;
    /**
     * スタッフ: 担当スタッフ of a reservation (S6).
     */
    staff?: StaffId;
    /**
     * メニュー: booked or used (S6).
     */
    menu?: MenuId;
    /**
     * 予約ステータス: one of these (S6); only labels that are offered, see `listLabels` (R2).
     */
    statuses?: Label[];
    /**
     * 予約日: the business day of a reservation (S5, S6).
     */
    reservationDate?: DateRange;
    /**
     * キャンセル回数 (N2, S4)
     */
    cancellations?: CountBox;
    /**
     * 予約回数 (N4, S4)
     */
    reservations?: CountBox;
    /**
     * 来店回数 (N1, S4)
     */
    visits?: CountBox;
    /**
     * 平均来店頻度 `[ ]日[ ]回以上` (N7)
     */
    frequency?: FrequencyBox;
    /**
     * 直前キャンセル あり・なし (N3)
     */
    lastMinuteCancel?: boolean;
    /**
     * 初回登録日, both ends included (T3)
     */
    registeredOn?: DateRange;
    /**
     * 最終来店日, both ends included (T3); who never came has none
     */
    lastVisit?: DateRange;
    /**
     * LINE 登録済み; left out: any (S7).
     */
    line?: LineCriterion;
    /**
     * 郵便番号: part of it, by its digits.
     */
    postalCode?: string;
    /**
     * 住所: part of it.
     */
    address?: string;
    /**
     * ユーザー登録 有・無
     */
    account?: boolean;
    /**
     * メルマガ 受信する・受信しない
     */
    newsletter?: boolean;
    /**
     * フリー項目
     */
    customField?: CustomFieldBox;
    /**
     * 要注意人物・グレーリスト・ブラックリスト
     */
    list?: ListKind;
    /**
     * 来店区分: its name (N9).
     */
    category?: string;
}

/**
 * 注文履歴: a customer's sales (Q5).
 */
export interface GetSales {
    /**
     * Whose; a merged id resolves (M6).
     */
    customer: CustomerId;
}

/**
 * 消去済み顧客: whose personal data was erased, the newest first (W4, S8).
 */
export interface ListErased {
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 登録解除: takes an entry off its list; the customer stays, as an ordinary one (G2).
 */
export interface RemoveListing {
    /**
     * Which entry.
     */
    listing: ListingId;
}

/**
 * 統合: the source becomes the target, as a preview showed (M4).
 */
export interface MergeCustomers {
    /**
     * 統合元(削除対象)
     */
    source: CustomerId;
    /**
     * 統合先(保存対象)
     */
    target: CustomerId;
    /**
     * The choices of the preview.
     */
    fromSource?: string[];
    /**
     * The choice of the preview.
     */
    line?: LineChoice;
    /**
     * The preview's fingerprint.
     */
    fingerprint: string;
}

/**
 * 統合履歴: every merge of the salon, undone ones included, the newest first (M8).
 */
export interface ListMerges {}

/**
 * 要注意人物・グレーリスト・ブラックリスト: the active customers on a list, the newest entry first (G2).
 */
export interface ListListed {
    /**
     * Which list.
     */
    list: ListKind;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 退会: the customer leaves (W1). Their record goes out of every search and segment and onto a list of its own; what they did keeps its figures.
 * There is no way back: whoever returns is a new customer (W3).
 */
export interface Withdraw {
    /**
     * Themselves.
     */
    customer: CustomerId;
    /**
     * 退会理由: 1 to 255 characters (W1).
     */
    reason: string;
    /**
     * Cancel the reservations that lie ahead, as a cancel by the customer; without it they stand in the way (W2).
     */
    cancelReservations?: boolean;
}

/**
 * 退会者一覧: who has left, the newest first (W3, S8).
 */
export interface ListWithdrawn {
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 重複の候補: pairs of active customers who may be one person, those with the most points first (D1). Pairs that are
 * marked (`MarkNotSame`) as not the same person are left out.
 *
 * Nothing is merged by it. Where the names are written alike, the pair can be merged as it is; else the way is to correct a name first (M1).
 */
export interface ListDuplicates {
    /**
     * The least that a pair must look like one person's; left out: whatever is worth a look.
     */
    atLeast?: Likelihood;
    /**
     * The language of the explanations.
     */
    tongue: Tongue;
    /**
     * Pairs of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 開示: everything the ledger holds of one person (I6), whoever they are by now: active, withdrawn, or erased, of whom it gives what is left.
 */
export interface DiscloseCustomer {
    /**
     * Who; a merged id resolves to its target (M6).
     */
    customer: CustomerId;
}

/**
 * 開示・消去の請求: notes that the customer asked for their whole record, or for its erasure, or that this was settled (M5, W4). While a request is
 * pending the customer is in no merge; while it is one of disclosure they are not erased either: what was asked for would be gone.
 */
export interface NoteRequest {
    /**
     * Who asked.
     */
    customer: CustomerId;
    /**
     * For what; left out: nothing is pending any more.
     */
    request?: Pending;
}

/**
 * 顧客のエクスポート: the rows of a file of customers (I6), of everybody or of whoever is asked for, as in a search: by the form, by a condition, such as a
 * segment, or by a line of the query language. The file can be imported again.
 */
export interface ExportCustomers {
    /**
     * The form; empty: everybody.
     */
    criteria?: Criteria;
    /**
     * A condition (S10).
     */
    condition?: Condition;
    /**
     * A line of the query language, in English or Japanese (S10).
     */
    query?: string;
    /**
     * The order; left out: by customer number.
     */
    sort?: CustomerSort;
    /**
     * The columns, each once; left out: the template's ten (I1), the rest of the address, number and figures.
     */
    columns?: CustomerExportColumn[];
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/**
 * 顧客検索: the active customers of whom all that is asked is true (S1, S8): by the form, by a condition, by a line of the query language, or by
 * any of these together.
 */
export interface SearchCustomers {
    /**
     * The form; empty: everybody.
     */
    criteria?: Criteria;
    /**
     * A condition (S10).
     */
    condition?: Condition;
    /**
     * A line of the query language, in English or Japanese (S10).
     */
    query?: string;
    /**
     * The order; left out: by customer number.
     */
    sort?: CustomerSort;
    /**
     * Rows of a page, 1 to 1,000; left out: 50.
     */
    pageSize?: number;
    /**
     * The cursor of the page before; left out: the first page.
     */
    cursor?: string;
}

/** Bytes as base64, where an answer is nothing but text. */
export type Packed = string;

/** Every code the ledger can give. */
export type LedgerErrorCode =
| "access.forbidden"
| "access.not_yours"
| "access.channel"
| "access.actor_customer"
| "access.bad_id"
| "access.key_reused"
| "text.too_long"
| "text.not_kana"
| "text.no_digits"
| "text.phone_not_accepted"
| "text.blank"
| "text.no_at"
| "text.several_addresses"
| "text.empty_part"
| "text.control_character"
| "text.white_space"
| "text.too_many_bytes"
| "time.no_such_day"
| "time.date_form"
| "time.range_reversed"
| "time.instant"
| "time.calendar"
| "amount.overflow"
| "amount.out_of_range"
| "customer.not_found"
| "customer.required"
| "customer.unused"
| "customer.not_active"
| "customer.future_reservations"
| "customer.open_reservations"
| "customer.disclosure_pending"
| "customer.block_key_missing"
| "customer.has_history"
| "customer.conflict"
| "customer.unknown_version"
| "customer.birthday_after_today"
| "customer.birthday_form"
| "customer.unknown_channel"
| "customer.too_many"
| "customer.repeated"
| "customer.number_taken"
| "customer.line_taken"
| "salon.setting"
| "salon.version"
| "salon.full"
| "listing.not_found"
| "listing.memo_blank"
| "listing.already_listed"
| "listing.stale"
| "booking.unavailable"
| "booking.blacklisted"
| "booking.unpaid_fee"
| "booking.not_found"
| "booking.not_allowed"
| "booking.ends_before_start"
| "booking.too_long"
| "booking.no_lines"
| "booking.prepayment_off"
| "booking.policy"
| "booking.reason_blank"
| "booking.amount"
| "booking.too_early"
| "booking.visit_too_early"
| "booking.in_past"
| "booking.started"
| "ticket.plan_not_found"
| "ticket.plan_retired"
| "ticket.plan_version"
| "ticket.terms"
| "ticket.not_found"
| "ticket.not_owner"
| "ticket.expired"
| "ticket.does_not_fit"
| "ticket.not_enough"
| "ticket.none_fits"
| "ticket.uses"
| "ticket.settled"
| "ticket.not_paid"
| "ticket.pays_nothing"
| "ticket.not_later"
| "ticket.too_late"
| "ticket.reason_blank"
| "sale.not_found"
| "sale.lines"
| "sale.line"
| "sale.discount"
| "sale.payment"
| "sale.method"
| "sale.shop"
| "sale.no_reservation"
| "sale.voided"
| "sale.ticket_used"
| "sale.reason_blank"
| "points.off"
| "points.too_many"
| "points.moved"
| "points.policy"
| "visit.not_found"
| "visit.version"
| "visit.in_future"
| "visit.not_visited"
| "visit.later_visit"
| "visit.menus"
| "figures.frequency"
| "merge.same_customer"
| "merge.name_mismatch"
| "merge.not_active"
| "merge.pending"
| "merge.not_same_person"
| "merge.line_choice"
| "merge.unknown_field"
| "merge.moved"
| "merge.too_many"
| "merge.too_long"
| "merge.not_found"
| "merge.no_undo"
| "duplicate.same_customer"
| "import.missing_column"
| "import.repeated_column"
| "import.no_heading"
| "import.too_many_rows"
| "import.row_order"
| "import.other_file"
| "import.undone"
| "import.not_found"
| "import.touched"
| "import.sample"
| "import.name_unsplit"
| "import.date"
| "import.era"
| "import.serial"
| "import.gender"
| "import.zero_missing"
| "import.error_cell"
| "import.boolean_cell"
| "search.count_reversed"
| "search.count_empty"
| "search.needle_empty"
| "search.needle_too_long"
| "search.query"
| "search.too_large"
| "search.unknown_category"
| "search.segment_not_found"
| "search.segment_cycle"
| "search.segment_in_use"
| "search.segment_version"
| "search.label_not_offered"
| "search.days"
| "search.yen"
| "search.page_size"
| "search.cursor"
| "search.cursor_of_other"
| "ledger.too_many_conflicts"
| "ledger.too_many_reads"
| "ledger.bad_request"
| "ledger.bad_reply"
| "ledger.out_of_turn"
| "ledger.closed"
| "ledger.encoding"
| "store.conflict"
| "store.unavailable"
| "store.corrupt"
| "store.version"
| "store.foreign"
| "store.wrong_key"
| "store.not_encrypted"
| "store.failed";


/** Every operation of a ledger, by its name. */
export interface Operations {
    /** Changes the salon's settings 基本設定. Managers only. */
    configureSalon: CommandMethod<ConfigureSalon, Configured>;
    /** Registers a customer 新規登録, by the rules of the entry path (C2). */
    registerCustomer: CommandMethod<RegisterCustomer, Registered>;
    /** 新規電話予約: registers a customer by name and phone alone (P1, P2). */
    registerByPhone: CommandMethod<RegisterByPhone, Registered>;
    /** 更新: edits a customer, three ways against what others did meanwhile (C8). */
    editCustomer: CommandMethod<EditCustomer, Edited>;
    /** LINE連携: links a LINE account, or renews what LINE shows of it (L2). */
    linkLine: CommandMethod<LinkLine, Edited>;
    /** LINE予約: whose a booking through LINE is: found, linked, or a new customer (L1, L2). */
    identifyLineCustomer: CommandMethod<IdentifyLineCustomer, LineCustomer>;
    /** Puts a customer on the watch, grey or black list (G2). */
    addListing: CommandMethod<AddListing, Listed>;
    /** Edits the memo of a list entry (G2). */
    editListing: CommandMethod<EditListing, Listed>;
    /** 登録解除: takes an entry off its list (G2). */
    removeListing: CommandMethod<RemoveListing, Listed>;
    /** Books a reservation 予約, through the gate (R1, G3). */
    book: CommandMethod<Book, Booked>;
    /** Moves a reservation along: confirm, visit, cancel, pay and the rest (R3). */
    moveReservation: CommandMethod<MoveReservation, Moved>;
    /** 日時変更: a new time, through the gate like a new booking (G4, R6). */
    reschedule: CommandMethod<Reschedule, Booked>;
    /** お会計: closes a visit with a sale, or sells something without one (R9). */
    checkOut: CommandMethod<CheckOut, CheckedOut>;
    /** お会計の取り消し (R9). */
    voidSale: CommandMethod<VoidSale, VoidedSale>;
    /** 回数券メニュー: makes a ticket plan or changes one (K1). Managers only. */
    saveTicketPlan: CommandMethod<SaveTicketPlan, SavedTicketPlan>;
    /** 有効期限変更: a ticket's later last day (K6). */
    extendTicket: CommandMethod<ExtendTicket, ChangedTicket>;
    /** Gives or takes uses of a ticket by hand (K2). */
    adjustTicket: CommandMethod<AdjustTicket, ChangedTicket>;
    /** 所有ポイントの入力: makes the balance what was typed, with a reason (Z1). */
    adjustPoints: CommandMethod<AdjustPoints, AdjustedPoints>;
    /** 来店・利用金額詳細: adds a visit by hand (N5). */
    addVisit: CommandMethod<AddVisit, EnteredVisit>;
    /** Corrects a visit that was entered by hand (N5). */
    editVisit: CommandMethod<EditVisit, EnteredVisit>;
    /** Deletes a visit that was entered by hand (N5). */
    removeVisit: CommandMethod<RemoveVisit, EnteredVisit>;
    /** 最終来店日の変更: adds a visit by hand, or corrects the last one (N5). */
    setLastVisit: CommandMethod<SetLastVisit, LastVisitSet>;
    /** Saves a segment セグメント, or changes one (S10). */
    saveSegment: CommandMethod<SaveSegment, SavedSegment>;
    /** Takes a segment away (S10). */
    removeSegment: CommandMethod<RemoveSegment, SavedSegment>;
    /** Adds customers' figures up from nothing, where `check` found them wrong (N10). Managers only. */
    recountFigures: CommandMethod<RecountFigures, RecountedFigures>;
    /** 別人: marks two customers as not the same person, or takes the mark back (D2). */
    markNotSame: CommandMethod<MarkNotSame, Marked>;
    /** 統合: merges the source into the target, as its preview showed (M). */
    merge: CommandMethod<MergeCustomers, Merged>;
    /** Takes a merge back, where the salon's policy allows it (M8). */
    unmerge: CommandMethod<Unmerge, Unmerged>;
    /** 退会: the customer leaves, through the booking site (W1). */
    withdraw: CommandMethod<Withdraw, Withdrawn>;
    /** 削除: removes a customer without history (W4). */
    deleteCustomer: CommandMethod<DeleteCustomer, Deleted>;
    /** 開示・消去の請求: notes that a request is pending, or that it was settled (M5). */
    noteRequest: CommandMethod<NoteRequest, Edited>;
    /** 個人情報の消去: takes away all that is personal of a customer, keeps the figures (W4). Managers only. */
    eraseCustomer: CommandMethod<EraseCustomer, Erased>;
    /** 一括登録: takes some rows of an import (I2). */
    importRows: CommandMethod<ImportRows, ImportedRows>;
    /** Takes an import back while its customers are untouched (I5). */
    undoImport: CommandMethod<UndoImport, UndoneImport>;
    /** The salon's settings. */
    getSettings: QueryMethod<GetSettings, Settings>;
    /** One customer, merged ids resolved (M6). */
    getCustomer: QueryMethod<GetCustomer, CustomerCard>;
    /** 更新フォーム: what `edit_customer` takes, filled from the customer (C8). */
    getCustomerForm: QueryMethod<GetCustomerForm, EditCustomer>;
    /** A customer's reservations, newest first. */
    getReservations: QueryMethod<GetReservations, Reservations>;
    /** A customer's list entries, removed ones included (G2). */
    getListings: QueryMethod<GetListings, Listings>;
    /** Whether a customer may book (G3). */
    mayBook: QueryMethod<MayBook, Gate>;
    /** A customer's figures 合計利用状況, now or at a past instant (N). */
    getFigures: QueryMethod<GetFigures, CustomerFigures>;
    /** A customer's visits that were entered by hand (N5). */
    getVisits: QueryMethod<GetVisits, Visits>;
    /** What a sale would come to, before anybody pays (R9). */
    quoteSale: QueryMethod<QuoteSale, SaleQuote>;
    /** 注文履歴: a customer's sales (Q5). */
    getSales: QueryMethod<GetSales, SalesHistory>;
    /** 請求書・領収書・納品書: the data of a sale's document (Q5). */
    getDocument: QueryMethod<GetDocument, SaleDocument>;
    /** Every ticket plan of the salon (K1). */
    getTicketPlans: QueryMethod<GetTicketPlans, TicketPlans>;
    /** A customer's tickets (K8). */
    getTickets: QueryMethod<GetTickets, Tickets>;
    /** One ticket with its history (K8). */
    getTicket: QueryMethod<GetTicket, TicketRow>;
    /** A customer's points and their history (Z1). */
    getPoints: QueryMethod<GetPoints, PointHistory>;
    /** Every saved segment (S10). */
    getSegments: QueryMethod<GetSegments, Segments>;
    /** The manual's five recipes, as conditions (S12). */
    listRecipes: QueryMethod<ListRecipes, Recipes>;
    /** Why somebody is in a segment, or is not (S11). */
    explainCustomer: QueryMethod<ExplainCustomer, Explanation>;
    /** Reads a line of the query language (S10). */
    parseQuery: QueryMethod<ParseQuery, QueryText>;
    /** Writes a condition as a line of the query language (S10). */
    printQuery: QueryMethod<PrintQuery, QueryText>;
    /** What could be written next in a line of the query language (S10). */
    completeQuery: QueryMethod<CompleteQuery, Completions>;
    /** What can be asked: fields, operators, values (S10). */
    listSearchFields: QueryMethod<ListSearchFields, SearchFields>;
    /** What a merge would do (M4). */
    previewMerge: QueryMethod<PreviewMerge, MergePreview>;
    /** The merge history of a customer (M8). */
    getMerges: QueryMethod<GetMerges, Merges>;
    /** What leaving would mean: reservations ahead, tickets, points, dues (W2). */
    previewWithdrawal: QueryMethod<PreviewWithdrawal, WithdrawalPreview>;
    /** 退会者一覧: who has left, and why (W3). */
    listWithdrawn: QueryMethod<ListWithdrawn, WithdrawnPage>;
    /** What an erasure would take away and what stands in its way (W4). */
    previewErasure: QueryMethod<PreviewErasure, ErasurePreview>;
    /** 消去済み顧客: whose personal data was erased, and when (W4, S8). */
    listErased: QueryMethod<ListErased, ErasedPage>;
    /** A file's heading row: which column holds what, and which are not read (I1). */
    readHeading: QueryMethod<ReadHeading, Heading>;
    /** An import's figures (I5). */
    getImport: QueryMethod<GetImport, Import>;
    /** The customer list and its search box (C10, S1–S3, S7, S9). */
    searchCustomers: QueryMethod<SearchCustomers, CustomerPage>;
    /** The same question, answered by ids alone (S1, S9). */
    findCustomers: QueryMethod<FindCustomers, FoundCustomers>;
    /** The same question, answered by bytes: the customers and their columns (S1, S9). */
    packCustomers: PackMethod<PackCustomers, PackedCustomers>;
    /** The lines of the customer list for some customers (C10). */
    getCustomerRows: QueryMethod<GetCustomerRows, CustomerRows>;
    /** Who came into saved segments, and who left them, since the follower last asked (S10). */
    followSegments: QueryMethod<FollowSegments, FollowedSegments>;
    /** 要注意人物・グレーリスト・ブラックリスト: everybody on a list (G2). */
    listListed: QueryMethod<ListListed, ListedPage>;
    /** 新規電話予約: who was registered by phone and has no real address yet (P3). */
    listPhoneRegistrations: QueryMethod<ListPhoneRegistrations, CustomerPage>;
    /** 予約一覧: the salon's reservations, by label and day (R2). */
    listReservations: QueryMethod<ListReservations, ReservationPage>;
    /** Confirmed reservations whose start has passed (R7). */
    listUnresolved: QueryMethod<ListUnresolved, ReservationPage>;
    /** The labels 予約ステータス that a form may offer (R2). */
    listLabels: QueryMethod<ListLabels, Labels>;
    /** 回数券: who holds tickets, and which are about to expire (K8). */
    listTickets: QueryMethod<ListTickets, TicketPage>;
    /** 重複の候補: pairs of customers who may be one person (D1). */
    listDuplicates: QueryMethod<ListDuplicates, DuplicatePage>;
    /** Whoever looks like one customer (D1). */
    getDuplicates: QueryMethod<GetDuplicates, PossibleDuplicates>;
    /** Whoever looks like somebody who is being typed in (D1). */
    findDuplicates: QueryMethod<FindDuplicates, PossibleDuplicates>;
    /** 顧客のエクスポート: the rows of a file of customers, which can be imported again (I6). Managers only. */
    exportCustomers: QueryMethod<ExportCustomers, ExportPage>;
    /** 予約のエクスポート: the rows of a file of reservations (I6). Managers only. */
    exportReservations: QueryMethod<ExportReservations, ExportPage>;
    /** 回数券のエクスポート: the rows of a file of tickets (I6). Managers only. */
    exportTickets: QueryMethod<ExportTickets, ExportPage>;
    /** 統合履歴: every merge, newest first (M8). */
    listMerges: QueryMethod<ListMerges, Merges>;
    /** Verifies every invariant of the ledger and names each breach (A5). Managers only. */
    check: QueryMethod<CheckLedger, CheckReport>;
    /** The journal: who did what, when, before and after, in order (A1). Managers only. */
    journal: QueryMethod<ReadJournal, Journal>;
    /** 開示: everything the ledger holds of one person, in one document (I6). Managers only. */
    discloseCustomer: QueryMethod<DiscloseCustomer, Disclosure>;
}


/** Fields of a record that was changed: their values, or `[before, after]` of an update. */
export type ChangedFields = Record<string, unknown>;

/** One text; the brand keeps it from being mixed up with another. */
export type ActorId = string & { readonly __brand: "ActorId" };

/** One text; the brand keeps it from being mixed up with another. */
export type CommandKey = string & { readonly __brand: "CommandKey" };

/** One text; the brand keeps it from being mixed up with another. */
export type CustomerId = string & { readonly __brand: "CustomerId" };

/** One text; the brand keeps it from being mixed up with another. */
export type Date = string & { readonly __brand: "Date" };

/** One text; the brand keeps it from being mixed up with another. */
export type ImportId = string & { readonly __brand: "ImportId" };

/** One text; the brand keeps it from being mixed up with another. */
export type ListingId = string & { readonly __brand: "ListingId" };

/** One text; the brand keeps it from being mixed up with another. */
export type ManualVisitId = string & { readonly __brand: "ManualVisitId" };

/** One text; the brand keeps it from being mixed up with another. */
export type MenuId = string & { readonly __brand: "MenuId" };

/** One text; the brand keeps it from being mixed up with another. */
export type MergeId = string & { readonly __brand: "MergeId" };

/** One text; the brand keeps it from being mixed up with another. */
export type PointLotId = string & { readonly __brand: "PointLotId" };

/** One text; the brand keeps it from being mixed up with another. */
export type ProductId = string & { readonly __brand: "ProductId" };

/** One text; the brand keeps it from being mixed up with another. */
export type ReservationId = string & { readonly __brand: "ReservationId" };

/** One text; the brand keeps it from being mixed up with another. */
export type SaleId = string & { readonly __brand: "SaleId" };

/** One text; the brand keeps it from being mixed up with another. */
export type SalonId = string & { readonly __brand: "SalonId" };

/** One text; the brand keeps it from being mixed up with another. */
export type SegmentId = string & { readonly __brand: "SegmentId" };

/** One text; the brand keeps it from being mixed up with another. */
export type ShopId = string & { readonly __brand: "ShopId" };

/** One text; the brand keeps it from being mixed up with another. */
export type StaffId = string & { readonly __brand: "StaffId" };

/** One text; the brand keeps it from being mixed up with another. */
export type TicketId = string & { readonly __brand: "TicketId" };

/** One text; the brand keeps it from being mixed up with another. */
export type TicketPlanId = string & { readonly __brand: "TicketPlanId" };

/** What a command did. */
export interface Executed<Output> {
    /** The command's answer. */
    output: Output;
    /** The entry of the log that it became. */
    sequence: number;
    /** The records that changed. */
    changed: Changed[];
    /** Whether this is the answer given before, to the same command under the same key. */
    replayed: boolean;
}

/** Who asks, and when: an instant in milliseconds since 1970, or a `Date`. The ledger never looks at a clock by itself. */
export interface QueryContext {
    readonly actor: Actor;
    readonly now: number | globalThis.Date;
}

/** Who commands, through what, and when. */
export interface CommandContext extends QueryContext {
    readonly channel: Channel;
    /**
     * The idempotency key: the same command again under the same key is done once and answers the same. Left out, it is a random one:
     * a caller that retries after a lost answer must give its own.
     */
    readonly key?: string;
    /** 32 hexadecimal digits of randomness, never used twice; left out, they come from `crypto`. */
    readonly entropy?: string;
}

/** A command: decided by the rules, committed to the store. Rejects with a `DaichoError`. */
export type CommandMethod<Input, Output> = (input: Input, context: CommandContext) => Promise<Executed<Output>>;

/** A query: it changes nothing. Rejects with a `DaichoError`. */
export type QueryMethod<Input, Output> = (input: Input, context: QueryContext) => Promise<Output>;

/** A query that is answered by arrays: those of the columns that it names. Rejects with a `DaichoError`. */
export type PackMethod<Input, Output> = <Column extends PackedColumn = never>(
input: PackInput<Input, Column>,
context: QueryContext,
) => Promise<PackOutput<Output, Column>>;

/** What is asked for, with some columns. */
export type PackInput<Input, Column extends PackedColumn> = Omit<Input, "columns"> & { readonly columns?: readonly Column[] };

/** The answer, its bytes as arrays. */
export type PackOutput<Output, Column extends PackedColumn> = Omit<Output, "packed"> & Unpacked<Column>;

/** Customers in the order of the answer, and at the same places what was asked of them. */
export interface Unpacked<Column extends PackedColumn> {
    /** The ordinals of their ids: 17 of `c17`, see `customerId`. */
    customers: Uint32Array;
    /** One array for each column that was asked for. */
    columns: { [Name in Column]: PackedValues<Name> };
}

/** The values of a column: yen (whole, and exact), days since 1970-01-01 (`NO_DAY` where there is none), counts; or 1 for yes and 0 for no. */
export type PackedValues<Column extends PackedColumn> =
Column extends "amount" | "due" ? Float64Array
    : Column extends "firstRegistered" | "firstVisit" | "lastVisit" ? Int32Array
    : Column extends "number" | "visits" | "reservations" | "cancellations" ? Uint32Array
    : Uint8Array;



