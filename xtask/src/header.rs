//! `cargo xtask header`: writes include/kamusm.h and ffi/symbols.txt from the C functions and the core's numbers, or compares.

use crate::shell;

const PLACE: &str = "include/kamusm.h";
/// The functions, for a comparison with what the library exports.
const SYMBOLS: &str = "ffi/symbols.txt";
const COMMAND: &str = "cargo xtask header";
const FIRST_RESULT: &str = "enum kamusm_result";

/// Writes the header, or says that the committed one differs.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let header = generate()?;
    shell::generated(PLACE, &header, check, COMMAND)?;
    shell::generated(SYMBOLS, &symbols(&header), check, COMMAND)
}

fn generate() -> Result<String, String> {
    let ffi = shell::root().join("ffi");
    let config = cbindgen::Config::from_file(ffi.join("cbindgen.toml"))?;
    let bindings = cbindgen::Builder::new().with_crate(&ffi).with_config(config).generate();
    let mut octets = Vec::new();
    bindings.map_err(|error| error.to_string())?.write(&mut octets);
    let header = String::from_utf8(octets).map_err(|error| error.to_string())?;
    with_success(&plain_comments(&header))
}

/// Comments without the links of rustdoc, and without the empty line that an annotation leaves.
fn plain_comments(header: &str) -> String {
    header.replace("[`", "`").replace("`]", "`").replace(" *\n */", " */")
}

/// Adds the 0: the core's list holds errors only.
fn with_success(header: &str) -> Result<String, String> {
    let missing = || format!("{FIRST_RESULT} is not in the header");
    let list = header.find(FIRST_RESULT).ok_or_else(missing)?;
    let brace = header[list..].find("{\n").ok_or_else(missing)?;
    let (before, after) = header.split_at(list + brace + 2);
    Ok(format!("{before}    /**\n     * Success.\n     */\n    KAMUSM_RESULT_OK = 0,\n{after}"))
}

/// One name a line, sorted.
fn symbols(header: &str) -> String {
    let functions = header.lines().filter(|line| !line.starts_with([' ', '#', '}']));
    let names = functions.filter_map(|line| {
        let head = line.split_once('(')?.0;
        head.rsplit([' ', '*']).next().filter(|name| name.starts_with("kamusm_"))
    });
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.join("\n") + "\n"
}
