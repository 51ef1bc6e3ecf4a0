package tr.kamusm

import java.io.IOException
import kotlin.concurrent.thread

/** What a session and a call want of the network, whoever performs it. It blocks. */
internal interface Exchange {
    fun answer(step: SendStep, cancel: CancelToken): Answer

    fun <T> call(call: Call<T>, cancel: CancelToken): T

    fun ask(follow: Follow, cancel: CancelToken): Change?
}

/** By the library's own client. */
internal class BuiltIn(private val http: HttpClient) : Exchange {
    override fun answer(step: SendStep, cancel: CancelToken): Answer = http.held { http ->
        step.held { step -> cancel.held { cancel -> Answer(Held(http.perform(step, cancel))) } }
    }

    override fun <T> call(call: Call<T>, cancel: CancelToken): T = call.tell(
        http.held { http -> call.held { call -> cancel.held { http.call(call, it) } } },
    )

    override fun ask(follow: Follow, cancel: CancelToken): Change? = http.held { http ->
        follow.held { follow -> cancel.held { http.follow(follow, it) } }
    }?.let(::Change)
}

/** By the program's own transport. */
internal class Own(private val transport: Transport) : Exchange {
    override fun answer(step: SendStep, cancel: CancelToken): Answer {
        if (cancel.isCancelled) {
            if (step.request.isAfterCancel) farewell(step.request)
            return step.cancelled()
        }
        return try {
            step.response(transport.perform(step.request, cancel))
        } catch (error: IOException) {
            if (cancel.isCancelled) step.cancelled() else step.failed(TransportFailure.of(error))
        }
    }

    /** Nobody waits for its answer, but the JVM for its end. */
    private fun farewell(request: Request) {
        thread(name = "kamusm-farewell") {
            CancelToken().use { never ->
                try {
                    transport.perform(request, never)
                } catch (_: IOException) {
                    // The service learns it from the window's end.
                }
            }
        }
    }

    override fun <T> call(call: Call<T>, cancel: CancelToken): T = call.decode(response(call.request, cancel))

    override fun ask(follow: Follow, cancel: CancelToken): Change? {
        val question = follow.next() ?: return null
        return try {
            follow.answer(question, transport.perform(question.request, cancel))
        } catch (error: IOException) {
            follow.failed(question, TransportFailure.of(error))
        }
    }

    private fun response(request: Request, cancel: CancelToken): Response {
        val failed = try {
            if (!cancel.isCancelled) return transport.perform(request, cancel)
            null
        } catch (error: IOException) {
            error
        }
        if (failed == null || cancel.isCancelled) throw KamusmException.of(Code.CANCELLED, "cancelled")
        val failure = TransportFailure.of(failed)
        throw KamusmException.of(failure.code, "the transport failed: $failure").apply { initCause(failed) }
    }
}
