import Foundation
import XCTest
@testable import Kamusm

final class RedactedTests: XCTestCase {
    private func printed(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(String(describing: [value])) \(dumped)"
    }

    func testWhatIsSecretIsNotPrinted() async throws {
        let config = try Sandbox.config()
        let person = TestPerson(try await Sandbox.token())
        let session = try Session(code: try await Sandbox.code().code, config: config)
        _ = try await session.run(person, over: HTTPClient(config))
        var secrets: [String] = []
        for step in person.steps.all {
            switch step {
            case .send(let send):
                secrets += send.request.headers.filter { $0.name == "authorization" }.map(\.value)
                secrets += [String(decoding: send.request.body, as: UTF8.self)].filter { !$0.isEmpty }
            case .show(let show):
                secrets.append(show.facts.applicantName)
            default: break
            }
        }
        XCTAssertGreaterThan(secrets.count, 4)
        // Octets: comparing characters takes minutes.
        let text = Data(person.steps.all.map(printed).joined().utf8)
        XCTAssertNotNil(text.range(of: Data("Request(PUT, ".utf8)))
        for secret in secrets { XCTAssertNil(text.range(of: Data(secret.utf8))) }
        let response = Response(status: 200, headers: [Header(name: "set-cookie", value: "s3cret")], body: Data("s3cret".utf8))
        XCTAssertFalse(printed(response).contains("s3cret"))
        XCTAssertFalse(printed(response.headers).contains("s3cret"))
        let identity = try await Sandbox.token().identities()[0]
        XCTAssertFalse(printed(identity).contains(identity.commonName))
        XCTAssertFalse(printed(Pin(Sandbox.pin)).contains(Sandbox.pin))
    }
}
