/// JSON text that may hold personal data: show it, do not log it. It prints as `(private)` (A4).
public struct PrivateJson: Equatable, Hashable, Sendable {
    /// The text.
    public let text: String

    public init(text: String) {
        self.text = text
    }
}

extension PrivateJson: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(private)" }
    public var debugDescription: String { "(private)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension DaichoError {
    /// The stable code, such as `merge.name_mismatch`.
    public var code: String {
        switch self { case let .Failed(code, _, _, _, _): return code }
    }

    /// What is wrong and what would be right, for developers; no personal data.
    public var detail: String {
        switch self { case let .Failed(_, detail, _, _, _): return detail }
    }

    /// The fields at fault, by their names in JSON.
    public var fields: [String] {
        switch self { case let .Failed(_, _, fields, _, _): return fields }
    }

    /// What a program needs to go on, as JSON text.
    public var data: PrivateJson {
        switch self { case let .Failed(_, _, _, data, _): return data }
    }

    /// Whether the same call may go through when made again as it is.
    public var retryable: Bool {
        switch self { case let .Failed(_, _, _, _, retryable): return retryable }
    }
}

extension Customer {
    /// What an edit of this customer begins with: the form as it stands (C8).
    public func form() throws -> CustomerForm {
        try formOf(customer: self)
    }
}
