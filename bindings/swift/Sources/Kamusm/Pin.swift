import KamusmFFI

/// A PIN, or the password of a key file. It is never text, and it is empty again after it was used once.
public final class Pin: Sendable {
    let object = KamusmFFI.Pin()

    /// A PIN to be typed digit by digit.
    public init() {}

    /// Takes the octets and wipes them where they stood.
    public convenience init(wiping octets: inout [UInt8]) {
        self.init()
        for place in octets.indices {
            push(octets[place])
            octets[place] = 0
        }
        octets = []
    }

    /// Adds one octet at the end: for a digit, its ASCII code.
    public func push(_ octet: UInt8) {
        // An octet is never out of range.
        try? object.push(digitOctet: Int32(octet))
    }

    /// Removes the last octet and wipes its place; `false` if there is none.
    @discardableResult
    public func pop() -> Bool {
        (try? object.pop()) ?? false
    }

    /// Removes and wipes everything.
    public func clear() {
        try? object.clear()
    }

    /// How many octets there are.
    public var count: Int {
        Int((try? object.len()) ?? 0)
    }
}
