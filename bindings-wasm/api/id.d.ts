/**
 * An id of the host's, or a day, as the type that is expected where it stands: `shop: id("ginza")`, `birthday: id("1990-04-01")`.
 * The rules check it when it arrives.
 */
export declare function id<Id extends string & {
    readonly __brand: string;
}>(text: string): Id;
