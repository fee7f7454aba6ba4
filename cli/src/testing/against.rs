//! The same tests with the scripts of another revision.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use momentum_lua_runtime::testing::{Against, Change, Outcome, TestReport, TestResult};
use similar::{ChangeTag, TextDiff};

use super::text::Palette;
use crate::paths::WorkingDirectory;
use crate::problem::Problem;

/// The tree of a revision, in a folder that is removed in the end.
pub(crate) struct Revision {
    name: String,
    commit: String,
    /// The top of the repository.
    top: PathBuf,
    folder: tempfile::TempDir,
    /// The working directory below the top.
    prefix: PathBuf,
}

impl Revision {
    /// Checks a revision out beside the repository, whose own index and files stay as they are.
    ///
    /// # Errors
    /// There is no git, no repository or no such revision.
    pub(crate) fn check_out(name: &str, here: &WorkingDirectory) -> Result<Self, Problem> {
        let prefix = PathBuf::from(git(here.path(), &["rev-parse", "--show-prefix"], None)?);
        let commit = git(
            here.path(),
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")],
            None,
        )
        .map_err(|_| Problem::new(format!("git knows no revision `{name}`")))?;
        let top = here.path().ancestors().nth(prefix.components().count()).unwrap_or(here.path()).to_owned();
        let folder =
            tempfile::tempdir().map_err(|error| Problem::io("make", Path::new("a folder"), &error))?;
        let tree = folder.path().join("tree");
        let index = folder.path().join("index");
        git(&top, &["read-tree", &commit], Some(&index))?;
        let into = format!("--prefix={}/", tree.display());
        git(&top, &["checkout-index", "--all", "--force", &into], Some(&index))?;
        let working = tree.join(&prefix);
        std::fs::create_dir_all(&working).map_err(|error| Problem::io("make", &working, &error))?;
        Ok(Self { name: name.to_owned(), commit, top, folder, prefix })
    }

    /// Where a path of the repository stands in the revision: the folder of one, and of the other.
    pub(crate) fn moved(&self) -> (PathBuf, PathBuf) {
        (self.top.clone(), self.folder.path().join("tree"))
    }

    /// The folder that stands for the working directory, so that scripts have the same names.
    pub(crate) fn working_directory(&self) -> PathBuf {
        self.folder.path().join("tree").join(&self.prefix)
    }

    /// What is otherwise now.
    pub(crate) fn compare(&self, before: &[TestResult], now: &TestReport) -> Against {
        let changed = now.tests.iter().filter_map(|test| {
            let same = |other: &&TestResult| {
                (&other.file, other.line, &other.name) == (&test.file, test.line, &test.name)
            };
            let before = before.iter().find(same);
            let outcome = before.map(|before| before.outcome);
            let difference = before.map(|before| lines(&before.verdict, &test.verdict)).unwrap_or_default();
            (outcome != Some(test.outcome) || !difference.is_empty()).then(|| Change {
                file: test.file.clone(),
                line: test.line,
                name: test.name.clone(),
                before: outcome,
                now: test.outcome,
                difference,
            })
        });
        Against { revision: self.name.clone(), commit: self.commit.clone(), changed: changed.collect() }
    }
}

/// Runs git, and gives what it prints without the line end.
fn git(folder: &Path, arguments: &[&str], index: Option<&Path>) -> Result<String, Problem> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    // A hook of git sets these, and they would lead to its own repository and index.
    command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| Problem::io("run", Path::new("git"), &error))?;
    if !status.success() {
        let said = String::from_utf8_lossy(&stderr);
        let said = said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ").to_owned();
        return Err(Problem::new(format!("git {}: {said}", arguments.first().copied().unwrap_or_default())));
    }
    Ok(String::from_utf8_lossy(&stdout).trim_end().to_owned())
}

/// The lines that only one of two verdicts has.
fn lines(before: &[String], now: &[String]) -> Vec<String> {
    let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let (before, now) = (text(before), text(now));
    let compared = TextDiff::from_lines(before.as_str(), now.as_str());
    let changes = compared.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign}{}", change.value().trim_end_matches('\n')))
    });
    changes.collect()
}

/// The comparison for people.
pub(crate) fn text(against: &Against, tests: usize, palette: Palette) -> String {
    let commit = against.commit.get(..10).unwrap_or(&against.commit);
    let mut out = format!(
        "\nagainst {} ({commit}): {} of {tests} tests end otherwise\n",
        against.revision,
        against.changed.len()
    );
    let word = |outcome: Outcome| match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Skipped => "was skipped",
    };
    for change in &against.changed {
        let Palette { good, bad, quiet } = palette;
        let (what, style) = match (change.before, change.now) {
            (Some(before), now) if before == now => ("another verdict".to_owned(), quiet),
            (Some(before), Outcome::Failed) => (format!("{} there, fails now", word(before)), bad),
            (Some(before), Outcome::Passed) => (format!("{} there, passes now", word(before)), good),
            (Some(before), Outcome::Skipped) => (format!("{} there, is skipped now", word(before)), quiet),
            (None, _) => ("did not run there".to_owned(), quiet),
        };
        out.push_str(&format!(
            "  {}:{}  {}: {style}{what}{style:#}\n",
            change.file, change.line, change.name
        ));
        for line in &change.difference {
            let style = if line.starts_with('-') { bad } else { good };
            out.push_str(&format!("    {style}{line}{style:#}\n"));
        }
    }
    out
}
