//! Reference service of the libkamusm protocol.
