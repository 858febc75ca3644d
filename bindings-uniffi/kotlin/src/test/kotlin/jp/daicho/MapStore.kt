package jp.daicho

/** A store as a host would write it: maps behind a lock. */
open class MapStore : LedgerStore {
    class Shelf {
        var head = Head()
        val entries = mutableListOf<Entry>()
        val rows = mutableMapOf<RowName, Row>()
        var index: ByteArray? = null

        fun ofKind(kind: String): List<Row> =
            rows.values.filter { it.kind == kind }.sortedWith { one, other -> compareBytes(one.id, other.id) }

        fun found(read: Read): List<Row> = ofKind(read.kind).filter {
            when (read.by) {
                ReadBy.ID -> it.id == read.value
                ReadBy.PARENT -> it.parent == read.value
                ReadBy.KEY -> read.value in it.keys
            }
        }
    }

    private val shelves = mutableMapOf<String, Shelf>()

    fun shelf(salon: String): Shelf = shelves.getOrPut(salon) { Shelf() }

    @Synchronized
    override fun load(salon: String, reads: List<Read>): Loaded = Loaded(shelf(salon).head, reads.map(shelf(salon)::found))

    @Synchronized
    override fun scan(salon: String, kind: String, after: String?, limit: UInt): Page {
        val rows = shelf(salon).ofKind(kind).filter { after == null || compareBytes(it.id, after) > 0 }
        return Page(shelf(salon).head, rows.take(limit.toInt()))
    }

    @Synchronized
    override fun changes(salon: String, since: UInt, limit: UInt): List<Entry> =
        shelf(salon).entries.filter { it.sequence > since }.take(limit.toInt())

    @Synchronized
    override fun commit(salon: String, batch: Batch) {
        val shelf = shelf(salon)
        if (shelf.head.sequence != batch.expected) throw StoreException.Conflict()
        val follows = batch.entries.withIndex().all { (index, entry) -> entry.sequence == batch.expected + 1u + index.toUInt() }
        if (!follows) throw StoreException.Failed("the entries do not follow on the log")
        shelf.entries += batch.entries
        batch.puts.forEach { shelf.rows[RowName(it.kind, it.id)] = it }
        batch.removes.forEach(shelf.rows::remove)
        if (batch.erases) shelf.index = null
        batch.entries.lastOrNull()?.let { shelf.head = Head(it.sequence, it.hash) }
    }

    @Synchronized
    override fun index(salon: String): ByteArray? = shelf(salon).index

    @Synchronized
    override fun keepIndex(salon: String, block: ByteArray) {
        shelf(salon).index = block
    }

    private companion object {
        // Not String.compareTo: that goes by UTF-16, which orders 𠮷 before 﨑.
        fun compareBytes(one: String, other: String): Int = java.util.Arrays.compareUnsigned(one.toByteArray(), other.toByteArray())
    }
}
