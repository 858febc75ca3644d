//! The salon's settings 基本設定.

use crate::customer::limits;
use crate::error::{CustomerError, Error};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role};
use crate::record::Settings;
use crate::text::{email, one_line};
use crate::time::Instant;

wire! {
    /// Changes the settings. What is left out takes its default, so read them first.
    #[derive(Debug)]
    pub struct ConfigureSalon {
        /// The settings as they shall be; `version` is the one they are based on.
        pub settings: Settings,
    }
}

wire! {
    /// Changed settings.
    #[derive(Copy, Debug)]
    pub struct Configured {
        /// Their version now.
        pub version: u32,
    }
}

impl Command for ConfigureSalon {
    type Output = Configured;
    const NAME: &'static str = "configureSalon";
    const ROLES: &'static [Role] = Role::MANAGERS;

    fn decide(&self, draft: &mut Draft<'_>, _: &Context) -> Result<Configured, Halt> {
        let stored = draft.settings()?;
        if self.settings.version != stored.version {
            return Err(CustomerError::Setting {
                field: "version",
                expected: "the version that was read: somebody changed the settings meanwhile",
            }
            .into());
        }
        let mut settings = checked(&self.settings)?;
        settings.version = stored.version.saturating_add(1);
        let version = settings.version;
        draft.put(settings)?;
        Ok(Configured { version })
    }
}

fn checked(settings: &Settings) -> Result<Settings, Error> {
    let mut settings = settings.clone();
    settings.calendar = settings.calendar.checked()?;
    settings.cancellation = settings.cancellation.checked()?;
    settings.placeholder_domain = one_line("placeholderDomain", &settings.placeholder_domain, 200)?;
    // The domain must leave room for the digits before it, and be one that an address can have.
    let probe = email::parse("placeholderDomain", &["00011111111@", &settings.placeholder_domain].concat())?;
    if settings.placeholder_domain.contains('@') || !probe.entered.is_ascii() {
        return Err(CustomerError::Setting { field: "placeholderDomain", expected: "an ASCII domain such as leporto.com" }.into());
    }
    if settings.unmerge_days > 3_650 || settings.channels.len() > 1_000 || settings.field_rules.len() > 1_000 {
        return Err(CustomerError::Setting { field: "unmergeDays", expected: "at most 3650 days, 1000 channels, 1000 field rules" }.into());
    }
    let mut channels = Vec::new();
    for channel in &settings.channels {
        let channel = one_line("channels", channel, limits::LINE)?;
        if channel.is_empty() || channels.contains(&channel) {
            return Err(CustomerError::Setting { field: "channels", expected: "channels that are not blank, each once" }.into());
        }
        channels.push(channel);
    }
    settings.channels = channels;
    Ok(settings)
}

wire! {
    /// The salon's settings.
    #[derive(Copy, Debug)]
    pub struct GetSettings {}
}

impl Query for GetSettings {
    type Output = Settings;
    const NAME: &'static str = "getSettings";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, look: &dyn Look, _: &Actor, _: Instant) -> Result<Settings, Halt> {
        crate::log::settings(look)
    }
}
