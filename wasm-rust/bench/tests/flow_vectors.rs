//! The flows give the records that `engines/flow/README.md` documents.

use bench::{EventHash, generate};

#[test]
fn every_documented_vector_is_met() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../engines/flow/README.md");
    let readme = std::fs::read_to_string(readme).expect("the flow's README");
    let mut vectors = 0;
    for line in readme.lines() {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, profile, seed, hash, _] = cells[..] else {
            continue;
        };
        let Ok(seed) = seed.parse() else { continue };
        let mut actual = EventHash::default();
        actual.add(&generate(profile, seed, 100_000).expect("a profile that is ported"));
        assert_eq!(actual.value(), hash, "profile {profile}, seed {seed}");
        vectors += 1;
    }
    assert!(
        vectors >= 8,
        "the README's last table has a row for each vector; {vectors} were found"
    );
}
