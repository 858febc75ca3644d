//! One method per operation of the core, made from its list.

use rules::error::DaichoError;
use rules::{Actor, Changed, Instant, for_each_operation};

use crate::context::CommandContext;
use crate::ledger::Ledger;

macro_rules! methods {
    (commands { $($(#[$a:meta])* $command:ident $ci:ident => $co:ident;)* } queries { $($(#[$b:meta])* $query:ident $qi:ident => $qo:ident;)* } searches { $($(#[$c:meta])* $search:ident $si:ident => $so:ident;)* } audits { $($(#[$d:meta])* $audit:ident $ai:ident => $ao:ident;)* }) => {
        pastey::paste! {
            $(
                #[doc = "What `" $ci "` did (A1)."]
                #[derive(Debug, Clone, uniffi::Record)]
                #[uniffi::export(Debug)]
                pub struct [<$ci Done>] {
                    /// The command's answer.
                    pub output: rules::$co,
                    /// The entry of the log that it became.
                    pub sequence: u32,
                    /// The records that changed.
                    pub changed: Vec<Changed>,
                    /// Whether this is the answer given before, to the same command under the same key (A2).
                    pub replayed: bool,
                }
            )*

            #[uniffi::export]
            impl Ledger {
                $(
                    $(#[$a])*
                    pub fn $command(&self, input: rules::$ci, context: CommandContext) -> Result<[<$ci Done>], DaichoError> {
                        let done = self.inner.execute(&input, &context.into_core()?)?;
                        Ok([<$ci Done>] { output: done.output, sequence: done.sequence, changed: done.changed, replayed: done.replayed })
                    }
                )*
            }
        }

        #[uniffi::export]
        impl Ledger {
            $(
                $(#[$b])*
                pub fn $query(&self, input: rules::$qi, actor: Actor, now: Instant) -> Result<rules::$qo, DaichoError> {
                    Ok(self.inner.query(&input, &actor, now)?)
                }
            )*
            $(
                $(#[$c])*
                pub fn $search(&self, input: rules::$si, actor: Actor, now: Instant) -> Result<rules::$so, DaichoError> {
                    Ok(self.inner.search(&input, &actor, now)?)
                }
            )*
            $(
                $(#[$d])*
                pub fn $audit(&self, input: rules::$ai, actor: Actor) -> Result<rules::$ao, DaichoError> {
                    Ok(self.inner.audit(&input, &actor)?)
                }
            )*
        }
    };
}
for_each_operation!(methods);
