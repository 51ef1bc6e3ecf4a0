import XCTest
@testable import Kamusm

final class TokenTests: XCTestCase {
    func testListsIdentities() async throws {
        let password = Pin(Sandbox.pin)
        let token = try await Token.pkcs12(Sandbox.file("PKCS12"), password: password)
        XCTAssertEqual(password.count, 0)
        let identities = try await token.identities()
        XCTAssertEqual(identities.count, 1)
        let identity = try XCTUnwrap(identities.first)
        XCTAssertNil(identity.refusal)
        XCTAssertEqual(identity.purpose, .signing)
        XCTAssertEqual(identity.fingerprint.count, 32)
        XCTAssertEqual(identity.certificate.first, 0x30)
        XCTAssertFalse(identity.commonName.isEmpty)
        XCTAssertLessThan(identity.notBefore, identity.notAfter)
        XCTAssertFalse(identity.hasPinPad)
    }

    func testTellsAWrongPasswordAndAMissingModule() async throws {
        await assertThrows(.pinIncorrect) {
            _ = try await Token.pkcs12(Sandbox.file("PKCS12"), password: Pin("wrong"))
        }
        await assertThrows(.moduleNotFound) { _ = try await Token.module("/nowhere/libakisp11.so") }
    }

    func testListsWhatAModuleKnows() async throws {
        let token = try await Token.module("/usr/lib/softhsm/libsofthsm2.so")
        // Without a configured token the module has an empty slot.
        await assertThrows(.noToken) { _ = try await token.identities() }
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
