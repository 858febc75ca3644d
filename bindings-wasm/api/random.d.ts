/** The host's randomness. `crypto.randomUUID` is not there on a page without TLS; `getRandomValues` is. */
/** 32 hexadecimal digits. */
export declare function randomHex(): string;
/** A UUID of version 4. */
export declare function randomUuid(): string;
