// A signer by java.security.KeyStore, whose keys never leave it: the shape of the Android keystore and of HSM providers.

import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Signature
import tr.kamusm.Answer
import tr.kamusm.ChooseStep
import tr.kamusm.Code
import tr.kamusm.SignStep

/** Answers the Choose and the Sign step with the key of one entry. */
class KeyStoreSigner(private val store: KeyStore, private val alias: String) {
    private val chain = store.getCertificateChain(alias).map { it.encoded }

    /** There is one certificate only: once refused, nothing is left. */
    fun choose(step: ChooseStep): Answer = if (step.refusals.isEmpty()) {
        step.certificate(chain.first(), chain.drop(1))
    } else {
        step.failed(Code.NO_SIGNING_CERTIFICATE, "the only certificate was refused")
    }

    /** `password` opens the entry; an Android keystore asks the person by itself and takes none. */
    fun sign(step: SignStep, password: CharArray?): Answer = try {
        val key = store.getKey(alias, password) as PrivateKey
        val values = step.items.map { item ->
            Signature.getInstance(item.algorithm.jcaName).run {
                initSign(key)
                update(item.toBeSigned)
                sign()
            }
        }
        step.signatures(values)
    } catch (error: GeneralSecurityException) {
        step.failed(Code.TOKEN_OTHER, "the keystore did not sign: ${error.javaClass.simpleName}")
    } finally {
        password?.fill('\u0000')
    }
}
