// A transport by OkHttp, as an Android program brings it, where the library has none of its own.

import java.io.InterruptedIOException
import java.util.concurrent.TimeUnit
import okhttp3.OkHttpClient
import okhttp3.Request.Builder
import okhttp3.RequestBody.Companion.toRequestBody
import tr.kamusm.CancelToken
import tr.kamusm.Request
import tr.kamusm.Response
import tr.kamusm.Transport
import tr.kamusm.TransportException
import tr.kamusm.TransportFailure

/** Performs requests as they stand: what OkHttp does by itself is switched off. */
class OkHttpTransport(client: OkHttpClient) : Transport {
    private val client = client.newBuilder().followRedirects(false).followSslRedirects(false)
        .retryOnConnectionFailure(false).build()

    override fun perform(request: Request, cancel: CancelToken): Response {
        val hasBody = request.method == "POST" || request.method == "PUT"
        val builder = Builder().url(request.url)
            .method(request.method, if (hasBody) request.body.toRequestBody() else null)
            .header("accept-encoding", "identity")
        request.headers.forEach { (name, value) -> builder.header(name, value) }
        val call = client.newBuilder().callTimeout(request.timeoutMs, TimeUnit.MILLISECONDS).build()
            .newCall(builder.build())
        cancel.onCancel { call.cancel() }.use {
            try {
                return call.execute().use { read(it, request.maxResponseOctets) }
            } catch (error: InterruptedIOException) {
                // A call that was cancelled is told apart by the session.
                throw TransportException(TransportFailure.TIMEOUT, error)
            }
        }
    }

    private fun read(response: okhttp3.Response, limit: Long): Response {
        val source = response.body.source()
        // One octet more than allowed tells that there are more.
        if (source.request(limit + 1)) throw TransportException(TransportFailure.TOO_LARGE)
        return Response(response.code, response.headers.toList(), source.readByteArray())
    }
}
