// Performs the scenarios of the parity table with the Swift package: scenarios on standard input, one JSON line each
// on standard output (tests/parity/README.md).
import Foundation
import Kamusm

func perform(_ scenario: Scenario) async -> Trace {
    if let key = scenario.unknownKey { return ["unsupported": key] }
    switch scenario.text("kind") {
    case "session", "sign_in": return await SessionRun(scenario).trace()
    case "applications": return await Single.applications(scenario)
    case "application": return await Single.application(scenario)
    case "call": return await Going.trace(scenario)
    case "identities": return await Single.identities(scenario)
    case "code": return await Single.code(scenario)
    case "config": return await Single.config(scenario)
    case "errors": return Single.errors()
    case "cades_sign": return await Single.cadesSign(scenario)
    case "cades_verify": return await Single.cadesVerify(scenario)
    default: return ["unsupported": scenario.text("kind")]
    }
}

/// The trace as a line of JSON.
func json(_ scenario: Scenario) async throws -> Data {
    let trace = await perform(scenario).merging(["name": scenario.text("name")]) { $1 }
    return try JSONSerialization.data(withJSONObject: trace, options: [.sortedKeys]) + Data("\n".utf8)
}

var lines: [String] = []
while let line = readLine() {
    guard line.isEmpty else {
        lines.append(line)
        continue
    }
    let scenario = Scenario(lines)
    lines = []
    FileHandle.standardOutput.write(try await json(scenario))
}
