import Foundation
import Kamusm

/// What needs no session.
enum Single {
    /// `{field: value or null, "thrown": error or null}`.
    private static func told(_ field: String, _ call: () async throws -> Any) async -> Trace {
        do {
            return [field: try await call(), "thrown": NSNull()]
        } catch let error as KamusmError {
            return [field: NSNull(), "thrown": trace(error)]
        } catch {
            fatalError("\(error)")
        }
    }

    static func code(_ scenario: Scenario) async -> Trace {
        await told("environment") {
            try VerificationCode(scenario.text("code")).environment == .production ? "production" : "sandbox"
        }
    }

    static func config(_ scenario: Scenario) async -> Trace {
        var trace = await told("ok") {
            _ = try Config(scenario)
            return true
        }
        if trace["ok"] is NSNull { trace["ok"] = false }
        return trace
    }

    static func errors() -> Trace {
        let codes = Code.all.map { code -> Trace in
            [
                "code": Int(code.rawValue),
                "category": code.category.rawValue,
                "retryable": code.isRetryable,
                "tr": code.sentence(in: .turkish),
                "en": code.sentence(in: .english),
            ]
        }
        return ["codes": codes]
    }

    static func identities(_ scenario: Scenario) async -> Trace {
        await told("identities") {
            try await Token.open(scenario).identities().map { identity -> Trace in
                [
                    "fingerprint": hex(identity.fingerprint),
                    "common_name": identity.commonName.isEmpty ? NSNull() : identity.commonName,
                    "not_before": Int(identity.notBefore.timeIntervalSince1970),
                    "not_after": Int(identity.notAfter.timeIntervalSince1970),
                    "refusal": orNull(identity.refusal.map(trace)),
                    "has_pin_pad": identity.hasPinPad,
                    "pin_tries_left": orNull(identity.pinTriesLeft),
                ]
            }
        }
    }

    static func applications(_ scenario: Scenario) async -> Trace {
        await told("applications") { try await ask(scenario) { try $0.applications() }.map { row($0) } }
    }

    static func application(_ scenario: Scenario) async -> Trace {
        await told("application") { row(try await ask(scenario) { try $0.application(scenario.text("number")) }) }
    }

    private static func ask<Value>(
        _ scenario: Scenario, _ call: (Portal) throws -> Call<Value>
    ) async throws -> Value {
        let config = try Config(scenario)
        let portal = Portal(of: try PersonToken(scenario.text("person_token")), config: config)
        return try await perform(try call(portal), try transport(scenario, config))
    }

    private static func perform<Value>(_ call: Call<Value>, _ transport: some Transport) async throws -> Value {
        try await transport.perform(call)
    }

    static func cadesSign(_ scenario: Scenario) async -> Trace {
        await told("cms") {
            let signing = try CadesSigning(
                scenario.file("content"), certificate: scenario.file("certificate"),
                attached: scenario.get("attached") == "1", signingTime: date(scenario, "signing_time")
            )
            return hex(try signing.finish(try await remoteSignature(scenario.text("signer"), signing.toBeSigned)))
        }
    }

    static func cadesVerify(_ scenario: Scenario) async -> Trace {
        await told("signatures") {
            var policy = CadesPolicy(anchors: [scenario.file("anchor")], time: date(scenario, "at"))
            if scenario.has("intermediates") { policy.intermediates = [scenario.file("intermediates")] }
            policy.crls = scenario.files("crl")
            policy.ocsps = scenario.files("ocsp")
            let detached = scenario.has("content") ? scenario.file("content") : nil
            return try policy.validate(scenario.file("cms"), detached: detached).map { report -> Trace in
                [
                    "indication": name(report.indication),
                    "sub_indication": orNull(report.subIndication),
                    "signer": orNull(report.signerFingerprint.map(hex)),
                    "signing_time_unix_s": orNull(report.signingTimeUnixS.map { Int($0) }),
                ]
            }
        }
    }

    private static func name(_ indication: CadesPolicy.Indication) -> String {
        switch indication {
        case .totalPassed: return "TOTAL_PASSED"
        case .totalFailed: return "TOTAL_FAILED"
        case .indeterminate: return "INDETERMINATE"
        }
    }

    private static func date(_ scenario: Scenario, _ key: String) -> Date {
        Date(timeIntervalSince1970: TimeInterval(scenario.number(key) ?? 0))
    }
}
