//! The table: each row a capability, each performed in every language.

mod accepted;
mod afterwards;
mod application;
mod approval;
mod cades;
mod cancelled;
mod card;
mod certificate;
mod form;
mod institution;
mod network;
mod own;
mod page;
mod person;
mod phone;
mod refused;
mod sign_in;
mod single;
mod text;

use crate::attempt::Attempt;

pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// What a program of the language can do.
    pub(crate) what: &'static str,
    pub(crate) perform: fn(&mut Attempt<'_>) -> Result<(), String>,
}

const fn row(
    name: &'static str,
    what: &'static str,
    perform: fn(&mut Attempt<'_>) -> Result<(), String>,
) -> Row {
    Row { name, what, perform }
}

pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    [
        accepted::ROWS,
        own::ROWS,
        text::ROWS,
        card::ROWS,
        certificate::ROWS,
        cancelled::ROWS,
        network::ROWS,
        refused::ROWS,
        sign_in::ROWS,
        person::ROWS,
        application::ROWS,
        form::ROWS,
        phone::ROWS,
        approval::ROWS,
        page::ROWS,
        afterwards::ROWS,
        institution::ROWS,
        cades::ROWS,
        single::ROWS,
    ]
    .into_iter()
    .flatten()
}

pub(crate) fn markdown() -> String {
    let rows = all().map(|row| format!("| `{}` | {} |\n", row.name, row.what));
    format!("| row | a program in every language can |\n|---|---|\n{}", rows.collect::<String>())
}
