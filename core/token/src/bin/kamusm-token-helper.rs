//! The process in which card drivers run apart from the program that signs; only the library starts it.

use std::process::ExitCode;

fn main() -> ExitCode {
    kamusm_token::helper::serve()
}
