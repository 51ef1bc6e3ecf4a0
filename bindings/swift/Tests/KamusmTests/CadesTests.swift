import Foundation
import XCTest
@testable import Kamusm

final class CadesTests: XCTestCase {
    private let content = Data("Işık".utf8)

    func testCreatesAndJudgesASignature() async throws {
        let identity = try await signerIdentity()
        let signingTime = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        for attached in [true, false] {
            let signing = try CadesSigning(
                content, certificate: identity.certificate, attached: attached, signingTime: signingTime
            )
            XCTAssertEqual(signing.algorithm, .ecdsaP256Sha256)
            XCTAssertEqual(signing.digest.count, 32)
            let cms = try signing.finish(try OpenSSL.signature(of: signing.toBeSigned, key: Sandbox.setting("PEM")))
            var policy = CadesPolicy(anchors: [try Sandbox.file("TRUST_ANCHOR")])
            policy.intermediates = [try Sandbox.file("INTERMEDIATE")]
            policy.isRevocationRequired = false
            let reports = try policy.validate(cms, detached: attached ? nil : content)
            XCTAssertEqual(reports.map(\.indication), [.totalPassed], "\(reports)")
            XCTAssertEqual(reports.first?.signer, identity.certificate)
            XCTAssertEqual(reports.first?.signingTimeUnixS, Int64(signingTime.timeIntervalSince1970))
            if attached { continue }
            let wrong = try policy.validate(cms, detached: Data("Isık".utf8))
            XCTAssertEqual(wrong.map(\.indication), [.totalFailed])
            XCTAssertEqual(wrong.first?.subIndication, "HASH_FAILURE")
        }
    }

    func testAnotherKeysValueIsRefused() async throws {
        let signing = try CadesSigning(content, certificate: try await signerIdentity().certificate)
        let other = try OpenSSL.signature(of: Data("else".utf8), key: Sandbox.setting("PEM"))
        XCTAssertThrowsError(try signing.finish(other)) { thrown in
            guard case .signature(let details)? = thrown as? KamusmError else { return XCTFail("\(thrown)") }
            XCTAssertEqual(details.code, .selfCheck)
        }
    }

    func testASessionWithASignerOfOnesOwn() async throws {
        let config = try Sandbox.config()
        let session = try Session(code: try await Sandbox.code(texts: 2).code, config: config)
        let person = OwnSigner(certificate: try await signerIdentity().certificate)
        let outcome = try await session.run(person, over: HTTPClient(config))
        XCTAssertEqual(outcome.kind, .accepted)
        XCTAssertEqual(person.attempts.all, [2, 1], "the first text was kept")
    }

    private func signerIdentity() async throws -> Identity {
        let identities = try await Sandbox.token().identities()
        return try XCTUnwrap(identities.first)
    }
}

/// Signs without a token of the library; of two texts only the first one at once.
private struct OwnSigner: Person {
    let certificate: Data
    let attempts = Notes<Int>()

    func show(_ step: ShowStep) async throws -> Answer { try step.accept() }

    func choose(_ step: ChooseStep) async throws -> Answer { try step.certificate(certificate) }

    func sign(_ step: SignStep, after error: KamusmError?) async throws -> Answer {
        attempts.add(step.items.count)
        var values: [Data?] = []
        for item in step.items {
            values.append(try OpenSSL.signature(of: item.toBeSigned, key: Sandbox.setting("PEM")))
        }
        if values.count > 1 { values[values.count - 1] = nil }
        return try step.signatures(values)
    }
}

enum OpenSSL {
    static func signature(of octets: Data, key: String) throws -> Data {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try octets.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (openssl, output) = (Process(), Pipe())
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = ["dgst", "-sha256", "-sign", key, file.path]
        openssl.standardOutput = output
        try openssl.run()
        let value = output.fileHandleForReading.readDataToEndOfFile()
        openssl.waitUntilExit()
        XCTAssertEqual(openssl.terminationStatus, 0)
        return value
    }
}
