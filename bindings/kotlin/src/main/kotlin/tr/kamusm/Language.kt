package tr.kamusm

import java.util.Locale
import tr.kamusm.ffi.Language as FfiLanguage

/** The languages of the sentences. */
public enum class Language {
    /** Türkçe. */
    TURKISH,

    /** English. */
    ENGLISH,

    ;

    internal fun toFfi(): FfiLanguage = if (this == ENGLISH) FfiLanguage.ENGLISH else FfiLanguage.TURKISH

    internal companion object {
        /** As everywhere in this project, who does not speak English is told in Turkish. */
        fun ofSystem(): Language = if (Locale.getDefault().language == "en") ENGLISH else TURKISH
    }
}
