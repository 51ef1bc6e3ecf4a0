//! Why a file that is there is no usable PKCS#11 module.

/// What is wrong with a module file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadFailure {
    /// The file is no ELF, Mach-O or PE library.
    #[error("not a program library")]
    NotALibrary,
    /// The library is for another processor, as the Intel driver is for a program on an Apple processor.
    #[error("it is for another processor ({found})")]
    WrongArchitecture {
        /// Name of the processor, for example `x86_64`.
        found: &'static str,
    },
    /// The library exports no such function, so it is no PKCS#11 module.
    #[error("it has no {symbol}")]
    MissingSymbol {
        /// Name of the function.
        symbol: &'static str,
    },
    /// The function list is missing or refused.
    #[error("it gives no function list (CK_RV {rv:#x})")]
    FunctionList {
        /// Return value of `C_GetFunctionList`.
        rv: u64,
    },
    /// The loader of the operating system refused it, mostly because a library that it needs is missing.
    #[error("the system refused it: {reason}")]
    System {
        /// Text of the operating system.
        reason: String,
    },
}
