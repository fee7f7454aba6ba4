//! No input makes the readers panic: every stub file, cut and stirred.

#![allow(clippy::unwrap_used, reason = "a test may stop at a file that it cannot read")]

use std::fs;
use std::path::{Path, PathBuf};

use momentum_lua_stubs::reader::{Api, StubFile, read_stubs};

fn stub_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["lua", "c", "tables"].map(|folder| root.join(folder)).to_vec();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// A small generator of numbers that look random: the same in each run, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// The text with one thing wrong: a stretch deleted, doubled or moved, or a character put in.
fn mutated(text: &str, numbers: &mut Numbers) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let start = numbers.below(characters.len());
    let end = (start + 1 + numbers.below(40)).min(characters.len());
    match numbers.below(5) {
        0 => drop(characters.drain(start..end)),
        1 => {
            let piece: Vec<char> = characters[start..end].to_vec();
            characters.splice(start..start, piece);
        }
        2 => {
            let piece: Vec<char> = characters.drain(start..end).collect();
            let place = numbers.below(characters.len());
            characters.splice(place..place, piece);
        }
        3 => characters.truncate(start),
        _ => {
            let strange = [
                '"', '\'', '(', '{', '<', '[', '|', '@', '\\', '\0', '\r', 'é', '😀', '*', '/', '-', '`', ':',
            ];
            characters.insert(start, strange[numbers.below(strange.len())]);
        }
    }
    characters.into_iter().collect()
}

#[test]
fn stirred_stubs_are_errors_and_never_panics() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut read, mut wrong) = (0, 0);
    for (path, text) in stub_files() {
        for _ in 0..12 {
            let mut text = text.clone();
            for _ in 0..=numbers.below(3) {
                text = mutated(&text, &mut numbers);
            }
            let (_, errors) = read_stubs(&[StubFile { path: &path, text: &text }], &Api::default());
            let lines = u32::try_from(text.split('\n').count()).unwrap();
            for error in &errors {
                assert!((1..=lines).contains(&error.line), "{error}");
            }
            read += 1;
            wrong += usize::from(!errors.is_empty());
        }
    }
    assert!(read > 2000, "only {read} texts were read");
    assert!(wrong * 2 > read, "only {wrong} of {read} texts had an error: the mutations do too little");
}
