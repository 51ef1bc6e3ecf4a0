import Foundation
import KamusmFFI

/// Ends what waits: requests, pauses, calls to a card. Once cancelled it stays so.
///
/// A cancelled `Task` cancels by itself what it waits for; the token is for whoever is not in a task.
public final class CancelToken: @unchecked Sendable {
    let object = KamusmFFI.CancelToken()
    private let lock = NSLock()
    private var handlers: [Int: @Sendable () -> Void] = [:]
    private var count = 0

    /// A token that nobody has cancelled.
    public init() {}

    /// Cancels, from any thread.
    public func cancel() {
        // It cannot fail.
        try? object.cancel()
        lock.lock()
        let called = handlers.values
        handlers = [:]
        lock.unlock()
        called.forEach { $0() }
    }

    /// Whether somebody has cancelled.
    public var isCancelled: Bool {
        (try? object.isCancelled()) ?? true
    }

    /// Runs an operation; a cancelled token, or task, calls the handler, once and at once.
    public func withHandler<Value: Sendable>(
        _ handler: @escaping @Sendable () -> Void, operation: @Sendable () async throws -> Value
    ) async throws -> Value {
        let number = add(handler)
        defer { remove(number) }
        // `cancel` looks for handlers after it has set the mark: one of the two sees the other.
        if isCancelled { cancel() }
        return try await withTaskCancellationHandler(operation: operation) { self.call(number) }
    }

    private func add(_ handler: @escaping @Sendable () -> Void) -> Int {
        lock.lock()
        defer { lock.unlock() }
        count += 1
        handlers[count] = handler
        return count
    }

    @discardableResult
    private func remove(_ number: Int) -> (@Sendable () -> Void)? {
        lock.lock()
        defer { lock.unlock() }
        return handlers.removeValue(forKey: number)
    }

    private func call(_ number: Int) {
        remove(number)?()
    }
}
