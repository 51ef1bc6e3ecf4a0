import Foundation
import KamusmFFI

/// A point in time on both clocks of this machine.
public typealias Now = KamusmFFI.Now

extension Now {
    /// The clocks as they stand.
    public static func system() throws -> Now {
        try translating(clock)
    }
}

/// A moment of the session's clock, which goes on while the machine is suspended.
public struct Deadline: Hashable, Comparable, Sendable {
    /// Milliseconds on the monotonic clock.
    public let monotonicMs: Int64

    public init(monotonicMs: Int64) {
        self.monotonicMs = monotonicMs
    }

    /// What is left; 0 when it is over.
    public var millisecondsLeft: Int64 {
        guard let now = try? Now.system() else { return 0 }
        return max(0, monotonicMs - now.monotonicMs)
    }

    /// Whole seconds that are left, the begun one counted.
    public var secondsLeft: Int {
        Int((millisecondsLeft + 999) / 1000)
    }

    /// Kalan Süre: the seconds that are left, one value a second, down to 0.
    public var countdown: Countdown {
        Countdown(until: self)
    }

    public static func < (left: Deadline, right: Deadline) -> Bool {
        left.monotonicMs < right.monotonicMs
    }
}

/// Whole seconds that are left, the begun one counted: at once, then at each full second, down to 0.
///
/// It ends after 0, or when its task is cancelled.
public struct Countdown: AsyncSequence, Sendable {
    public typealias Element = Int

    let until: Deadline

    /// Counts down to this moment.
    public init(until: Deadline) {
        self.until = until
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(until: until)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let until: Deadline
        private var last: Int?

        init(until: Deadline) {
            self.until = until
        }

        public mutating func next() async -> Int? {
            if last == 0 || Task.isCancelled { return nil }
            while last == until.secondsLeft {
                // The number stays as it is until the next full second.
                let rest = (until.millisecondsLeft - 1) % 1000 + 1
                do { try await Task.sleep(nanoseconds: UInt64(rest) * 1_000_000) } catch { return nil }
            }
            last = until.secondsLeft
            return last
        }
    }
}
