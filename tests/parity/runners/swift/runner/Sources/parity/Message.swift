import Foundation
import Kamusm

// The messages of the calls as the traces show them: the names of the wire, the words of the service.

/// An error of a single call: with what the service says of fields, tries and who else is to blame.
func refusal(_ error: KamusmError) -> Trace {
    let more: Trace = [
        "fields": fields(error.fields), "attempts_left": orNull(error.attemptsLeft), "upstream": orNull(error.upstream),
    ]
    return trace(error).merging(more) { $1 }
}

func fields(_ errors: [FieldError]) -> [Trace] {
    errors.map { ["pointer": $0.pointer, "code": $0.code] }
}

func message(_ application: Application) -> Trace {
    let production = application.production
    let more: Trace = [
        "state": application.state,
        "form": application.form,
        "payment": application.payment,
        "production": ["state": production.state, "earliest_on": orNull(production.earliestOn)] as Trace,
        "etag": orNull(application.etag),
    ]
    return row(application).merging(more) { $1 }
}

func message(_ me: Me) -> Trace {
    [
        "name": me.name,
        "tckn": me.tckn,
        "email": orNull(me.email),
        "gsm": orNull(me.gsm),
        "eonay_consent": message(me.eonayConsent),
        "has_valid_certificate": me.hasValidCertificate,
        "institutions": me.institutions.map { ["id": $0.id, "name": $0.name] },
    ]
}

func message(_ consent: Consent) -> Trace {
    ["given": consent.given, "given_at": orNull(consent.givenAt)]
}

func message(_ refresh: IdentityRefresh) -> Trace {
    ["name": refresh.name, "tckn": refresh.tckn, "changed": refresh.changed]
}

func message(_ form: Form) throws -> Trace {
    [
        "schema": try JSONSerialization.jsonObject(with: Data(form.schema.utf8)),
        "sections": form.sections.map { section -> Trace in
            let fields = section.fields.map { field -> Trace in
                [
                    "name": field.name,
                    "label": field.label,
                    "required": field.required,
                    "kind": field.kind,
                    "options_list": orNull(field.optionsList),
                ]
            }
            return ["id": section.id, "title": section.title, "fields": fields]
        },
        "values": form.values,
        "locked": form.locked,
        "etag": form.etag,
    ]
}

func message(_ phone: PhoneVerification) -> Trace {
    [
        "id": phone.id,
        "gsm": phone.gsm,
        "expires_in": Int(phone.expiresIn),
        "attempts_left": Int(phone.attemptsLeft),
        "resend_in": Int(phone.resendIn),
    ]
}

func message(_ approval: Approval) -> Trace {
    [
        "methods": approval.methods.map { method -> Trace in
            [
                "code": method.code,
                "title": method.title,
                "available": method.available,
                "reason": orNull(method.reason),
            ]
        },
        "commitments": approval.commitments.map { commitment -> Trace in
            [
                "id": commitment.id,
                "title": commitment.title,
                "version": commitment.version,
                "digest": commitment.digest,
                "length": Int(commitment.length),
            ]
        },
        "warnings": approval.warnings,
        "form_digest": approval.formDigest,
    ]
}

func message(_ result: ApplicationResult) -> Trace {
    [
        "state": result.state,
        "title": result.title,
        "receipt": orNull(result.receipt),
        "status": trace(result.status),
    ]
}

func message(_ code: SignCode) throws -> Trace {
    [
        "id": code.id,
        "state": code.state,
        "code": orNull(try code.code?.written),
        "created_at": code.createdAt,
        "expires_in": Int(code.expiresIn),
        "second_redemptions": Int(code.secondRedemptions),
        "session": orNull(code.session.map { message($0) }),
    ]
}

func message(_ session: SignCode.Session) -> Trace {
    let client = session.client
    return [
        "state": session.state,
        "match_code": session.matchCode,
        "client": [
            "name": client.name,
            "version": client.version,
            "network": client.network,
            "is_other_network": client.isOtherNetwork,
        ] as Trace,
        "created_at": session.createdAt,
        "hard_expires_in": Int(session.hardExpiresIn),
    ]
}

func message(_ payment: Payment) -> Trace {
    [
        "state": payment.state,
        "payer": payment.payer,
        "prepaid": payment.prepaid,
        "amount_kurus": Int(payment.amountKurus),
        "currency": payment.currency,
        "body": payment.body.map { block($0) },
        "virtual_pos": payment.virtualPos,
    ]
}

func message(_ intent: PaymentIntent) -> Trace {
    ["id": intent.id, "address": intent.address, "expires_in": Int(intent.expiresIn)]
}

func message(_ one: Evidence) -> Trace {
    [
        "id": one.id,
        "session_id": orNull(one.sessionId),
        "document_id": orNull(one.documentId),
        "media_type": one.mediaType,
        "length": Int(one.length),
        "digest": one.digest,
        "created_at": one.createdAt,
    ]
}

func message(_ row: PreApplication.Row) -> Trace {
    switch row.result {
    case .success(let item): return ["line": Int(row.line), "result": message(item)]
    case .failure(let error): return ["line": Int(row.line), "result": refusal(error)]
    }
}

func message(_ item: PreApplication) -> Trace {
    let masked = { (text: String, kind: Value.Kind) -> Any in orNull(try? Value.parse(text, as: kind).masked) }
    return [
        "tckn": masked(item.tckn, .uncheckedTckn),
        "name": item.name,
        "email": masked(item.email, .email),
        "gsm": orNull(item.gsm.map { masked($0, .gsm) }),
        "reason": item.reason,
        "institution_change": item.institutionChange,
        "payer": orNull(item.payer),
        "prepaid": orNull(item.prepaid),
        "product": orNull(item.product),
    ]
}

func message(_ placed: PreApplication.Placed) -> Trace {
    switch placed.result {
    case .success(let number): return ["row": Int(placed.row), "no": number, "thrown": NSNull()]
    case .failure(let error): return ["row": Int(placed.row), "no": NSNull(), "thrown": refusal(error)]
    }
}

func message(_ one: StaffApplication) -> Trace {
    [
        "no": one.no,
        "name": one.name,
        "tckn": one.tckn,
        "applied_on": one.appliedOn,
        "status": trace(one.status),
        "etag": orNull(one.etag),
    ]
}

/// `sha256sum` of the toolchain's system: Foundation has no digest on Linux.
func sha256(_ octets: Data) -> String {
    let (process, input, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    (process.standardInput, process.standardOutput) = (input, output)
    guard (try? process.run()) != nil else { fatalError("sha256sum is not there") }
    input.fileHandleForWriting.write(octets)
    input.fileHandleForWriting.closeFile()
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile().prefix(64), as: UTF8.self)
}
