// Signs one application: sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]
// The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.
import Foundation
import Kamusm

/// Octet by octet: the lines behind this one are for somebody else.
func readLine(of descriptor: Int32) -> [UInt8] {
    var (line, octet): ([UInt8], UInt8) = ([], 0)
    line.reserveCapacity(512)
    while line.count < 512, read(descriptor, &octet, 1) == 1, octet != UInt8(ascii: "\n") { line.append(octet) }
    return line
}

func tell(_ error: KamusmError) {
    FileHandle.standardError.write(Data("\(error.sentence(in: .turkish))\n".utf8))
}

struct Terminal: Person {
    let token: Token
    let pinDescriptor: Int32

    func show(_ step: ShowStep) async throws -> Answer {
        print("\(step.facts.service), başvuru \(step.facts.application)")
        for text in step.texts { print("\n\(text.title)\n\(String(decoding: text.octets, as: UTF8.self))") }
        print("kontrol sayısı: \(step.facts.matchCode)")
        return try step.accept()
    }

    func choose(_ step: ChooseStep) async throws -> Answer {
        try await token.choose(step)
    }

    // A wrong PIN is told, and the next line tried.
    func sign(_ step: SignStep, after error: KamusmError?) async throws -> Answer {
        if let error { tell(error) }
        var line = readLine(of: pinDescriptor)
        if line.isEmpty { return try step.cancelled() }
        return try await token.sign(step, pin: Pin(wiping: &line))
    }
}

func open(_ kind: String, _ path: String, pinDescriptor: Int32) async throws -> Token {
    if kind == "--module" { return try await Token.module(path) }
    var password = readLine(of: pinDescriptor)
    return try await Token.pkcs12(Data(contentsOf: URL(fileURLWithPath: path)), password: Pin(wiping: &password))
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
    print("sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]")
    exit(2)
}
func descriptor(_ name: String) -> Int32 {
    arguments.firstIndex(of: name).flatMap { Int32(arguments[$0 + 1]) } ?? STDIN_FILENO
}

do {
    let code = try VerificationCode(String(decoding: readLine(of: descriptor("--code-fd")), as: UTF8.self))
    let config = try Config(baseURL: arguments[1], environment: code.environment) {
        $0.client = .init(name: "example", version: "1.0")
    }
    let token = try await open(arguments[2], arguments[3], pinDescriptor: descriptor("--pin-fd"))
    let person = Terminal(token: token, pinDescriptor: descriptor("--pin-fd"))
    let outcome = try await Session(code: code, config: config).run(person, over: HTTPClient(config))
    if let error = outcome.error {
        tell(error)
    } else {
        print("imza teslim edildi; başvuru sayfasına dönün: \(outcome.returnTo ?? "")")
    }
    exit(outcome.kind == .accepted || outcome.kind == .received ? EXIT_SUCCESS : EXIT_FAILURE)
} catch let error as KamusmError {
    tell(error)
    exit(EXIT_FAILURE)
}
