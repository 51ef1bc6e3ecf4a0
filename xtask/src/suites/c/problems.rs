//! Every problem type of the sign session through the C ABI: the table of tests/flow drives tests/c/problems.c.

use super::program::{Mode, Workshop};
use crate::{report::Report, shell};

const TEST: [&str; 5] = ["test", "--quiet", "--workspace", "--test", "problems"];
const NAME: &str = "each_problem_type_arises_from_its_cause";

pub(super) fn checks(report: &mut Report, workshop: &Workshop) {
    for mode in Mode::ALL {
        let verdict = problems(workshop, mode);
        report.check(&format!("every problem type of the sign session, {}", mode.name()), verdict);
    }
}

fn problems(workshop: &Workshop, mode: Mode) -> Result<(), String> {
    let program = workshop.compile(&shell::root().join("tests/c/problems.c"), "problems", mode)?;
    let command = workshop.command(&program, mode);
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let mut test = shell::cargo();
    test.args(TEST).args(["--", "--exact", NAME, "--nocapture"]);
    test.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell::capture(test.env("KAMUSM_TEST_C_CALLER", words.join("\n")))?;
    // Without this line the test ran through Rust, or did not run.
    let count = output.lines().find_map(|line| line.strip_prefix("problem types through C: "));
    match count.and_then(|count| count.parse::<u32>().ok()) {
        Some(count) if count > 0 => Ok(()),
        _ => Err("no problem type went through C".to_owned()),
    }
}
