//! What the documents say is held against the code.

mod codes;

use std::{fs, path::Path};

use crate::{api, errors, release::version, report::Report, shell, text};

pub(crate) fn checks(report: &mut Report) {
    report.check("docs/errors.md is the generated one", errors::run(true));
    report.check("every error code stands in the header and in each language's table", codes::equal());
    report.check("rustdoc has no warnings, and docs/api is the public API of the crates", api::run(true));
    report.check("every requirement and every threat names a test that exists", cited_tests());
    report.check("every program in README.md stands on a page that is run", programs());
    report.check("one version in manifests, header, pages and change log", version::check().map(drop));
    report.check("links between documents lead somewhere", links());
}

/// A row `| … | `crate::path::test_name` |` cites a test by the name of its function.
fn cited_tests() -> Result<(), String> {
    let sources = sources(&shell::root().join("core"))
        + &["ffi", "examples", "tests", "xtask/src"]
            .map(|place| sources(&shell::root().join(place)))
            .concat();
    for document in ["docs/requirements.md", "docs/threat-model.md"] {
        let text = text::read(document)?;
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| requirement"))
            .collect();
        let rows = rows.iter().filter(|line| !line.starts_with("| threat") && !line.starts_with("|--"));
        let mut count = 0;
        for row in rows {
            count += 1;
            let cell = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default();
            let tests: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
            if tests.is_empty() {
                return Err(format!("{document}: no test in the row {row}"));
            }
            for test in tests {
                let name = test.rsplit("::").next().unwrap_or(test);
                if !sources.contains(&format!("fn {name}(")) && !sources.contains(&format!("\"{name}\"")) {
                    return Err(format!("{document}: there is no test {test}"));
                }
            }
        }
        if count < 10 {
            return Err(format!("{document} has only {count} rows"));
        }
    }
    Ok(())
}

/// Pages whose blocks are built and run by the suite of their language, with that language.
const PAGES: [(&str, &str); 6] = [
    ("docs/embedding.md", "c"),
    ("docs/cpp.md", "cpp"),
    ("docs/rust.md", "rust"),
    ("docs/kotlin.md", "kotlin"),
    ("docs/swift.md", "swift"),
    ("docs/python.md", "python"),
];

/// Each language has a program in README.md, which is a block of its page.
fn programs() -> Result<(), String> {
    let readme = text::read("README.md")?;
    for (page, language) in PAGES {
        let text = text::read(page)?;
        let programs = text::blocks(&readme, language);
        if programs.is_empty() {
            return Err(format!("README.md has no program in {language}"));
        }
        let known = text::blocks(&text, language);
        if programs.iter().any(|program| !known.contains(program)) {
            return Err(format!("README.md has a program in {language} that is not on {page}"));
        }
    }
    Ok(())
}

fn links() -> Result<(), String> {
    let mut documents = vec![shell::root().join("README.md")];
    collect(&shell::root().join("docs"), "md", &mut documents);
    for document in documents {
        let text = fs::read_to_string(&document).map_err(|error| error.to_string())?;
        // What stands between fences is code.
        let prose: String = text.split("```").step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            let folder = document.parent().unwrap_or(Path::new("."));
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                return Err(format!("{}: {target} leads nowhere", document.display()));
            }
        }
    }
    Ok(())
}

fn sources(folder: &Path) -> String {
    let mut files = Vec::new();
    for end in ["rs", "c", "cpp"] {
        collect(folder, end, &mut files);
    }
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn collect(folder: &Path, end: &str, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, end, files);
        } else if path.extension().is_some_and(|extension| extension == end) {
            files.push(path);
        }
    }
}
