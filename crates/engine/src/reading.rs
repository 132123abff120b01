//! Texts read against lists: who is named in them, and what is claimed of whom.

use documents::{Context, Finder, Found, Party};
use screen::InText;
use serde_json::{Value, json};

use crate::contract::{number, scored_to_json};
use crate::library::Parties;
use crate::{Library, Screening};

/// A library under a policy, ready for texts. Threads share it; each has a [`TextReader`] of its own.
pub struct Texts<'a> {
    screening: &'a Screening<'a>,
    in_text: InText<'a, Parties>,
}

impl<'a> Texts<'a> {
    /// Makes lists ready for texts.
    #[must_use]
    pub fn new(screening: &'a Screening<'a>) -> Self {
        let library = screening.library();
        let least = screening.thresholds().0;
        Self { screening, in_text: InText::new(library.index(), library.profiles(), least) }
    }

    /// A reader, for one thread and document after document.
    #[must_use]
    pub fn reader(&'a self) -> TextReader<'a> {
        let finder = Finder::new(&self.in_text, self.screening.library().profiles(), self.screening.rules());
        TextReader { library: self.screening.library(), finder }
    }
}

/// Reads texts.
pub struct TextReader<'a> {
    library: &'a Library,
    finder: Finder<'a, Parties>,
}

/// What a text says.
pub struct TextRead {
    /// Everybody whom it names.
    pub parties: Vec<Party>,
    /// Where.
    pub found: Vec<Found>,
}

impl TextReader<'_> {
    /// Reads a text.
    pub fn read(&mut self, text: &str) -> TextRead {
        let mut context = Context::default();
        let found = self.finder.read(&mut context, text);
        TextRead { parties: context.parties().to_vec(), found }
    }

    /// What a text says, as `interdict read` writes it.
    #[must_use]
    pub fn to_json(&self, name: &str, text: &str, read: &TextRead) -> Value {
        let mentions: Vec<Value> = read.found.iter().map(|found| self.mention(text, read, found)).collect();
        json!({"document": name, "mentions": mentions, "claims": []})
    }

    fn mention(&self, text: &str, read: &TextRead, found: &Found) -> Value {
        let range = &found.mention.range;
        let party = &read.parties[found.mention.party];
        let mut mention = json!({
            "text": &text[range.clone()], "start": range.start, "end": range.end,
            "entity": party.named.entity.as_deref(), "schema": party.schema.name(), "name": &*party.named.name,
        });
        if let Some(evidence) = &found.evidence {
            let scored = &evidence.scored;
            mention["score"] = number(i32::from(scored.score.ten_thousandths()), 10_000);
            mention["bits"] = number(scored.bits, 1000);
            mention["compared"] = Value::from(&*evidence.compared);
            mention["short"] = evidence.short.into();
            mention["explanation"] = scored_to_json(scored)["explanation"].take();
            let (list, entity) = self.library.entity(evidence.entity);
            mention["caption"] = entity.caption().into();
            mention["datasets"] = json!([&*list.dataset]);
        }
        mention
    }
}
