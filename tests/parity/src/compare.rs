//! Field by field: what was seen beside what must have been seen.

use serde_json::Value;

use crate::want::hidden;

/// Every place where the two differ, each by its path.
pub(crate) fn equal(wanted: &Value, seen: &Value) -> Result<(), String> {
    let mut differences = Vec::new();
    compare("", wanted, seen, &mut differences);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
}

fn compare(path: &str, wanted: &Value, seen: &Value, differences: &mut Vec<String>) {
    if let Some(hidden) = hidden(wanted) {
        if !hidden.fits(seen) {
            differences.push(format!("{path} is {}, not {hidden}", short(seen)));
        }
        return;
    }
    match (wanted, seen) {
        (Value::Object(wanted), Value::Object(seen)) => {
            for (name, value) in wanted {
                match seen.get(name) {
                    Some(other) => compare(&format!("{path}/{name}"), value, other, differences),
                    None => differences.push(format!("{path}/{name} is missing")),
                }
            }
            let new = seen.keys().filter(|name| !wanted.contains_key(*name));
            differences.extend(new.map(|name| format!("{path}/{name} is not in the table")));
        }
        (Value::Array(wanted), Value::Array(seen)) if wanted.len() == seen.len() => {
            for (index, (wanted, seen)) in wanted.iter().zip(seen).enumerate() {
                compare(&format!("{path}/{index}"), wanted, seen, differences);
            }
        }
        (wanted, seen) if wanted == seen => {}
        (wanted, seen) => differences.push(format!("{path} is {}, not {}", short(seen), short(wanted))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 200 { text.chars().take(200).chain("…".chars()).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::equal;
    use crate::want;

    #[test]
    fn every_kind_of_difference_is_told() {
        let wanted = json!({ "a": [1, { "b": "x" }], "c": want::within(1, 3), "d": null });
        assert_eq!(equal(&wanted, &json!({ "a": [1, { "b": "x" }], "c": 2, "d": null })), Ok(()));
        for (seen, told) in [
            (json!({ "a": [1, { "b": "y" }], "c": 2, "d": null }), "/a/1/b is \"y\", not \"x\""),
            (json!({ "a": [1], "c": 2, "d": null }), "/a is [1], not [1,{\"b\":\"x\"}]"),
            (json!({ "a": [1, { "b": "x" }], "c": 4, "d": null }), "/c is 4, not 1 to 3"),
            (json!({ "a": [1, { "b": "x" }], "c": 2 }), "/d is missing"),
            (json!({ "a": [1, { "b": "x" }], "c": 2, "d": null, "e": 1 }), "/e is not in the table"),
        ] {
            assert_eq!(equal(&wanted, &seen), Err(told.to_owned()));
        }
    }
}
