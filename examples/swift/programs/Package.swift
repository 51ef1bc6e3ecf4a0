// swift-tools-version:6.0
import PackageDescription

let kamusm = Target.Dependency.product(name: "Kamusm", package: "swift")

let package = Package(
    name: "programs",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "../../../bindings/swift")],
    targets: [
        .executableTarget(name: "applications", dependencies: [kamusm]),
        .executableTarget(name: "sign", dependencies: [kamusm]),
    ]
)
