//! `cargo xtask campaign NAME`: tests of chance, longer than a run of all tests has time for; writes the evidence.

use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    evidence::Origin,
    shell,
    suites::{chaos, fuzz, schema, simulation},
};

/// Which one, and how long.
#[derive(Args)]
pub(crate) struct Arguments {
    /// cards, chaos, fuzz, races, schema, sessions, simulation
    name: String,
    /// The same seed goes the same way again.
    #[arg(long)]
    seed: u64,
    /// How many times, of fuzz how many seconds a target; by default as many as the project asks for.
    #[arg(long)]
    count: Option<u64>,
}

struct Campaign {
    name: &'static str,
    count: u64,
    /// What the findings are about.
    folders: &'static [&'static str],
    run: fn(seed: u64, count: u64) -> Result<Value, String>,
}

const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "cards",
        count: 10_000,
        folders: &["core/token", "tests/modules"],
        run: |seed, count| {
            let test = "campaign::a_pin_entry_is_one_login_whatever_the_module_does";
            chance_test(["kamusm-token", "helper", test], seed, count)
        },
    },
    // Seconds for each target.
    Campaign { name: "fuzz", count: 600, folders: &["core", "ffi", "tests/fuzz"], run: fuzz::campaign },
    Campaign {
        name: "chaos",
        // Kills of each side, and a tenth of the answers that are lost or doubled.
        count: 1_000,
        folders: &["core", "examples/sandbox", "tests/chaos"],
        run: chaos::run,
    },
    Campaign {
        name: "races",
        count: 10_000,
        folders: &["examples/sandbox"],
        run: |seed, count| {
            let test = "races::of_eight_clients_with_one_code_exactly_one_wins";
            chance_test(["kamusm-sandbox", "protocol", test], seed, count)
        },
    },
    Campaign {
        name: "simulation",
        count: 100_000,
        folders: &["core", "examples/sandbox", "tests/simulation"],
        run: simulation::campaign,
    },
    Campaign { name: "schema", count: 200, folders: &["examples/sandbox", "tests/schema"], run: schema::run },
    Campaign {
        name: "sessions",
        count: 10_000,
        folders: &["core", "tests/bench"],
        run: |seed, count| {
            chance_test(["kamusm-bench", "sessions", "ended_sessions_leave_no_memory_behind"], seed, count)
        },
    },
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let names = || CAMPAIGNS.iter().map(|campaign| campaign.name).collect::<Vec<_>>().join(", ");
    let campaign = CAMPAIGNS.iter().find(|campaign| campaign.name == arguments.name);
    let campaign = campaign.ok_or_else(|| format!("there are {}", names()))?;
    let (seed, count) = (arguments.seed, arguments.count.unwrap_or(campaign.count));
    println!("campaign: {} with seed {seed}, {count} times", campaign.name);
    let origin = Origin::read(campaign.folders)?;
    let began = Instant::now();
    let counts = (campaign.run)(seed, count)?;
    let seconds = began.elapsed().as_secs();
    println!("campaign: {counts:#} in {seconds} s");
    let command = format!("cargo xtask campaign {} --seed {seed} --count {count}", campaign.name);
    let found = json!({ "seed": seed, "count": count, "counts": counts, "seconds": seconds });
    origin.write(campaign.name, &command, found)
}

/// One test of a package and its target, which takes seed and count from its environment and tells its counts in a line.
fn chance_test([package, target, test]: [&str; 3], seed: u64, count: u64) -> Result<Value, String> {
    let arguments = ["test", "--quiet", "--package", package, "--test", target];
    let mut command = shell::cargo();
    command.args(arguments).args([test, "--", "--exact", "--nocapture"]);
    command.env("KAMUSM_SEED", seed.to_string()).env("KAMUSM_COUNT", count.to_string());
    let output = shell::capture(&mut command)?;
    let counts = output.lines().find_map(|line| line.split_once("campaign=")).map(|(_, counts)| counts);
    serde_json::from_str(counts.ok_or_else(|| format!("{test} told no counts"))?)
        .map_err(|error| error.to_string())
}
