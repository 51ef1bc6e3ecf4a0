//! A test CA whose certificates copy the byte shape of a Kamu SM NES.
