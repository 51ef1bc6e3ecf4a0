//! What is fuzzed; each target asserts more than that nothing crashes.

mod answers;
mod calls;
mod certificate;
mod cms;
mod code;
mod journal;
mod problem;
mod session;
mod text;

/// Name and function; a target's corpus has its name.
pub const ALL: &[(&str, fn(&[u8]))] = &[
    ("answers", answers::run),
    ("calls", calls::run),
    ("certificate", certificate::run),
    ("cms", cms::run),
    ("code", code::run),
    ("journal", journal::run),
    ("problem", problem::run),
    ("session", session::run),
    ("text", text::run),
];
