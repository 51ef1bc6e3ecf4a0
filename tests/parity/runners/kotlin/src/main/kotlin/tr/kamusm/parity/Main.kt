/**
 * Performs the scenarios of the parity table with the Kotlin layer: scenarios on standard input, one JSON line each on
 * standard output (tests/parity/README.md).
 */
package tr.kamusm.parity

import tr.kamusm.KamusmException

fun main() {
    val output = System.out.writer()
    val lines = mutableListOf<String>()
    for (line in System.`in`.bufferedReader().lineSequence()) {
        if (line.isNotEmpty()) {
            lines += line
            continue
        }
        output.write(json(performed(Scenario(lines.toList()))) + "\n")
        output.flush()
        lines.clear()
    }
}

private fun performed(scenario: Scenario): Map<String, Any?> {
    val name = mapOf("name" to scenario.text("name"))
    scenario.unknownKey()?.let { return name + mapOf("unsupported" to it) }
    return name + when (val kind = scenario.text("kind")) {
        "session", "sign_in" -> SessionRun(scenario).trace()
        "applications" -> told("applications") { applications(scenario) }
        "application" -> told("application") { application(scenario) }
        "call" -> called(scenario)
        "identities" -> told("identities") { identities(scenario) }
        "code" -> told("environment") { environment(scenario) }
        "config" -> told("ok") { scenario.config().close() }.let { it + ("ok" to (it["thrown"] == null)) }
        "errors" -> mapOf("codes" to codes())
        "cades_sign" -> told("cms") { cadesSign(scenario) }
        "cades_verify" -> told("signatures") { cadesVerify(scenario) }
        else -> mapOf("unsupported" to kind)
    }
}

/** `{field: value or null, "thrown": error or null}`. */
private fun told(field: String, value: () -> Any?): Map<String, Any?> = try {
    mapOf(field to value(), "thrown" to null)
} catch (error: KamusmException) {
    mapOf(field to null, "thrown" to errorTrace(error))
}
