package tr.kamusm

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ApplicationsTest {
    private val config = Sandbox.config()
    private val http = HttpClient(config)

    @Test
    fun `the person's applications with their status`() {
        val order = Sandbox.order()
        val applications = Applications(config, PersonToken.parse(Sandbox.personToken()), http)
        val list = runBlocking { applications.awaitList() }
        val row = list.single { it.no == order }
        assertEquals("Deneme Kurumu", row.institution)
        assertEquals("first", row.reason)
        val read = runBlocking { applications.awaitRead(order) }
        assertEquals(row.status.code, read.status.code)
        assertEquals("form_and_payment_pending", read.status.code)
        assertEquals("complete", read.status.action.code)
        assertTrue(read.status.title.isNotEmpty() && read.status.body.any { it is Block.Paragraph })
        assertTrue(list.any { application -> application.status.body.any { it is Block.Channels && it.banks.isNotEmpty() } })
        assertTrue(list.any { it.status.cancelledBy != null })
        assertEquals(Code.NOT_FOUND, assertThrows<KamusmException.Service> { applications.read("SD-90001") }.code)
        assertEquals(Code.RANGE, assertThrows<KamusmException.Usage> { applications.read("../x") }.code)
    }

    @Test
    fun `a token of nobody`() {
        val error = assertThrows<KamusmException.Service> {
            Applications(config, PersonToken.parse("nobody"), http).list()
        }
        assertEquals(Code.UNAUTHENTICATED, error.code)
        assertEquals(401, error.httpStatus)
    }
}
