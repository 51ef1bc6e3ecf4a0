package tr.kamusm

import kotlinx.coroutines.flow.Flow
import tr.kamusm.ffi.ShowStep as FfiShowStep

/** Show the texts to the person, who accepts or declines. */
public class ShowStep internal constructor(internal val held: Held<FfiShowStep>) : Step(held) {
    /** The texts, 1 to 10, in order. */
    public val texts: List<Text> =
        held { it.texts() }.map { Text(it.title, it.octets, it.profileChecked) }

    /** Who, what, where. */
    public val facts: Facts = held { it.facts() }.let {
        Facts(
            it.service, it.origin, it.applicantName, it.applicantTckn, it.application, it.institution, it.product,
            it.warnings, it.createdAt, it.matchCode, it.signIn, it.deadlineMs,
        )
    }

    /** Kalan Süre: the whole seconds that are left, one value per second down to 0. */
    public fun countdown(): Flow<Int> = countdownTo(facts.deadlineMs)

    /** The whole seconds that are left now, the begun one counted. */
    public fun secondsLeft(): Int = secondsLeftTo(facts.deadlineMs)

    /** The person read and accepts all texts. */
    public fun accept(): Answer = held { Answer(it.accept()) }

    /** The person does not accept. */
    public fun decline(): Answer = held { Answer(it.decline()) }

    /** The person cancelled. */
    public fun cancelled(): Answer = held { Answer(it.cancelled()) }
}

/** One text to sign. */
public class Text internal constructor(
    /** "İmzalanacak Metin 1:". */
    public val title: String,
    /** The octets as received, UTF-8; these are shown and these are signed. */
    public val octets: ByteArray,
    /** Whether it follows the signed-text profile; false only where the configuration lets it through. */
    public val isProfileChecked: Boolean,
) {
    /** The octets as text, to show. */
    public val text: String get() = octets.decodeToString()
}

/** Who signs what, where. */
public class Facts internal constructor(
    /** The service's name. */
    public val service: String,
    /** The address of the portal. */
    public val origin: String,
    /** The applicant's name, masked by the service. */
    public val applicantName: String,
    /** The applicant's TCKN, masked by the service. */
    public val applicantTckn: String,
    /** The application's number, such as `SD-13712`. */
    public val application: String,
    /** The institution. */
    public val institution: String,
    /** The product. */
    public val product: String,
    /** Warnings of the service, such as `revokes_existing`. */
    public val warnings: List<String>,
    /** Oluşturma Tarihi, RFC 3339. */
    public val createdAt: String,
    /** Kontrol sayısı, four digits. The portal shows the same: let the person compare. */
    public val matchCode: String,
    /** Whether the text is one to sign in with; who, what and the kontrol sayısı are empty then. */
    public val isSignIn: Boolean,
    /** When the window (Kalan Süre) is over, in milliseconds on the monotonic clock. */
    public val deadlineMs: Long,
)
