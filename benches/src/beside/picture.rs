//! The ratios as a picture: plain SVG, readable on light and dark pages.

use std::fmt::Write as _;

use super::questions::INDEXED;
use super::ratio::{ONE, geometric_mean, log2, ratio, shown};
use super::run::{Among, Outcome};
use super::sides::OURS;
use crate::results::grouped;

const WIDTH: i64 = 1000;
const LEFT: i64 = 360;
const RIGHT: i64 = 880;
const TOP: i64 = 104;
const ROW: i64 = 26;
/// One for each side but the library; middle tones, told apart on white and on black.
const COLORS: [&str; 7] = ["#e4572e", "#2f8fd0", "#9467d6", "#2fa35a", "#d39b00", "#a9745a", "#dc4a97"];

struct Scale {
    low: i64,
    high: i64,
}

impl Scale {
    // Whole powers of ten around everything shown, one and its neighbours included.
    fn around(ratios: &[u128]) -> Self {
        let ten = |power: i64| power * log2(10 * ONE);
        let (mut low, mut high) = (-1, 1);
        for ratio in ratios {
            while log2(*ratio) < ten(low) {
                low -= 1;
            }
            while log2(*ratio) > ten(high) {
                high += 1;
            }
        }
        Self { low, high }
    }

    fn x(&self, log: i64) -> i64 {
        let ten = log2(10 * ONE);
        LEFT + (log - self.low * ten) * (RIGHT - LEFT) / ((self.high - self.low) * ten)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn power(exponent: i64) -> String {
    let zeros = "0".repeat(usize::try_from(exponent.unsigned_abs()).unwrap_or(0));
    if exponent < 0 { format!("0.{}1×", zeros.get(1..).unwrap_or_default()) } else { format!("1{zeros}×") }
}

/// The picture of an outcome.
#[must_use]
pub fn picture(outcome: &Outcome, date: &str) -> String {
    let median = |side: &super::run::Measured, place: usize| side.times.get(place).and_then(|times| times.percentile(50));
    let ours = |place| outcome.sides.iter().find(|side| side.name == OURS).and_then(|side| median(side, place));
    let others: Vec<_> = outcome.sides.iter().filter(|side| side.name != OURS).zip(COLORS.iter().cycle()).collect();
    let rows: Vec<Vec<u128>> = (0..outcome.questions.len())
        .map(|place| {
            let ours = ours(place).unwrap_or(1);
            others.iter().map(|(side, _)| median(side, place).map_or(ONE, |theirs| ratio(theirs, ours))).collect()
        })
        .collect();
    let scale = Scale::around(&rows.concat());
    let count = i64::try_from(rows.len()).unwrap_or(0);
    let bottom = TOP + ROW * count + ROW / 2;
    let height = bottom + 58;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"system-ui, 'Hiragino Sans', 'Noto Sans CJK JP', 'IPAGothic', sans-serif\" font-size=\"13\">\n\
         <style>.page {{ fill: #ffffff }} .ink {{ fill: #1f2328 }} .faint {{ fill: #656d76 }} .grid {{ stroke: #d0d7de }} .one {{ stroke: #1f2328 }} .band {{ fill: #f3f5f7 }}\n\
         @media (prefers-color-scheme: dark) {{ .page {{ fill: #0d1117 }} .ink {{ fill: #e6edf3 }} .faint {{ fill: #9aa4ae }} .grid {{ stroke: #30363d }} .one {{ stroke: #e6edf3 }} .band {{ fill: #161b22 }} }}</style>\n\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    let mut put = |line: std::fmt::Arguments<'_>| {
        // Writing into text does not fail.
        let _ = writeln!(svg, "{line}");
    };
    put(format_args!(
        "<text class=\"ink\" x=\"16\" y=\"28\" font-size=\"17\" font-weight=\"600\">Searches of {} customers: the time of each side, daicho = 1</text>",
        grouped(outcome.customers)
    ));
    let mean = geometric_mean(&outcome.ratios(Among::All)[0]).map_or_else(|| "–".to_owned(), shown);
    put(format_args!(
        "<text class=\"faint\" x=\"16\" y=\"48\">Medians of count and first fifty, logarithmic: right of the line takes longer than daicho. Best peers, geometric mean: {mean}</text>"
    ));
    let mut at = 16;
    for (side, color) in &others {
        put(format_args!(
            "<circle cx=\"{}\" cy=\"72\" r=\"5\" fill=\"{color}\"/><text class=\"ink\" x=\"{}\" y=\"76.5\">{}</text>",
            at + 5,
            at + 15,
            side.name
        ));
        at += 40 + 8 * i64::try_from(side.name.len()).unwrap_or(10);
    }
    for place in (0..count).step_by(2) {
        put(format_args!(
            "<rect class=\"band\" x=\"8\" y=\"{}\" width=\"{}\" height=\"{ROW}\"/>",
            TOP + place * ROW + gap(place),
            WIDTH - 16
        ));
    }
    for exponent in scale.low..=scale.high {
        let x = scale.x(exponent * log2(10 * ONE));
        let class = if exponent == 0 { "one" } else { "grid" };
        put(format_args!("<line class=\"{class}\" x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{bottom}\" stroke-width=\"1.5\"/>"));
        put(format_args!("<text class=\"faint\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>", bottom + 18, power(exponent)));
    }
    put(format_args!("<text class=\"ink\" x=\"{}\" y=\"{}\" text-anchor=\"end\" font-weight=\"600\">best</text>", WIDTH - 20, TOP - 8));
    for (place, (question, row)) in (0..).zip(outcome.questions.iter().zip(&rows)) {
        let y = TOP + place * ROW + ROW / 2 + gap(place);
        put(format_args!(
            "<text class=\"ink\" x=\"16\" y=\"{}\"><tspan font-weight=\"600\">{}</tspan> {}</text>",
            y + 4,
            question.name,
            escaped(&question.words)
        ));
        // The best on top.
        let mut dots: Vec<_> = row.iter().zip(&others).collect();
        dots.sort_by_key(|(ratio, _)| std::cmp::Reverse(**ratio));
        for (ratio, (side, color)) in dots {
            let (name, x, word) = (side.name, scale.x(log2(*ratio)), shown(*ratio));
            put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{color}\"><title>{name} {word}</title></circle>"));
        }
        if let Some((_, ratio)) = usize::try_from(place).ok().and_then(|place| outcome.best_peer(place, Among::All)) {
            put(format_args!(
                "<text class=\"ink\" x=\"{}\" y=\"{}\" text-anchor=\"end\" font-weight=\"600\">{}</text>",
                WIDTH - 20,
                y + 4,
                shown(ratio)
            ));
        }
    }
    put(format_args!(
        "<text class=\"faint\" x=\"16\" y=\"{}\">Below the gap: questions that no peer has an index made for. Best: the fastest that is not daicho.</text>",
        height - 12
    ));
    put(format_args!("<text class=\"faint\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{date}</text>", WIDTH - 20, height - 12));
    svg + "</svg>\n"
}

// A space between the questions with indexes of their own and the others.
fn gap(place: i64) -> i64 {
    if usize::try_from(place).is_ok_and(|place| place >= INDEXED) { ROW / 2 } else { 0 }
}
