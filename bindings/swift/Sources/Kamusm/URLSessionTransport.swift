import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// HTTP by the platform's `URLSession`: its trust roots, its proxy. Any number of sessions and tasks may share it.
///
/// For Apple's platforms. The Foundation of Linux ends the process over a 401 whose `WWW-Authenticate` has a scheme
/// without a parameter, against RFC 6750 3; there ``HTTPClient`` is the better choice.
public final class URLSessionTransport: Carrier {
    private let session: URLSession
    private let exchanges = Exchanges()

    public init() {
        // Nothing of an exchange stays: no cookies, no cache, no credentials.
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    public func send(_ request: Request, cancel: CancelToken) async throws -> Response {
        guard let url = URL(string: request.url) else { throw TransportFailure.unreachable }
        var message = URLRequest(url: url, timeoutInterval: TimeInterval(request.timeoutMs) / 1000)
        message.httpMethod = request.method
        for header in request.headers {
            message.setValue(header.value, forHTTPHeaderField: header.name)
        }
        if !request.body.isEmpty { message.httpBody = request.body }
        let task = session.dataTask(with: message)
        let limit = Int(clamping: request.maxResponseOctets)
        if request.afterCancel { return try await exchanges.run(task, limit: limit, within: request.timeoutMs) }
        return try await cancel.withHandler {
            task.cancel()
        } operation: { [exchanges] in
            if cancel.isCancelled { throw CancellationError() }
            return try await exchanges.run(task, limit: limit, within: request.timeoutMs)
        }
    }
}

/// The exchanges that are under way.
private final class Exchanges: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Exchange {
        let continuation: CheckedContinuation<Response, Error>
        let limit: Int
        var body = Data()
        var failure: TransportFailure?
    }

    private let lock = NSLock()
    private var running: [Int: Exchange] = [:]

    func run(_ task: URLSessionDataTask, limit: Int, within milliseconds: Int64) async throws -> Response {
        // The timeout of a request is about silence; this one is about the whole exchange.
        let clock = Task {
            try await Task.sleep(nanoseconds: UInt64(max(0, milliseconds)) * 1_000_000)
            self.give(up: task, for: .timeout)
        }
        defer { clock.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            lock.lock()
            running[task.taskIdentifier] = Exchange(continuation: continuation, limit: limit)
            lock.unlock()
            task.resume()
        }
    }

    private func give(up task: URLSessionTask, for failure: TransportFailure) {
        lock.lock()
        running[task.taskIdentifier]?.failure = failure
        lock.unlock()
        task.cancel()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // The redirect is the answer.
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        lock.lock()
        running[dataTask.taskIdentifier]?.body.append(data)
        let exchange = running[dataTask.taskIdentifier]
        lock.unlock()
        if let exchange, exchange.body.count > exchange.limit { give(up: dataTask, for: .tooLarge) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: Error?) {
        lock.lock()
        let ended = running.removeValue(forKey: task.taskIdentifier)
        lock.unlock()
        guard let ended else { return }
        if let failure = ended.failure {
            ended.continuation.resume(throwing: failure)
        } else if let error {
            ended.continuation.resume(throwing: failure(error))
        } else if let response = task.response as? HTTPURLResponse {
            ended.continuation.resume(returning: Response(response, body: ended.body))
        } else {
            ended.continuation.resume(throwing: TransportFailure.malformed)
        }
    }

    private func failure(_ error: Error) -> Error {
        switch (error as? URLError)?.code {
        case .cancelled: return CancellationError()
        case .timedOut: return TransportFailure.timeout
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return TransportFailure.tls
        case .badServerResponse, .cannotParseResponse: return TransportFailure.malformed
        default: return TransportFailure.unreachable
        }
    }
}

extension Response {
    fileprivate init(_ response: HTTPURLResponse, body: Data) {
        let headers = response.allHeaderFields.map { Header(name: "\($0.key)", value: "\($0.value)") }
        self.init(status: Int32(response.statusCode), headers: headers, body: body)
    }
}
