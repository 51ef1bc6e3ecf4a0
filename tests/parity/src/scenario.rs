//! What a runner is asked to do: keys with values.

#[derive(Clone)]
pub(crate) struct Scenario(Vec<(&'static str, String)>);

impl Scenario {
    pub(crate) fn new(kind: &str) -> Self {
        Self(Vec::new()).with("kind", kind)
    }

    /// A key may come more than once.
    pub(crate) fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.0.push((key, value.to_string()));
        self
    }

    /// Takes a key out again.
    pub(crate) fn without(mut self, key: &str) -> Self {
        self.0.retain(|(name, _)| *name != key);
        self
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for (key, value) in &self.0 {
            assert!(!value.contains('\n'), "a value is one line");
            text.push_str(&format!("{key} {value}\n"));
        }
        text.push('\n');
        text
    }
}
