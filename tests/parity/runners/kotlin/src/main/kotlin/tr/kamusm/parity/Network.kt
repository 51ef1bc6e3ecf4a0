package tr.kamusm.parity

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import tr.kamusm.CancelToken
import tr.kamusm.Request
import tr.kamusm.Response
import tr.kamusm.Transport

private val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

/** A transport that knows nothing of the library's. */
internal class OwnTransport : Transport {
    override fun perform(request: Request, cancel: CancelToken): Response {
        val body = if (request.body.isEmpty() && request.method == "GET") {
            BodyPublishers.noBody()
        } else {
            BodyPublishers.ofByteArray(request.body)
        }
        val builder = HttpRequest.newBuilder(URI(request.url)).method(request.method, body)
        request.headers.forEach { (name, value) -> builder.header(name, value) }
        val response = client.send(builder.build(), BodyHandlers.ofByteArray())
        val headers = response.headers().map().flatMap { (name, values) -> values.map { name to it } }
        return Response(response.statusCode(), headers, response.body())
    }
}

/** What the signing service answers: the signature over these octets. */
internal fun remoteSignature(address: String, toBeSigned: ByteArray): ByteArray =
    client.send(HttpRequest.newBuilder(URI(address)).POST(BodyPublishers.ofByteArray(toBeSigned)).build(), BodyHandlers.ofByteArray())
        .body()
