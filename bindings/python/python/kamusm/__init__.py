"""Kamu SM's electronic application: a doğrulama kodu goes in, "İşlem Başarılı" comes out. Guide: docs/python.md."""

from __future__ import annotations

from . import _ffi, cades
from ._native import translated as _translated
from .application import Application, PersonToken, Production
from .approval import ApplicationResult, Approval, Commitment, Method
from .call import Call
from .cancel import CancelToken
from .clock import Now, clock, countdown, countdown_async
from .code import Category, Code
from .config import Config, Log, LogLine
from .drive import (
    AsyncPerson,
    AsyncSigner,
    AsyncTransport,
    Person,
    Signer,
    Transport,
    sign,
    sign_async,
)
from .error import (
    CardError,
    CertificateError,
    FieldError,
    InternalError,
    KamusmError,
    Language,
    NetworkError,
    ServiceError,
    SignatureError,
    StorageError,
    UsageError,
    error_text,
)
from .evidence import Event, Evidence
from .follow import Change, Follow, Progress, Question
from .form import Choice, Field, Form, Section
from .http import HttpClient
from .identity import Identity, Purpose
from .institution import CsvRow, Placed, PreApplication, StaffApplication, pre_applications_from_csv
from .outcome import Outcome, OutcomeKind, Receipt
from .payment import Payment, PaymentIntent
from .person import Consent, IdentityRefresh, Institution, Me
from .phone import PhoneVerification
from .pin import Pin
from .portal import Portal
from .request import Request, TransportFailure
from .session import Session
from .sign_code import CodeClient, CodeSession, SignCode
from .sign_in import EDevlet, SignedIn
from .status import Action, Bank, Block, Channels, Item, Paragraph, Status, UnknownBlock
from .step import (
    Answer,
    ChooseStep,
    DoneStep,
    Facts,
    Refusal,
    SendStep,
    ShowStep,
    SignatureAlgorithm,
    SignItem,
    SignStep,
    Step,
    Text,
    UnknownStep,
    WaitReason,
    WaitStep,
)
from .token import PIN_AGAIN, InitPolicy, PadTrust, Token
from .value import Value, ValueKind, value_of
from .verification_code import Environment, VerificationCode

with _translated():
    __version__: str = _ffi.version()

__all__ = [
    "PIN_AGAIN",
    "Action",
    "Answer",
    "Application",
    "ApplicationResult",
    "Approval",
    "AsyncPerson",
    "AsyncSigner",
    "AsyncTransport",
    "Bank",
    "Block",
    "Call",
    "CancelToken",
    "CardError",
    "Category",
    "CertificateError",
    "Change",
    "Channels",
    "Choice",
    "ChooseStep",
    "Code",
    "CodeClient",
    "CodeSession",
    "Commitment",
    "Config",
    "Consent",
    "CsvRow",
    "DoneStep",
    "EDevlet",
    "Environment",
    "Event",
    "Evidence",
    "Facts",
    "Field",
    "FieldError",
    "Follow",
    "Form",
    "HttpClient",
    "Identity",
    "IdentityRefresh",
    "InitPolicy",
    "Institution",
    "InternalError",
    "Item",
    "KamusmError",
    "Language",
    "Log",
    "LogLine",
    "Me",
    "Method",
    "NetworkError",
    "Now",
    "Outcome",
    "OutcomeKind",
    "PadTrust",
    "Paragraph",
    "Payment",
    "PaymentIntent",
    "Person",
    "PersonToken",
    "PhoneVerification",
    "Pin",
    "Placed",
    "Portal",
    "PreApplication",
    "Production",
    "Progress",
    "Purpose",
    "Question",
    "Receipt",
    "Refusal",
    "Request",
    "Section",
    "SendStep",
    "ServiceError",
    "Session",
    "ShowStep",
    "SignCode",
    "SignItem",
    "SignStep",
    "SignatureAlgorithm",
    "SignatureError",
    "SignedIn",
    "Signer",
    "StaffApplication",
    "Status",
    "Step",
    "StorageError",
    "Text",
    "Token",
    "Transport",
    "TransportFailure",
    "UnknownBlock",
    "UnknownStep",
    "UsageError",
    "Value",
    "ValueKind",
    "VerificationCode",
    "WaitReason",
    "WaitStep",
    "cades",
    "clock",
    "countdown",
    "countdown_async",
    "error_text",
    "pre_applications_from_csv",
    "sign",
    "sign_async",
    "value_of",
]
