//! One of an institution's staff who may apply.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    Code, Error, application::Reason, email::Email, gsm::Gsm, institution::PreApplication, payment::Payer,
    tckn::Tckn,
};

use crate::{
    application::kamusm_reason,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    payment::kamusm_payer,
    result::kamusm_result,
    text::{lendable, text},
};

/// One of the staff who may apply. Personal data: keep it out of logs.
///
/// One of a list belongs to the list and is never freed alone. Threads: setters must be alone.
pub struct kamusm_pre_application {
    pub(crate) item: PreApplication,
    tckn: CString,
    name: CString,
    email: CString,
    gsm: Option<CString>,
    reason_word: CString,
    payer_word: Option<CString>,
    product: Option<CString>,
}

impl kamusm_pre_application {
    pub(crate) fn new(item: PreApplication) -> Self {
        Self {
            tckn: lendable(&item.tckn.to_string()),
            name: lendable(&item.name),
            email: lendable(&item.email.to_string()),
            gsm: item.gsm.as_ref().map(|gsm| lendable(&gsm.to_string())),
            reason_word: lendable(item.reason.word()),
            payer_word: item.payer.as_ref().map(|payer| lendable(payer.word())),
            product: item.product.as_deref().map(lendable),
            item,
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut PreApplication)) {
        let mut item = self.item.clone();
        change(&mut item);
        *self = Self::new(item);
    }
}

/// Makes a row by hand.
///
/// `tckn`: T.C. Kimlik Numarası, 11 digits; wrong check digits are for the service to refuse.
/// `name`: Ad Soyad.
/// `email`: where the e-mail about the application goes.
/// `reason`: one of `KAMUSM_REASON_*`.
/// `made`: the row, to be freed by `kamusm_pre_application_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_pre_application_new(
    tckn: *const c_char,
    name: *const c_char,
    email: *const c_char,
    reason: i32,
    made: Option<&mut MaybeUninit<Box<kamusm_pre_application>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let made = given(made, "made")?;
        // SAFETY: the rules at the top of the header.
        let (tckn, name, email) =
            unsafe { (text(tckn, "tckn")?, text(name, "name")?, text(email, "email")?) };
        let reason = self::reason(reason)?;
        let item = PreApplication::new(Tckn::parse_unchecked(tckn)?, name, Email::parse(email)?, reason);
        made.write(Box::new(kamusm_pre_application::new(item)));
        Ok(())
    })
}

fn reason(number: i32) -> Result<Reason, Error> {
    let reasons = [
        Reason::First,
        Reason::Other,
        Reason::Renewal,
        Reason::LostOrStolen,
        Reason::HardwareFault,
        Reason::IdentityChange,
        Reason::PinPukLost,
    ];
    let known = reasons.into_iter().find(|reason| kamusm_reason::of(reason) as i32 == number);
    known.ok_or_else(|| Error::new(Code::Range, "reason is none of KAMUSM_REASON_*"))
}

/// Sets the mobile number.
///
/// `gsm`: as people write it, such as `0532 123 45 67`, copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_pre_application_set_gsm(
    row: Option<&mut kamusm_pre_application>,
    gsm: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let row = given(row, "row")?;
        // SAFETY: the rules at the top of the header.
        let gsm = Gsm::parse(unsafe { text(gsm, "gsm") }?)?;
        row.change(|item| item.gsm = Some(gsm));
        Ok(())
    })
}

/// Says whether this is a Kurumlar arası geçiş.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_set_institution_change(
    row: Option<&mut kamusm_pre_application>,
    is_change: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(row, "row")?.change(|item| item.institution_change = is_change);
        Ok(())
    })
}

/// Says who pays; without it that is as the institution has agreed.
///
/// `payer`: one of `KAMUSM_PAYER_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_set_payer(
    row: Option<&mut kamusm_pre_application>,
    payer: i32,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let row = given(row, "row")?;
        let mut payers = [Payer::Institution, Payer::Person].into_iter();
        let payer = payers.find(|known| kamusm_payer::of(known) as i32 == payer);
        let payer = payer.ok_or_else(|| Error::new(Code::Range, "payer is none of KAMUSM_PAYER_*"))?;
        row.change(|item| item.payer = Some(payer));
        Ok(())
    })
}

/// Says whether it is ön ödemeli; without it that is as the institution has agreed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_set_prepaid(
    row: Option<&mut kamusm_pre_application>,
    is_prepaid: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(row, "row")?.change(|item| item.prepaid = Some(is_prepaid));
        Ok(())
    })
}

/// Sets the product; without it that is the usual one.
///
/// `product`: copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_pre_application_set_product(
    row: Option<&mut kamusm_pre_application>,
    product: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let row = given(row, "row")?;
        // SAFETY: the rules at the top of the header.
        let product = unsafe { text(product, "product") }?.to_owned();
        row.change(|item| item.product = Some(product));
        Ok(())
    })
}

/// The masked T.C. Kimlik Numarası. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_tckn(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.tckn.as_ptr()))
}

/// Whether its check digits fit; if not, the service may refuse it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_has_right_checksum(row: Option<&kamusm_pre_application>) -> bool {
    guard_value(false, || Some(row?.item.tckn.has_right_checksum()))
}

/// Ad Soyad. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_name(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.name.as_ptr()))
}

/// The masked e-mail address. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_email(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.email.as_ptr()))
}

/// The masked mobile number; NULL where there is none. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_gsm(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.gsm.as_ref()?.as_ptr()))
}

/// Why it is applied for.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_reason(row: Option<&kamusm_pre_application>) -> kamusm_reason {
    guard_value(kamusm_reason::Unknown, || Some(kamusm_reason::of(&row?.item.reason)))
}

/// The service's word for that, such as `first`. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_reason_word(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.reason_word.as_ptr()))
}

/// Whether this is a Kurumlar arası geçiş.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_is_institution_change(row: Option<&kamusm_pre_application>) -> bool {
    guard_value(false, || Some(row?.item.institution_change))
}

/// Who pays; `KAMUSM_PAYER_UNKNOWN` where that is as the institution has agreed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_payer(row: Option<&kamusm_pre_application>) -> kamusm_payer {
    guard_value(kamusm_payer::Unknown, || row?.item.payer.as_ref().map(kamusm_payer::of))
}

/// The service's word for that; NULL where that is as the institution has agreed. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_payer_word(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.payer_word.as_ref()?.as_ptr()))
}

/// Whether it is ön ödemeli, 1 or 0; -1 where that is as the institution has agreed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_prepaid(row: Option<&kamusm_pre_application>) -> i32 {
    guard_value(-1, || row?.item.prepaid.map(i32::from))
}

/// The product; NULL where that is the usual one. Lent by the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_product(row: Option<&kamusm_pre_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(row?.product.as_ref()?.as_ptr()))
}

/// Frees a row that no list owns; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_application_free(row: Option<Box<kamusm_pre_application>>) {
    guard_void(|| drop(row));
}
