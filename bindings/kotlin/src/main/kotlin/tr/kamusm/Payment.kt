package tr.kamusm

import tr.kamusm.ffi.Payment as FfiPayment
import tr.kamusm.ffi.PaymentIntent as FfiPaymentIntent

/** Ödeme: who pays what. */
public class Payment internal constructor(payment: FfiPayment) {
    /** What became of it, such as `pending`. */
    public val state: String = payment.state

    /** Who pays, such as `person`. */
    public val payer: String = payment.payer

    /** Whether it is paid before. */
    public val isPrepaid: Boolean = payment.prepaid

    /** The amount in kuruş. */
    public val amountKurus: Long = payment.amountKurus

    /** The currency, such as `TRY`. */
    public val currency: String = payment.currency

    /** The text. */
    public val body: List<Block> = payment.body.map(Block::of)

    /** Whether it can be paid at the virtual POS: [Portal.startPayment]. */
    public val hasVirtualPos: Boolean = payment.virtualPos
}

/** A payment that waits at the virtual POS. */
public class PaymentIntent internal constructor(intent: FfiPaymentIntent) {
    /** Its id. */
    public val id: String = intent.id

    /** The page to open in the person's browser; who has it can pay. */
    public val address: String = intent.address

    /** Seconds for which it is good. */
    public val expiresInSeconds: Long = intent.expiresIn
}
