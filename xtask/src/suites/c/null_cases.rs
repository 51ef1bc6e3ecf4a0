//! A C test of every function with NULL for every pointer, made from the header: nothing can be forgotten.

use std::fmt::Write;

use super::declaration::{Function, Parameter};

const OBJECTS: [&str; 55] = [
    "answer",
    "application",
    "application_result",
    "applications",
    "approval",
    "cades_policy",
    "cades_profile",
    "cades_report",
    "cades_signing",
    "call",
    "cancel",
    "change",
    "choices",
    "commitment",
    "commitment_view",
    "config",
    "consent",
    "edevlet",
    "entries",
    "entry",
    "error",
    "events",
    "evidence",
    "evidence_list",
    "field_errors",
    "follow",
    "form",
    "form_values",
    "http",
    "identities",
    "identity",
    "identity_refresh",
    "log",
    "me",
    "octets",
    "payment",
    "payment_intent",
    "person_token",
    "phone_verification",
    "placed",
    "pre_application",
    "pre_applications",
    "request",
    "response",
    "session",
    "sign_code",
    "sign_options",
    "signed_in",
    "staff_application",
    "staff_applications",
    "status",
    "step",
    "store",
    "token",
    "verification_code",
];

/// The program, or the functions that this generator cannot cover.
pub(super) fn generate(functions: &[Function]) -> Result<String, String> {
    let mut body = String::new();
    let mut uncovered = Vec::new();
    for function in functions {
        match cases(function) {
            Ok(text) => body.push_str(&text),
            Err(why) => uncovered.push(format!("{}: {why}", function.name)),
        }
    }
    if !uncovered.is_empty() {
        return Err(uncovered.join("; "));
    }
    Ok(format!(
        "/* Generated from include/kamusm.h: every function with NULL for every pointer. */\n\
         #include \"fixtures.h\"\n\nint main(void) {{\n    make_fixtures();\n{body}    free_fixtures();\n    \
         return finish();\n}}\n"
    ))
}

fn cases(function: &Function) -> Result<String, String> {
    let mut text = String::new();
    // A borrowed object freed twice, or a fixture freed, would be our own mistake.
    let frees = function.name.ends_with("_free");
    for (place, parameter) in function.parameters.iter().enumerate() {
        if null(parameter).is_none() {
            value(parameter)?;
            continue;
        }
        let call = call(function, Some(place))?;
        let is_allowed = function.allows_null(parameter);
        if frees || function.returns == "void" {
            writeln!(text, "    {call};\n    CHECK(\"{} takes NULL\");", function.name)
        } else if function.returns == "kamusm_result" && !function.name.starts_with("kamusm_error_code") {
            let without = call.replace("&error", "NULL");
            let wanted = if is_allowed { "allowed_null" } else { "refused_null" };
            writeln!(text, "    CHECK({wanted}({call}));\n    CHECK({wanted}({without}));")
        } else if is_allowed {
            writeln!(text, "    CHECK(({call}, true));")
        } else {
            writeln!(text, "    CHECK({});", absent(function, &call)?)
        }
        .map_err(|error| error.to_string())?;
    }
    Ok(text)
}

/// The call with NULL at this place and something right at the others.
fn call(function: &Function, null_at: Option<usize>) -> Result<String, String> {
    let arguments = function.parameters.iter().enumerate().map(|(place, parameter)| {
        match null(parameter).filter(|_| null_at == Some(place)) {
            Some(null) => Ok(null.to_owned()),
            None => value(parameter),
        }
    });
    Ok(format!("{}({})", function.name, arguments.collect::<Result<Vec<_>, String>>()?.join(", ")))
}

/// What stands for NULL; none for parameters that are no pointers.
fn null(parameter: &Parameter) -> Option<&'static str> {
    if parameter.kind.ends_with('*') {
        return Some("NULL");
    }
    (parameter.kind == "kamusm_bytes").then_some("no_bytes")
}

fn value(parameter: &Parameter) -> Result<String, String> {
    let plain = match parameter.kind.as_str() {
        // Held open already: nothing is made in the folder of the test.
        "const char *" if parameter.name == "folder" => "some_folder",
        "const char *" => "\"text\"",
        "const char *const *" => "some_texts",
        "bool *" => "&some_truth",
        "const uint8_t *" => "some_data",
        "const kamusm_bytes *" => "&some_bytes",
        "kamusm_bytes" => "some_bytes",
        "uint64_t *" => "&some_number",
        "int64_t *" => "&some_time",
        "size_t *" => "&some_size",
        "kamusm_error **" if parameter.name == "error" => "&error",
        "size_t" | "uint16_t" | "uint32_t" | "int32_t" | "uint64_t" | "int64_t" => "1",
        "bool" => "true",
        kind => return object(kind),
    };
    Ok(plain.to_owned())
}

fn object(kind: &str) -> Result<String, String> {
    let name = kind.trim_start_matches("const ").trim_start_matches("kamusm_").trim_end_matches([' ', '*']);
    if !OBJECTS.contains(&name) {
        return Err(format!("no value for the type {kind}"));
    }
    Ok(if kind.ends_with("**") { format!("&made_{name}") } else { format!("some_{name}") })
}

/// That the accessor gives its absent value.
fn absent(function: &Function, call: &str) -> Result<String, String> {
    let kind = function.returns.as_str();
    if kind == "kamusm_bytes" {
        return Ok(format!("is_absent({call})"));
    }
    if kind.ends_with('*') {
        return Ok(format!("{call} == NULL"));
    }
    let minus = function.comment.contains("; -1 where");
    let number = ["bool", "size_t", "uint16_t", "uint32_t", "uint64_t", "int32_t", "int64_t"].contains(&kind);
    if number || kind.starts_with("kamusm_") {
        return Ok(format!("{call} == {}", if minus { "-1" } else { "0" }));
    }
    Err(format!("no absent value for the type {kind}"))
}
