//! The parameters of a query string, in which a name may stand several times.

use std::borrow::Cow;
use std::str::FromStr;

/// Names and values as they were sent, decoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Params<'a> {
    /// Reads a query string, or a form. Empty values are as good as none.
    pub(crate) fn parse(text: &'a str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes());
        Self(pairs.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    /// The value of a parameter that is given once. Where it stands several times the last holds, as in yente.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// All values of a parameter.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// A number.
    ///
    /// # Errors
    /// What was sent is none, in words for the client.
    pub(crate) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        let Some(value) = self.one(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| format!("{name} must be a number, not {value:?}"))
    }

    /// Yes or no, in the words that FastAPI takes for them.
    ///
    /// # Errors
    /// What was sent is neither, in words for the client.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, String> {
        let Some(value) = self.one(name) else { return Ok(None) };
        match value.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "t" | "y" => Ok(Some(true)),
            "false" | "0" | "no" | "off" | "f" | "n" => Ok(Some(false)),
            _ => Err(format!("{name} must be true or false, not {value:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Params;

    #[test]
    fn names_may_stand_several_times() {
        let params = Params::parse(
            "topics=sanction&topics=role.pep&limit=3&limit=7&q=%D0%9F%D1%83+x&empty=&nested=False",
        );
        assert_eq!(params.all("topics").collect::<Vec<_>>(), ["sanction", "role.pep"]);
        assert_eq!(params.number("limit"), Ok(Some(7)));
        assert_eq!(params.one("q"), Some("Пу x"));
        assert_eq!(params.one("empty"), None);
        assert_eq!(params.flag("nested"), Ok(Some(false)));
        assert!(params.number::<u32>("q").unwrap_err().contains("must be a number"));
        assert!(params.flag("q").is_err());
    }
}
