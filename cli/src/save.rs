//! Writes mended files back: at once or not at all, with the permissions, owner and encoding that they had.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use momentum_lua_analyzer::syntax;

use crate::problem::Problem;
use crate::tree::Change;

/// Replaces the content of a changed file.
///
/// # Errors
/// The file was changed by someone else meanwhile, its encoding lacks a character, or it cannot be written.
pub(crate) fn save(change: &Change) -> Result<(), Problem> {
    let shown = Path::new(&change.shown);
    // A link stays a link: what it leads to is replaced.
    let file = fs::canonicalize(&change.file).map_err(|error| Problem::io("find", shown, &error))?;
    let (before, encoding) =
        syntax::decode(fs::read(&file).map_err(|error| Problem::io("read", shown, &error))?);
    if before != change.before {
        return Err(Problem::new(format!("`{}` changed meanwhile: left as it is", change.shown)));
    }
    let Some(bytes) = syntax::encode(&change.after, encoding) else {
        let message =
            format!("`{}` is not UTF-8 and the change needs a character that it cannot hold", change.shown);
        return Err(Problem::new(message).help("convert it to UTF-8"));
    };
    replace(&file, &bytes).map_err(|error| Problem::io("write", shown, &error))
}

/// Writes beside the file and renames: readers see the old content or the new one.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let metadata = fs::metadata(file)?;
    if metadata.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".momentum-lua-").tempfile_in(folder)?;
    new.write_all(bytes)?;
    keep_owner(new.as_file(), &metadata);
    new.as_file().set_permissions(metadata.permissions())?;
    new.as_file().sync_all()?;
    new.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// The new file belongs to whom the old one did. Only root can give files away; others mostly own what they edit.
#[cfg(unix)]
fn keep_owner(file: &fs::File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(file: &Path, before: &str, after: &str) -> Change {
        let shown = file.file_name().unwrap().to_string_lossy().into_owned();
        Change { shown, file: file.to_owned(), before: before.to_owned(), after: after.to_owned(), count: 1 }
    }

    #[test]
    fn the_encoding_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.lua");
        fs::write(&file, b"-- caf\xe9\r\n").unwrap();
        save(&change(&file, "-- caf\u{e9}\r\n", "-- \u{e9}\r\n")).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"-- \xe9\r\n");
        assert!(save(&change(&file, "-- \u{e9}\r\n", "-- 日\r\n")).is_err());
        assert_eq!(fs::read(&file).unwrap(), b"-- \xe9\r\n");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.lua");
        fs::write(&file, "new").unwrap();
        assert!(save(&change(&file, "old", "fixed")).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.lua"), folder.path().join("b.lua"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        save(&change(&link, "old", "fixed")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "fixed");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(save(&change(&file, "fixed", "again")).is_err());
    }
}
