#![no_main]
use postlint::engine::baseline::Baseline;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(mut baseline) = Baseline::parse(text) else { return };
    let written = baseline.to_string();
    assert!(Baseline::parse(&written).is_ok_and(|again| again == baseline), "it reads otherwise than it was written");
    let paths: Vec<String> = baseline.paths().map(str::to_owned).collect();
    let counted: usize =
        baseline.by_rule().values().map(|(count, _)| count).fold(0, |sum, count| sum.saturating_add(*count));
    assert_eq!(counted == 0, paths.is_empty());
    baseline.follow(&paths, &["b/2024-01-01-a.md".to_owned()]);
});
