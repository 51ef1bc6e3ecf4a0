//! CAdES signatures (EN 319 122-1) and the certificates of a Turkish qualified signature, sans-IO.
