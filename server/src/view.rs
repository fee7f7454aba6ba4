//! What a feature sees: one file of a tree, and the way between its offsets and the client's positions.

use momentum_lua_analyzer::project::{FileId, Project, Script};
use momentum_lua_analyzer::syntax::{LineIndex, Span};
use tower_lsp::lsp_types::{Location, Position, Range, Url};

use crate::client::Profile;
use crate::world::{Tree, World};

/// One file of a tree, up to date with the client's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    /// Everything else.
    pub(crate) world: &'a World,
    /// The tree that the file belongs to.
    pub(crate) tree: &'a Tree,
    /// The file.
    pub(crate) file: FileId,
    /// Its text.
    pub(crate) text: &'a str,
    /// Its lines.
    pub(crate) lines: &'a LineIndex,
}

impl<'a> View<'a> {
    /// A file by its URL. `None` if no tree has it.
    pub(crate) fn of(world: &'a World, url: &Url) -> Option<Self> {
        let (tree, file) = world.find(url)?;
        Self::of_file(world, tree, file)
    }

    /// A file of a tree.
    pub(crate) fn of_file(world: &'a World, tree: &'a Tree, file: FileId) -> Option<Self> {
        let project = tree.workspace.project();
        Some(Self { world, tree, file, text: project.text(file)?, lines: project.lines(file)? })
    }

    /// The project.
    pub(crate) fn project(&self) -> &'a Project {
        self.tree.workspace.project()
    }

    /// The file as a script. `None` for a server configuration.
    pub(crate) fn script(&self) -> Option<Script<'a>> {
        self.project().script(self.file)
    }

    /// What the client can do.
    pub(crate) fn client(&self) -> &'a Profile {
        &self.world.client
    }

    /// The offset of a position.
    pub(crate) fn offset(&self, position: Position) -> u32 {
        self.client().positions.offset(position, self.lines, self.text)
    }

    /// The position of an offset.
    pub(crate) fn position(&self, offset: u32) -> Position {
        self.client().positions.position(offset, self.lines, self.text)
    }

    /// The range of a span.
    pub(crate) fn range(&self, span: Span) -> Range {
        self.client().positions.range(span, self.lines, self.text)
    }

    /// The span of a range.
    pub(crate) fn span(&self, range: Range) -> Span {
        self.client().positions.span(range, self.lines, self.text)
    }

    /// A place in any file of the tree.
    pub(crate) fn location(&self, file: FileId, span: Span) -> Option<Location> {
        let view = View::of_file(self.world, self.tree, file)?;
        Some(Location { uri: view.url()?, range: view.range(span) })
    }

    /// The file's URL.
    pub(crate) fn url(&self) -> Option<Url> {
        self.world.url_of(&self.tree.workspace.path(self.file)?)
    }
}
