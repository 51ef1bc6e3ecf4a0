//! The committed description is the one that the code gives.

#[test]
fn the_description_in_the_docs_is_of_this_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.yaml");
    let committed = std::fs::read_to_string(path).unwrap();
    let generated = kamusm_sandbox::openapi_yaml();
    let differs = committed.lines().zip(generated.lines()).position(|(old, new)| old != new);
    assert!(
        committed == generated,
        "docs/openapi.yaml differs from line {:?}; write it with `cargo run -p kamusm-sandbox -- openapi`",
        differs.map(|line| line + 1)
    );
    assert!(!generated.contains("description: ''"));
}
