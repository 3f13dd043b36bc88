//! Times, by hand: `cargo test --release --test it speed -- --ignored --nocapture`.

use std::time::Instant;

use hongtou::text::{analyze, fit};

use super::fake::{OFFICIAL, measure, paragraph};

#[test]
#[ignore = "prints times, decides nothing"]
fn speed() {
    let sentence = "推动全国文明城市创建工作，共24座。“双减一加”制（Ⅲ-58城市精细化管理）；";
    for characters in [100, 1_000, 6_000, 100_000] {
        let text: String = sentence.chars().cycle().take(characters).collect();
        let start = Instant::now();
        let analysis = analyze(&text, &OFFICIAL);
        let analysed = start.elapsed();
        let measured = measure(&text, &analysis);
        for slack in [0, 1] {
            let start = Instant::now();
            let fits = fit(&analysis, &measured, &paragraph(28), &OFFICIAL, slack);
            println!(
                "{characters}: analyze {analysed:?}, fit with slack {slack} {:?}, {} ways of {:?} lines",
                start.elapsed(),
                fits.len(),
                fits.iter().map(|fit| fit.lines.len()).collect::<Vec<_>>()
            );
        }
    }
}
