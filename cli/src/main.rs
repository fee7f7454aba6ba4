//! The `momentum-lua` command.

fn main() {}
