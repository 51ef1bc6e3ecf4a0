import XCTest
@testable import Kamusm

final class PinTests: XCTestCase {
    func testTheOctetsAreWipedWhereTheyStood() {
        var octets = Array("1234".utf8)
        octets.withUnsafeMutableBufferPointer { _ in }
        let pin = Pin(wiping: &octets)
        XCTAssertEqual(octets, [])
        XCTAssertEqual(pin.count, 4)
    }

    func testAKeypadTypesAndTakesBack() {
        let pin = Pin()
        XCTAssertFalse(pin.pop())
        for digit in "123".utf8 { pin.push(digit) }
        XCTAssertTrue(pin.pop())
        XCTAssertEqual(pin.count, 2)
        pin.clear()
        XCTAssertEqual(pin.count, 0)
    }

    func testItIsEmptyAfterOneUse() async throws {
        let pin = Pin(Sandbox.pin)
        _ = try await Token.pem(Sandbox.file("PEM"), pin: pin)
        XCTAssertEqual(pin.count, 0)
    }
}
