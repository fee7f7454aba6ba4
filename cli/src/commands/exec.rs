//! `momentum-lua exec`: runs a plain chunk of the dialect.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use momentum_lua_runtime::machine::{
    Grants, Limits, Machine, Output, OutputKind, ScriptError, ScriptErrorKind, Sink,
};

use crate::granted_files::GrantedFiles;
use crate::limits::LimitOptions;
use crate::watchdog;

/// Run a plain Lua script of Momentum's dialect, without a mail session
///
/// It runs with the engine's library, within limits, and sees no file, process, environment or network but what is
/// granted here.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The script
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where `require` looks: templates with ?, separated by ;
    #[arg(long, value_name = "DIR/?.lua;…")]
    lua_path: Option<String>,

    /// A folder whose files the script may read (repeatable)
    #[arg(long, value_name = "DIR")]
    allow_read: Vec<PathBuf>,

    /// An environment variable that `os.getenv` sees (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    env: Vec<(String, String)>,

    #[command(flatten)]
    limits: LimitOptions,

    /// Arguments of the script: its `...` and `arg`
    #[arg(value_name = "ARGS", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE is expected")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Runs the command: 0 when the script ends well, 1 when it does not, 2 when it cannot be read.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let name = arguments.file.display().to_string();
    let source = match std::fs::read(&arguments.file) {
        Ok(source) => source,
        Err(error) => {
            use crate::problem::Print as _;
            crate::problem::Problem::io("read", &arguments.file, &error).print();
            return ExitCode::from(2);
        }
    };
    let limits = Limits::default().with(&arguments.limits.given());
    let watchdog = watchdog::start(limits.wall_clock);
    let result = execute(arguments, &name, &source, limits);
    drop(watchdog);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(ScriptError { kind: ScriptErrorKind::Exit(status), .. }) => {
            u8::try_from(status & 0xff).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            report(&error);
            if arguments.lua_path.is_none() && error.to_string().contains("' not found:") {
                let _ = writeln!(io::stderr(), "help: `--lua-path 'DIR/?.lua'` says where `require` looks");
            }
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: &Arguments, name: &str, source: &[u8], limits: Limits) -> Result<(), ScriptError> {
    let machine = Machine::new(limits, grants(arguments), Streams)?;
    let main = machine.load(name, source)?;
    let lua = machine.lua();
    let values = || arguments.arguments.iter().map(String::as_str);
    let set = || {
        let table = lua.create_sequence_from(values())?;
        table.raw_set(0, name)?;
        lua.globals().raw_set("arg", table)?;
        values().map(|value| lua.pack(value)).collect::<Result<momentum_lua_runtime::mlua::MultiValue, _>>()
    };
    let passed = set().map_err(|error| machine.error(&error))?;
    machine.call(&main, passed).map(drop)
}

fn grants(arguments: &Arguments) -> Grants {
    let lua_path: Vec<String> = arguments
        .lua_path
        .iter()
        .flat_map(|path| path.split(';'))
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    // What `require` may load is granted by naming its folder.
    let folders = lua_path.iter().map(|template| {
        let folder = template.split('?').next().unwrap_or_default();
        Path::new(folder)
            .parent()
            .filter(|_| !folder.ends_with('/'))
            .map_or_else(|| folder.into(), Path::to_path_buf)
    });
    let files = GrantedFiles::new(arguments.allow_read.iter().cloned().chain(folders));
    let seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |time| time.as_secs() ^ u64::from(time.subsec_nanos()));
    Grants {
        files: std::rc::Rc::new(files),
        lua_path,
        environment: arguments.env.iter().cloned().collect(),
        seed,
        time: None,
    }
}

/// Writes the error and the calls that led to it, as Lua's own interpreter does.
fn report(error: &ScriptError) {
    let mut text = format!("momentum-lua: {error}\n");
    if !error.traceback.is_empty() {
        text.push_str("stack traceback:\n");
        for frame in &error.traceback {
            text.push_str(&format!("\t{frame}\n"));
        }
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The process's own output, byte for byte.
struct Streams;

impl Sink for Streams {
    fn take(&mut self, output: Output) {
        // That nobody reads it any more (`… | head`) is no error of the script.
        let _ = match output.kind {
            OutputKind::Error => io::stderr().write_all(&output.bytes),
            OutputKind::Written => io::stdout().write_all(&output.bytes),
            OutputKind::Line => {
                let mut out = io::stdout().lock();
                out.write_all(&output.bytes).and_then(|()| out.write_all(b"\n"))
            }
        };
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        let _ = io::stdout().flush();
    }
}
