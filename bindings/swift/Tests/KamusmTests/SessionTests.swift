import Foundation
import XCTest
@testable import Kamusm

final class SessionTests: XCTestCase {
    override func tearDown() async throws {
        try await Sandbox.door("PUT", "/switches", ["hold_decisions": false])
    }

    func testCarriesACodeToItsReceipt() async throws {
        let config = try Sandbox.config { $0.client = .init(name: "swift-tests", version: "1.0") }
        let (code, no) = try await Sandbox.code(texts: 2, form: [["Ünvan", "Işık Şefi"]])
        let person = TestPerson(try await Sandbox.token())
        let session = try Session(code: code, config: config)
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .accepted)
        XCTAssertNil(outcome.error)
        XCTAssertEqual(outcome.signatures.count, 2)
        XCTAssertEqual(outcome.receipt?.application, no)
        XCTAssertEqual(outcome.returnTo, try Sandbox.baseURL)
        XCTAssertTrue(outcome.mayHaveArrived)
        XCTAssertEqual(person.kinds, ["send", "show", "choose", "send", "sign", "send", "done"])
        guard case .show(let show) = person.steps.all.first(where: { $0.kind == "show" }) else { return XCTFail() }
        XCTAssertEqual(show.texts.map(\.title), ["İmzalanacak Metin 1:", "İmzalanacak Metin 2:"])
        XCTAssertEqual(show.facts.application, no)
        XCTAssertEqual(show.facts.matchCode.count, 4)
        let texts = try show.texts.map { try XCTUnwrap(String(data: $0.octets, encoding: .utf8)) }
        XCTAssertTrue(texts.joined().contains("Işık Şefi"), "Turkish letters come as they are")
        guard case .sign(let sign) = person.steps.all.first(where: { $0.kind == "sign" }) else { return XCTFail() }
        XCTAssertEqual(sign.items.count, 2)
        XCTAssertGreaterThan(sign.signingTime.timeIntervalSince1970, 1_700_000_000)
        let log = try config.readLog()
        XCTAssertTrue(log.lines.contains { $0.text.contains("Ended Accepted") })
        XCTAssertTrue(try config.readLog().lines.isEmpty, "each line comes once")
    }

    func testAsksAgainAfterAWrongPIN() async throws {
        let config = try Sandbox.config()
        let person = TestPerson(try await Sandbox.token(), pins: ["9999", Sandbox.pin])
        let session = try Session(code: try await Sandbox.code().code, config: config)
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .accepted)
        XCTAssertEqual(person.told.all.map { $0?.code }, [nil, .pinIncorrect])
        guard case .card(let details)? = person.told.all.last ?? nil else { return XCTFail("no card error") }
        XCTAssertTrue(details.usedPinTry)
        XCTAssertFalse(details.isRetryable)
    }

    func testEndsWhenThePersonDeclines() async throws {
        let config = try Sandbox.config()
        var person = TestPerson(try await Sandbox.token())
        person.whenShown = { try $0.decline() }
        let outcome = try await Session(code: try await Sandbox.code().code, config: config)
            .run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .cancelled)
        XCTAssertEqual(outcome.error?.code, .declined)
        XCTAssertFalse(outcome.mayHaveArrived)
    }

    func testTellsAnErrorOfTheServiceWithItsData() async throws {
        let config = try Sandbox.config()
        let person = TestPerson(try await Sandbox.token())
        let session = try Session(code: VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config: config)
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .failed)
        guard case .service(let details)? = outcome.error else { return XCTFail("\(outcome)") }
        XCTAssertEqual(details.code, .codeUnknown)
        XCTAssertEqual(details.problem, "code-unknown")
        XCTAssertEqual(details.httpStatus, 404)
        XCTAssertNotNil(details.requestID)
    }

    func testACancelledTaskEndsAWaitAndTellsTheService() async throws {
        try await Sandbox.door("PUT", "/switches", ["hold_decisions": true])
        let config = try Sandbox.config()
        let person = TestPerson(try await Sandbox.token())
        let session = try Session(code: try await Sandbox.code().code, config: config)
        let run = Task { try await session.run(person, over: HTTPClient(config)) }
        while !person.steps.all.contains(where: \.isWait) { try await Task.sleep(nanoseconds: 10_000_000) }
        let began = Date()
        run.cancel()
        let outcome = try await run.value
        XCTAssertEqual(outcome.kind, .cancelled)
        XCTAssertTrue(outcome.mayHaveArrived)
        XCTAssertLessThan(Date().timeIntervalSince(began), 5)
    }

    func testACancelledTaskEndsAPersonWhoReads() async throws {
        let config = try Sandbox.config()
        var person = TestPerson(try await Sandbox.token())
        let (reading, cancelled) = (expectation(description: "reads"), Notes<Request>())
        person.whenShown = { step in
            reading.fulfill()
            try await Task.sleep(nanoseconds: 60_000_000_000)
            return try step.accept()
        }
        person.whenBegun = { step in
            if case .send(let send) = step, send.request.afterCancel { cancelled.add(send.request) }
        }
        let session = try Session(code: try await Sandbox.code().code, config: config)
        let run = Task { [person] in try await session.run(person, over: CancelledWithItsTask()) }
        await fulfillment(of: [reading], timeout: 30)
        run.cancel()
        let outcome = try await run.value
        XCTAssertEqual(outcome.kind, .cancelled)
        XCTAssertEqual(cancelled.all.map { $0.url.hasSuffix("/cancellation") }, [true])
        // The task is cancelled, the farewell is not.
        let log = try config.readLog().lines.map(\.text)
        XCTAssertTrue(log.contains { $0.hasPrefix("Farewell") && $0.contains("response 20") }, "\(log)")
    }

    func testACancelledTokenEndsTheSession() async throws {
        let config = try Sandbox.config()
        let cancel = CancelToken()
        var person = TestPerson(try await Sandbox.token())
        person.whenShown = { step in
            cancel.cancel()
            return try step.accept()
        }
        let session = try Session(code: try await Sandbox.code().code, config: config)
        let outcome = try await session.run(person, over: HTTPClient(config), cancel: cancel)
        XCTAssertEqual(outcome.kind, .cancelled)
        XCTAssertEqual(outcome.error?.code, .cancelled)
    }

    func testAnErrorOfThePersonLeavesTheSessionWhereItWas() async throws {
        struct Interrupted: Error {}
        let config = try Sandbox.config()
        var person = TestPerson(try await Sandbox.token())
        person.whenShown = { _ in throw Interrupted() }
        let session = try Session(code: try await Sandbox.code().code, config: config)
        do {
            _ = try await session.run(person, over: HTTPClient(config))
            XCTFail("it did not throw")
        } catch is Interrupted {}
        person.whenShown = { try $0.accept() }
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .accepted)
    }

    func testAnAnswerOfAStepThatIsOverIsStale() async throws {
        let config = try Sandbox.config()
        let (stale, session) = (Notes<Code>(), try Session(code: try await Sandbox.code().code, config: config))
        var person = TestPerson(try await Sandbox.token())
        person.whenShown = { step in
            let answer = try step.accept()
            try session.answer(answer)
            do { try session.answer(answer) } catch let error as KamusmError { stale.add(error.code) }
            return answer
        }
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(stale.all, [.stale])
        XCTAssertEqual(outcome.kind, .accepted, "the loop goes on with the step of now")
    }

    func testOnlyOneRunsASession() async throws {
        let config = try Sandbox.config()
        let session = try Session(code: try await Sandbox.code().code, config: config)
        var person = TestPerson(try await Sandbox.token())
        let second = Notes<KamusmError>()
        person.whenShown = { [person] step in
            do {
                _ = try await session.run(person, over: HTTPClient(config))
            } catch let error as KamusmError {
                second.add(error)
            }
            return try step.decline()
        }
        _ = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(second.all.map(\.code), [.state])
    }

    func testADeadlineIsCountedDown() async throws {
        let config = try Sandbox.config()
        var person = TestPerson(try await Sandbox.token())
        let seconds = Notes<Int>()
        person.whenShown = { step in
            for await second in step.deadline.countdown.prefix(3) { seconds.add(second) }
            return try step.decline()
        }
        let session = try Session(code: try await Sandbox.code().code, config: config)
        XCTAssertNil(try session.deadline)
        _ = try await session.run(person, over: HTTPClient(config))
        let first = try XCTUnwrap(seconds.all.first)
        XCTAssertTrue((140...150).contains(first), "\(first)")
        XCTAssertEqual(seconds.all, [first, first - 1, first - 2])
    }
}

/// As transports are that are made of `async` functions.
private struct CancelledWithItsTask: Carrier {
    let inner = URLSessionTransport()

    func send(_ request: Request, cancel: CancelToken) async throws -> Response {
        try Task.checkCancellation()
        return try await inner.send(request, cancel: cancel)
    }
}
