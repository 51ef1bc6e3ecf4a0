import Foundation

/// Runs a call that blocks on a thread of its own, so that no thread of Swift's pool waits.
func blocking<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            continuation.resume(with: Result { try translating(call) })
        }
    }
}

/// The same for a call that a cancelled task ends.
func blocking<Value: Sendable>(
    cancelledBy cancel: CancelToken, _ call: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withTaskCancellationHandler {
        try await blocking(call)
    } onCancel: {
        cancel.cancel()
    }
}
