package tr.kamusm

import tr.kamusm.ffi.CsvRow as FfiCsvRow
import tr.kamusm.ffi.Placed as FfiPlaced
import tr.kamusm.ffi.PreApplication as FfiPreApplication
import tr.kamusm.ffi.StaffApplication as FfiStaffApplication
import tr.kamusm.ffi.preApplicationsFromCsv

/** One of an institution's staff who may apply. It holds personal data: keep it out of logs. */
public class PreApplication @JvmOverloads constructor(
    /** The TCKN; whether its check digits are right is the service's matter. */
    public val tckn: String,
    /** Ad Soyad. */
    public val name: String,
    /** The e-mail address. */
    public val email: String,
    /** Why a certificate is needed, such as `first`. */
    public val reason: String,
    /** The mobile number. */
    public val gsm: String? = null,
    /** Whether the person comes from another institution. */
    public val isInstitutionChange: Boolean = false,
    /** Who pays, such as `institution`. */
    public val payer: String? = null,
    /** Whether it is paid before. */
    public val isPrepaid: Boolean? = null,
    /** The product. */
    public val product: String? = null,
) {
    internal constructor(item: FfiPreApplication) : this(
        item.tckn, item.name, item.email, item.reason, item.gsm, item.institutionChange, item.payer, item.prepaid,
        item.product,
    )

    internal fun toFfi() =
        FfiPreApplication(tckn, name, email, reason, gsm, isInstitutionChange, payer, isPrepaid, product)

    public companion object {
        /**
         * The rows of a CSV file (at most 500 rows and 256 KiB), each with its own result; what is no such file is
         * refused.
         */
        @JvmStatic
        public fun fromCsv(octets: ByteArray): List<CsvRow> = native { preApplicationsFromCsv(octets) }.map(::CsvRow)
    }
}

/** A row of a CSV file: what it says, or why it is refused. */
public class CsvRow internal constructor(row: FfiCsvRow) {
    /** The line that it begins at, from 1. */
    public val line: Long = row.line

    /** What it says. */
    public val item: PreApplication? = row.item?.let { PreApplication(it) }

    /** Why it is refused; its fields name the columns, such as `/email`. */
    public val error: KamusmException? = row.error?.let(KamusmException::of)
}

/** What became of a row of a submission. */
public class Placed internal constructor(placed: FfiPlaced) {
    /** Which row, from 1. */
    public val row: Long = placed.row

    /** The number of the new application. */
    public val number: String? = placed.number

    /** Why the row is refused. */
    public val error: KamusmException? = placed.error?.let(KamusmException::of)
}

/** An application of one of the staff; what tells who it is comes masked. */
public class StaffApplication internal constructor(application: FfiStaffApplication) {
    /** Sipariş No. */
    public val no: String = application.no

    /** Ad Soyad. */
    public val name: String = application.name

    /** The TCKN. */
    public val tckn: String = application.tckn

    /** Başvuru Tarihi, `YYYY-MM-DD`. */
    public val appliedOn: String = application.appliedOn

    /** Başvuru Durumu. */
    public val status: Status = Status(application.status)

    /** The tag of this version where it was read alone, for [Portal.watchStaffApplication]. */
    public val etag: String? = application.etag
}
