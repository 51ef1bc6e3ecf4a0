import XCTest
@testable import Kamusm

final class ApplicationTests: XCTestCase {
    func testTheListAndOneApplicationAreTheSameOverBothTransports() async throws {
        let config = try Sandbox.config()
        let person = try PersonToken(Sandbox.setting("PERSON_TOKEN"))
        let (own, platform) = (try HTTPClient(config), URLSessionTransport())
        let list = try await Application.all(of: person, config: config, over: own)
        let again = try await Application.all(of: person, config: config, over: platform)
        XCTAssertEqual(list, again)
        XCTAssertTrue(list.contains { $0.no == "SD-13498" })
        for application in list {
            XCTAssertFalse(application.status.title.isEmpty)
            XCTAssertFalse(application.institution.isEmpty)
        }
        let number = try Sandbox.setting("APPLICATION")
        let one = try await Application.read(number, of: person, config: config, over: own)
        let other = try await Application.read(number, of: person, config: config, over: platform)
        XCTAssertEqual(one, other)
        XCTAssertEqual(one.no, number)
    }

    func testRefusalsAreErrors() async throws {
        let config = try Sandbox.config()
        let person = try PersonToken(Sandbox.setting("PERSON_TOKEN"))
        let nobody = try PersonToken("nobody")
        for transport in [try HTTPClient(config), URLSessionTransport()] as [any Transport] {
            await assertThrows(.notFound) {
                _ = try await Application.read("SD-00000", of: person, config: config, over: transport)
            }
            await assertThrows(.unauthenticated) {
                _ = try await Application.all(of: nobody, config: config, over: transport)
            }
        }
        await assertThrows(.range) { _ = try ApplicationCall("sd-1", of: person, config: config) }
    }

    private func assertThrows(_ code: Code, _ call: () async throws -> Void) async {
        do {
            try await call()
            XCTFail("it did not throw \(code)")
        } catch {
            XCTAssertEqual((error as? KamusmError)?.code, code, "\(error)")
        }
    }
}
