package jp.daicho

/** A customer 顧客. Not the customer number: that is what staff read, this is what records point to. */
@JvmInline
value class CustomerId(val value: String) {
    override fun toString(): String = value
}

/** A reservation 予約. */
@JvmInline
value class ReservationId(val value: String) {
    override fun toString(): String = value
}

/** An entry on the watch, grey or black list. */
@JvmInline
value class ListingId(val value: String) {
    override fun toString(): String = value
}

/** A line of the merge history 統合履歴. */
@JvmInline
value class MergeId(val value: String) {
    override fun toString(): String = value
}

/** A visit entered by hand 来店・利用金額詳細. */
@JvmInline
value class ManualVisitId(val value: String) {
    override fun toString(): String = value
}

/** A sale お会計; the number on its documents. */
@JvmInline
value class SaleId(val value: String) {
    override fun toString(): String = value
}

/** A ticket 回数券 that was sold. */
@JvmInline
value class TicketId(val value: String) {
    override fun toString(): String = value
}

/** Points ポイント earned at one time. */
@JvmInline
value class PointLotId(val value: String) {
    override fun toString(): String = value
}

/** A salon: one ledger, one log. */
@JvmInline
value class SalonId(val value: String) {
    override fun toString(): String = value
}

/** A shop 店舗 of the salon. */
@JvmInline
value class ShopId(val value: String) {
    override fun toString(): String = value
}

/** A member of staff スタッフ. */
@JvmInline
value class StaffId(val value: String) {
    override fun toString(): String = value
}

/** A menu メニュー. */
@JvmInline
value class MenuId(val value: String) {
    override fun toString(): String = value
}

/** A product 商品 of the shop's 店販. */
@JvmInline
value class ProductId(val value: String) {
    override fun toString(): String = value
}

/** What tickets are sold by 回数券メニュー. */
@JvmInline
value class TicketPlanId(val value: String) {
    override fun toString(): String = value
}

/** A saved segment セグメント: its name. */
@JvmInline
value class SegmentId(val value: String) {
    override fun toString(): String = value
}

/** Who acts: a staff account, a customer's account, a job. */
@JvmInline
value class ActorId(val value: String) {
    override fun toString(): String = value
}

/** One import run; the host chooses it, and running again under the same id doubles nothing (I5). */
@JvmInline
value class ImportId(val value: String) {
    override fun toString(): String = value
}

/** A command's idempotency key (A2), chosen by the host; a random UUID is best. */
@JvmInline
value class CommandKey(val value: String) {
    override fun toString(): String = value
}
