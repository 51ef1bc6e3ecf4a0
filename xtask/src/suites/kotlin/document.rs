//! docs/kotlin.md: its blocks are a program of somebody who has only the jar, and an older Kotlin.

use std::fs;

use super::{CONSUMER, Service, settings};
use crate::{report::Report, shell, text};

const DOCUMENT: &str = "docs/kotlin.md";

pub(super) fn checks(report: &mut Report) {
    let built = consumer(report);
    report.check("a project that has only the jar compiles and runs docs/kotlin.md", built);
    report.check("docs/kotlin.md names the artifact as that project does", install());
}

fn consumer(report: &mut Report) -> Result<(), String> {
    CONSUMER.clear()?;
    let folder = shell::target().join("kotlin/document");
    let failed = |error: std::io::Error| error.to_string();
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(folder.join("Document.kt"), blocks("kotlin")?.join("\n\n") + "\n").map_err(failed)?;
    fs::write(folder.join("JavaProgram.java"), blocks("java")?.join("\n\n") + "\n").map_err(failed)?;
    let service = Service::start()?;
    // A library that the loader would find first, were it asked; it is none.
    let decoy = service.folder().join("decoy");
    fs::create_dir_all(&decoy).map_err(failed)?;
    fs::write(decoy.join("libkamusm_uniffi.so"), "not a library").map_err(failed)?;
    let mut environment = settings(&service)?;
    environment.push(("LD_LIBRARY_PATH", decoy.display().to_string()));
    let built = CONSUMER.build(&["test"], &environment);
    CONSUMER.tests(report, "surefire-reports", ", with only the jar")?;
    built.map(drop)
}

fn install() -> Result<(), String> {
    let pom = text::read(CONSUMER.pom)?;
    match blocks("xml")?.iter().find(|block| !pom.contains(block.as_str())) {
        Some(block) => Err(format!("not in {}:\n{block}", CONSUMER.pom)),
        None => Ok(()),
    }
}

/// The blocks of a language, in their order; a page without any says nothing.
fn blocks(language: &str) -> Result<Vec<String>, String> {
    let page = text::read(DOCUMENT)?;
    let found: Vec<String> = text::blocks(&page, language).into_iter().map(str::to_owned).collect();
    if found.is_empty() { Err(format!("{DOCUMENT} has no {language}")) } else { Ok(found) }
}
