//! The standard input as the library that reads messages sees it: nothing but messages that it can read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use crate::frames::Frames;

/// How much is read at once, in bytes.
const PIECE: usize = 1 << 13;

/// Reads from `inner` when what came before is handed on, and no earlier: a client is slowed down as without it.
#[derive(Debug)]
pub(crate) struct Checked<R> {
    inner: R,
    frames: Frames,
    /// A message, and how much of it is handed on.
    message: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R> Checked<R> {
    /// Wraps an input.
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, frames: Frames::default(), message: Vec::new(), given: 0, ended: false }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Checked<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let this = &mut *self;
        loop {
            let left = this.message.get(this.given..).unwrap_or_default();
            if !left.is_empty() {
                let size = left.len().min(buffer.remaining());
                buffer.put_slice(left.get(..size).unwrap_or_default());
                this.given += size;
                return Poll::Ready(Ok(()));
            }
            if let Some(message) = this.frames.next() {
                (this.message, this.given) = (message, 0);
                continue;
            }
            if this.ended {
                return Poll::Ready(Ok(()));
            }
            let mut piece = [0; PIECE];
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut this.inner).poll_read(context, &mut piece))?;
            if piece.filled().is_empty() {
                this.ended = true;
                this.frames.end();
            }
            this.frames.push(piece.filled());
        }
    }
}
