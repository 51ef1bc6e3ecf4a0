import XCTest
import KamusmFFI
@testable import Kamusm

final class CodeTests: XCTestCase {
    func testEveryCodeOfTheLibraryStandsInTheTable() throws {
        let rows = try errorCodes()
        XCTAssertGreaterThan(rows.count, 100)
        XCTAssertEqual(Code.all.map(\.rawValue), rows.map(\.number))
        for row in rows {
            let code = Code(rawValue: row.number)
            XCTAssertEqual(code.name, row.name)
            XCTAssertEqual(code.category.rawValue, Int(row.category), row.name)
            XCTAssertEqual(code.isRetryable, row.retryable, row.name)
        }
    }
}
