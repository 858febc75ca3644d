//! The salon's settings 基本設定.

use crate::customer::limits;
use crate::error::{CustomerError, Error, SaleError};
use crate::log::{Actor, Command, Context, Draft, Halt, Look, Query, Role};
use crate::money::Yen;
use crate::record::{Issuer, PointRule, PointValidity, PointsPolicy, Settings};
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
            return Err(CustomerError::SettingsVersion { field: "version", version: stored.version }.into());
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
    let bounds = [
        (settings.unmerge_days <= 3_650, "unmergeDays", "at most 3650 days"),
        (settings.channels.len() <= 1_000, "channels", "at most 1000 channels"),
        (settings.field_rules.len() <= 1_000, "fieldRules", "at most 1000 field rules"),
    ];
    if let Some((_, field, expected)) = bounds.into_iter().find(|(holds, ..)| !holds) {
        return Err(CustomerError::Setting { field, expected }.into());
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
    check_points(&settings.points)?;
    for category in &mut settings.visit_categories {
        category.name = one_line("visitCategories", &category.name, limits::LINE)?;
        let reversed = matches!((category.visits_from, category.visits_to), (Some(from), Some(to)) if from > to)
            || matches!((category.after_days, category.within_days), (Some(after), Some(within)) if after > within);
        let days = [category.within_days, category.after_days].into_iter().flatten().all(|days| days <= 36_500);
        // A frequency that cannot be asked for is its own error.
        category.frequency.map(|frequency| frequency.holds("visitCategories", &[], crate::time::Date::FIRST)).transpose()?;
        if category.name.is_empty() || reversed || !days {
            return Err(CustomerError::Setting {
                field: "visitCategories",
                expected: "a name, and thresholds from the lower to the higher, days up to 36500",
            }
            .into());
        }
    }
    if settings.visit_categories.len() > 100 {
        return Err(CustomerError::Setting { field: "visitCategories", expected: "at most 100 categories" }.into());
    }
    check_issuer(&mut settings.issuer)?;
    Ok(settings)
}

fn check_points(points: &PointsPolicy) -> Result<(), Error> {
    let rule = match points.rule {
        None => true,
        Some(PointRule::PerVisit { points }) => (1..=1_000_000).contains(&points),
        Some(PointRule::PerSales { yen, points }) => (1..=1_000_000).contains(&points) && yen >= Yen(1) && yen <= Yen::MAX,
    };
    let valid = match points.valid {
        PointValidity::Forever => true,
        PointValidity::Days { days } => (1..=36_500).contains(&days),
        PointValidity::Months { months } => (1..=1_200).contains(&months),
    };
    if rule && valid {
        return Ok(());
    }
    Err(SaleError::PointsPolicy {
        field: "points",
        expected: "1 to 1000000 points a visit or for each ¥1 or more; 1 to 36500 days or 1 to 1200 months",
    }
    .into())
}

fn check_issuer(issuer: &mut Issuer) -> Result<(), Error> {
    issuer.name = issuer.name.as_deref().map(|name| one_line("issuer", name, limits::LINE)).transpose()?.filter(|name| !name.is_empty());
    let numbered =
        |number: &String| number.strip_prefix('T').is_some_and(|digits| digits.len() == 13 && digits.bytes().all(|b| b.is_ascii_digit()));
    if issuer.registration_number.as_ref().is_some_and(|number| !numbered(number)) {
        return Err(CustomerError::Setting { field: "issuer", expected: "a registration number of T and 13 digits" }.into());
    }
    Ok(())
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
