//! The C calls that a fuzzer's octets choose from, made from the header: a new function is fuzzed from its first day.

use std::{collections::BTreeSet, fmt::Write};

use crate::suites::c::declaration::{Function, Parameter};

/// Calls that leave the process, name places of this machine, or wait: they are tested with a service and a card instead.
const OUTSIDE: [&str; 6] = [
    "kamusm_http_new",
    "kamusm_http_perform",
    "kamusm_http_call",
    "kamusm_store_open",
    "kamusm_token_open_module",
    "kamusm_wait_perform",
];

/// The C file: one function a call, and the table by which an octet finds it.
pub(super) fn generate(functions: &[Function]) -> Result<String, String> {
    let nouns: BTreeSet<&str> =
        functions.iter().flat_map(|function| &function.parameters).filter_map(noun).collect();
    let freed: BTreeSet<&str> = functions
        .iter()
        .filter_map(|function| function.name.strip_prefix("kamusm_")?.strip_suffix("_free"))
        .collect();
    let kinds: Vec<String> = nouns.iter().map(|noun| format!("EACH({noun})")).collect();
    let mut text = format!(
        "/* Generated from include/kamusm.h by xtask. */\n#define KINDS(EACH) {}\n#include \"pool.h\"\n\n\
         static void free_object(int kind, void *object) {{\n    switch (kind) {{\n",
        kinds.join(" ")
    );
    let mut wrote = |line: String| writeln!(text, "{line}").map_err(|error| error.to_string());
    for noun in &freed {
        wrote(format!("    case kind_{noun}: kamusm_{noun}_free((kamusm_{noun} *)object); break;"))?;
    }
    wrote("    default: fuzz_finding(\"free\", \"what is lent was kept\");\n    }\n}\n".into())?;
    let mut table: Vec<(u16, &str)> = Vec::new();
    for function in functions.iter().filter(|function| !OUTSIDE.contains(&function.name.as_str())) {
        wrote(call(function).map_err(|why| format!("{}: {why}", function.name))?)?;
        table.push((hash(&function.name), &function.name));
    }
    table.sort_unstable();
    let rows: Vec<String> =
        table.iter().map(|(hash, name)| format!("    {{{hash}, call_{name}}},")).collect();
    wrote(format!(
        "static const struct {{ uint16_t hash; void (*call)(void); }} table[] = {{\n{}\n}};",
        rows.join("\n")
    ))?;
    wrote(RUN.into())?;
    Ok(text)
}

/// A call is found by its name's hash, or the next one behind it: a corpus outlives functions that are added.
const RUN: &str = "
void fuzz_calls(const uint8_t *data, size_t len) {
    static bool is_ready;
    if (!is_ready) {
        make_fixtures();
        atexit(free_fixtures);
    }
    is_ready = true;
    input = data;
    left = len;
    for (int calls = 0; calls < 64 && left > 1; calls++) {
        uint16_t wanted = (uint16_t)(octet() << 8);
        wanted = (uint16_t)(wanted | octet());
        size_t row = 0;
        while (row < COUNT(table) - 1 && table[row].hash < wanted) row++;
        table[row].call();
        forget_copies();
    }
    forget_lent();
    for (int kind = 0; kind < kinds; kind++)
        for (int slot = 0; slot < SLOTS; slot++)
            if (pools[kind].owned[slot] != NULL) free_object(kind, pools[kind].owned[slot]);
    memset(pools, 0, sizeof pools);
}";

fn hash(name: &str) -> u16 {
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, octet| (hash ^ u32::from(octet)).wrapping_mul(0x0100_0193));
    u16::try_from(hash >> 16 ^ hash & 0xffff).unwrap_or_default()
}

fn noun(parameter: &Parameter) -> Option<&str> {
    noun_of(&parameter.kind)
}

/// The type of an object behind a pointer.
fn noun_of(kind: &str) -> Option<&str> {
    let name = kind.trim_start_matches("const ").strip_prefix("kamusm_")?;
    let noun = name.trim_end_matches([' ', '*']);
    (name.contains('*') && noun != "bytes").then_some(noun)
}

fn call(function: &Function) -> Result<String, String> {
    let name = &function.name;
    let is_free = name.ends_with("_free");
    let (mut before, mut after, mut arguments, mut outputs) =
        (String::new(), String::new(), Vec::new(), Vec::new());
    let mut parameters = function.parameters.iter().enumerate().peekable();
    let has_error = function.parameters.last().is_some_and(|last| last.kind == "kamusm_error **");
    while let Some((place, parameter)) = parameters.next() {
        let variable = format!("a{place}");
        let is_counted =
            parameters.peek().is_some_and(|(_, next)| next.kind == "size_t" && is_length(&next.name));
        let kind = parameter.kind.as_str();
        let argument = match kind {
            "kamusm_error **" if parameter.name == "error" => "&error".to_owned(),
            "const char *" => declared(&mut before, "const char *", &variable, "given_string()"),
            "kamusm_bytes" => declared(&mut before, "kamusm_bytes ", &variable, "given_octets()"),
            "const uint8_t *" if is_counted => {
                declared(&mut before, "kamusm_bytes ", &variable, "given_octets()");
                parameters.next();
                format!("{variable}.data, {variable}.len")
            }
            "const char *const *" | "const kamusm_bytes *" if is_counted => {
                let (item, make) = if kind.contains("char") {
                    ("const char *", "given_string()")
                } else {
                    ("kamusm_bytes ", "given_octets()")
                };
                before.push_str(&format!(
                    "    {item}{variable}[3];\n    size_t {variable}_count = octet() % 4;\n    \
                     for (size_t i = 0; i < {variable}_count; i++) {variable}[i] = {make};\n"
                ));
                parameters.next();
                format!("{variable}, {variable}_count")
            }
            "const kamusm_bytes *" => {
                declared(&mut before, "kamusm_bytes ", &variable, "given_octets()");
                format!("{variable}.data == NULL ? NULL : &{variable}")
            }
            "bool *" | "uint64_t *" | "int64_t *" | "size_t *" => {
                declared(&mut before, kind.trim_end_matches('*'), &variable, "0");
                format!("&{variable}")
            }
            "bool" => declared(&mut before, "bool ", &variable, "octet() % 2 == 1"),
            "size_t" | "uint16_t" | "uint32_t" | "int32_t" | "uint64_t" | "int64_t" => {
                declared(&mut before, &format!("{kind} "), &variable, &format!("({kind})given_number()"))
            }
            _ => {
                let noun = noun_of(kind).ok_or_else(|| format!("no value for the type {kind}"))?;
                if kind.ends_with("**") {
                    outputs.push(variable.clone());
                    after.push_str(&format!(
                        "    if (result == KAMUSM_RESULT_OK && {variable} != NULL && (void *){variable} != UNTOUCHED) \
                         keep(kind_{noun}, {variable});\n"
                    ));
                    declared(&mut before, &format!("kamusm_{noun} *"), &variable, "UNTOUCHED");
                    format!("&{variable}")
                } else {
                    let value = match kind.starts_with("const ") {
                        true => format!("some(kind_{noun}, some_{noun})"),
                        false if is_free => format!("given_back(kind_{noun})"),
                        false => format!("own(kind_{noun})"),
                    };
                    declared(&mut before, kind, &variable, &value)
                }
            }
        };
        arguments.push(argument);
    }
    let call = format!("{name}({})", arguments.join(", "));
    let returned = function.returns.as_str();
    let body = match returned {
        "kamusm_result" if has_error => {
            let untouched = outputs.iter().map(|output| format!(" || (void *){output} != UNTOUCHED"));
            format!(
                "    kamusm_error *error = NULL;\n    kamusm_result result = {call};\n    \
                 judge(\"{name}\", result, error, false{});\n{after}",
                untouched.collect::<String>()
            )
        }
        "const char *" => format!("    fuzz_text({call});\n"),
        "kamusm_bytes" => format!("    kamusm_bytes lent = {call};\n    fuzz_read(lent.data, lent.len);\n"),
        _ => match noun_of(returned) {
            Some(noun) if returned.starts_with("const ") => format!("    lend(kind_{noun}, {call});\n"),
            Some(noun) => format!("    keep(kind_{noun}, {call});\n"),
            None => format!("    {}{call};\n", if returned == "void" { "" } else { "(void)" }),
        },
    };
    Ok(format!("static void call_{name}(void) {{\n{before}{body}}}\n"))
}

/// Declares an argument; the fuzzer's octets are read in the order of the declarations.
fn declared(before: &mut String, kind: &str, variable: &str, value: &str) -> String {
    before.push_str(&format!("    {kind}{variable} = {value};\n"));
    variable.to_owned()
}

fn is_length(name: &str) -> bool {
    name == "len" || name == "count" || name.ends_with("_len") || name.ends_with("_count")
}
