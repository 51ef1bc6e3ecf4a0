"""Lists the person's applications with their statuses: applications.py BASE_URL

The token of the person's sign-in is a line of standard input, never an argument.
"""

from __future__ import annotations

import sys

import kamusm

COLUMNS = {
    "branch": "Banka Şubesi",
    "internet": "İnternet Şubesi",
    "mobile": "Mobil Şube",
    "atm": "ATM",
    "call_centre": "Çağrı Merkezi",
}


def print_block(block: kamusm.Block) -> None:
    match block:
        case kamusm.Paragraph(text):
            print(f"    {text}")
        case kamusm.Item(label, text):
            print(f"    {label} {text}")
        case kamusm.Channels(banks):
            for bank in banks:
                taken = "".join(f" {title};" for field, title in COLUMNS.items() if getattr(bank, field))
                print(f"    {bank.name}:{taken}")


def main() -> int:
    if len(sys.argv) != 2:
        print("applications.py BASE_URL", file=sys.stderr)
        return 2
    try:
        token = kamusm.PersonToken(sys.stdin.readline().strip())
        config = kamusm.Config(sys.argv[1], kamusm.Environment.SANDBOX)
        with kamusm.HttpClient(config) as http:
            applications = http.call(kamusm.Portal(config, token).applications())
    except kamusm.KamusmError as error:
        print(error, file=sys.stderr)
        return 1
    for one in applications:
        print(f"{one.no}  {one.applied_on}  {one.status.title}  [{one.status.action.title}]")
        for block in one.status.body:
            print_block(block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
