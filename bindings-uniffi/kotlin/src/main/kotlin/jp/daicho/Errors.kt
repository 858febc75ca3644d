package jp.daicho

/** Stable name of the reason, for programs. */
val DaichoException.code: String
    get() = when (this) {
        is DaichoException.Failed -> code
    }

/** What was expected, for people. Never personal data. */
val DaichoException.detail: String
    get() = when (this) {
        is DaichoException.Failed -> detail
    }

/** The fields at fault, as the caller named them. */
val DaichoException.fields: List<String>
    get() = when (this) {
        is DaichoException.Failed -> fields
    }
