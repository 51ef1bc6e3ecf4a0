"""What schemathesis cannot guess: living orders, codes and sessions, so that requests come behind the tokens.

Half of the requests get identifiers that are there; a session serves fewer requests than its limit allows and is then
left for a new one. Nothing of the service is switched off for the run.
"""

import atexit
import collections
import functools
import itertools
import json
import os
import random
import re

import requests
import schemathesis

BASE = os.environ["KAMUSM_BASE_URL"]
TCKN = os.environ["KAMUSM_TCKN"]
PERSON = {"Authorization": "Bearer " + os.environ["KAMUSM_PERSON_TOKEN"]}
OFFICER = "10000011036"
INSTITUTION = "deneme-kurumu"
ADMIN = {"Authorization": "Bearer " + os.environ["KAMUSM_ADMIN_TOKEN"]}
SESSION = "Bearer a living session"
# The service allows 120 a minute.
REQUESTS_OF_A_SESSION = 100

FORM = [
    ["Sertifika Süresi", "3 yıl"],
    ["Kart Okuyucu", "İstemiyorum"],
    ["Sertifikanız İnternette Yayınlansın mı?", "Hayır"],
    ["Kurum Adı", "Deneme Kurumu"],
    ["Çalıştığı Birim", "Bilgi İşlem Müdürlüğü"],
    ["Ünvan", "Mühendis"],
    ["İl", "Kocaeli"],
    ["Teslimat Yöntemi", "Kurye ile elden teslim"],
]
AUTHORIZATION = {
    "response_type": "code",
    "client_id": "kamusm-sdk",
    "redirect_uri": "http://127.0.0.1:1/giris",
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}
# Nobody gets so far by chance; the tests in Rust do, with signatures and by what comes before.
NEVER_DONE = {
    "PUT /api/v1/sign-sessions/{sid}/submission": "needs signatures",
    "GET /api/v1/sign-sessions/{sid}/submission": "needs a submission",
    "GET /api/v1/applications/{no}/evidence/{eid}": "needs accepted signatures",
    "PUT /api/v1/auth/eimza/challenges/{id}/response": "needs a signature",
    "POST /oauth/authorize": "leads to the client's own address",
    "POST /oauth/token": "needs a code from that address",
}

numbers = itertools.count(700_000)
http = requests.Session()
random.seed(int(os.environ["KAMUSM_SEED"]))


def asked(method, path, headers, body=None):
    key = {"Idempotency-Key": f"schemathesis-anahtari-{next(numbers)}"}
    response = http.request(method, BASE + path, headers=headers | key, json=body, timeout=30)
    response.raise_for_status()
    return response


def code(no):
    return asked("POST", f"/admin/v1/orders/{no}/sign-codes", ADMIN).json()


def redemption(code):
    return {"code": code, "client": {"name": "schemathesis", "version": "1"}}


def certificate():
    pem = asked("POST", f"/admin/v1/persons/{TCKN}/certificates", ADMIN, {"key": "p256"}).json()["certificate"]
    return "".join(line for line in pem.splitlines() if not line.startswith("-"))


CERTIFICATE = certificate()
OFFICERS_TOKEN = "Bearer " + asked("POST", f"/admin/v1/persons/{OFFICER}/tokens", ADMIN).json()["token"]
asked("POST", "/api/v1/me/eonay-consent", PERSON, {"accepted": True})


class Living:
    """An order with a code and a session."""

    def __init__(self):
        self.no = f"SD-{next(numbers)}"
        asked("POST", f"/admin/v1/persons/{TCKN}/orders", ADMIN, {"no": self.no, "texts": 2, "form": FORM})
        issued = code(self.no)
        redeemed = asked("POST", "/api/v1/sign-sessions", {}, redemption(issued["code"])).json()
        self.code_id, self.session_id, self.token = issued["id"], redeemed["session"]["id"], redeemed["token"]
        self.requests = 0
        self.sms = None

    def change_telephone(self):
        form = good_form(self.no)
        form["body"]["values"]["gsm"] = f"+90532{next(numbers):07}"
        asked("PUT", f"/api/v1/applications/{self.no}/form", PERSON | form["headers"], form["body"])

    def sms_id(self):
        if self.sms is None:
            self.change_telephone()
            self.sms = asked("POST", f"/api/v1/applications/{self.no}/phone-verifications", PERSON, {}).json()["id"]
        return self.sms

    def start_window(self):
        token = {"Authorization": "Bearer " + self.token}
        asked("POST", f"/api/v1/sign-sessions/{self.session_id}/window", token, {})

    def is_tired(self):
        self.requests += 1
        return self.requests > REQUESTS_OF_A_SESSION


living = None


def alive():
    global living
    if living is None or living.is_tired():
        living = Living()
    return living


def forget():
    global living
    living = None


def place(path, name, thing):
    """The identifier of this name in this path."""
    if name == "no" and "/institutions/" in path:
        return begun()
    if name == "no":
        return thing.no
    if name == "sid":
        return thing.session_id
    if name == "n":
        return random.choice(["1", "2"])
    if name == "list":
        return random.choice(["provinces", "delivery-methods", "operators", "card-readers", "info-channels"])
    if name == "id" and "/sign-codes/" in path:
        return thing.code_id
    if name == "id" and "/phone-verifications/" in path:
        return thing.sms_id()
    if name == "id" and "/institutions/" in path:
        return INSTITUTION
    if name == "id" and "/commitments/" in path:
        return "nes-sahibi-1"
    return None


@schemathesis.hook
def before_call(context, case, kwargs):
    thing = alive()
    if case.headers.get("Authorization") == SESSION:
        case.headers["Authorization"] = "Bearer " + thing.token
    if "/institutions/" in case.path and case.headers.get("Authorization") == PERSON["Authorization"]:
        case.headers["Authorization"] = OFFICERS_TOKEN
    if case.path == "/oauth/authorize" and case.method == "GET" and case.query and random.random() < 0.5:
        case.query.update(AUTHORIZATION)
    if case.path == "/api/v1/sign-sessions" and isinstance(case.body, dict) and random.random() < 0.3:
        case.body = redemption(code(thing.no)["code"])
        forget()
    if not case.path_parameters or random.random() < 0.3:
        return
    if case.path.endswith("/phone-verifications"):
        thing.change_telephone()
    elif case.path.endswith("/extensions"):
        thing.start_window()
    for name in case.path_parameters:
        value = place(case.path, name, thing)
        if value is not None:
            case.path_parameters[name] = value
    make_good(case, thing)


def make_good(case, thing):
    """Half of the bodies become ones that mean something, so that there is more than refusals."""
    if not isinstance(case.body, dict) or random.random() < 0.5:
        return
    base = f"/api/v1/applications/{thing.no}"
    if case.path.endswith("/form") and case.method == "PUT":
        form = good_form(thing.no)
        case.body = form["body"]
        if "If-Match" in case.headers:
            case.headers.update(form["headers"])
    elif case.path.endswith("/attempts"):
        case.body = {"code": sms_code()}
    elif case.path.endswith("/commitment-views"):
        case.body = read(base)
    elif case.path.endswith("/sign-codes"):
        case.body = {"view_ids": [viewed(base)]}
    elif case.path.endswith("/approvals"):
        digest = asked("GET", base + "/approval", PERSON).json()["form_digest"]
        case.body = {"view_ids": [viewed(base)], "form_digest": digest, "accepted": True}
    elif case.path.endswith("/pre-applications"):
        case.body = {"items": [row()]}
    elif case.path.endswith("/certificate-checks"):
        case.body = {"certificate": CERTIFICATE}


def row():
    """Somebody new of the institution's staff."""
    return {"tckn": tckn(), "name": "Deneme Kullanıcı Yeni", "email": "deneme@example.org", "reason": "first"}


def tckn():
    digits = [int(digit) for digit in f"1{next(numbers):08}"]
    digits.append((sum(digits[0::2]) * 7 - sum(digits[1::2])) % 10)
    return "".join(map(str, digits + [sum(digits) % 10]))


@functools.cache
def begun():
    path = f"/api/v1/institutions/{INSTITUTION}/pre-applications"
    return asked("POST", path, {"Authorization": OFFICERS_TOKEN}, {"items": [row()]}).json()["items"][0]["no"]


def good_form(no):
    form = asked("GET", f"/api/v1/applications/{no}/form", PERSON)
    locked = form.json()["locked"]
    values = {name: value for name, value in form.json()["values"].items() if name not in locked}
    return {"body": {"values": values}, "headers": {"If-Match": form.headers["ETag"]}}


def sms_code():
    """The latest one that arrived."""
    texts = [item["text"] for item in asked("GET", "/admin/v1/outbox", ADMIN).json()["items"] if item["kind"] == "sms"]
    return re.findall(r"\b[0-9]{6}\b", texts[-1])[-1]


def read(base):
    commitment = asked("GET", base + "/approval", PERSON).json()["commitments"][0]
    return {"commitment_id": commitment["id"], "digest": commitment["digest"], "read_to_end": True}


def viewed(base):
    return asked("POST", base + "/commitment-views", PERSON, read(base)).json()["view_id"]


@schemathesis.hook
def after_call(context, case, response):
    """What was ended by a request is left; what was answered is counted."""
    if case.method == case.operation.method.upper():
        answers[f"{case.method} {case.path}"][response.status_code // 100] += 1
    if response.status_code in (409, 410, 429) or case.path.endswith("/cancellation") or case.method == "DELETE":
        forget()


# By operation and hundreds of the status.
answers = collections.defaultdict(collections.Counter)


@atexit.register
def tell():
    """A run that was turned away at the door proves nothing: every operation has to have done its work."""
    turned_away = sorted(name for name, counts in answers.items() if not counts[2] and name not in NEVER_DONE)
    stale = sorted(name for name, counts in answers.items() if counts[2] and name in NEVER_DONE)
    reached = sum(1 for counts in answers.values() if counts[2])
    told = json.dumps({"reached": reached, "turned_away": turned_away, "stale": stale})
    print(f"answers={told}", flush=True)
