//! Child processes that run tests side by side. One that does not end a run is killed, and the others go on.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use momentum_lua_runtime::testing::{Coverage, TestResult};

use super::protocol::{Job, Said};
use crate::paths::slashed;
use crate::problem::{Print as _, Problem, reason};

/// How much longer than its limit a run may take to notice it.
const GRACE: Duration = Duration::from_secs(2);
/// How long reading a session and its policy may take.
const READING: Duration = Duration::from_secs(60);

/// What came of a job.
#[derive(Debug, Default)]
pub(crate) struct Finished {
    /// The tests, in the order of the file.
    pub(crate) tests: Vec<TestResult>,
    /// What cannot be used, as it is printed.
    pub(crate) problems: Vec<String>,
    /// What was executed.
    pub(crate) coverage: Coverage,
}

/// How child processes are started.
#[derive(Clone, Debug)]
pub(crate) struct Workers {
    /// How many at a time.
    pub(crate) count: usize,
    /// The folder that they work in, where it is another one.
    pub(crate) folder: Option<PathBuf>,
}

/// Runs all jobs, and gives what came of each in their order.
pub(crate) fn run(jobs: &[Job], workers: &Workers) -> Vec<Finished> {
    let next = AtomicUsize::new(0);
    let finished: Mutex<Vec<Option<Finished>>> = Mutex::new(jobs.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..workers.count.clamp(1, jobs.len().max(1)) {
            scope.spawn(|| {
                let mut worker = None;
                while let Some((place, job)) = {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    jobs.get(place).map(|job| (place, job))
                } {
                    let one = finish(job, &mut worker, workers);
                    let mut all = finished.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    if let Some(slot) = all.get_mut(place) {
                        *slot = Some(one);
                    }
                }
            });
        }
    });
    let finished = finished.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    finished.into_iter().map(Option::unwrap_or_default).collect()
}

/// A child process, killed when it is dropped.
struct Worker {
    process: Child,
    jobs: ChildStdin,
    said: Receiver<Said>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Worker {
    fn start(workers: &Workers) -> std::io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("test-worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(folder) = &workers.folder {
            command.current_dir(folder);
        }
        let mut process = command.spawn()?;
        let (Some(jobs), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            let _ = process.kill();
            return Err(std::io::Error::other("it has no streams"));
        };
        let (sender, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let Ok(said) = serde_json::from_str(&line) else { break };
                if sender.send(said).is_err() {
                    break;
                }
            }
        });
        Ok(Self { process, jobs, said })
    }

    fn give(&mut self, job: &Job) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(job)?;
        line.push(b'\n');
        self.jobs.write_all(&line)?;
        self.jobs.flush()
    }
}

fn finish(job: &Job, worker: &mut Option<Worker>, workers: &Workers) -> Finished {
    let mut finished = Finished::default();
    let started = match worker {
        Some(worker) => worker.give(job),
        None => Worker::start(workers).and_then(|mut started| {
            started.give(job)?;
            *worker = Some(started);
            Ok(())
        }),
    };
    if let Err(error) = started {
        *worker = None;
        let message = format!("cannot start a process for `{}`: {}", job.shown, reason(&error));
        finished.problems.push(Problem::new(message).rendered());
        return finished;
    }
    let mut running: Option<(Box<TestResult>, Duration)> = None;
    loop {
        let patience = running.as_ref().map_or(READING, |(_, limit)| limit.saturating_add(GRACE));
        let said = match worker {
            Some(worker) => worker.said.recv_timeout(patience),
            None => Err(RecvTimeoutError::Disconnected),
        };
        match said {
            Ok(Said::Begin { unended, limit_ms }) => {
                running = Some((unended, Duration::from_millis(limit_ms)));
            }
            Ok(Said::Done(result)) => {
                running = None;
                finished.tests.push(*result);
            }
            Ok(Said::Problem(text)) => finished.problems.push(text),
            Ok(Said::End { coverage }) => {
                finished.coverage = coverage;
                return finished;
            }
            Err(error) => {
                *worker = None;
                let why = match error {
                    RecvTimeoutError::Timeout => {
                        format!("it did not end within {patience:?}, and was killed")
                    }
                    RecvTimeoutError::Disconnected => "the process that ran it ended".to_owned(),
                };
                match running {
                    Some((mut test, _)) => {
                        test.message = Some(why);
                        finished.tests.push(*test);
                    }
                    None => {
                        let message = format!("cannot test `{}`: {why}", slashed(job.shown.as_ref()));
                        finished.problems.push(Problem::new(message).rendered());
                    }
                }
                return finished;
            }
        }
    }
}
