package tr.kamusm

import tr.kamusm.ffi.Consent as FfiConsent
import tr.kamusm.ffi.IdentityRefresh as FfiIdentityRefresh
import tr.kamusm.ffi.Me as FfiMe

/** The person who is signed in; what tells who she is comes masked. */
public class Me internal constructor(me: FfiMe) {
    /** Ad Soyad. */
    public val name: String = me.name

    /** The TCKN. */
    public val tckn: String = me.tckn

    /** The e-mail address. */
    public val email: String? = me.email

    /** The mobile number. */
    public val gsm: String? = me.gsm

    /** Whether she agreed to e-onay. */
    public val eonayConsent: Consent = Consent(me.eonayConsent)

    /** Whether she has a certificate that is valid now. */
    public val hasValidCertificate: Boolean = me.hasValidCertificate

    /** Where she is the e-imza sorumlusu. */
    public val institutions: List<Institution> = me.institutions.map { Institution(it.id, it.name) }
}

/** The consent to e-onay. */
public class Consent internal constructor(consent: FfiConsent) {
    /** Whether it is given. */
    public val isGiven: Boolean = consent.given

    /** When, RFC 3339. */
    public val givenAt: String? = consent.givenAt
}

/** An institution. */
public class Institution internal constructor(
    /** Its id. */
    public val id: String,
    /** Its name. */
    public val name: String,
)

/** What the population register says of the person. */
public class IdentityRefresh internal constructor(refresh: FfiIdentityRefresh) {
    /** Ad Soyad. */
    public val name: String = refresh.name

    /** The TCKN, masked. */
    public val tckn: String = refresh.tckn

    /** Whether something is another than before. */
    public val isChanged: Boolean = refresh.changed
}
