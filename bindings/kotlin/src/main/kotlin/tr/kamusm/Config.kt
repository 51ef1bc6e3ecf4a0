package tr.kamusm

import tr.kamusm.ffi.ConfigSettings
import tr.kamusm.ffi.Config as FfiConfig

/** What a program says once about the service, itself and its network. Any number of sessions and threads share it. */
public class Config private constructor(internal val held: Held<FfiConfig>) : Handle(held) {
    /** Takes the lines out of the log of this configuration's sessions; each line comes once. */
    public fun log(): Log = held { it.log() }.let { log ->
        Log(log.lines.map { LogLine(it.atMs, it.text) }, log.dropped)
    }

    /** Collects the settings; [build] checks them all. */
    public class Builder internal constructor(private var settings: ConfigSettings) {
        /** PEM certificates that the service's TLS certificate must lead to; the platform's own without this. */
        public fun trustRootsPem(pem: ByteArray): Builder = with { copy(trustRootsPem = pem) }

        /** PEM certificates of authorities from which the chain above the signer's certificate is completed. */
        public fun intermediatesPem(pem: String): Builder = with { copy(intermediatesPem = pem) }

        /** `"system"` (as the system is set up, the default), `"none"`, or the address of a proxy. */
        public fun proxy(proxy: String): Builder = with { copy(proxy = proxy) }

        /** How long one exchange with the service may take, 1 000 to 300 000; 30 000 without this. */
        public fun timeoutMs(timeoutMs: Long): Builder = with { copy(timeoutMs = timeoutMs) }

        /** The program's name and version, each 1 to 64 printable ASCII characters; the portal shows them. */
        public fun client(name: String, version: String): Builder =
            with { copy(clientName = name, clientVersion = version) }

        /** The language of the service's own sentences; Turkish without this. */
        public fun language(language: Language): Builder = with { copy(language = language.toFfi()) }

        /** RFC 7638 thumbprints of the keys that may sign receipts; with at least one no other key is taken. */
        public fun receiptKeys(thumbprints: List<String>): Builder = with { copy(receiptKeys = thumbprints) }

        /** Lets texts outside the signed-text profile through; [Text.isProfileChecked] tells them. */
        public fun otherTextProfiles(allowed: Boolean): Builder = with { copy(otherTextProfiles = allowed) }

        /** How many lines the log keeps, 0 to 65 536; 256 without this. */
        public fun logLines(lines: Long): Builder = with { copy(logLines = lines) }

        /** @throws KamusmException.Usage [Code.CONFIG]: a setting is wrong */
        public fun build(): Config = Config(native { Held(FfiConfig(settings)) })

        private fun with(change: ConfigSettings.() -> ConfigSettings): Builder {
            settings = settings.change()
            return this
        }
    }

    public companion object {
        /** For the service at this address, `https://…`; plain http only on loopback with the sandbox. */
        @JvmStatic
        public fun builder(baseUrl: String, environment: Environment): Builder =
            Builder(ConfigSettings(baseUrl = baseUrl, environment = environment.toFfi()))
    }
}

/** Lines that were taken out of a configuration's log. */
public class Log internal constructor(
    /** The lines, oldest first. */
    public val lines: List<LogLine>,
    /** How many lines were dropped before these for want of room. */
    public val dropped: Long,
)

/** A line in English: steps, answers, numbers of errors; no personal data. */
public class LogLine internal constructor(
    /** When it was written, in milliseconds on the monotonic clock. */
    public val atMs: Long,
    /** What happened. */
    public val text: String,
)
