//! Who may what: every operation of the description against everybody who is not meant. What belongs to somebody else
//! does not exist, and asking for it changes nothing.

mod setting;
mod table;

use std::collections::BTreeSet;

use serde_json::Value;

use self::setting::{Setting, Stored};
use self::table::{OUTSIDE, Outside, RULES, Who};

/// Who asks, beside those who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    /// Without a token.
    Nobody,
    /// With a token that was never given out.
    Guesser,
    /// Another person, signed in.
    Stranger,
    /// The client of another person's session.
    StrangersSession,
    /// The client of a session of the same person, who is not the person.
    OwnersSession,
    /// The person; a session is not theirs but their client's.
    Owner,
    /// The tests' own door is another one.
    Administrator,
}

const CALLERS: [Caller; 7] = [
    Caller::Nobody,
    Caller::Guesser,
    Caller::Stranger,
    Caller::StrangersSession,
    Caller::OwnersSession,
    Caller::Owner,
    Caller::Administrator,
];

/// The statuses with which this caller is sent away; none where the caller may.
fn refusals(who: Who, caller: Caller) -> &'static [u16] {
    match (who, caller) {
        (Who::Anyone, _)
        | (Who::AnyPerson | Who::Owner, Caller::Owner)
        | (Who::Session, Caller::OwnersSession) => &[],
        (_, Caller::Nobody) => &[401],
        (Who::Session, _) => &[401, 404],
        (Who::AnyPerson, Caller::Stranger) => &[],
        (Who::Owner, Caller::Stranger) => &[404],
        (Who::AnyPerson | Who::Owner, _) => &[401],
    }
}

fn operations() -> BTreeSet<(String, String)> {
    let description: Value = serde_json::from_str(&kamusm_sandbox::openapi_json()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let methods = |path: &Value| path.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    paths
        .iter()
        .flat_map(|(path, operations)| {
            methods(operations).into_iter().map(|method| (method.to_ascii_uppercase(), path.clone()))
        })
        .collect()
}

#[test]
fn every_operation_has_a_rule_and_every_rule_an_operation() {
    let declared: BTreeSet<_> =
        RULES.iter().map(|rule| (rule.method.to_owned(), rule.path.to_owned())).collect();
    assert_eq!(declared.len(), RULES.len(), "a rule stands twice");
    let operations = operations();
    let new: Vec<_> = operations.difference(&declared).collect();
    assert!(new.is_empty(), "say in tests/protocol/access/table.rs who may: {new:?}");
    let gone: Vec<_> = declared.difference(&operations).collect();
    assert!(gone.is_empty(), "rules without an operation: {gone:?}");
}

/// What the description does not know stands in the second table, with who may and where that is tested.
#[test]
fn no_route_hides_from_the_description() {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let hidden = files_with(sources.as_ref(), &[".route(", ".route_service(", ".nest_service("]);
    let hidden: Vec<_> =
        hidden.iter().map(|file| file.strip_prefix(sources).unwrap().trim_start_matches('/')).collect();
    assert_eq!(hidden, OUTSIDE.map(|outside| outside.file));
    for Outside { file, paths, who } in OUTSIDE {
        let text = std::fs::read_to_string(format!("{sources}/{file}")).unwrap();
        let routes = text.split(".route(").skip(1).map(str::trim_start);
        // The portal hands on a variable, in the function that lists the pages too.
        let written = routes.filter_map(|route| route.strip_prefix('"')?.split('"').next());
        assert_eq!(written.collect::<Vec<_>>(), paths, "{file}: say who may: {who}");
    }
}

/// The admin's routes have one guard.
#[test]
fn the_tests_own_door_is_closed_to_everybody_else() {
    let setting = Setting::new();
    let stored = Stored::open(&setting);
    let before = stored.content();
    for path in OUTSIDE[0].paths {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let path = format!("/admin/v1{path}");
            for token in setting.tokens_of_persons() {
                let answer = setting.knock(method, &path, token);
                assert!([401, 403, 404, 405].contains(&answer.status), "{method} {path}: {}", answer.text());
            }
        }
    }
    stored.assert_same(&before, "the admin's door");
}

fn files_with(folder: &std::path::Path, words: &[&str]) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| match path.is_dir() {
        true => files_with(&path, words),
        false => {
            let text = std::fs::read_to_string(&path).unwrap();
            words
                .iter()
                .any(|word| text.contains(word))
                .then(|| path.display().to_string())
                .into_iter()
                .collect()
        }
    });
    files.collect()
}

#[test]
fn what_belongs_to_others_does_not_exist() {
    let setting = Setting::new();
    let stored = Stored::open(&setting);
    for rule in RULES {
        for caller in CALLERS {
            let refusals = refusals(rule.who, caller);
            if !refusals.is_empty() {
                let before = stored.content();
                let answer = setting.ask(rule, setting.token(rule, caller), &[]);
                assert!(refusals.contains(&answer.status), "{rule:?} for {caller:?}: {}", answer.text());
                answer.problem();
                stored.assert_same(&before, &format!("{rule:?} for {caller:?}"));
            }
        }
    }
    // The same requests of those who may: none was sent away for another reason than the caller.
    for rule in RULES {
        let caller = if rule.who == Who::Session { Caller::OwnersSession } else { Caller::Owner };
        let answer = setting.ask(rule, setting.token(rule, caller), &[]);
        assert!(![401, 403, 404, 405].contains(&answer.status), "{rule:?} for {caller:?}: {}", answer.text());
    }
}

#[test]
fn what_everybody_has_of_their_own_tells_nothing_of_others() {
    let setting = Setting::new();
    for rule in RULES.iter().filter(|rule| rule.who == Who::AnyPerson) {
        let answer = setting.ask(rule, setting.token(rule, Caller::Stranger), &[]);
        assert!(answer.status < 500, "{rule:?}: {}", answer.text());
        for secret in setting.of_the_owner() {
            assert!(!answer.text().contains(&secret), "{rule:?} tells {secret} to a stranger");
        }
    }
}

#[test]
fn a_token_whose_time_is_over_opens_nothing() {
    let setting = Setting::new();
    let stored = Stored::open(&setting);
    setting.let_tokens_end(&stored);
    for rule in RULES.iter().filter(|rule| rule.who != Who::Anyone) {
        let before = stored.content();
        let session = rule.who == Who::Session;
        let caller = if session { Caller::OwnersSession } else { Caller::Owner };
        let answer = setting.ask(rule, setting.token(rule, caller), &[]);
        let label = format!("{rule:?}: {}", answer.text());
        match (rule.method, rule.path) {
            // A result can be read for thirty days, whatever became of the session.
            (_, "/api/v1/sign-sessions/{sid}/submission") => assert!(answer.status < 500, "{label}"),
            _ if session => assert_eq!(answer.status, 410, "{label}"),
            _ => assert_eq!((answer.status, answer.problem().as_str()), (401, "unauthenticated"), "{label}"),
        }
        stored.assert_same(&before, &label);
    }
}

/// A page of another origin makes a browser send cookies, forms and plain text, but no bearer token.
#[test]
fn a_page_of_another_origin_does_nothing() {
    let setting = Setting::new();
    let stored = Stored::open(&setting);
    let cookies = setting.cookies();
    let forged = [
        ("origin", "https://saldirgan.example"),
        ("cookie", cookies.as_str()),
        ("sec-fetch-site", "cross-site"),
    ];
    let text = [&forged[..], &[("content-type", "text/plain")]].concat();
    for rule in RULES.iter().filter(|rule| rule.method != "GET") {
        // Who needs no token still has to send JSON, which a browser sends to another origin only if that allows it.
        let is_open = rule.who == Who::Anyone;
        let tries: &[(&[_], u16)] = if is_open { &[(&text, 415)] } else { &[(&forged, 401), (&text, 401)] };
        for (headers, status) in tries {
            let before = stored.content();
            let answer = setting.ask(rule, None, headers);
            assert_eq!(answer.status, *status, "{rule:?}: {}", answer.text());
            stored.assert_same(&before, &format!("{rule:?}"));
        }
    }
}

#[test]
fn no_answer_lets_another_origin_read_it_or_send_more() {
    let setting = Setting::new();
    for rule in RULES {
        let origin = ("origin", "https://saldirgan.example");
        let asked = [
            ("access-control-request-method", rule.method),
            ("access-control-request-headers", "authorization"),
        ];
        let preflight = setting.send("OPTIONS", rule, None, &[origin, asked[0], asked[1]]);
        let answer = setting.ask(rule, setting.token(rule, Caller::Owner), &[origin]);
        for answer in [preflight, answer] {
            let lets = answer.headers.keys().any(|name| name.as_str().starts_with("access-control-"));
            assert!(!lets, "{rule:?}: {:?}", answer.headers);
        }
    }
}
