//! Compiles the generated C calls; `KAMUSM_FUZZ_CALLS` is their file, which xtask writes.

fn main() {
    println!("cargo::rerun-if-env-changed=KAMUSM_FUZZ_CALLS");
    let calls =
        std::env::var("KAMUSM_FUZZ_CALLS").expect("cargo xtask sets it: use `cargo xtask campaign fuzz`");
    for file in [&calls, "calls/pool.h", "../c/fixtures.h", "../c/messages.h", "../../include/kamusm.h"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let mut compiler = cc::Build::new();
    compiler.file(calls).include("calls").include("../c").include("../../include");
    // The helpers of the C tests are more than these calls need.
    compiler.flag("-Wno-unused-function").flag("-Wno-unused-variable").compile("calls");
}
