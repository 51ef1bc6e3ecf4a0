//! A file system for SQLite (sqlite3_vfs, version 2) whose files are those of mounted [`Disk`]s: `NAME/file`.

#![expect(unsafe_code, reason = "a VFS is a table of C functions that SQLite calls with raw pointers")]

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering, fence};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use std::{ptr, slice};

use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_IOCAP_POWERSAFE_OVERWRITE, SQLITE_IOERR, SQLITE_IOERR_SHMMAP, SQLITE_LOCK_NONE,
    SQLITE_NOTFOUND, SQLITE_OK, SQLITE_OPEN_CREATE, SQLITE_OPEN_READWRITE, SQLITE_SHM_EXCLUSIVE,
    SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_register,
};

use crate::disk::Disk;
use crate::shm::Shm;

/// The name under which SQLite knows it.
pub const NAME: &str = "kamusm-simulation";
const C_NAME: &CStr = c"kamusm-simulation";
const LONGEST_PATH: c_int = 200;
/// The Julian day of 2026-06-23 in milliseconds: SQLite's own clock decides nothing here.
const JULIAN_MS: sqlite3_int64 = 212_649_019_200_000;

static DISKS: Mutex<BTreeMap<String, Arc<Disk>>> = Mutex::new(BTreeMap::new());
static COUNT: AtomicU64 = AtomicU64::new(0);

/// A disk under a name, until this is dropped.
#[derive(Debug)]
pub struct Mount {
    name: String,
}

impl Mount {
    /// Mounts the disk under a name of its own.
    pub fn new(disk: Arc<Disk>) -> Self {
        register();
        let name = format!("disk-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        disks().insert(name.clone(), disk);
        Self { name }
    }

    /// The directory that the disk is.
    pub fn directory(&self) -> &std::path::Path {
        std::path::Path::new(&self.name)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        disks().remove(&self.name);
    }
}

fn disks() -> MutexGuard<'static, BTreeMap<String, Arc<Disk>>> {
    DISKS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        let vfs = Box::new(sqlite3_vfs {
            iVersion: 2,
            szOsFile: size_of::<Handle>() as c_int,
            mxPathname: LONGEST_PATH,
            pNext: ptr::null_mut(),
            zName: C_NAME.as_ptr(),
            pAppData: ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_pathname),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: Some(last_error),
            xCurrentTimeInt64: Some(current_time_ms),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        });
        // SAFETY: the table lives for ever, all of its functions keep SQLite's contract, and this runs once.
        let code = unsafe { sqlite3_vfs_register(Box::into_raw(vfs), 0) };
        assert_eq!(code, SQLITE_OK, "SQLite takes the file system");
    });
}

/// What SQLite allocates for an open file: its own part, and ours.
#[repr(C)]
struct Handle {
    base: sqlite3_file,
    open: *mut Open,
}

/// An open file.
struct Open {
    disk: Arc<Disk>,
    file: String,
    run: u64,
    connection: u64,
    memory: Option<Arc<Shm>>,
}

const METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
static METHODS_FOR_EVER: Methods = Methods(METHODS);

struct Methods(sqlite3_io_methods);

/// The disk and the file's name there, or none where no such disk is mounted.
///
/// # Safety
/// `path` is a string of SQLite.
unsafe fn place(path: *const c_char) -> Option<(Arc<Disk>, String)> {
    // SAFETY: the caller's promise.
    let path = unsafe { CStr::from_ptr(path) }.to_str().ok()?;
    let (disk, file) = path.split_once('/')?;
    Some((disks().get(disk)?.clone(), file.to_owned()))
}

/// # Safety
/// `file` was opened here and is not closed yet. SQLite uses a file in one thread at a time.
unsafe fn opened<'a>(file: *mut sqlite3_file) -> &'a mut Open {
    // SAFETY: `open` stored a leaked box in the handle, which stays there until `close`.
    unsafe { &mut *(*file.cast::<Handle>()).open }
}

fn code(result: Result<(), i32>) -> c_int {
    result.err().unwrap_or(SQLITE_OK)
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    path: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let handle = file.cast::<Handle>();
    // SAFETY: SQLite gives memory of szOsFile octets; without methods it does not call close.
    unsafe { (*handle).base.pMethods = ptr::null() };
    let found = if path.is_null() {
        // A temporary file is nobody else's.
        Some((Arc::new(Disk::new(&crate::disk::Image::default(), 0)), "temporary".to_owned()))
    } else {
        // SAFETY: the path is a string of SQLite.
        unsafe { place(path) }
    };
    let Some((disk, name)) = found else { return SQLITE_CANTOPEN };
    let create = path.is_null() || flags & SQLITE_OPEN_CREATE != 0;
    let run = match disk.open(&name, create) {
        Ok(run) => run,
        Err(code) => return code,
    };
    let connection = COUNT.fetch_add(1, Ordering::Relaxed);
    let open = Box::new(Open { disk, file: name, run, connection, memory: None });
    // SAFETY: as above; the table of methods is static.
    unsafe {
        (*handle).open = Box::into_raw(open);
        (*handle).base.pMethods = &raw const METHODS_FOR_EVER.0;
        if !out_flags.is_null() {
            *out_flags = flags & (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        }
    }
    SQLITE_OK
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes an open file once; the box was leaked in `open`.
    let open = unsafe { Box::from_raw((*file.cast::<Handle>()).open) };
    open.disk.unlock(open.run, &open.file, open.connection, SQLITE_LOCK_NONE);
    SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    octets: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: an open file, and a buffer of so many octets.
    let (open, into) =
        unsafe { (opened(file), slice::from_raw_parts_mut(into.cast::<u8>(), octets.max(0) as usize)) };
    code(open.disk.read(open.run, &open.file, at as usize, into))
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    octets: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: an open file, and a buffer of so many octets.
    let (open, from) =
        unsafe { (opened(file), slice::from_raw_parts(from.cast::<u8>(), octets.max(0) as usize)) };
    code(open.disk.write(open.run, &open.file, at as usize, from))
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    code(open.disk.truncate(open.run, &open.file, size as usize))
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    code(open.disk.sync(open.run, &open.file))
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    match open.disk.size(open.run, &open.file) {
        Ok(octets) => {
            // SAFETY: the place for the answer.
            unsafe { *size = octets as sqlite3_int64 };
            SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    open.disk.lock(open.run, &open.file, open.connection, level).unwrap_or_else(|code| code)
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    open.disk.unlock(open.run, &open.file, open.connection, level);
    SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, reserved: *mut c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    match open.disk.is_reserved(open.run, &open.file) {
        Ok(is_reserved) => {
            // SAFETY: the place for the answer.
            unsafe { *reserved = c_int::from(is_reserved) };
            SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn file_control(_: *mut sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut sqlite3_file) -> c_int {
    512
}

unsafe extern "C" fn device_characteristics(_: *mut sqlite3_file) -> c_int {
    SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    octets: c_int,
    extend: c_int,
    memory: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    if open.memory.is_none() {
        open.memory = match open.disk.memory(open.run, &open.file) {
            Ok(memory) => Some(memory),
            Err(code) => return code,
        };
    }
    let Some(shared) = &open.memory else { return SQLITE_IOERR_SHMMAP };
    let region = shared.region(region.max(0) as usize, octets.max(0) as usize, extend != 0);
    // SAFETY: the place for the answer; the region lives as long as this file holds on to the memory.
    unsafe { *memory = region.map_or(ptr::null_mut(), |start| start.cast()) };
    SQLITE_OK
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, first: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    match &open.memory {
        Some(memory) => memory.lock(open.connection, first.max(0) as usize, count.max(0) as usize, flags),
        None => SQLITE_IOERR,
    }
}

unsafe extern "C" fn shm_barrier(_: *mut sqlite3_file) {
    fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    let open = unsafe { opened(file) };
    if let Some(memory) = open.memory.take() {
        memory.lock(open.connection, 0, SQLITE_SHM_NLOCK as usize, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
    }
    SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, path: *const c_char, _: c_int) -> c_int {
    // SAFETY: a string of SQLite.
    match unsafe { place(path) } {
        Some((disk, file)) => code(disk.delete(&file)),
        None => SQLITE_IOERR,
    }
}

unsafe extern "C" fn access(
    _: *mut sqlite3_vfs,
    path: *const c_char,
    _: c_int,
    is_there: *mut c_int,
) -> c_int {
    // SAFETY: a string of SQLite.
    let Some((disk, file)) = (unsafe { place(path) }) else { return SQLITE_IOERR };
    match disk.exists(&file) {
        Ok(exists) => {
            // SAFETY: the place for the answer.
            unsafe { *is_there = c_int::from(exists) };
            SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn full_pathname(
    _: *mut sqlite3_vfs,
    path: *const c_char,
    octets: c_int,
    full: *mut c_char,
) -> c_int {
    // SAFETY: a string of SQLite.
    let path = unsafe { CStr::from_ptr(path) }.to_bytes_with_nul();
    if path.len() > octets.max(0) as usize {
        return SQLITE_CANTOPEN;
    }
    // SAFETY: there is room for so many octets, and the two do not overlap.
    unsafe { ptr::copy_nonoverlapping(path.as_ptr().cast(), full, path.len()) };
    SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut sqlite3_vfs, octets: c_int, into: *mut c_char) -> c_int {
    // SAFETY: a buffer of so many octets.
    unsafe { ptr::write_bytes(into.cast::<u8>(), 7, octets.max(0) as usize) };
    octets
}

/// SQLite waits so for a lock that another connection is about to give back; its patience is counted by these waits.
unsafe extern "C" fn sleep(_: *mut sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::park_timeout(Duration::from_micros(u64::try_from(microseconds).unwrap_or(0)));
    microseconds
}

unsafe extern "C" fn current_time(_: *mut sqlite3_vfs, day: *mut f64) -> c_int {
    // SAFETY: the place for the answer.
    unsafe { *day = JULIAN_MS as f64 / 86_400_000.0 };
    SQLITE_OK
}

unsafe extern "C" fn current_time_ms(_: *mut sqlite3_vfs, milliseconds: *mut sqlite3_int64) -> c_int {
    // SAFETY: the place for the answer.
    unsafe { *milliseconds = JULIAN_MS };
    SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    SQLITE_OK
}

// SAFETY: a table of functions that nobody changes.
unsafe impl Sync for Methods {}
