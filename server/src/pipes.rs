//! Standard input and output without a thread of their own: whoever waits for a message reads it, and whoever has an
//! answer writes it. Handing bytes to another thread and back takes longer than most answers.
//!
//! The two are left blocking, since other processes may have them too; so nothing is read or written before the system
//! says that it will not wait.

use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::event::{PollFd, PollFlags, Timespec};
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};

/// What can be written at once to what has room: POSIX promises no more than 512 (`_POSIX_PIPE_BUF`), and every system
/// that this runs on gives a page.
const AT_ONCE: usize = 4096;

/// One end of a pipe, a socket or a terminal.
#[derive(Debug)]
pub(crate) struct Pipe<F: AsRawFd>(AsyncFd<F>);

impl<F: AsFd + AsRawFd> Pipe<F> {
    /// `end` stays open for as long as the process lives. Needs a runtime around.
    ///
    /// # Errors
    /// The system does not say when this is ready: a file on a disk.
    #[allow(deprecated, reason = "the other way in is `unsafe`, for ends that may be closed meanwhile")]
    pub(crate) fn new(end: F, interest: Interest) -> io::Result<Self> {
        AsyncFd::with_interest(end, interest).map(Self)
    }

    /// Whether it would not wait now.
    fn is_ready(&self, wanted: PollFlags) -> io::Result<bool> {
        let mut ends = [PollFd::new(self.0.get_ref(), wanted)];
        Ok(rustix::event::poll(&mut ends, Some(&Timespec::default()))? > 0)
    }
}

impl<F: AsFd + AsRawFd + Unpin> AsyncRead for Pipe<F> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut readiness = ready!(self.0.poll_read_ready(context))?;
            if !self.is_ready(PollFlags::IN)? {
                readiness.clear_ready();
                continue;
            }
            let size = rustix::io::read(self.0.get_ref(), buffer.initialize_unfilled());
            match size {
                Ok(size) => {
                    buffer.advance(size);
                    return Poll::Ready(Ok(()));
                }
                Err(rustix::io::Errno::INTR) => {}
                // Somebody else who has this end made it so, or was faster.
                Err(rustix::io::Errno::AGAIN) => readiness.clear_ready(),
                Err(error) => return Poll::Ready(Err(error.into())),
            }
        }
    }
}

impl<F: AsFd + AsRawFd + Unpin> AsyncWrite for Pipe<F> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let bytes = bytes.get(..AT_ONCE).unwrap_or(bytes);
        loop {
            let mut readiness = ready!(self.0.poll_write_ready(context))?;
            if !self.is_ready(PollFlags::OUT)? {
                readiness.clear_ready();
                continue;
            }
            match rustix::io::write(self.0.get_ref(), bytes) {
                Ok(size) => return Poll::Ready(Ok(size)),
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => readiness.clear_ready(),
                Err(error) => return Poll::Ready(Err(error.into())),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "all of it is tests")]
mod tests {
    use std::io::{Read as _, Write as _};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// More than a pipe holds.
    fn long() -> Vec<u8> {
        (0..1_000_000_u32).map(|number| number.to_le_bytes()[(number % 4) as usize]).collect()
    }

    #[tokio::test]
    async fn all_that_comes_in_is_read_until_the_other_end_is_closed() {
        let (end, mut other) = io::pipe().unwrap();
        let writer = std::thread::spawn(move || {
            for (number, piece) in long().chunks(77_777).enumerate() {
                other.write_all(piece).unwrap();
                if number % 3 == 0 {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
            }
        });
        let mut read = Vec::new();
        Pipe::new(end, Interest::READABLE).unwrap().read_to_end(&mut read).await.unwrap();
        writer.join().unwrap();
        assert!(read == long());
    }

    #[tokio::test]
    async fn what_is_written_waits_for_a_slow_reader() {
        let (mut other, end) = io::pipe().unwrap();
        let reader = std::thread::spawn(move || {
            let (mut read, mut piece) = (Vec::new(), vec![0; 99_999]);
            while let Ok(size @ 1..) = other.read(&mut piece) {
                read.extend_from_slice(&piece[..size]);
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            read
        });
        let mut pipe = Pipe::new(end, Interest::WRITABLE).unwrap();
        pipe.write_all(&long()).await.unwrap();
        drop(pipe);
        assert!(reader.join().unwrap() == long());
    }

    #[tokio::test]
    async fn nobody_reads_any_more() {
        let (other, end) = io::pipe().unwrap();
        drop(other);
        let mut pipe = Pipe::new(end, Interest::WRITABLE).unwrap();
        assert_eq!(pipe.write(b"x").await.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[tokio::test]
    async fn a_file_is_read_in_another_way() {
        assert!(Pipe::new(tempfile::tempfile().unwrap(), Interest::READABLE).is_err());
    }
}
