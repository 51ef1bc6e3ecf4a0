"""Kamu SM's electronic application: a doğrulama kodu goes in, "İşlem Başarılı" comes out. Guide: docs/python.md."""

from __future__ import annotations

from . import _ffi, cades
from ._native import translated as _translated
from .application import (
    Action,
    Application,
    ApplicationCall,
    ApplicationsCall,
    Bank,
    Block,
    Channels,
    Item,
    Paragraph,
    PersonToken,
    Status,
    UnknownBlock,
)
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
from .http import HttpClient
from .identity import Identity, Purpose
from .outcome import Outcome, OutcomeKind, Receipt
from .pin import Pin
from .request import Request, TransportFailure
from .session import Session
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
from .verification_code import Environment, VerificationCode

with _translated():
    __version__: str = _ffi.version()

__all__ = [
    "PIN_AGAIN",
    "Action",
    "Answer",
    "Application",
    "ApplicationCall",
    "ApplicationsCall",
    "AsyncPerson",
    "AsyncSigner",
    "AsyncTransport",
    "Bank",
    "Block",
    "CancelToken",
    "CardError",
    "Category",
    "CertificateError",
    "Channels",
    "ChooseStep",
    "Code",
    "Config",
    "DoneStep",
    "Environment",
    "Facts",
    "HttpClient",
    "Identity",
    "InitPolicy",
    "InternalError",
    "Item",
    "KamusmError",
    "Language",
    "Log",
    "LogLine",
    "NetworkError",
    "Now",
    "Outcome",
    "OutcomeKind",
    "PadTrust",
    "Paragraph",
    "Person",
    "PersonToken",
    "Pin",
    "Purpose",
    "Receipt",
    "Refusal",
    "Request",
    "SendStep",
    "ServiceError",
    "Session",
    "ShowStep",
    "SignItem",
    "SignStep",
    "SignatureAlgorithm",
    "SignatureError",
    "Signer",
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
    "VerificationCode",
    "WaitReason",
    "WaitStep",
    "cades",
    "clock",
    "countdown",
    "countdown_async",
    "error_text",
    "sign",
    "sign_async",
]
