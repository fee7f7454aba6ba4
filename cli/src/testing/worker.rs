//! A child process that runs tests: jobs come on the standard input, what comes of them goes to the standard output.

use std::cell::RefCell;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::mpsc::channel;

use momentum_lua_runtime::testing::TestKind;

use super::policy::Policies;
use super::protocol::{Job, Said};
use super::{lua_test, session_test};
use crate::paths::WorkingDirectory;

/// Runs jobs until there are no more.
pub(crate) fn run() -> ExitCode {
    let here = WorkingDirectory::current().unwrap_or_else(|_| WorkingDirectory::root());
    let policies = Rc::new(RefCell::new(Policies::default()));
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            if sender.send(line).is_err() {
                return;
            }
        }
        // The command is gone: nobody waits for the test that runs.
        std::process::exit(0);
    });
    for line in lines {
        let Ok(job) = line.map_err(drop).and_then(|line| serde_json::from_str::<Job>(&line).map_err(drop))
        else {
            return ExitCode::from(2);
        };
        let mut failed = false;
        let mut say = |said: Said| failed |= write(&said).is_err();
        let coverage = match job.kind {
            TestKind::Session => session_test::run(&job, &mut policies.borrow_mut(), &here, &mut say),
            TestKind::Lua => lua_test::run(&job, &policies, &here, &mut say),
        };
        say(Said::End { coverage });
        if failed {
            // Nobody listens any more.
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn write(said: &Said) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, said)?;
    out.write_all(b"\n")?;
    out.flush()
}
