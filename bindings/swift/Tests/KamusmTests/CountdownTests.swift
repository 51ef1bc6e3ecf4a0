import XCTest
@testable import Kamusm

final class CountdownTests: XCTestCase {
    func testCountsTheBegunSecondAndEndsAtZero() async throws {
        let now = try Now.system().monotonicMs
        var seconds: [Int] = []
        let began = Date()
        for await second in Deadline(monotonicMs: now + 1_200).countdown { seconds.append(second) }
        XCTAssertEqual(seconds, [2, 1, 0])
        XCTAssertEqual(Date().timeIntervalSince(began), 1.2, accuracy: 0.5)
    }

    func testIsOverAtOnceWhenTheTimeIs() async throws {
        var seconds: [Int] = []
        for await second in Deadline(monotonicMs: 0).countdown { seconds.append(second) }
        XCTAssertEqual(seconds, [0])
        XCTAssertEqual(Deadline(monotonicMs: 0).millisecondsLeft, 0)
    }

    func testEndsWithItsTask() async throws {
        let deadline = Deadline(monotonicMs: try Now.system().monotonicMs + 60_000)
        let count = Task { await deadline.countdown.reduce(0) { count, _ in count + 1 } }
        try await Task.sleep(nanoseconds: 100_000_000)
        count.cancel()
        let counted = await count.value
        XCTAssertLessThanOrEqual(counted, 1)
    }
}
