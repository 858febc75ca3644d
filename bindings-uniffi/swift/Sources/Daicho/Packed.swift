import Foundation

extension PackedCustomers {
    /// The customers and their columns, as arrays; none if `packed` is not such bytes.
    public func unpacked() -> Unpacked? {
        Unpacked(packed)
    }
}

/// Customers in the order of an answer, and at the same places what was asked of them. A column that was not asked for, or is of another kind, is `nil`. The
/// layout of the bytes is written down at `Packed` of the Rust library.
public struct Unpacked: Sendable {
    /// What stands in a column of days where there is none.
    public static let noDay = Int32.min

    /// How many customers.
    public let count: Int
    private let bytes: Data
    private let parts: [String: (packing: UInt32, from: Int)]

    public init?(_ packed: Data) {
        // From its own beginning: a part of other data begins where that part does.
        let bytes = Data(packed)
        guard bytes.prefix(8).elementsEqual("daichop1".utf8), bytes.count >= 16 else { return nil }
        let count = Int(Self.number(bytes, 8)), entries = Int(Self.number(bytes, 12))
        guard entries <= (bytes.count - 16) / 32 else { return nil }
        var parts: [String: (packing: UInt32, from: Int)] = [:]
        for entry in stride(from: 16, to: 16 + entries * 32, by: 32) {
            let name = String(decoding: bytes[entry..<entry + 24].prefix { $0 != 0 }, as: UTF8.self)
            let packing = Self.number(bytes, entry + 24), from = Int(Self.number(bytes, entry + 28))
            guard let width = [1: 1, 2: 4, 3: 4, 4: 8][packing], from + count * width <= bytes.count else { return nil }
            parts[name] = (packing, from)
        }
        guard let customers = parts["customer"], customers.packing == 2 else { return nil }
        self.count = count
        self.bytes = bytes
        self.parts = parts
    }

    /// The ordinals of the customers' ids: 17 of `c17`.
    public var ordinals: [UInt32] { values("customer", 2) ?? [] }

    /// The customers' ids.
    public var customers: [CustomerId] { ordinals.map { "c\($0)" } }

    /// A column of counts, or of customer numbers.
    public func counts(_ column: PackedColumn) -> [UInt32]? { values(column.inBytes, 2) }

    /// A column of days since 1970-01-01; `noDay` where there is none.
    public func days(_ column: PackedColumn) -> [Int32]? { values(column.inBytes, 3) }

    /// A column of amounts in whole yen.
    public func yen(_ column: PackedColumn) -> [Int64]? { values(column.inBytes, 4) }

    /// A column of yes and no.
    public func flags(_ column: PackedColumn) -> [Bool]? {
        let values: [UInt8]? = values(column.inBytes, 1)
        return values?.map { $0 != 0 }
    }

    private func values<Value: FixedWidthInteger>(_ name: String, _ packing: UInt32) -> [Value]? {
        guard let part = parts[name], part.packing == packing else { return nil }
        return bytes.withUnsafeBytes { raw in
            (0..<count).map { Value(littleEndian: raw.loadUnaligned(fromByteOffset: part.from + $0 * MemoryLayout<Value>.size, as: Value.self)) }
        }
    }

    private static func number(_ bytes: Data, _ from: Int) -> UInt32 {
        bytes.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: from, as: UInt32.self)) }
    }
}

extension PackedColumn {
    fileprivate var inBytes: String {
        switch self {
        case .number: return "number"
        case .visits: return "visits"
        case .reservations: return "reservations"
        case .cancellations: return "cancellations"
        case .amount: return "amount"
        case .due: return "due"
        case .firstRegistered: return "firstRegistered"
        case .firstVisit: return "firstVisit"
        case .lastVisit: return "lastVisit"
        case .line: return "line"
        case .lastMinuteCancel: return "lastMinuteCancel"
        case .noShow: return "noShow"
        case .account: return "account"
        case .newsletter: return "newsletter"
        case .phoneRegistration: return "phoneRegistration"
        }
    }
}
