import KamusmFFI

/// The library behind this package.
public enum Library {
    /// Its version, such as `0.1.0`.
    public static var version: String {
        get throws {
            try translating { try KamusmFFI.version() }
        }
    }
}
