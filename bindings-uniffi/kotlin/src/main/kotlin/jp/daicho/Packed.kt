package jp.daicho

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.time.LocalDate

/** The customers of a packed answer and their columns, as arrays. */
fun PackedCustomers.unpack(): Unpacked = Unpacked(packed)

/**
 * Customers in the order of an answer, and at the same places what was asked of them: [counts] of visits and the like, [days], [yen] and [flags]. A column
 * that was not asked for, or is of another kind, is an `IllegalArgumentException`, and so are bytes that are not those of a packed answer. Their layout is
 * written down at `Packed` of the Rust library.
 */
class Unpacked(packed: ByteArray) {
    private val bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN)
    private val parts: Map<String, Part>

    /** How many customers. */
    val size: Int

    /** The ordinals of their ids: 17 of `c17`. */
    val ordinals: IntArray

    init {
        require(packed.size >= HEAD && String(packed, 0, 8, Charsets.ISO_8859_1) == "daichop1") { WRONG }
        size = bytes.getInt(8)
        val count = bytes.getInt(12)
        require(size >= 0 && count in 1..(packed.size - HEAD) / ENTRY) { WRONG }
        parts = (0 until count).associate { place ->
            val entry = HEAD + place * ENTRY
            val part = Part(bytes.getInt(entry + NAME), bytes.getInt(entry + NAME + 4))
            val width = WIDTHS.getOrNull(part.packing - 1)
            require(width != null && part.from in 0..packed.size && part.from + size.toLong() * width <= packed.size) { WRONG }
            String(packed, entry, NAME, Charsets.ISO_8859_1).trimEnd('\u0000') to part
        }
        ordinals = ints(part("customer", COUNT))
    }

    /** A customer's id. */
    fun customer(at: Int): CustomerId = CustomerId("c${ordinals[at].toUInt()}")

    /** A column of counts, or of customer numbers. */
    fun counts(column: PackedColumn): IntArray = ints(part(column.inBytes, COUNT))

    /** A column of days since 1970-01-01; [NO_DAY] where there is none. */
    fun days(column: PackedColumn): IntArray = ints(part(column.inBytes, DAY))

    /** A column of amounts in whole yen. */
    fun yen(column: PackedColumn): LongArray = LongArray(size).also { at(part(column.inBytes, YEN)).asLongBuffer().get(it) }

    /** A column of yes and no. */
    fun flags(column: PackedColumn): BooleanArray {
        val from = part(column.inBytes, FLAG)
        return BooleanArray(size) { bytes.get(from + it) != 0.toByte() }
    }

    private fun part(name: String, packing: Int): Int {
        val part = requireNotNull(parts[name]) { "$name was not asked for" }
        require(part.packing == packing) { "$name is a column of another kind" }
        return part.from
    }

    private fun ints(from: Int): IntArray = IntArray(size).also { at(from).asIntBuffer().get(it) }

    private fun at(from: Int): ByteBuffer = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(from)

    private class Part(val packing: Int, val from: Int)

    companion object {
        /** What stands in a column of days where there is none. */
        const val NO_DAY: Int = Int.MIN_VALUE

        /** The day of a number, or none. */
        fun day(number: Int): LocalDate? = if (number == NO_DAY) null else LocalDate.ofEpochDay(number.toLong())

        private const val WRONG = "these are not the bytes of a packed answer"
        private const val HEAD = 16
        private const val ENTRY = 32
        private const val NAME = 24
        private const val FLAG = 1
        private const val COUNT = 2
        private const val DAY = 3
        private const val YEN = 4
        private val WIDTHS = listOf(1, 4, 4, 8)

        // `LAST_VISIT` is `lastVisit` in the bytes, as in JSON.
        private val PackedColumn.inBytes: String
            get() = name.split('_').joinToString("") { it.lowercase().replaceFirstChar(Char::uppercase) }.replaceFirstChar(Char::lowercase)
    }
}
