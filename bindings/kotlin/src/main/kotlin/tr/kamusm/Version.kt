@file:JvmName("Kamusm")

package tr.kamusm

/** The native library's version, such as `"0.1.0"`. */
public fun version(): String = native { tr.kamusm.ffi.version() }
