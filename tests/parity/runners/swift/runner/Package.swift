// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "parity",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "../../../../../bindings/swift")],
    targets: [.executableTarget(name: "parity", dependencies: [.product(name: "Kamusm", package: "swift")])]
)
