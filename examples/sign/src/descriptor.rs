//! Secrets from another program: a line from an open file descriptor (`--code-fd`, `--pin-fd`, `--accept-fd`).

use std::{fs::File, io, os::fd::AsFd};

use zeroize::Zeroizing;

use crate::{
    interruption::{Interruption, Waited},
    typed::Typed,
};

/// A descriptor that the program was started with: a pipe or a file.
pub(crate) struct Descriptor {
    number: u32,
    file: File,
}

impl Descriptor {
    pub(crate) fn open(number: u32) -> io::Result<Self> {
        Ok(Self { number, file: File::open(format!("/dev/fd/{number}"))? })
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// The next line without its end, read octet by octet: what follows it is left for whoever comes next.
    pub(crate) fn line(&self, interruption: &Interruption) -> io::Result<Typed> {
        let mut line = Typed::empty();
        let mut octet = Zeroizing::new([0]);
        loop {
            match interruption.wait(self.file.as_fd(), None)? {
                Waited::Interrupted => return Err(io::ErrorKind::Interrupted.into()),
                Waited::TimeOver => continue,
                Waited::Readable => {}
            }
            match rustix::io::read(&self.file, &mut octet[..]) {
                Ok(0) if line.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(0) => break,
                Ok(_) if octet[0] == b'\n' => break,
                Ok(_) if line.push(octet[0]) => {}
                Ok(_) => return Err(io::ErrorKind::InvalidData.into()),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if line.octets().last() == Some(&b'\r') {
            line.pop();
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Write, os::fd::AsRawFd};

    use super::*;
    use crate::terminal::Restorer;

    fn lines(octets: &[u8], count: usize) -> Vec<io::Result<Vec<u8>>> {
        let interruption = Interruption::listen(Restorer::default()).unwrap();
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(octets).unwrap();
        drop(writer);
        let descriptor = Descriptor::open(reader.as_raw_fd().try_into().unwrap()).unwrap();
        (0..count).map(|_| Ok(descriptor.line(&interruption)?.octets().to_vec())).collect()
    }

    #[test]
    fn lines_are_read_one_by_one() {
        let read: Vec<Vec<u8>> = lines(b"4711\r\nsecond", 2).into_iter().map(Result::unwrap).collect();
        assert_eq!(read, [&b"4711"[..], b"second"]);
    }

    #[test]
    fn nothing_and_too_much_are_errors() {
        assert_eq!(lines(b"", 1)[0].as_ref().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(lines(&[b'1'; 513], 1)[0].as_ref().unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
