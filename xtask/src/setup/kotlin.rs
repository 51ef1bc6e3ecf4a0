//! Maven's plugins and libraries for the Kotlin projects: each is built once with stand-ins for its sources, because
//! Maven tells in no other way all that it will want without a network.

use std::{fs, path::Path};

use super::{
    cached::Cached,
    maven::{build, define, run},
};
use crate::shell;

/// The goals that the tests ask for, with the folder of the stand-ins and the project.
const PROJECTS: [(Cached, &[&str]); 5] = [
    (Cached { folder: "maven/fetched/library", list: "bindings/kotlin/pom.xml" }, &["-Prelease", "install"]),
    (Cached { folder: "maven/fetched/consumer", list: "bindings/kotlin/consumer/pom.xml" }, &["test"]),
    (
        Cached { folder: "maven/fetched/android", list: "bindings/kotlin/android/pom.xml" },
        &["process-classes"],
    ),
    (Cached { folder: "maven/fetched/examples", list: "examples/kotlin/pom.xml" }, &["compile"]),
    (Cached { folder: "maven/fetched/parity", list: "tests/parity/runners/kotlin/pom.xml" }, &["compile"]),
];

const STAND_INS: [(&str, &str); 7] = [
    ("native/libkamusm_uniffi.so", ""),
    ("generated/Generated.kt", "package generated\n\n/** A stand-in. */\npublic fun standIn(): Int = 1\n"),
    ("sources/main/kotlin/StandIn.kt", "/** A stand-in. */\npublic fun standIn(): Int = 1\n"),
    (
        "sources/test/kotlin/StandInTest.kt",
        "class StandInTest { @org.junit.jupiter.api.Test fun stands() {} }\n",
    ),
    (
        "sources/test/java/JavaStandInTest.java",
        "class JavaStandInTest { @org.junit.jupiter.api.Test void stands() {} }\n",
    ),
    ("document/Document.kt", "public fun document(): Int = 1\n"),
    ("document/JavaProgram.java", "class JavaProgram {}\n"),
];

pub(crate) fn prepare() -> Result<(), String> {
    for (project, goals) in &PROJECTS {
        project.prepare(|pom, folder| {
            stand_in(folder).map_err(|error| error.to_string())?;
            let mut command = build(pom);
            // What one project makes the others find.
            command.arg(define("kamusm.target", &shell::target().join("maven/fetched/target")));
            for (name, place) in [
                ("kamusm.native", "native"),
                ("kamusm.generated", "generated"),
                ("kamusm.sources", "sources"),
                ("kamusm.document", "document"),
            ] {
                command.arg(define(name, &folder.join(place)));
            }
            run(command.args(*goals)).map(drop)
        })?;
    }
    Ok(())
}

/// Whether Maven has everything.
pub(crate) fn is_ready() -> bool {
    PROJECTS.iter().all(|(project, _)| project.ready().is_some())
}

fn stand_in(folder: &Path) -> std::io::Result<()> {
    for (place, text) in STAND_INS {
        let file = folder.join(place);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
    }
    Ok(())
}
