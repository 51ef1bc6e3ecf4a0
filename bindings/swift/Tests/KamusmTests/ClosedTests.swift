import XCTest
@testable import Kamusm

final class ClosedTests: XCTestCase {
    private func assertClosed(_ name: String, _ use: () async throws -> Void) async {
        do {
            try await use()
            XCTFail("\(name) can be used")
        } catch let error as KamusmError {
            XCTAssertEqual(error.code, .closed, name)
            XCTAssertEqual(error.category, .usage, name)
        } catch {
            XCTFail("\(name): \(error)")
        }
    }

    func testUseAfterCloseIsAnError() async throws {
        let config = try Sandbox.config()
        let code = try VerificationCode(Sandbox.setting("CODE"))
        let session = try Session(code: code, config: config)
        guard case .send(let send) = try session.step() else { return XCTFail() }
        let (http, token) = (try HTTPClient(config), try await Sandbox.token())
        let person = try PersonToken("token")
        session.close()
        session.close()
        http.close()
        token.close()
        code.close()
        person.close()
        await assertClosed("step") { _ = try session.step() }
        await assertClosed("answer") { try session.answer(send.cancelled()) }
        await assertClosed("cancel") { try session.cancel() }
        await assertClosed("deadline") { _ = try session.deadline }
        await assertClosed("run") { _ = try await session.run(TestPerson(token), over: http) }
        await assertClosed("client") { _ = try await http.perform(send) }
        await assertClosed("token") { _ = try await token.identities() }
        await assertClosed("code") { _ = try Session(code: code, config: config) }
        await assertClosed("person token") { _ = try Portal(of: person, config: config).me() }
    }

    func testAStepLivesLongerThanItsSession() throws {
        let session = try Session(code: VerificationCode(Sandbox.setting("CODE")), config: Sandbox.config())
        guard case .send(let send) = try session.step() else { return XCTFail() }
        session.close()
        XCTAssertEqual(send.request.method, "GET")
        XCTAssertNoThrow(try send.cancelled())
    }
}
