//! What a salon types, read the way a salon means it.
