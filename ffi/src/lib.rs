//! The C ABI of libkamusm.
