//! What the Lua 5.1 compiler makes of a text, without what says where it stood.

use mlua::Lua;

/// The compiled form of `text`, without names of sources and numbers of lines.
pub(crate) fn of(text: &str) -> Result<Vec<u8>, String> {
    let lua = Lua::new();
    let function = lua.load(text).set_name("=text").into_function().map_err(|error| error.to_string())?;
    let dump = function.dump(true);
    let mut reader = Reader { bytes: &dump, at: 12, kept: Vec::new() };
    reader.function();
    assert_eq!(reader.at, dump.len(), "the format of Lua 5.1 on a machine of 64 bits");
    Ok(reader.kept)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    kept: Vec<u8>,
}

impl Reader<'_> {
    fn skip(&mut self, count: usize) {
        self.at += count;
    }

    fn keep(&mut self, count: usize) {
        self.kept.extend(&self.bytes[self.at..self.at + count]);
        self.at += count;
    }

    fn count(&self) -> usize {
        u32::from_le_bytes(self.bytes[self.at..self.at + 4].try_into().unwrap()) as usize
    }

    fn string(&mut self) {
        let length = u64::from_le_bytes(self.bytes[self.at..self.at + 8].try_into().unwrap());
        self.keep(8 + usize::try_from(length).unwrap());
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self)) {
        let count = self.count();
        self.keep(4);
        (0..count).for_each(|_| item(self));
    }

    fn function(&mut self) {
        let kept = self.kept.len();
        self.string();
        self.kept.truncate(kept);
        // The lines of its start and end.
        self.skip(8);
        self.keep(4);
        self.list(|it| it.keep(4));
        self.list(|it| {
            it.keep(1);
            match it.bytes[it.at - 1] {
                0 => {}
                1 => it.keep(1),
                3 => it.keep(8),
                4 => it.string(),
                other => panic!("a constant of type {other}"),
            }
        });
        self.list(Self::function);
        let lines = self.count();
        self.skip(4 + 4 * lines);
        self.list(|it| {
            it.string();
            it.keep(8);
        });
        self.list(Self::string);
    }
}
