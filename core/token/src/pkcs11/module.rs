//! A loaded PKCS#11 module (PKCS#11 2.40, 5.4): the one file that speaks C.
//!
//! Cards of Kamu SM need `C_Initialize(NULL)`, which `cryptoki` cannot say, and report clocks that it cannot read. So
//! this file loads the module, initialises it and reads token information; sessions and objects are `cryptoki`'s.

#![expect(unsafe_code, reason = "PKCS#11 modules are C libraries")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use cryptoki::context::Pkcs11;
use cryptoki::session::Session;
use cryptoki::slot::Slot;
use cryptoki_sys::{
    CK_FUNCTION_LIST, CK_RV, CK_TOKEN_INFO, CK_ULONG, CKR_CRYPTOKI_ALREADY_INITIALIZED, CKR_OK,
};
use libloading::Library;

use super::InitPolicy;
use super::activity::Activity;
use super::binary;
use super::fault::{self, Fault};
use super::slot::TokenFacts;
use crate::error::{LoadFailure, TokenError};

/// Longest signature that is taken: RSA with 8192 bits has 1024 octets.
const SIGNATURE_OCTETS_MAX: usize = 1024;

type GetFunctionList = unsafe extern "C" fn(*mut *mut CK_FUNCTION_LIST) -> CK_RV;

/// A module that is loaded and initialised. It is never finalised and never unloaded: the host may use it too, and
/// modules have threads and exit handlers of their own.
pub(super) struct Module {
    functions: CK_FUNCTION_LIST,
    cryptoki: Pkcs11,
    initialised_by: Initialiser,
    activity: Arc<Activity>,
}

/// Who called `C_Initialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Initialiser {
    Us,
    Host,
}

impl Module {
    /// Loads and initialises. `path` is absolute, so that no search path decides what is loaded.
    pub(super) fn load(
        path: &Path,
        policy: InitPolicy,
        activity: &Arc<Activity>,
    ) -> Result<Self, TokenError> {
        let failure = |why| TokenError::ModuleLoad { path: path.to_path_buf(), why };
        let library = {
            let _busy = activity.enter("dlopen");
            open(path).map_err(|error| failure(binary::explain(path, &error)))?
        };
        let functions = function_list(&library, activity).map_err(failure)?;
        // From here on the module's code has run, so it stays.
        std::mem::forget(library);
        let initialised_by = initialise(&functions, policy, activity)?;
        let cryptoki = {
            let _busy = activity.enter("C_GetInterface");
            Pkcs11::new(path).map_err(|error| failure(LoadFailure::System { reason: error.to_string() }))?
        };
        let module = Self { functions, cryptoki, initialised_by, activity: Arc::clone(activity) };
        module.call("C_GetInfo", Pkcs11::get_library_info).map_err(|fault| match fault.rv {
            Some(rv) => TokenError::ModuleInit { rv: fault::number(rv) },
            None => fault.into_error(),
        })?;
        Ok(module)
    }

    /// Initialises once more, after somebody else in the process finalised the module.
    pub(super) fn initialise_again(&mut self, policy: InitPolicy) -> Result<(), TokenError> {
        self.initialised_by = initialise(&self.functions, policy, &self.activity)?;
        Ok(())
    }

    /// Who initialised the module.
    pub(super) fn initialised_by(&self) -> Initialiser {
        self.initialised_by
    }

    /// Makes one call through `cryptoki`, so that a hang can be told by the name of the function.
    pub(super) fn call<T>(
        &self,
        function: &'static str,
        call: impl FnOnce(&Pkcs11) -> cryptoki::error::Result<T>,
    ) -> Result<T, Fault> {
        let _busy = self.activity.enter(function);
        self.guarded(function, call)
    }

    /// Like [`Self::call`], for the call that lasts as long as a person types at the reader.
    pub(super) fn call_for_person<T>(
        &self,
        function: &'static str,
        call: impl FnOnce(&Pkcs11) -> cryptoki::error::Result<T>,
    ) -> Result<T, Fault> {
        let _busy = self.activity.enter_for_person(function);
        self.guarded(function, call)
    }

    /// `cryptoki` trusts the counts and lengths of a module, and panics where they make no sense.
    fn guarded<T>(
        &self,
        function: &'static str,
        call: impl FnOnce(&Pkcs11) -> cryptoki::error::Result<T>,
    ) -> Result<T, Fault> {
        match catch_unwind(AssertUnwindSafe(|| call(&self.cryptoki))) {
            Ok(answer) => answer.map_err(|error| Fault::new(function, &error)),
            Err(_) => Err(Fault { function, rv: None }),
        }
    }

    /// `C_GetTokenInfo` without its clock: some cards announce one and then write garbage there.
    pub(super) fn token_info(&self, slot: Slot) -> Result<TokenFacts, Fault> {
        const FUNCTION: &str = "C_GetTokenInfo";
        let get = self.functions.C_GetTokenInfo.ok_or(Fault { function: FUNCTION, rv: None })?;
        let mut info = CK_TOKEN_INFO::default();
        let _busy = self.activity.enter(FUNCTION);
        // SAFETY: the module is initialised, and info is a CK_TOKEN_INFO that it may write to.
        let rv = unsafe { get(slot.into(), &mut info) };
        if rv == CKR_OK {
            Ok(TokenFacts::new(&info))
        } else {
            Err(Fault { function: FUNCTION, rv: Some(rv) })
        }
    }

    /// `C_Sign` alone, after a `C_SignInit` and perhaps a context-specific login: `cryptoki` 0.12 has no such call, and
    /// CKM_RSA_PKCS and CKM_ECDSA cannot be fed in parts (PKCS#11 2.40 mechanisms, tables 2.1 and 2.3).
    pub(super) fn sign(&self, session: &Session, data: &[u8]) -> Result<Vec<u8>, Fault> {
        const FUNCTION: &str = "C_Sign";
        let unusable = Fault { function: FUNCTION, rv: None };
        let sign = self.functions.C_Sign.ok_or(unusable)?;
        let mut data = data.to_vec();
        let data_octets = CK_ULONG::try_from(data.len()).map_err(|_| unusable)?;
        let mut signature = vec![0; SIGNATURE_OCTETS_MAX];
        let mut octets = CK_ULONG::try_from(SIGNATURE_OCTETS_MAX).map_err(|_| unusable)?;
        let rv = {
            let _busy = self.activity.enter(FUNCTION);
            // SAFETY: the session is one of this module, and both buffers have the lengths that are given with them.
            unsafe {
                sign(session.handle(), data.as_mut_ptr(), data_octets, signature.as_mut_ptr(), &mut octets)
            }
        };
        if rv != CKR_OK {
            return Err(Fault { function: FUNCTION, rv: Some(rv) });
        }
        let octets = usize::try_from(octets).ok().filter(|&octets| octets <= SIGNATURE_OCTETS_MAX);
        signature.truncate(octets.ok_or(unusable)?);
        Ok(signature)
    }
}

/// Binds every symbol at once: a module that lacks one fails here and not in the middle of a signature.
#[cfg(unix)]
fn open(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix::{Library as Unix, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: loading runs the module's constructors. The caller chose the module; that is what it asked for.
    unsafe { Unix::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Library::from)
}

/// Libraries that the module needs are looked for beside it and in the system's folder, never in the working folder.
#[cfg(windows)]
fn open(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::windows::{
        LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR, Library as Windows,
    };
    let flags = LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR;
    // SAFETY: loading runs the module's constructors. The caller chose the module; that is what it asked for.
    unsafe { Windows::load_with_flags(path, flags) }.map(Library::from)
}

fn function_list(library: &Library, activity: &Activity) -> Result<CK_FUNCTION_LIST, LoadFailure> {
    const SYMBOL: &str = "C_GetFunctionList";
    // SAFETY: a function of this name has this signature in every PKCS#11 module since version 2.0.
    let get = unsafe { library.get::<GetFunctionList>(SYMBOL.as_bytes()) };
    let get = get.map_err(|_| LoadFailure::MissingSymbol { symbol: SYMBOL })?;
    let mut list = std::ptr::null_mut();
    let _busy = activity.enter(SYMBOL);
    // SAFETY: list may be written to.
    let rv = unsafe { get(&mut list) };
    if rv != CKR_OK || list.is_null() {
        return Err(LoadFailure::FunctionList { rv: fault::number(rv) });
    }
    // SAFETY: not NULL, and PKCS#11 says that it points to a CK_FUNCTION_LIST, which is plain data.
    Ok(unsafe { *list })
}

fn initialise(
    functions: &CK_FUNCTION_LIST,
    policy: InitPolicy,
    activity: &Activity,
) -> Result<Initialiser, TokenError> {
    if policy == InitPolicy::HostManaged {
        return Ok(Initialiser::Host);
    }
    const FUNCTION: &str = "C_Initialize";
    let initialise = functions.C_Initialize.ok_or(Fault { function: FUNCTION, rv: None }.into_error())?;
    let _busy = activity.enter(FUNCTION);
    // SAFETY: NULL is allowed and means that only one thread calls the module, which the actor guarantees.
    match unsafe { initialise(std::ptr::null_mut()) } {
        CKR_OK => Ok(Initialiser::Us),
        CKR_CRYPTOKI_ALREADY_INITIALIZED if policy == InitPolicy::Tolerant => Ok(Initialiser::Host),
        rv => Err(TokenError::ModuleInit { rv: fault::number(rv) }),
    }
}
