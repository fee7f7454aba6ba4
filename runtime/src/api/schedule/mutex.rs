//! `thread.mutex`.

use mlua::{MultiValue, Value};

use super::lock::{self, Kind, LockId, Released};
use super::{Schedule, number};
use crate::api::{Call, Class, Registry};

/// What the operating system says of a lock that is taken: EBUSY of Linux.
const BUSY: i64 = 16;

/// A lock that a script holds.
pub(super) struct Mutex {
    id: LockId,
    kind: Kind,
}

impl Class for Mutex {
    const NAME: &'static str = "mutex";
}

pub(super) fn register(api: &mut Registry) {
    api.function("thread.mutex", |call: &Call<'_>, wanted: Value| {
        let kinds = [
            ("thread.MUTEX_NORMAL", Kind::Normal),
            ("thread.MUTEX_RECURSIVE", Kind::Recursive),
            ("thread.MUTEX_ERRORCHECK", Kind::ErrorCheck),
        ];
        let kind = match &wanted {
            Value::Nil => Kind::ErrorCheck,
            wanted => match kinds.iter().find(|(name, _)| same_number(&call.constant(name), wanted)) {
                Some((_, kind)) => *kind,
                None => return Err(call.raise("bad argument #1 to 'mutex' (invalid mutex type)")),
            },
        };
        let unique = call.part::<Schedule>().borrow_mut().number();
        let made = call.place().map(|place| format!(" of {place}")).unwrap_or_default();
        call.object(Mutex { id: format!("#{unique}{made}").into(), kind })
    });
    api.suspending_method("lock", |call, this: &Mutex, (): ()| {
        let taken = lock::take(call, &this.id, this.kind)?;
        Ok(if taken.is_empty() { MultiValue::from_iter([Value::Boolean(true)]) } else { taken })
    });
    api.method("trylock", |call, this: &Mutex, (): ()| {
        let taken = lock::try_take(call, &this.id, this.kind);
        Ok(if taken { Value::Boolean(true) } else { Value::Integer(BUSY) })
    });
    api.method("unlock", |call, this: &Mutex, (): ()| {
        match lock::release(call, &this.id) {
            Released::Given => {}
            Released::Free | Released::Foreign(_) if this.kind != Kind::Normal => {
                return Err(call.raise("failed to unlock mutex: 1 Operation not permitted"));
            }
            Released::Free | Released::Foreign(_) => lock::release_of_any(call, &this.id),
        }
        Ok(true)
    });
}

fn same_number(one: &Value, other: &Value) -> bool {
    number(one).is_some() && number(one) == number(other)
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn the_table_is_there_without_a_require() {
        let said: String = tested::state().eval(
            "local lock = thread.mutex(thread.MUTEX_RECURSIVE)
             return tostring(lock:lock() and lock:unlock()) .. thread.sleep(0) .. tostring(require('thread') == thread)",
        );
        assert_eq!(said, "true0true");
    }

    #[test]
    fn the_kinds_differ_in_one_thread() {
        let state = tested::state();
        let said: String = state.eval(
            "require('thread')
             local check, recursive = thread.mutex(), thread.mutex(thread.MUTEX_RECURSIVE)
             local said = { tostring(check:lock()), tostring(check:trylock()), select(2, pcall(check.lock, check)) }
             said[#said + 1] = tostring(recursive:lock()) .. tostring(recursive:lock())
             recursive:unlock() recursive:unlock()
             said[#said + 1] = select(2, pcall(recursive.unlock, recursive))
             said[#said + 1] = tostring(check:unlock())
             said[#said + 1] = select(2, pcall(check.unlock, check))
             return table.concat(said, '|')",
        );
        let wanted = [
            "true",
            "16",
            "failed to lock mutex: 35 Resource deadlock avoided",
            "truetrue",
            "failed to unlock mutex: 1 Operation not permitted",
            "true",
            "failed to unlock mutex: 1 Operation not permitted",
        ];
        assert_eq!(said, wanted.join("|"));
        let error =
            state.error("require('thread') local m = thread.mutex(thread.MUTEX_NORMAL) m:lock() m:lock()");
        assert!(error.contains("its own thread has it already"), "{error}");
        let error = tested::state().error("require('thread') thread.mutex(99)");
        assert!(error.contains("bad argument #1 to 'mutex'"), "{error}");
    }
}
