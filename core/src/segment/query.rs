use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Condition, Segment, key};
use crate::search::{Completion, Known, SearchField, Tongue, bounded, complete, parse, print, search_fields};
use crate::time::Instant;

wire! {
    /// Reads a line of the query language (S10).
    pub struct ParseQuery {
        /// The line.
        pub query: String,
        /// The language in which an error lists what was expected; its sentence comes in both.
        pub tongue: Tongue,
    }
}

redacted_debug!(ParseQuery { tongue });

wire! {
    /// Writes a condition as lines of the query language (S10).
    #[derive(Debug)]
    pub struct PrintQuery {
        /// The condition.
        pub condition: Condition,
    }
}

wire! {
    /// A condition in its faces (S10).
    pub struct QueryText {
        /// The condition.
        pub condition: Condition,
        /// As a line in English.
        pub english: String,
        /// 日本語で
        pub japanese: String,
    }
}

redacted_debug!(QueryText { condition });

wire! {
    /// What could be written next, for a box that completes what is typed (S10).
    pub struct CompleteQuery {
        /// The line as far as it is written.
        pub query: String,
        /// In which language.
        pub tongue: Tongue,
    }
}

redacted_debug!(CompleteQuery { tongue });

wire! {
    /// What could be written next.
    #[derive(Debug)]
    pub struct Completions {
        /// The salon's own names first, then words, then what else is expected; empty where the line goes wrong before its end.
        pub options: Vec<Completion>,
    }
}

wire! {
    /// What can be asked: fields, operators, values (S10).
    #[derive(Copy, Debug)]
    pub struct ListSearchFields {}
}

wire! {
    /// What can be asked.
    #[derive(Debug)]
    pub struct SearchFields {
        /// The fields of customers.
        pub customer: Vec<SearchField>,
        /// The fields of one and the same reservation (S6).
        pub reservation: Vec<SearchField>,
    }
}

fn faces(condition: Condition) -> QueryText {
    QueryText { english: print(&condition, Tongue::English), japanese: print(&condition, Tongue::Japanese), condition }
}

impl Query for ParseQuery {
    type Output = QueryText;
    const NAME: &'static str = "parseQuery";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, _: &dyn Look, _: &Actor, _: Instant) -> Result<QueryText, Halt> {
        Ok(faces(parse(&self.query, self.tongue)?))
    }
}

impl Query for PrintQuery {
    type Output = QueryText;
    const NAME: &'static str = "printQuery";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, _: &dyn Look, _: &Actor, _: Instant) -> Result<QueryText, Halt> {
        bounded(&self.condition)?;
        Ok(faces(self.condition.clone()))
    }
}

impl Query for CompleteQuery {
    type Output = Completions;
    const NAME: &'static str = "completeQuery";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Completions, Halt> {
        let settings = crate::log::shared_settings(look)?;
        let segments: Vec<Segment> = look.keyed(key::SEGMENTS.to_owned())?;
        Ok(Completions { options: complete(&self.query, self.tongue, &Known { settings: &settings, segments: &segments })? })
    }
}

impl Query for ListSearchFields {
    type Output = SearchFields;
    const NAME: &'static str = "listSearchFields";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<SearchFields, Halt> {
        let settings = crate::log::shared_settings(look)?;
        let (customer, reservation) = search_fields(&settings);
        Ok(SearchFields { customer, reservation })
    }
}
