package jp.daicho

/** JSON text that may hold personal data: show it, do not log it. It prints as `(private)` (A4). */
class PrivateJson(
    /** The text. */
    val text: String,
) {
    override fun equals(other: Any?): Boolean = other is PrivateJson && other.text == text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = "(private)"
}

/** The stable code, such as `merge.name_mismatch`. */
val DaichoException.code: String
    get() = when (this) {
        is DaichoException.Failed -> code
    }

/** What is wrong and what would be right, for developers; no personal data. */
val DaichoException.detail: String
    get() = when (this) {
        is DaichoException.Failed -> detail
    }

/** The fields at fault, by their names in JSON. */
val DaichoException.fields: List<String>
    get() = when (this) {
        is DaichoException.Failed -> fields
    }

/** What a program needs to go on, as JSON text. */
val DaichoException.data: PrivateJson
    get() = when (this) {
        is DaichoException.Failed -> data
    }

/** Whether the same call may go through when made again as it is. */
val DaichoException.retryable: Boolean
    get() = when (this) {
        is DaichoException.Failed -> retryable
    }
