package tr.kamusm

import tr.kamusm.ffi.Session as FfiSession
import tr.kamusm.ffi.clock

/**
 * One doğrulama kodu on its way to "İşlem Başarılı", or one sign-in by e-imza ([signIn]). It says the next step and takes
 * its answer; it does nothing itself. [run] and [runBlocking] are the loop; [step] and [answer] are for programs that write their own.
 */
public class Session private constructor(private val held: Held<FfiSession>) : Handle(held) {
    /** Begins a session for this code. Nothing is sent yet. */
    public constructor(code: VerificationCode, config: Config) :
        this(code.held { code -> config.held { Held(FfiSession(code, it)) } })

    /** When something changes by time alone, on the monotonic clock: the end of a pause or of the window. */
    public val deadlineMs: Long? get() = held { it.deadline() }

    /** Tells the next step: the same state gives the same step. */
    public fun step(): Step = held { Step.of(it.step(clock())) }

    /**
     * Takes the answer of the current step. On an error nothing has changed.
     *
     * @throws KamusmException.Usage [Code.STALE]: the step was over; ask for the next one
     */
    public fun answer(answer: Answer): Unit =
        held { session -> answer.held { session.answer(it, clock()) } }

    /** Ends the session: the next step tells the service, the one after it is [DoneStep]. */
    public fun cancel(): Unit = held { it.cancel() }

    /**
     * Runs the session to its end. The person's functions run where the caller runs, everything that blocks on
     * `Dispatchers.IO`. Cancelling the coroutine, like an exception of the person's functions, cancels `cancel` or the
     * session, tells the service, and is thrown on.
     */
    public suspend fun run(person: Person, http: HttpClient, cancel: CancelToken = CancelToken()): Outcome =
        Loop(this, person, BuiltIn(http), cancel).run()

    /** The same with the program's own transport. */
    public suspend fun run(person: Person, transport: Transport, cancel: CancelToken = CancelToken()): Outcome =
        Loop(this, person, Own(transport), cancel).run()

    /** The same for Java and for threads: it blocks, and ends also when the thread is interrupted. */
    @JvmOverloads
    @Throws(InterruptedException::class)
    public fun runBlocking(person: BlockingPerson, http: HttpClient, cancel: CancelToken = CancelToken()): Outcome =
        kotlinx.coroutines.runBlocking { run(person.suspending(), http, cancel) }

    /** The same with the program's own transport. */
    @JvmOverloads
    @Throws(InterruptedException::class)
    public fun runBlocking(
        person: BlockingPerson,
        transport: Transport,
        cancel: CancelToken = CancelToken(),
    ): Outcome = kotlinx.coroutines.runBlocking { run(person.suspending(), transport, cancel) }

    public companion object {
        /** Begins a sign-in by e-imza: one text that says so is shown and signed, and [Outcome.signedIn] tells who it is. */
        @JvmStatic
        public fun signIn(config: Config): Session = Session(config.held { Held(FfiSession.signIn(it)) })
    }
}
