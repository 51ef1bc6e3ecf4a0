package tr.kamusm

import tr.kamusm.ffi.ApplicationCall as FfiApplicationCall
import tr.kamusm.ffi.ApplicationsCall as FfiApplicationsCall
import tr.kamusm.ffi.PersonToken as FfiPersonToken
import tr.kamusm.ffi.applicationRead
import tr.kamusm.ffi.applicationsList

/** A bearer token of the person's sign-in. It is a credential: keep it out of logs. */
public class PersonToken private constructor(internal val held: Held<FfiPersonToken>) : Handle(held) {
    public companion object {
        /** 1 to 4096 visible ASCII characters (RFC 6750 2.1). */
        @JvmStatic
        public fun parse(text: String): PersonToken = PersonToken(native { Held(FfiPersonToken.parse(text)) })
    }
}

/** The person's applications (Başvurularım), read with the person's token. */
public class Applications private constructor(
    private val config: Config,
    private val token: PersonToken,
    private val exchange: Exchange,
) {
    /** Asks by the library's own transport. */
    public constructor(config: Config, token: PersonToken, http: HttpClient) : this(config, token, BuiltIn(http))

    /** Asks by the program's own transport. */
    public constructor(config: Config, token: PersonToken, transport: Transport) :
        this(config, token, Own(transport))

    /** All applications of the person, the latest first. It blocks. */
    @JvmOverloads
    public fun list(cancel: CancelToken = CancelToken()): List<Application> =
        config.held { config -> token.held { ApplicationsCall(Held(applicationsList(config, it))) } }
            .use { exchange.applications(it, cancel) }

    /** One application, such as `SD-13712`; somebody else's is [Code.NOT_FOUND]. It blocks. */
    @JvmOverloads
    public fun read(number: String, cancel: CancelToken = CancelToken()): Application =
        config.held { config -> token.held { ApplicationCall(Held(applicationRead(config, it, number))) } }
            .use { exchange.application(it, cancel) }
}

internal class ApplicationsCall(val held: Held<FfiApplicationsCall>) : Handle(held) {
    val request: Request get() = Request(held { it.request() })

    fun decode(response: Response): List<Application> = held { it.decode(response.toFfi()) }.map(::Application)
}

internal class ApplicationCall(val held: Held<FfiApplicationCall>) : Handle(held) {
    val request: Request get() = Request(held { it.request() })

    fun decode(response: Response): Application = Application(held { it.decode(response.toFfi()) })
}
