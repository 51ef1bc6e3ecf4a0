import Foundation
import XCTest
@testable import Kamusm

final class TransportTests: XCTestCase {
    override func tearDown() async throws {
        try await Sandbox.door("DELETE", "/faults")
    }

    private func firstSend(_ config: Config) throws -> SendStep {
        let session = try Session(code: VerificationCode(Sandbox.setting("CODE")), config: config)
        guard case .send(let send) = try session.step() else { throw Sandbox.Missing(name: "send") }
        return send
    }

    private func assertThrows<Failure: Error & Equatable>(
        _ failure: Failure, _ call: () async throws -> Void
    ) async {
        do {
            try await call()
            XCTFail("it did not throw \(failure)")
        } catch {
            XCTAssertEqual(error as? Failure, failure, "\(error)")
        }
    }

    func testASessionOverThePlatformsHTTP() async throws {
        let config = try Sandbox.config()
        let person = TestPerson(try await Sandbox.token())
        let session = try Session(code: try await Sandbox.code(texts: 2).code, config: config)
        let outcome = try await session.run(person, over: URLSessionTransport())
        XCTAssertEqual(outcome.kind, .accepted)
        XCTAssertEqual(outcome.signatures.count, 2)
    }

    func testARedirectIsAnAnswer() async throws {
        try await Sandbox.fault("GET", "/kamusm-configuration", [
            "kind": "redirect", "location": "\(try Sandbox.baseURL)/elsewhere", "times": 1,
        ])
        let request = try firstSend(Sandbox.config()).request
        let response = try await URLSessionTransport().send(request, cancel: CancelToken())
        XCTAssertTrue((300..<400).contains(response.status), "\(response.status)")
    }

    func testATooLargeAnswerIsNotRead() async throws {
        try await Sandbox.fault("GET", "/kamusm-configuration", ["kind": "oversize", "octets": 8_000_000, "times": 1])
        let request = try firstSend(Sandbox.config()).request
        await assertThrows(TransportFailure.tooLarge) {
            _ = try await URLSessionTransport().send(request, cancel: CancelToken())
        }
    }

    func testTheTimeOfTheWholeExchangeCounts() async throws {
        try await Sandbox.fault("GET", "/kamusm-configuration", ["kind": "latency", "seconds": 3, "times": 1])
        let request = try firstSend(Sandbox.config { $0.timeout = 1 }).request
        await assertThrows(TransportFailure.timeout) {
            _ = try await URLSessionTransport().send(request, cancel: CancelToken())
        }
    }

    func testNobodyThereIsUnreachable() async throws {
        let config = try Config(baseURL: "http://127.0.0.1:9", environment: .sandbox)
        let request = try firstSend(config).request
        await assertThrows(TransportFailure.unreachable) {
            _ = try await URLSessionTransport().send(request, cancel: CancelToken())
        }
    }

    func testATokenAndATaskEndAnExchange() async throws {
        let request = try firstSend(Sandbox.config()).request
        for byTask in [false, true] {
            try await Sandbox.fault("GET", "/kamusm-configuration", ["kind": "latency", "seconds": 5, "times": 1])
            let (cancel, began) = (CancelToken(), Date())
            let exchange = Task { try await URLSessionTransport().send(request, cancel: cancel) }
            try await Task.sleep(nanoseconds: 200_000_000)
            if byTask { exchange.cancel() } else { cancel.cancel() }
            let result = await exchange.result
            XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
            XCTAssertLessThan(Date().timeIntervalSince(began), 3)
            try await Sandbox.door("DELETE", "/faults")
        }
    }

    func testACancelledTokenLetsTheFarewellThrough() async throws {
        var request = try firstSend(Sandbox.config()).request
        let cancel = CancelToken()
        cancel.cancel()
        do {
            _ = try await URLSessionTransport().send(request, cancel: cancel)
            XCTFail("it was sent")
        } catch is CancellationError {}
        request = Request(
            method: request.method, url: request.url, headers: request.headers, body: request.body,
            timeoutMs: request.timeoutMs, maxResponseOctets: request.maxResponseOctets, afterCancel: true
        )
        let response = try await URLSessionTransport().send(request, cancel: cancel)
        XCTAssertEqual(response.status, 200)
    }
}
