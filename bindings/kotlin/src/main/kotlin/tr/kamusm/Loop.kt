package tr.kamusm

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext

/** The loop over a session's steps, once for all faces of this layer. */
internal class Loop(
    private val session: Session,
    private val person: Person,
    private val exchange: Exchange,
    private val cancel: CancelToken,
) {
    /** What ended the work from outside; it is thrown when the service was told. */
    private var failure: Throwable? = null

    suspend fun run(): Outcome = cancelling(cancel) {
        var outcome: Outcome? = null
        while (outcome == null) {
            session.step().use { step -> outcome = (step as? DoneStep)?.outcome ?: perform(step).let { null } }
        }
        failure?.let { throw it }
        checkNotNull(outcome)
    }

    private suspend fun perform(step: Step) {
        val answer = try {
            answerTo(step)
        } catch (error: Throwable) {
            // The first one counts, and a second one means that the service cannot be told.
            failure?.let { throw it }
            failure = error
            session.cancel()
            null
        }
        answer?.use(::give)
    }

    private fun give(answer: Answer) {
        try {
            session.answer(answer)
        } catch (error: KamusmException.Usage) {
            // A late answer changed nothing; the step of now comes again.
            if (error.code != Code.STALE) throw error
        }
    }

    private suspend fun answerTo(step: Step): Answer? {
        if (failure == null) person.begins(step)
        return when (step) {
            is SendStep -> blocking { exchange.answer(step, cancel) }
            is WaitStep -> blocking { step.perform(cancel) }
            is ShowStep -> asked(step::cancelled) { person.show(step, cancel) }
            is ChooseStep -> asked(step::cancelled) { person.choose(step, cancel) }
            is SignStep -> asked(step::cancelled) { signed(step) }
            is UnknownStep -> null.also { session.cancel() }
            is DoneStep -> null
        }
    }

    /** Nobody is asked any more when the work was cancelled. */
    private suspend fun asked(cancelled: () -> Answer, ask: suspend () -> Answer?): Answer? {
        currentCoroutineContext().ensureActive()
        return if (cancel.isCancelled || failure != null) cancelled() else ask()
    }

    private suspend fun signed(step: SignStep): Answer? = try {
        person.sign(step, cancel)
    } catch (error: KamusmException) {
        if (!error.asksForPinAgain) throw error
        person.pinRefused(error)
        null
    }

    /** Goes on in a cancelled coroutine: the token ends it. In one step its result would be lost on the way back. */
    private suspend fun <R> blocking(call: () -> R): R =
        withContext(NonCancellable) { withContext(Dispatchers.IO) { call() } }
}
