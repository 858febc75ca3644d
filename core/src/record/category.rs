use super::VisitCategory;
use crate::error::Error;
use crate::time::Date;

impl VisitCategory {
    /// 来店区分 (N9): the first of a salon's categories whose thresholds these visits meet. Their days in order, the earliest first.
    pub fn of<'a>(categories: &'a [Self], visits: &[Date], today: Date) -> Result<Option<&'a Self>, Error> {
        for category in categories {
            if meets(category, visits, today)? {
                return Ok(Some(category));
            }
        }
        Ok(None)
    }
}

fn meets(category: &VisitCategory, visits: &[Date], today: Date) -> Result<bool, Error> {
    let count = u32::try_from(visits.len()).unwrap_or(u32::MAX);
    let since = visits.last().map(|last| i64::from(today.day_number()).saturating_sub(i64::from(last.day_number())));
    let counted = category.visits_from.is_none_or(|from| count >= from) && category.visits_to.is_none_or(|to| count <= to);
    // Without a visit nothing is recent, and nothing long ago.
    let recent = category.within_days.is_none_or(|days| since.is_some_and(|since| since <= i64::from(days)))
        && category.after_days.is_none_or(|days| since.is_some_and(|since| since >= i64::from(days)));
    let frequent = match category.frequency {
        Some(frequency) => frequency.holds("visitCategories", visits, today)?.holds,
        None => true,
    };
    Ok(counted && recent && frequent)
}
