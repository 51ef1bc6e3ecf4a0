//! A pcscd of our own: its socket is ours, so it disturbs nobody's and needs no rights.

use std::fmt::Write as _;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use kamusm_test_reader::driver;

use crate::reader::{Reader, Shared};
use crate::serve::serve;

/// Where packages put OpenSC's module.
const OPENSC: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
];

/// Where Debian puts the service.
const PCSCD: &str = "/usr/sbin/pcscd";

/// Hands the socket over as systemd does (sd_listen_fds(3)): standard input becomes the first descriptor.
const START: &str =
    "exec 3<&0 </dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$0\" --foreground --error -c \"$@\"";

/// The same with folders for its pid file that nobody else sees.
const START_APART: &str = "mount -t tmpfs none /run && ";

/// A running pcscd with readers.
pub struct Service {
    folder: PathBuf,
    process: Mutex<Option<Child>>,
    readers: Vec<(Reader, Arc<Shared>)>,
}

impl Service {
    /// Makes so many readers and starts the service; everything lies in this folder.
    pub fn start(folder: &Path, readers: usize) -> io::Result<Self> {
        let service = Self::stopped(folder, readers)?;
        service.resume()?;
        Ok(service)
    }

    /// Makes readers for a service that does not run yet.
    pub fn stopped(folder: &Path, readers: usize) -> io::Result<Self> {
        let driver = driver()?;
        let configuration = folder.join("readers");
        std::fs::create_dir_all(&configuration)?;
        let (mut text, mut made) = (String::new(), Vec::new());
        for number in 0..readers {
            let name = format!("Deneme Okuyucu {}", char::from(b'A' + u8::try_from(number).unwrap_or(25)));
            let socket = folder.join(format!("card{number}.sock"));
            let (reader, shared) = Reader::new(name.clone());
            serve(UnixListener::bind(&socket)?, Arc::clone(&shared));
            made.push((reader, shared));
            let (socket, driver) = (socket.display(), driver.display());
            let _ = write!(
                text,
                "FRIENDLYNAME \"{name}\"\nDEVICENAME /dev/null:{socket}\nLIBPATH {driver}\nCHANNELID {number}\n\n"
            );
        }
        std::fs::write(configuration.join("readers"), text)?;
        Ok(Self { folder: folder.to_path_buf(), process: Mutex::default(), readers: made })
    }

    /// Starts the service again.
    pub fn resume(&self) -> io::Result<()> {
        let socket = socket(&self.folder);
        if socket.exists() {
            std::fs::remove_file(&socket)?;
        }
        let listener = UnixListener::bind(&socket)?;
        let mut command = Self::command(&self.folder.join("readers"));
        let log = std::fs::File::create(self.folder.join("pcscd.log"))?;
        command.stdin(Stdio::from(OwnedFd::from(listener))).stdout(log.try_clone()?).stderr(log);
        *self.process() = Some(command.spawn()?);
        self.readers.iter().for_each(|(reader, _)| reader.noticed());
        Ok(())
    }

    fn command(configuration: &Path) -> Command {
        let mut arguments: Vec<&std::ffi::OsStr> = vec![PCSCD.as_ref(), configuration.as_ref()];
        let knows = |option| {
            let help = Command::new(PCSCD).arg("--help").output();
            help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains(option))
        };
        // Since 2.0 it asks polkit, which a container does not run.
        if knows("--disable-polkit") {
            arguments.push("--disable-polkit".as_ref());
        }
        let apart = ["-rm", "sh", "-c"];
        let probe = Command::new("unshare").args(apart).arg("mount -t tmpfs none /run").output();
        let mut command = if probe.is_ok_and(|probe| probe.status.success()) {
            let mut command = Command::new("unshare");
            command.args(apart).arg(format!("{START_APART}{START}"));
            command
        } else {
            // Containers refuse it; then the pid file is all that others could see.
            let mut command = Command::new("sh");
            command.args(["-c", START]);
            command
        };
        command.args(arguments);
        command
    }

    /// Stops the service, as if it had crashed.
    pub fn stop(&self) {
        if let Some(mut process) = self.process().take() {
            // It may have ended by itself.
            drop(process.kill());
            drop(process.wait());
            drop(std::fs::remove_file(socket(&self.folder)));
        }
        for (_, shared) in &self.readers {
            shared.change(|state| state.seen_by_service = None);
        }
    }

    /// The reader of this number, from 0.
    pub fn reader(&self, number: usize) -> &Reader {
        &self.readers[number].0
    }

    /// A folder for what a test makes besides.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Variables and values with which a program uses this service, and OpenSC as it was shipped.
    pub fn environment(folder: &Path) -> [(&'static str, PathBuf); 2] {
        [("PCSCLITE_CSOCK_NAME", socket(folder)), ("OPENSC_CONF", PathBuf::from("/dev/null"))]
    }

    fn process(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
        for (_, shared) in &self.readers {
            shared.change(|state| state.is_closed = true);
        }
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("pcscd.sock")
}

/// Path of OpenSC's module on this machine.
pub fn opensc() -> io::Result<PathBuf> {
    let found = OPENSC.iter().map(PathBuf::from).find(|path| path.is_file());
    found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "opensc-pkcs11 is not installed"))
}
