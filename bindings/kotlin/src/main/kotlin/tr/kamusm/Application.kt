package tr.kamusm

import tr.kamusm.ffi.Application as FfiApplication
import tr.kamusm.ffi.Block as FfiBlock
import tr.kamusm.ffi.Status as FfiStatus

/** An application with its status. Words of the service come as they are, so that new ones are not lost. */
public class Application internal constructor(application: FfiApplication) {
    /** Sipariş No. */
    public val no: String = application.no

    /** Başvuru Tarihi, `YYYY-MM-DD`. */
    public val appliedOn: String = application.appliedOn

    /** The institution. */
    public val institution: String = application.institution

    /** The product. */
    public val product: String = application.product

    /** Why it is applied for, such as `renewal`. */
    public val reason: String = application.reason

    /** Başvuru Durumu. */
    public val status: Status = Status(application.status)

    /** Warnings, such as `revokes_existing`. */
    public val warnings: List<String> = application.warnings

    /** Where it stands, such as `phone_verified`; empty where an older service does not say. */
    public val state: String = application.state

    /** What became of the form, such as `saved`. */
    public val form: String = application.form

    /** What became of the payment, such as `received`. */
    public val payment: String = application.payment

    /** What became of the card. */
    public val production: Production =
        Production(application.production.state, application.production.earliestOn)

    /** The tag of this version where it was read alone, for [Portal.watchApplication]. */
    public val etag: String? = application.etag
}

/** The production of the card. */
public class Production internal constructor(
    /** What became of it, such as `scheduled`. */
    public val state: String,
    /** The first day on which it may be made, `YYYY-MM-DD`. */
    public val earliestOn: String?,
)

/** A status with the service's texts. */
public class Status internal constructor(status: FfiStatus) {
    /** Which status, such as `production_pending`. */
    public val code: String = status.code

    /** As the list shows it. */
    public val title: String = status.title

    /** Who cancelled, such as `person`. */
    public val cancelledBy: String? = status.cancelledBy

    /** The text. */
    public val body: List<Block> = status.body.map(Block::of)

    /** What the person can do. */
    public val action: Action = Action(status.action.code, status.action.title)
}

/** The button of a row. */
public class Action internal constructor(
    /** Which action, such as `complete`. */
    public val code: String,
    /** As the button shows it. */
    public val title: String,
)

/** A part of a status text. */
public sealed class Block {
    /** Running text. */
    public class Paragraph internal constructor(
        /** The text. */
        public val text: String,
    ) : Block()

    /** A point. */
    public class Item internal constructor(
        /** Its number or letter. */
        public val label: String,
        /** The text. */
        public val text: String,
    ) : Block()

    /** Banks with their channels of payment; they differ from text to text. */
    public class Channels internal constructor(
        /** Each bank. */
        public val banks: List<Bank>,
    ) : Block()

    /** A kind of block that this version does not know. */
    public class Unknown internal constructor() : Block()

    internal companion object {
        fun of(block: FfiBlock): Block = when (block) {
            is FfiBlock.Paragraph -> Paragraph(block.text)
            is FfiBlock.Item -> Item(block.label, block.text)
            is FfiBlock.Channels -> Channels(
                block.banks.map { Bank(it.name, it.branch, it.internet, it.mobile, it.atm, it.callCentre) },
            )
            is FfiBlock.Unknown -> Unknown()
        }
    }
}

/** A bank and the channels through which it takes the payment. */
public class Bank internal constructor(
    /** Its name. */
    public val name: String,
    /** Banka Şubesi. */
    public val branch: Boolean,
    /** İnternet Şubesi. */
    public val internet: Boolean,
    /** Mobil Şube. */
    public val mobile: Boolean,
    /** ATM. */
    public val atm: Boolean,
    /** Çağrı Merkezi. */
    public val callCentre: Boolean,
)
