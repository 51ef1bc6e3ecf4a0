package tr.kamusm.parity

/** A text that is JSON already. */
internal class JsonText(val text: String)

/** Maps, lists, texts, numbers, booleans and nothing, on one line. */
internal fun json(value: Any?): String = when (value) {
    null -> "null"
    is JsonText -> value.text
    is Boolean, is Int, is Long -> value.toString()
    is Map<*, *> -> value.entries.joinToString(",", "{", "}") { "${json(it.key)}:${json(it.value)}" }
    is List<*> -> value.joinToString(",", "[", "]", transform = ::json)
    else -> text(value.toString())
}

internal fun hex(octets: ByteArray): String = octets.joinToString("") { "%02x".format(it) }

private fun text(value: String): String = buildString {
    append('"')
    for (character in value) {
        when {
            character == '"' || character == '\\' -> append('\\').append(character)
            character < ' ' -> append("\\u%04x".format(character.code))
            else -> append(character)
        }
    }
    append('"')
}
