//! Writes the Kotlin, Swift and Python sources for a built library: `daicho-uniffi-bindgen <library> <uniffi.toml> <directory>`.

use anyhow::Context as _;
use uniffi::{GenerateOptions, TargetLanguage, generate};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, config, directory] = arguments.as_slice() else {
        anyhow::bail!("usage: daicho-uniffi-bindgen <library> <uniffi.toml> <directory>");
    };
    for (language, name) in [(TargetLanguage::Kotlin, "kotlin"), (TargetLanguage::Swift, "swift"), (TargetLanguage::Python, "python")] {
        let options = GenerateOptions {
            languages: vec![language],
            source: library.into(),
            out_dir: format!("{directory}/{name}").into(),
            config_override: Some(config.into()),
            ..GenerateOptions::default()
        };
        generate(options).with_context(|| format!("the {name} sources could not be generated from {library}"))?;
    }
    Ok(())
}
