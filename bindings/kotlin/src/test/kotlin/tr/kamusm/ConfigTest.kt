package tr.kamusm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ConfigTest {
    private fun builder() = Config.builder("https://example.org", Environment.PRODUCTION)

    @Test
    fun `all settings are taken`() {
        builder().client("program", "2.0").language(Language.ENGLISH).proxy("none").timeoutMs(5_000)
            .trustRootsPem(Sandbox.anchorPem).intermediatesPem(Sandbox.intermediatePem)
            .receiptKeys(listOf("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")).otherTextProfiles(true)
            .logLines(3).build().close()
    }

    @Test
    fun `each setting is checked`() {
        val wrong = listOf(
            { Config.builder("http://example.org", Environment.PRODUCTION).build() },
            { builder().client("", "1").build() },
            { builder().timeoutMs(-1).build() },
            { builder().intermediatesPem("-----BEGIN CERTIFICATE-----").build() },
            { builder().receiptKeys(listOf("short")).build() },
            { builder().logLines(-1).build() },
            { HttpClient(builder().proxy("::").build()) },
        )
        for ((place, build) in wrong.withIndex()) {
            val error = assertThrows<KamusmException.Usage>("number $place") { build() }
            assertEquals(Code.CONFIG, error.code)
        }
    }

    @Test
    fun `the log tells the steps once`() {
        val config = Sandbox.config()
        Session(VerificationCode.parse(Sandbox.code()), config).use { session ->
            session.step().use { step -> (step as SendStep).cancelled().use(session::answer) }
        }
        val log = config.log()
        assertTrue(log.lines.isNotEmpty())
        assertEquals(0, log.dropped)
        assertTrue(config.log().lines.isEmpty())
    }
}
