use crate::id::{MenuId, SegmentId};
use crate::log::{Actor, Halt, Look, Query, Role};
use crate::record::{Condition, Count, CountField, DayField, DaySpan, Flag, When};
use crate::time::Instant;

wire! {
    /// The five recipes of the manual (S12).
    #[derive(Debug, Default)]
    pub struct ListRecipes {
        /// The menu whose regulars are asked for; without one that recipe is left out.
        pub menu: Option<MenuId>,
    }
}

wire! {
    /// A segment that ships with the library.
    #[derive(Debug)]
    pub struct Recipe {
        /// A name to save it under.
        pub segment: SegmentId,
        /// What it is for, in English.
        pub english: String,
        /// 何のためか
        pub japanese: String,
        /// Who is in it.
        pub condition: Condition,
    }
}

wire! {
    /// The recipes, in the manual's order.
    #[derive(Debug)]
    pub struct Recipes {
        /// The recipes.
        pub recipes: Vec<Recipe>,
    }
}

const fn at_least(field: CountField, count: u32) -> Condition {
    Condition::Count { field, count: Count::AtLeast { count } }
}

fn recipe(name: &str, english: &str, japanese: &str, of: Vec<Condition>) -> Result<Recipe, Halt> {
    Ok(Recipe { segment: name.parse()?, english: english.to_owned(), japanese: japanese.to_owned(), condition: Condition::All { of } })
}

impl Query for ListRecipes {
    type Output = Recipes;
    const NAME: &'static str = "listRecipes";
    const ROLES: &'static [Role] = Role::SALON;

    fn answer(&self, _: &dyn Look, _: &Actor, _: Instant) -> Result<Recipes, Halt> {
        let month = |months| When::Months { months };
        let mut recipes = vec![
            recipe(
                "dormant-good-customers",
                "Good customers who have not come for half a year",
                "以前は通っていたのに最近来ていない優良顧客",
                vec![
                    Condition::Day { field: DayField::LastVisit, days: DaySpan { from: None, to: Some(month(-6)) } },
                    at_least(CountField::Visits, 3),
                ],
            )?,
            recipe(
                "cancel-habit",
                "Who cancels often, and late",
                "キャンセル常習者",
                vec![at_least(CountField::Cancellations, 3), Condition::Flag { flag: Flag::LastMinuteCancel }],
            )?,
            recipe(
                "line-not-linked",
                "Regulars whose LINE is not linked",
                "リピーターなのにLINE未登録のお客様",
                vec![Condition::Not { that: Box::new(Condition::Flag { flag: Flag::Line }) }, at_least(CountField::Visits, 2)],
            )?,
        ];
        if let Some(menu) = &self.menu {
            let last = Condition::LastMenu { of: vec![menu.clone()] };
            let of = vec![last, at_least(CountField::Visits, 5)];
            recipes.push(recipe("menu-regulars", "Regulars of a menu", "特定メニューのリピーター", of)?);
        }
        recipes.push(recipe(
            "first-visit-follow-up",
            "New this month, and came once",
            "新規顧客の初回体験フォロー",
            vec![
                Condition::Day { field: DayField::FirstRegistered, days: DaySpan { from: Some(month(-1)), to: None } },
                Condition::Count { field: CountField::Visits, count: Count::Exactly { count: 1 } },
            ],
        )?);
        Ok(Recipes { recipes })
    }
}
