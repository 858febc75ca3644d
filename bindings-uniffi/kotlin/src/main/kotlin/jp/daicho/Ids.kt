package jp.daicho

/** A customer 顧客. Not the customer number: that is what staff read, this is what records point to. */
@JvmInline
value class CustomerId(val value: String) {
    override fun toString(): String = value
}
