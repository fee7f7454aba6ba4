//! Files that cannot be read do not keep others from being checked.

use std::fs;
use std::process::Command;

#[test]
fn a_file_that_is_too_large_is_named_and_the_others_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.lua"), "local x = = 1\n").unwrap();
    fs::File::create(folder.path().join("huge.lua")).unwrap().set_len(300 << 20).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(["check", "--select", "syntax", "--format", "concise"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(err, "error: cannot read `huge.lua`: the file is larger than 256 MiB\n");
    assert!(out.starts_with("good.lua:1:11: error[syntax]"), "{out}");
    assert_eq!(output.status.code(), Some(2));
}
