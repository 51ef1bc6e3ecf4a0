package tr.kamusm

import tr.kamusm.ffi.Field as FfiField
import tr.kamusm.ffi.FieldError as FfiFieldError
import tr.kamusm.ffi.Form as FfiForm
import tr.kamusm.ffi.Section as FfiSection

/**
 * Başvuru Bilgileri: a form as the service has it, with the rules that are checked here before anything is sent. What it
 * says stays readable after it was closed.
 */
public class Form internal constructor(private val held: Held<FfiForm>) : Handle(held) {
    private val content = held { it.content() }

    /** The rules, a JSON Schema (2020-12). */
    public val schema: String get() = content.schema

    /** What the page shows, in its order. */
    public val sections: List<Section> = content.sections.map(::Section)

    /** The values by the names of their fields. They hold personal data: keep them out of logs. */
    public val values: Map<String, String> get() = content.values

    /** The fields that only the service changes. */
    public val locked: List<String> get() = content.locked

    /** The tag of this version, for [Portal.saveForm]. */
    public val etag: String get() = content.etag

    /** What the form's rules say against these values; nothing is sent. */
    public fun check(values: Map<String, String>): List<FieldError> = held { it.check(values) }.map(::FieldError)
}

/** A part of the form. */
public class Section internal constructor(section: FfiSection) {
    /** Its id. */
    public val id: String = section.id

    /** As the page shows it. */
    public val title: String = section.title

    /** Its fields. */
    public val fields: List<Field> = section.fields.map(::Field)
}

/** A field of the form. */
public class Field internal constructor(field: FfiField) {
    /** Its name among the values. */
    public val name: String = field.name

    /** As the page shows it. */
    public val label: String = field.label

    /** Whether it must be filled. */
    public val isRequired: Boolean = field.required

    /** How it is filled, such as `choice`. */
    public val kind: String = field.kind

    /** The list that a choice is made from, for [Portal.choices]. */
    public val optionsList: String? = field.optionsList
}

/** What is wrong with a field. */
public class FieldError internal constructor(error: FfiFieldError) {
    /** Its place, such as `/values/email` (RFC 6901). */
    public val pointer: String = error.pointer

    /** What is wrong, such as `required`; words of the service come as they are. */
    public val code: String = error.code
}

/** A row of a list. */
public class Choice internal constructor(
    /** What the form's value is. */
    public val code: String,
    /** As the page shows it. */
    public val title: String,
)
