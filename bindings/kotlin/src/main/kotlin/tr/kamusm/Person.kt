package tr.kamusm

/**
 * What only the person and the card can answer. An answer of none leaves the step as it is: it comes again, unless the
 * session has moved on meanwhile.
 */
public interface Person {
    /** Shows the texts: [ShowStep.accept] or [ShowStep.decline]. */
    public suspend fun show(step: ShowStep, cancel: CancelToken): Answer?

    /** Chooses a certificate: [ChooseStep.firstOf], [ChooseStep.identity] or [ChooseStep.certificate]. */
    public suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer?

    /** Asks for the PIN, here and not before, and signs: [awaitSign], or [SignStep.signatures] with one's own key. */
    public suspend fun sign(step: SignStep, cancel: CancelToken): Answer?

    /**
     * Nothing was signed because of the PIN. Tell the person; the same step comes again, and [sign] asks again. Whoever
     * cannot ask again throws: a PIN that is tried twice locks the card.
     */
    public suspend fun pinRefused(error: KamusmException)

    /** Told of every step before it is performed, such as a [WaitStep] whose reason the person should know. */
    public suspend fun begins(step: Step) {}
}

/** [Person] for Java and for threads: its functions run on the thread that runs the session. */
public interface BlockingPerson {
    /** Shows the texts: [ShowStep.accept] or [ShowStep.decline]. */
    public fun show(step: ShowStep, cancel: CancelToken): Answer?

    /** Chooses a certificate: [ChooseStep.firstOf], [ChooseStep.identity] or [ChooseStep.certificate]. */
    public fun choose(step: ChooseStep, cancel: CancelToken): Answer?

    /** Asks for the PIN, here and not before, and signs: [Token.sign], or [SignStep.signatures] with one's own key. */
    public fun sign(step: SignStep, cancel: CancelToken): Answer?

    /** As [Person.pinRefused]. */
    public fun pinRefused(error: KamusmException)

    /** As [Person.begins]. */
    public fun begins(step: Step) {}
}

internal fun BlockingPerson.suspending(): Person {
    val blocking = this
    return object : Person {
        override suspend fun show(step: ShowStep, cancel: CancelToken) = blocking.show(step, cancel)

        override suspend fun choose(step: ChooseStep, cancel: CancelToken) = blocking.choose(step, cancel)

        override suspend fun sign(step: SignStep, cancel: CancelToken) = blocking.sign(step, cancel)

        override suspend fun pinRefused(error: KamusmException) = blocking.pinRefused(error)

        override suspend fun begins(step: Step) = blocking.begins(step)
    }
}
