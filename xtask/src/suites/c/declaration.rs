//! The functions of include/kamusm.h, read from its text.

/// A function as the header declares it.
pub(in crate::suites) struct Function {
    pub(in crate::suites) name: String,
    /// The type that it returns, such as `const char *`.
    pub(in crate::suites) returns: String,
    pub(in crate::suites) parameters: Vec<Parameter>,
    /// The comment above it.
    pub(in crate::suites) comment: String,
}

pub(in crate::suites) struct Parameter {
    pub(in crate::suites) kind: String,
    pub(in crate::suites) name: String,
}

impl Function {
    /// Whether the comment lets this parameter be NULL.
    pub(in crate::suites) fn allows_null(&self, parameter: &Parameter) -> bool {
        let about = format!("`{}`", parameter.name);
        let mut applies = false;
        let mut text = String::new();
        for line in self.comment.lines().map(|line| line.trim_start_matches([' ', '*'])) {
            if line.starts_with('`') {
                applies = line.split(':').next().is_some_and(|names| names.contains(&about));
            }
            if applies {
                text.push_str(line);
                text.push(' ');
            }
        }
        (parameter.kind == "kamusm_error **" && parameter.name == "error")
            || text.contains("may be NULL")
            || text.contains("or NULL")
    }
}

/// Every function between `extern "C" {` and the end.
pub(in crate::suites) fn functions(header: &str) -> Result<Vec<Function>, String> {
    let start = header.find("extern \"C\" {").ok_or("the header has no functions")?;
    let mut functions = Vec::new();
    let mut rest = &header[start..];
    while let Some(begin) = rest.find("/**") {
        let end = rest[begin..].find("*/").ok_or("a comment does not end")? + begin;
        let stop = rest[end..].find(';').ok_or("a declaration does not end")? + end;
        functions.push(read(&rest[begin + 3..end], &rest[end + 2..stop])?);
        rest = &rest[stop..];
    }
    let written = header[start..].matches(");").count();
    if functions.len() != written {
        return Err(format!("{written} declarations, but {} have a comment", functions.len()));
    }
    Ok(functions)
}

fn read(comment: &str, declaration: &str) -> Result<Function, String> {
    let flat = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
    let unreadable = || format!("cannot read the declaration {flat}");
    let (head, tail) = flat.split_once('(').ok_or_else(unreadable)?;
    let (returns, name) = split(head).ok_or_else(unreadable)?;
    let inside = tail.strip_suffix(')').ok_or_else(unreadable)?;
    let parameters = if inside == "void" {
        Vec::new()
    } else {
        let parameter = |text: &str| {
            let (kind, name) = split(text.trim()).ok_or_else(unreadable)?;
            Ok::<_, String>(Parameter { kind, name })
        };
        inside.split(',').map(parameter).collect::<Result<_, _>>()?
    };
    Ok(Function { name, returns, parameters, comment: comment.to_owned() })
}

/// Type and name; the stars belong to the type.
fn split(text: &str) -> Option<(String, String)> {
    let begin = text.rfind([' ', '*'])? + 1;
    let (kind, name) = text.split_at(begin);
    Some((kind.trim().to_owned(), name.to_owned()))
        .filter(|(kind, name)| !kind.is_empty() && !name.is_empty())
}
