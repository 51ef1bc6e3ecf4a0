//! The generator of the version that the library is built with; it reads the interface from the built library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
