// swift-tools-version:6.0
import PackageDescription

// The C side of the generated sources. On Linux the library stands where the linker finds it; for Apple's platforms it
// comes as an XCFramework (docs/swift.md).
#if os(Linux)
let library = Target.systemLibrary(name: "kamusm_uniffiFFI", path: "Sources/CKamusm")
#else
let library = Target.binaryTarget(name: "kamusm_uniffiFFI", path: "Kamusm.xcframework")
#endif

let package = Package(
    name: "Kamusm",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Kamusm", targets: ["Kamusm"])],
    targets: [
        library,
        .target(
            name: "KamusmFFI",
            dependencies: ["kamusm_uniffiFFI"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .target(
            name: "Kamusm",
            dependencies: ["KamusmFFI"],
            // The library for iOS is built without a transport of its own.
            swiftSettings: [.define("KAMUSM_HTTP", .when(platforms: [.linux, .macOS]))]
        ),
        .testTarget(name: "KamusmTests", dependencies: ["Kamusm", "KamusmFFI"]),
    ]
)
