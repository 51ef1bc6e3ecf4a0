import Foundation
import XCTest
@testable import Kamusm

final class ErrorTests: XCTestCase {
    func testEachCategoryIsACase() throws {
        for code in Code.all {
            let error = KamusmError(code, "test")
            XCTAssertEqual(error.category, code.category)
            XCTAssertEqual(error.code, code)
            switch error {
            case .usage: XCTAssertEqual(code.category, .usage)
            case .network: XCTAssertEqual(code.category, .network)
            case .service: XCTAssertEqual(code.category, .service)
            case .card: XCTAssertEqual(code.category, .card)
            case .certificate: XCTAssertEqual(code.category, .certificate)
            case .signature: XCTAssertEqual(code.category, .signature)
            case .storage: XCTAssertEqual(code.category, .storage)
            case .internal: XCTAssertEqual(code.category, .internal)
            }
        }
    }

    func testTheSentenceIsForThePersonAndTheDescriptionForDevelopers() throws {
        XCTAssertThrowsError(try VerificationCode("SHYZ")) { thrown in
            guard let error = thrown as? KamusmError, case .service(let details) = error else {
                return XCTFail("\(thrown)")
            }
            XCTAssertEqual(details.code, .codeMalformed)
            XCTAssertTrue(error.sentence(in: .turkish).hasPrefix("Doğrulama kodu"), error.sentence(in: .turkish))
            XCTAssertTrue(error.sentence(in: .english).contains("erification code"))
            XCTAssertEqual(error.localizedDescription, thrown.localizedDescription)
            let sentences = [error.sentence(in: .turkish), error.sentence(in: .english)]
            XCTAssertTrue(sentences.contains(error.localizedDescription), error.localizedDescription)
            XCTAssertTrue("\(error)".hasPrefix("CODE_MALFORMED (-232): "), "\(error)")
        }
    }

    func testTheLanguageIsThatOfTheSystem() {
        XCTAssertEqual(Language.first(of: ["tr-TR", "en"]), .turkish)
        XCTAssertEqual(Language.first(of: ["tr_CY"]), .turkish)
        XCTAssertEqual(Language.first(of: ["en-TR", "tr"]), .english)
        XCTAssertEqual(Language.first(of: ["trv"]), .english)
        XCTAssertEqual(Language.first(of: []), .english)
    }

    func testANumberOfANewerLibraryIsAValue() {
        let code = Code(rawValue: -299)
        XCTAssertNil(code.name)
        XCTAssertEqual(code.category, .service)
        XCTAssertFalse(code.isRetryable)
        XCTAssertFalse(code.sentence(in: .turkish).isEmpty)
        XCTAssertEqual("\(code)", "UNKNOWN (-299)")
        XCTAssertEqual(Code(rawValue: -12_345).category, .internal)
    }

    func testSettingsAreChecked() {
        let wrong: [(String, (inout Config.Settings) -> Void)] = [
            ("timeout", { $0.timeout = -1 }),
            ("client", { $0.client = .init(name: "ş", version: "1") }),
            ("log", { $0.logLines = -1 }),
            ("base URL", { $0.baseURL = "https://" }),
        ]
        for (name, change) in wrong {
            XCTAssertThrowsError(try Sandbox.config(change), name) { thrown in
                XCTAssertEqual((thrown as? KamusmError)?.code, .config, name)
            }
        }
        XCTAssertThrowsError(try Config(baseURL: "http://example.org", environment: .production)) { thrown in
            XCTAssertEqual((thrown as? KamusmError)?.category, .usage)
        }
    }
}
