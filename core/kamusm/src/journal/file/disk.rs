//! The handful of file-system calls of the store, behind one seam: tests fail each of them.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The calls of the store.
pub(super) trait Disk: Send + Sync {
    /// Makes the folder and those above it, for this user only; one that exists is left as it is.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Locks a file, made where it is missing, until what it gives is dropped; `None` if another holds it.
    fn lock(&self, path: &Path) -> io::Result<Option<File>>;
    /// The regular files of a folder, at most so many.
    fn files(&self, folder: &Path, at_most: usize) -> io::Result<Vec<PathBuf>>;
    /// Opens a regular file to read it.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Content>>;
    /// Opens a regular file to read and write it, made where it is missing, for this user only.
    fn open_to_write(&self, path: &Path) -> io::Result<Box<dyn Content>>;
    /// Makes what was created and removed in the folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The content of an open file.
pub(super) trait Content {
    /// Octets in it.
    fn length(&mut self) -> io::Result<u64>;
    /// Fills a part of the buffer from a place on, and says how much; 0 is the end.
    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize>;
    /// Writes a part of the octets at a place, and says how much.
    fn write(&mut self, at: u64, octets: &[u8]) -> io::Result<usize>;
    /// Makes what was written durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// The file system of this machine.
pub(super) struct System;

impl Disk for System {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<File>> {
        let file = private().create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn files(&self, folder: &Path, at_most: usize) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for item in fs::read_dir(folder)? {
            let item = item?;
            if item.file_type()?.is_file() {
                found.push(item.path());
            }
            if found.len() > at_most {
                return Err(io::Error::other("more files than a journal has"));
            }
        }
        Ok(found)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Content>> {
        regular(fs::symlink_metadata(path)?.is_file())?;
        Ok(Box::new(File::open(path)?))
    }

    fn open_to_write(&self, path: &Path) -> io::Result<Box<dyn Content>> {
        match fs::symlink_metadata(path) {
            Ok(found) => {
                regular(found.is_file())?;
                Ok(Box::new(private().open(path)?))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Box::new(private().create_new(true).open(path)?))
            }
            Err(error) => Err(error),
        }
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Windows opens no folder as a file; its file system journals names by itself.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

impl Content for File {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.seek(SeekFrom::Start(at))?;
        Read::read(self, buffer)
    }

    fn write(&mut self, at: u64, octets: &[u8]) -> io::Result<usize> {
        self.seek(SeekFrom::Start(at))?;
        Write::write(self, octets)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// A pipe would be waited for, a link leads out of the folder.
fn regular(is_file: bool) -> io::Result<()> {
    if is_file { Ok(()) } else { Err(io::Error::other("not a regular file")) }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
