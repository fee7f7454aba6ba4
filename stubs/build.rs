//! Turns the stubs into the table that the crate embeds.

use std::path::Path;
use std::{env, fs};

use momentum_lua_stub_reader::Database;
use momentum_lua_stub_reader::model::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::new(Model::default());
    fs::write(Path::new(&env::var("OUT_DIR")?).join("api.bin"), database.to_blob()?)?;
    Ok(())
}
