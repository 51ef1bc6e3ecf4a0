//! The module's side: the PKCS#11 2.40 function list, forwarded to the real module (PKCS#11 2.40, 5).

#![expect(unsafe_code, reason = "a PKCS#11 module is a C interface")]
#![expect(non_snake_case, reason = "the names are those of PKCS#11")]

mod overridden;

use std::ffi::{CStr, OsStr, c_void};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cryptoki_sys::*;

use crate::control::{self, Directive};
use crate::emulation::Emulation;
use crate::folder::Folder;
use crate::record;

/// The entry point of a PKCS#11 module.
///
/// # Safety
/// `list` is NULL or may be written to.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn C_GetFunctionList(list: *mut *mut CK_FUNCTION_LIST) -> CK_RV {
    if list.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    static LIST: OnceLock<usize> = OnceLock::new();
    let address = LIST.get_or_init(|| Box::into_raw(Box::new(function_list())) as usize);
    // SAFETY: not NULL, and the caller lets us write to it.
    unsafe { *list = *address as *mut CK_FUNCTION_LIST };
    CKR_OK
}

/// What a loaded spy knows.
struct Loaded {
    real: CK_FUNCTION_LIST,
    folder: Folder,
    emulation: Emulation,
}

impl Loaded {
    fn directives(&self) -> Vec<Directive> {
        control::read(&self.folder.control())
    }

    fn is_told(&self, directive: &Directive) -> bool {
        self.directives().contains(directive)
    }

    /// Writes the call down and plays what holds for any function; a value is what to return at once.
    fn enter(&self, function: &'static str, detail: &str) -> Option<CK_RV> {
        record::append(&self.folder.calls(), format!("{function} {detail}").trim_end());
        let call = {
            let mut state = self.emulation.state();
            let calls = state.calls.entry(function).or_default();
            *calls += 1;
            *calls
        };
        if !self.directives().iter().any(|directive| matches!(directive, Directive::GoneWith(_))) {
            // Put back.
            self.emulation.state().pulled = false;
        }
        if self.is_told(&Directive::Print) {
            let mut out = std::io::stdout();
            // A module does not look whether anybody reads it.
            let _ = writeln!(out, "{function}").and_then(|()| out.flush());
        }
        if self.is_told(&Directive::Crash(function.into())) {
            std::process::abort();
        }
        let hang = Directive::Hang(function.into());
        while self.is_told(&hang) {
            // Nobody wakes it: it looks now and then whether the directive was taken back.
            std::thread::park_timeout(std::time::Duration::from_millis(2));
        }
        for directive in self.directives() {
            if let Directive::Return { function: name, rv, nth } = directive
                && name == function
                && nth.is_none_or(|nth| nth == call)
            {
                self.emulation.state().pulled = self.is_told(&Directive::GoneWith(name));
                return Some(rv);
            }
        }
        None
    }

    fn has_logged_in(&self) -> bool {
        !record::read(&self.folder.logins()).is_empty()
    }

    /// Wrong PINs since the last right one; a card counts them over all processes.
    fn wrong_pins(&self) -> usize {
        std::fs::read_to_string(self.folder.wrong_pins()).map_or(0, |count| count.parse().unwrap_or(0))
    }

    fn set_wrong_pins(&self, count: usize) {
        std::fs::write(self.folder.wrong_pins(), count.to_string()).expect("the spy's folder can be written");
    }

    /// Whether the token is to look pulled.
    fn is_gone(&self) -> bool {
        let state = self.emulation.state();
        self.directives().iter().any(|directive| match directive {
            Directive::GoneAfter { function, calls } => {
                state.calls.get(function.as_str()).is_some_and(|done| done >= calls)
            }
            Directive::GoneWith(_) => state.pulled,
            _ => false,
        })
    }
}

fn loaded() -> &'static Loaded {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    LOADED.get_or_init(|| {
        let folder = Folder::new(&own_folder());
        let path = std::fs::read(folder.real()).expect("the path of the real module stands beside the spy");
        // SAFETY: the test chose the real module; running its constructors is what it wants.
        let library = unsafe { libloading::Library::new(OsStr::from_bytes(&path)) };
        let library = Box::leak(Box::new(library.expect("the real module can be loaded")));
        let mut list = std::ptr::null_mut();
        type GetFunctionList = unsafe extern "C" fn(*mut *mut CK_FUNCTION_LIST) -> CK_RV;
        // SAFETY: the symbol has this signature in every PKCS#11 module.
        let rv = unsafe {
            let get = library.get::<GetFunctionList>(b"C_GetFunctionList\0").expect("a PKCS#11 module");
            get(&mut list)
        };
        assert!(rv == CKR_OK && !list.is_null(), "the real module gives no function list: {rv:#x}");
        // SAFETY: the list is not NULL and stays, since the library is never unloaded.
        Loaded { real: unsafe { *list }, folder, emulation: Emulation::default() }
    })
}

/// The folder that this copy of the library was loaded from.
fn own_folder() -> PathBuf {
    // SAFETY: all zero is a valid Dl_info.
    let mut info: libc::Dl_info = unsafe { std::mem::zeroed() };
    let address = C_GetFunctionList as *const c_void;
    // SAFETY: the address is one of this library, and info may be written to.
    let found = unsafe { libc::dladdr(address, &mut info) };
    assert!(found != 0 && !info.dli_fname.is_null(), "the loader does not know its own library");
    // SAFETY: not NULL; the loader keeps the name as long as the library is loaded.
    let name = unsafe { CStr::from_ptr(info.dli_fname) };
    let path = Path::new(OsStr::from_bytes(name.to_bytes()));
    path.parent().expect("a library stands in a folder").to_path_buf()
}

/// Functions that are only counted.
macro_rules! forwarded {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {
        $(unsafe extern "C" fn $name($($argument: $type),*) -> CK_RV {
            if let Some(rv) = loaded().enter(stringify!($name), "") {
                return rv;
            }
            // SAFETY: the arguments are the caller's, and the real module has the same contract.
            loaded().real.$name.map_or(CKR_FUNCTION_NOT_SUPPORTED, |real| unsafe { real($($argument),*) })
        })*
    };
}

forwarded! {
    C_Finalize(reserved: *mut c_void);
    C_GetInfo(info: *mut CK_INFO);
    C_GetMechanismList(slot: CK_SLOT_ID, list: *mut CK_MECHANISM_TYPE, count: *mut CK_ULONG);
    C_OpenSession(slot: CK_SLOT_ID, flags: CK_FLAGS, application: *mut c_void, notify: CK_NOTIFY, session: *mut CK_SESSION_HANDLE);
    C_CloseSession(session: CK_SESSION_HANDLE);
    C_GetSessionInfo(session: CK_SESSION_HANDLE, info: *mut CK_SESSION_INFO);
    C_Logout(session: CK_SESSION_HANDLE);
    C_FindObjectsInit(session: CK_SESSION_HANDLE, template: *mut CK_ATTRIBUTE, count: CK_ULONG);
    C_FindObjectsFinal(session: CK_SESSION_HANDLE);
    C_SignUpdate(session: CK_SESSION_HANDLE, part: *mut CK_BYTE, length: CK_ULONG);
    C_SignFinal(session: CK_SESSION_HANDLE, signature: *mut CK_BYTE, length: *mut CK_ULONG);
}

fn function_list() -> CK_FUNCTION_LIST {
    CK_FUNCTION_LIST {
        C_GetFunctionList: Some(C_GetFunctionList),
        C_Finalize: Some(C_Finalize),
        C_GetInfo: Some(C_GetInfo),
        C_GetMechanismList: Some(C_GetMechanismList),
        C_OpenSession: Some(C_OpenSession),
        C_CloseSession: Some(C_CloseSession),
        C_GetSessionInfo: Some(C_GetSessionInfo),
        C_Logout: Some(C_Logout),
        C_FindObjectsInit: Some(C_FindObjectsInit),
        C_FindObjects: Some(overridden::C_FindObjects),
        C_FindObjectsFinal: Some(C_FindObjectsFinal),
        C_GetAttributeValue: Some(overridden::C_GetAttributeValue),
        C_SignUpdate: Some(C_SignUpdate),
        C_SignFinal: Some(C_SignFinal),
        C_Initialize: Some(overridden::C_Initialize),
        C_GetSlotList: Some(overridden::C_GetSlotList),
        C_GetSlotInfo: Some(overridden::C_GetSlotInfo),
        C_GetTokenInfo: Some(overridden::C_GetTokenInfo),
        C_Login: Some(overridden::C_Login),
        C_SignInit: Some(overridden::C_SignInit),
        C_Sign: Some(overridden::C_Sign),
        ..loaded().real
    }
}
