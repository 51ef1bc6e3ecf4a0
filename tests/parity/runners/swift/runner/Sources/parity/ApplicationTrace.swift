import Foundation
import Kamusm

func row(_ application: Application) -> Trace {
    [
        "no": application.no,
        "applied_on": application.appliedOn,
        "institution": application.institution,
        "product": application.product,
        "reason": application.reason,
        "status": trace(application.status),
        "warnings": application.warnings,
    ]
}

func trace(_ status: Application.Status) -> Trace {
    [
        "code": status.code,
        "title": status.title,
        "cancelled_by": orNull(status.cancelledBy),
        "action": ["code": status.action.code, "title": status.action.title],
        "body": status.body.map { block($0) },
    ]
}

func block(_ block: Application.Block) -> Trace {
    switch block {
    case .paragraph(let text): return ["kind": "paragraph", "text": text]
    case .item(let label, let text): return ["kind": "item", "label": label, "text": text]
    case .channels(let banks): return ["kind": "channels", "banks": banks.map(bank)]
    case .unknown: return ["kind": "unknown"]
    }
}

private func bank(_ bank: Application.Bank) -> Trace {
    [
        "name": bank.name,
        "branch": bank.branch,
        "internet": bank.internet,
        "mobile": bank.mobile,
        "atm": bank.atm,
        "call_centre": bank.callCentre,
    ]
}
