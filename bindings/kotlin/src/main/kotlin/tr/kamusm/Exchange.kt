package tr.kamusm

import java.io.IOException
import kotlin.concurrent.thread

/** What a session and a call want of the network, whoever performs it. It blocks. */
internal interface Exchange {
    fun answer(step: SendStep, cancel: CancelToken): Answer

    fun applications(call: ApplicationsCall, cancel: CancelToken): List<Application>

    fun application(call: ApplicationCall, cancel: CancelToken): Application
}

/** By the library's own client. */
internal class BuiltIn(private val http: HttpClient) : Exchange {
    override fun answer(step: SendStep, cancel: CancelToken): Answer = http.held { http ->
        step.held { step -> cancel.held { cancel -> Answer(Held(http.perform(step, cancel))) } }
    }

    override fun applications(call: ApplicationsCall, cancel: CancelToken): List<Application> = http.held { http ->
        call.held { call -> cancel.held { cancel -> http.applications(call, cancel).map(::Application) } }
    }

    override fun application(call: ApplicationCall, cancel: CancelToken): Application = http.held { http ->
        call.held { call -> cancel.held { cancel -> Application(http.application(call, cancel)) } }
    }
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

    override fun applications(call: ApplicationsCall, cancel: CancelToken): List<Application> =
        call.decode(response(call.request, cancel))

    override fun application(call: ApplicationCall, cancel: CancelToken): Application =
        call.decode(response(call.request, cancel))

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
