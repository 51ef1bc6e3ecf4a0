//! The Rust of docs/rust.md as one file, for the test that runs it.

use std::{env, fs, path::Path};

const PAGE: &str = "../../docs/rust.md";

fn main() {
    println!("cargo::rerun-if-changed={PAGE}");
    let page = fs::read_to_string(PAGE).expect("the page is there");
    let blocks: String =
        page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let folder = env::var("OUT_DIR").expect("cargo names a folder");
    fs::write(Path::new(&folder).join("rust_page.rs"), blocks).expect("the folder can be written");
}
