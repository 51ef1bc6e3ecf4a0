package tr.kamusm

import java.io.IOException
import java.net.ProtocolException
import java.net.SocketTimeoutException
import javax.net.ssl.SSLException
import tr.kamusm.ffi.Header
import tr.kamusm.ffi.Request as FfiRequest
import tr.kamusm.ffi.Response as FfiResponse
import tr.kamusm.ffi.TransportFailure as FfiTransportFailure

/** Performs requests: [HttpClient], or whatever the program has. */
public interface Transport {
    /**
     * Sends the request as it stands and gives the answer, whatever its status. It blocks, is called on a thread for
     * that, and ends when `cancel` is cancelled.
     *
     * @throws IOException there is no answer; [TransportException] says more exactly why
     */
    @Throws(IOException::class)
    public fun perform(request: Request, cancel: CancelToken): Response
}

/**
 * A request to perform as it stands: no redirects, no cookies, no header added but `Host` and lengths. Address,
 * headers and body hold the code, a token and personal data: keep all of it out of logs.
 */
public class Request internal constructor(ffi: FfiRequest) {
    /** `GET`, `POST`, `PUT` or `DELETE`. */
    public val method: String = ffi.method

    /** The absolute address; its host is always the configured one. */
    public val url: String = ffi.url

    /** Names in lower case with their values. */
    public val headers: List<Pair<String, String>> = ffi.headers.map { it.name to it.value }

    /** The body; empty for none. */
    public val body: ByteArray = ffi.body

    /** How long the whole exchange may take. */
    public val timeoutMs: Long = ffi.timeoutMs

    /** How large the body of the answer may be; a larger one is not read. */
    public val maxResponseOctets: Long = ffi.maxResponseOctets

    /** Sent even though everything was cancelled. */
    public val isAfterCancel: Boolean = ffi.afterCancel
}

/** The service's answer: the status, every header with its name in any case, the body as it came. */
public class Response(
    /** 100 to 599. */
    public val status: Int,
    /** Every header. */
    public val headers: List<Pair<String, String>>,
    /** The body as it came. */
    public val body: ByteArray,
) {
    internal fun toFfi() = FfiResponse(status, headers.map { (name, value) -> Header(name, value) }, body)
}

/** Why there is no answer. */
public enum class TransportFailure(internal val ffi: FfiTransportFailure, internal val code: Code) {
    /** No connection, or it broke. */
    UNREACHABLE(FfiTransportFailure.UNREACHABLE, Code.UNREACHABLE),

    /** TLS was refused. */
    TLS(FfiTransportFailure.TLS, Code.TLS),

    /** The time of the request was over. */
    TIMEOUT(FfiTransportFailure.TIMEOUT, Code.TIMEOUT),

    /** The body was larger than allowed. */
    TOO_LARGE(FfiTransportFailure.TOO_LARGE, Code.RESPONSE_TOO_LARGE),

    /** The exchange was not HTTP. */
    MALFORMED(FfiTransportFailure.MALFORMED, Code.BAD_RESPONSE),

    ;

    internal companion object {
        fun of(error: IOException): TransportFailure = when (error) {
            is TransportException -> error.failure
            is SocketTimeoutException -> TIMEOUT
            is SSLException -> TLS
            is ProtocolException -> MALFORMED
            else -> UNREACHABLE
        }
    }
}

/** There is no answer, for this reason. */
public class TransportException @JvmOverloads constructor(
    /** Why. */
    public val failure: TransportFailure,
    cause: Throwable? = null,
) : IOException(failure.name, cause)
