// Lists the person's applications with their statuses: status BASE_URL
// The token of the person's sign-in is a line of standard input, never an argument.

import kotlin.system.exitProcess
import tr.kamusm.Block
import tr.kamusm.Config
import tr.kamusm.Environment
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.Language
import tr.kamusm.PersonToken
import tr.kamusm.Portal
import tr.kamusm.Status

private fun print(status: Status) {
    for (block in status.body) {
        when (block) {
            is Block.Paragraph -> println("    ${block.text}")
            is Block.Item -> println("    ${block.label} ${block.text}")
            is Block.Channels -> block.banks.forEach { bank ->
                val channels = listOf(
                    "Banka Şubesi" to bank.branch,
                    "İnternet Şubesi" to bank.internet,
                    "Mobil Şube" to bank.mobile,
                    "ATM" to bank.atm,
                    "Çağrı Merkezi" to bank.callCentre,
                )
                println("    ${bank.name}:" + channels.filter { it.second }.joinToString("") { " ${it.first};" })
            }
            is Block.Unknown -> {}
        }
    }
}

fun main(arguments: Array<String>) {
    val line = readlnOrNull()
    if (arguments.size != 1 || line == null) {
        System.err.println("status BASE_URL")
        exitProcess(2)
    }
    try {
        Config.builder(arguments[0], Environment.SANDBOX).build().use { config ->
            val token = PersonToken.parse(line)
            for (row in Portal(config, token).applications().perform(HttpClient(config))) {
                println("${row.no}  ${row.appliedOn}  ${row.status.title}  [${row.status.action.title}]")
                print(row.status)
            }
        }
    } catch (error: KamusmException) {
        System.err.println(error.sentence(Language.TURKISH))
        exitProcess(1)
    }
}
