//! Bytecode of the library's own, as Lua 5.1 writes it, without what only a debugger asks for.
//!
//! Lua 5.1 has no way of its own to leave the names of locals and the lines out (`luac -s` does, which is a program).

/// Lua's signature, its version, and the sizes of its types.
const HEADER: usize = 12;
/// The sizes of an instruction and of a number, and of C's `int`.
const INSTRUCTION: usize = 4;
const NUMBER: usize = 8;
const INT: usize = 4;

/// A dumped function without names of locals and lines, but with the name of its chunk; none where it is not laid out as
/// expected.
pub(super) fn without_lines(dumped: &[u8]) -> Option<Vec<u8>> {
    let sizes = [INT, size_of::<usize>(), INSTRUCTION, NUMBER].map(|size| u8::try_from(size).ok());
    if !dumped.get(7..11)?.iter().copied().map(Some).eq(sizes) {
        return None;
    }
    let mut copy = Copy { from: dumped, to: Vec::with_capacity(dumped.len()) };
    copy.bytes(HEADER)?;
    copy.function()?;
    copy.from.is_empty().then_some(copy.to)
}

struct Copy<'a> {
    from: &'a [u8],
    to: Vec<u8>,
}

impl Copy<'_> {
    /// Leaves so many bytes out, and gives them.
    fn skip(&mut self, count: usize) -> Option<&[u8]> {
        let (skipped, rest) = self.from.split_at_checked(count)?;
        self.from = rest;
        Some(skipped)
    }

    /// Takes so many bytes over.
    fn bytes(&mut self, count: usize) -> Option<()> {
        let (taken, rest) = self.from.split_at_checked(count)?;
        self.to.extend_from_slice(taken);
        self.from = rest;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.from.first()?;
        self.bytes(1)?;
        Some(byte)
    }

    /// The count that stands next.
    fn next_count(&self) -> Option<usize> {
        usize::try_from(i32::from_ne_bytes(*self.from.first_chunk::<INT>()?)).ok()
    }

    fn count(&mut self) -> Option<usize> {
        let count = self.next_count()?;
        self.bytes(INT)?;
        Some(count)
    }

    fn skip_count(&mut self) -> Option<usize> {
        let count = self.next_count()?;
        self.skip(INT)?;
        Some(count)
    }

    /// How many bytes the string takes that stands next, its length included.
    fn string(&self) -> Option<usize> {
        Some(size_of::<usize>() + usize::from_ne_bytes(*self.from.first_chunk()?))
    }

    /// Functions of a chunk of our own nest a few levels deep.
    fn function(&mut self) -> Option<()> {
        self.bytes(self.string()?)?;
        // The lines where it begins and ends; upvalues, parameters, whether it takes more of them, registers.
        self.bytes(2 * INT + 4)?;
        let instructions = self.count()?;
        self.bytes(instructions.checked_mul(INSTRUCTION)?)?;
        for _ in 0..self.count()? {
            match self.byte()? {
                0 => {}
                1 => self.bytes(1)?,
                3 => self.bytes(NUMBER)?,
                4 => self.bytes(self.string()?)?,
                _ => return None,
            }
        }
        for _ in 0..self.count()? {
            self.function()?;
        }
        // Lines, locals with the instructions that they live for, names of upvalues.
        let lines = self.skip_count()?;
        self.skip(lines.checked_mul(INT)?)?;
        for _ in 0..self.skip_count()? {
            self.skip(self.string()?)?;
            self.skip(2 * INT)?;
        }
        for _ in 0..self.skip_count()? {
            self.skip(self.string()?)?;
        }
        self.to.extend_from_slice(&[0; 3 * INT]);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use mlua::chunk::ChunkMode;
    use mlua::{Function, Lua};

    use super::*;

    #[test]
    fn what_is_left_runs_and_has_its_name() {
        let lua = Lua::new();
        let source = "local first, word = ..., 'word'\nreturn function(second)\n  return first, second, word, 1.5, true, nil\nend";
        let whole = lua.load(source).set_name("=[library]").into_function().unwrap().dump(false);
        let short = without_lines(&whole).unwrap();
        assert!(short.len() < whole.len(), "{} {}", short.len(), whole.len());
        let main = lua.load(short.as_slice()).set_mode(ChunkMode::Binary).into_function().unwrap();
        let inner: Function = main.call("a").unwrap();
        assert_eq!(inner.info().source.as_deref(), Some("=[library]"));
        let (a, b, word, number, yes): (String, String, String, f64, bool) = inner.call("b").unwrap();
        assert_eq!((a.as_str(), b.as_str(), word.as_str(), number, yes), ("a", "b", "word", 1.5, true));
    }

    #[test]
    fn what_is_cut_or_something_else_is_left_alone() {
        let lua = Lua::new();
        let whole = lua.load("return 'a', 1").into_function().unwrap().dump(false);
        for end in 0..whole.len() {
            assert_eq!(without_lines(&whole[..end]), None);
        }
        assert_eq!(without_lines(&[&whole[..], b"x"].concat()), None);
    }
}
