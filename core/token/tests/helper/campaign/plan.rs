//! One run: what the module does, and what the person and the program do.

use cryptoki_sys::*;
use kamusm_test_spy::Directive;

use super::chance::Chance;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Helper,
    Here,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Right,
    Wrong,
    Empty,
}

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) place: Place,
    pub(super) identity: usize,
    pub(super) items: usize,
    pub(super) entry: Entry,
    pub(super) allow_final_try: bool,
    pub(super) directives: Vec<Directive>,
}

const FUNCTIONS: [&str; 15] = [
    "C_GetSlotList",
    "C_GetSlotInfo",
    "C_GetTokenInfo",
    "C_GetMechanismList",
    "C_OpenSession",
    "C_CloseSession",
    "C_GetSessionInfo",
    "C_Login",
    "C_Logout",
    "C_FindObjectsInit",
    "C_FindObjects",
    "C_FindObjectsFinal",
    "C_GetAttributeValue",
    "C_SignInit",
    "C_Sign",
];

const FLAGS: [u64; 5] = [
    CKF_USER_PIN_COUNT_LOW,
    CKF_USER_PIN_FINAL_TRY,
    CKF_USER_PIN_LOCKED,
    CKF_USER_PIN_TO_BE_CHANGED,
    CKF_PROTECTED_AUTHENTICATION_PATH,
];

impl Plan {
    pub(super) fn by(chance: &mut Chance) -> Self {
        let mut plan = Self {
            place: chance.one_of(&[Place::Helper, Place::Here]),
            identity: chance.below(4),
            items: 1 + chance.below(3),
            entry: chance.one_of(&[
                Entry::Right,
                Entry::Right,
                Entry::Right,
                Entry::Right,
                Entry::Wrong,
                Entry::Empty,
            ]),
            allow_final_try: chance.below(2) == 0,
            directives: Vec::new(),
        };
        for _ in 0..1 + chance.below(2) {
            fault(chance, &mut plan.directives);
        }
        if plan.crashes() {
            // In this process it would be the end of the test, as it would be of any host.
            plan.place = Place::Helper;
        }
        if plan.place == Place::Here {
            // A module that forgets that it was started belongs to somebody else from then on.
            plan.directives.retain(|directive| {
                !matches!(directive, Directive::Return { rv: CKR_CRYPTOKI_NOT_INITIALIZED, .. })
            });
        }
        plan
    }

    pub(super) fn hangs(&self) -> bool {
        self.directives.iter().any(|directive| matches!(directive, Directive::Hang(_)))
    }

    pub(super) fn crashes(&self) -> bool {
        self.directives.iter().any(|directive| matches!(directive, Directive::Crash(_)))
    }

    /// Whether the PIN may not even be tried.
    pub(super) fn is_refused_before_login(&self) -> bool {
        let flags = self.directives.iter().fold(0, |flags, directive| match directive {
            Directive::TokenFlags(more) => flags | more,
            _ => flags,
        });
        self.entry == Entry::Empty
            || flags & (CKF_USER_PIN_LOCKED | CKF_PROTECTED_AUTHENTICATION_PATH) != 0
            || (flags & CKF_USER_PIN_FINAL_TRY != 0 && !self.allow_final_try)
    }
}

fn fault(chance: &mut Chance, directives: &mut Vec<Directive>) {
    // Where the PIN is near, half of all goes wrong.
    let near = ["C_Login", "C_SignInit", "C_Sign"];
    let function: String =
        if chance.below(2) == 0 { chance.one_of(&near) } else { chance.one_of(&FUNCTIONS) }.into();
    match chance.below(20) {
        0 | 1 => directives.push(Directive::Hang(function)),
        2 | 3 => directives.push(Directive::Crash(function)),
        4 | 5 => {
            let rv = chance.one_of(&[CKR_GENERAL_ERROR, CKR_DEVICE_ERROR, CKR_FUNCTION_FAILED]);
            directives.push(Directive::Return { function: function.clone(), rv, nth: None });
            directives.push(Directive::GoneWith(function));
        }
        6 | 7 => directives.push(Directive::TokenFlags(chance.one_of(&FLAGS))),
        8 => directives.push(Directive::TokenFlagsAfterLogin(chance.one_of(&FLAGS))),
        9 => directives.push(Directive::RefuseMechanism(chance.one_of(&[CKM_ECDSA, CKM_RSA_PKCS]))),
        10 => directives.push(quirk(chance)),
        _ => directives.push(Directive::Return {
            function,
            // Every value of the standard is below.
            rv: u64::try_from(1 + chance.below(0x203)).expect("small"),
            nth: [None, Some(1), Some(2), Some(3)][chance.below(4)],
        }),
    }
}

fn quirk(chance: &mut Chance) -> Directive {
    let quirks = [
        Directive::GarbageClock,
        Directive::EmptyTokenPresent,
        Directive::HideAlwaysAuthenticate,
        Directive::TooManyObjects,
        Directive::ForgetAfterRefusal,
        Directive::CombinedEcdsa,
        Directive::BrokenSignature,
    ];
    quirks[chance.below(quirks.len())].clone()
}
