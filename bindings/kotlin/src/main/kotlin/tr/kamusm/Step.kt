package tr.kamusm

import tr.kamusm.ffi.Answer as FfiAnswer
import tr.kamusm.ffi.SendStep as FfiSendStep
import tr.kamusm.ffi.Step as FfiStep
import tr.kamusm.ffi.WaitReason as FfiWaitReason
import tr.kamusm.ffi.WaitStep as FfiWaitStep
import tr.kamusm.ffi.waitPerform

/** The answer to one step; made only by the step itself or by a performer. */
public class Answer internal constructor(internal val held: Held<FfiAnswer>) : Handle(held) {
    internal constructor(ffi: FfiAnswer) : this(Held(ffi))
}

/** The next thing to do. What a step says stays readable after it was closed; its answers are made before. */
public sealed class Step(held: Held<*>) : Handle(held) {
    internal companion object {
        fun of(step: FfiStep): Step = when (step) {
            is FfiStep.Send -> SendStep(Held(step.send))
            is FfiStep.Wait -> WaitStep(Held(step.wait))
            is FfiStep.Show -> ShowStep(Held(step.show))
            is FfiStep.Choose -> ChooseStep(Held(step.choose))
            is FfiStep.Sign -> SignStep(Held(step.sign))
            is FfiStep.Done -> DoneStep(Outcome(step.outcome))
            is FfiStep.Unknown -> UnknownStep()
        }
    }
}

/** Perform [request]. */
public class SendStep internal constructor(internal val held: Held<FfiSendStep>) : Step(held) {
    /** What to send, exactly as it stands. */
    public val request: Request = Request(held { it.request() })

    /** The service answered, with whatever status; hand over every header. */
    public fun response(response: Response): Answer = held { Answer(it.response(response.toFfi())) }

    /** There is no answer; the machine decides about a retry. */
    public fun failed(failure: TransportFailure): Answer = held { Answer(it.failed(failure.ffi)) }

    /** The person cancelled. */
    public fun cancelled(): Answer = held { Answer(it.cancelled()) }
}

/** Wait. */
public class WaitStep internal constructor(internal val held: Held<FfiWaitStep>) : Step(held) {
    /** Until when, in milliseconds on the monotonic clock. */
    public val untilMs: Long = held { it.untilMs() }

    /** What is waited for, to tell the person. */
    public val reason: WaitReason = when (held { it.reason() }) {
        FfiWaitReason.RETRY -> WaitReason.RETRY
        FfiWaitReason.CONFIRMATION -> WaitReason.CONFIRMATION
        FfiWaitReason.CHECKS -> WaitReason.CHECKS
        FfiWaitReason.UNKNOWN -> WaitReason.UNKNOWN
    }

    /** Waits. It blocks until the moment has come or `cancel` was cancelled. */
    public fun perform(cancel: CancelToken): Answer =
        held { wait -> cancel.held { Answer(waitPerform(wait, it)) } }

    /** The time came. */
    public fun elapsed(): Answer = held { Answer(it.elapsed()) }

    /** The person cancelled. */
    public fun cancelled(): Answer = held { Answer(it.cancelled()) }
}

/** What is waited for. */
public enum class WaitReason {
    /** The pause before a retry. */
    RETRY,

    /** The person's "Evet, benim" on the portal. */
    CONFIRMATION,

    /** The service's checks of the submission. */
    CHECKS,

    /** One that this version does not know. */
    UNKNOWN,
}

/** The end. */
public class DoneStep internal constructor(
    /** How the session ended. */
    public val outcome: Outcome,
) : Step(Held(AutoCloseable {}))

/** A kind that this version does not know: cancel the session. */
public class UnknownStep internal constructor() : Step(Held(AutoCloseable {}))
