import Foundation

/// An object of the library until it is closed; afterwards every use is an error.
///
/// A call that runs while another thread closes keeps the object until it ends.
final class Closable<Object: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var object: Object?

    init(_ object: Object) {
        self.object = object
    }

    func open() throws -> Object {
        lock.lock()
        defer { lock.unlock() }
        guard let object else { throw KamusmError(.closed, "the object is closed") }
        return object
    }

    func close() {
        lock.lock()
        let last = object
        object = nil
        lock.unlock()
        // What the library frees is freed without the lock.
        _ = last
    }
}
