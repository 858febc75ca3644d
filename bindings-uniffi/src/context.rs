use rules::error::LedgerError;
use rules::log::{Context, Entropy};
use rules::{Actor, Channel, CommandKey, Error, Instant};

/// Everything a command knows besides the ledger: who, through what, when, under which idempotency key.
#[derive(Debug, Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct CommandContext {
    /// Who acts.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When. Nothing here reads a clock (T1).
    pub now: Instant,
    /// The idempotency key (A2): a random UUID for each thing the user does, and the same one when the very same command is sent again.
    pub key: CommandKey,
    /// Sixteen random bytes, never reused; left out, the system's randomness gives them.
    #[uniffi(default)]
    pub entropy: Option<Vec<u8>>,
}

impl CommandContext {
    pub(crate) fn into_core(self) -> Result<Context, Error> {
        let wrong = |detail: &str| LedgerError::bad_field("entropy", detail);
        let entropy = match self.entropy {
            Some(bytes) => bytes.try_into().map_err(|_| wrong("sixteen bytes"))?,
            None => {
                let mut bytes = [0; 16];
                getrandom::fill(&mut bytes).map_err(|_| wrong("this system gives no randomness; pass sixteen bytes"))?;
                bytes
            }
        };
        Ok(Context { actor: self.actor, channel: self.channel, now: self.now, key: self.key, entropy: Entropy(entropy) })
    }
}
