//! The transcripts in `tests/cli`: what is typed, what is printed, the exit status.
//!
//! After an intended change, `TRYCMD=overwrite cargo test -p momentum-lua --test transcripts` writes them anew.

#[test]
fn transcripts_hold() {
    trycmd::TestCases::new().case("../tests/cli/*.trycmd").case("../tests/cli/*.toml");
}
