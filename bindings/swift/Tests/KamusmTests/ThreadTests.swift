import Foundation
import XCTest
@testable import Kamusm

final class ThreadTests: XCTestCase {
    func testTwoTasksShareClientTokenAndConfiguration() async throws {
        let config = try Sandbox.config()
        let (http, token) = (try HTTPClient(config), try await Sandbox.token())
        let kinds = try await withThrowingTaskGroup(of: Outcome.Kind.self) { group in
            for _ in 0..<2 {
                let session = try Session(code: try await Sandbox.code().code, config: config)
                group.addTask { try await session.run(TestPerson(token), over: http).kind }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        XCTAssertEqual(kinds, [.accepted, .accepted])
    }

    func testTwoThreadsUseOneSessionWhileAThirdCloses() throws {
        let code = try VerificationCode(Sandbox.setting("CODE"))
        for _ in 0..<200 {
            let session = try Session(code: code, config: Sandbox.config())
            let wrong = Notes<String>()
            DispatchQueue.concurrentPerform(iterations: 3) { number in
                if number == 2 { return session.close() }
                do {
                    guard case .send(let send) = try session.step() else { return wrong.add("another step") }
                    try session.answer(send.failed(.unreachable))
                } catch let error as KamusmError where [.closed, .stale].contains(error.code) {
                    // One of them was late.
                } catch {
                    // The other one's failure has made this one wait.
                    if "\(error)" != "" { wrong.add("\(error)") }
                }
            }
            XCTAssertTrue(wrong.all.allSatisfy { $0 == "another step" }, "\(wrong.all)")
        }
    }

    func testTenThousandSessionsLeaveNothing() throws {
        let (code, config) = (try VerificationCode(Sandbox.setting("CODE")), try Sandbox.config())
        func open(_ count: Int) throws {
            for _ in 0..<count {
                let session = try Session(code: code, config: config)
                guard case .send(let send) = try session.step() else { return XCTFail() }
                try session.answer(send.failed(.unreachable))
                _ = try session.step()
            }
        }
        try open(1_000)
        let before = try residentOctets()
        try open(10_000)
        let grown = try residentOctets() - before
        // A session holds more than 300 octets: were each kept, it would be 3 MB and more.
        XCTAssertLessThan(grown, 1_500_000, "octets grown by")
    }

    /// What this process has in memory (proc(5), statm).
    private func residentOctets() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return try XCTUnwrap(pages) * 4096
    }
}
