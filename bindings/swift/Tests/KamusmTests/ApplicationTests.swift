import XCTest
@testable import Kamusm

final class ApplicationTests: XCTestCase {
    func testTheListAndOneApplicationAreTheSameOverBothTransports() async throws {
        let config = try Sandbox.config()
        let person = try PersonToken(Sandbox.setting("PERSON_TOKEN"))
        let (own, platform) = (try HTTPClient(config), URLSessionTransport())
        let portal = Portal(of: person, config: config)
        let list = try await own.perform(portal.applications())
        let again = try await platform.perform(portal.applications())
        XCTAssertEqual(list, again)
        XCTAssertTrue(list.contains { $0.no == "SD-13498" })
        for application in list {
            XCTAssertFalse(application.status.title.isEmpty)
            XCTAssertFalse(application.institution.isEmpty)
        }
        let number = try Sandbox.setting("APPLICATION")
        let one = try await own.perform(portal.application(number))
        let other = try await platform.perform(portal.application(number))
        XCTAssertEqual(one, other)
        XCTAssertEqual(one.no, number)
    }

    func testRefusalsAreErrors() async throws {
        let config = try Sandbox.config()
        let person = try PersonToken(Sandbox.setting("PERSON_TOKEN"))
        let portal = Portal(of: person, config: config)
        let nobody = Portal(of: try PersonToken("nobody"), config: config)
        for transport in [try HTTPClient(config), URLSessionTransport()] as [any Transport] {
            await assertThrows(.notFound) {
                _ = try await transport.perform(portal.application("SD-00000"))
            }
            await assertThrows(.unauthenticated) {
                _ = try await transport.perform(nobody.applications())
            }
        }
        await assertThrows(.range) { _ = try portal.application("sd-1") }
    }

}

func assertThrows(_ code: Code, _ call: () async throws -> Void) async {
    do {
        try await call()
        XCTFail("it did not throw \(code)")
    } catch {
        XCTAssertEqual((error as? KamusmError)?.code, code, "\(error)")
    }
}
