// Lists the person's applications with their statuses: applications BASE_URL
// The token of the person's sign-in is a line of standard input, never an argument.
import Foundation
import Kamusm

func show(_ block: Application.Block) {
    switch block {
    case .paragraph(let text): print("    \(text)")
    case .item(let label, let text): print("    \(label) \(text)")
    case .channels(let banks): banks.forEach(show)
    case .unknown: break
    }
}

func show(_ bank: Application.Bank) {
    let channels = [
        ("Banka Şubesi", bank.branch), ("İnternet Şubesi", bank.internet), ("Mobil Şube", bank.mobile),
        ("ATM", bank.atm), ("Çağrı Merkezi", bank.callCentre),
    ]
    print("    \(bank.name):\(channels.filter(\.1).map { " \($0.0);" }.joined())")
}

guard CommandLine.arguments.count == 2, let line = readLine() else {
    FileHandle.standardError.write(Data("applications BASE_URL\n".utf8))
    exit(2)
}
do {
    let config = try Config(baseURL: CommandLine.arguments[1], environment: .sandbox)
    let person = try PersonToken(line)
    for application in try await HTTPClient(config).perform(Portal(of: person, config: config).applications()) {
        let status = application.status
        print("\(application.no)  \(application.appliedOn)  \(status.title)  [\(status.action.title)]")
        status.body.forEach(show)
    }
} catch let error as KamusmError {
    FileHandle.standardError.write(Data("\(error.sentence(in: .turkish))\n".utf8))
    exit(EXIT_FAILURE)
}
