package tr.kamusm

import tr.kamusm.ffi.HttpClient as FfiHttpClient

/**
 * The library's own transport, with one kept connection; it follows no redirects. Any number of sessions and threads
 * share it. A library for mobile platforms is built without it: there the program brings its [Transport].
 */
public class HttpClient private constructor(internal val held: Held<FfiHttpClient>) : Handle(held) {
    /** A client with the configuration's trust roots and proxy. */
    public constructor(config: Config) : this(config.held { Held(FfiHttpClient(it)) })
}
