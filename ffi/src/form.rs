//! The form of an application: what is asked, what is filled, what is wrong.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::ApplicationNumber,
    form::{Field, FieldKind, Form, Section},
};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    field_error::kamusm_field_errors,
    form_values::kamusm_form_values,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// What a field of a form takes.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_field_kind {
    /// None that this version knows; `kamusm_form_field_kind_word` has the service's word.
    Unknown = 0,
    /// The code of a row of `kamusm_form_field_options_list`.
    Choice = 1,
    /// A line of text.
    Text = 2,
    /// `yes` or `no`.
    YesNo = 3,
    /// An e-mail address.
    Email = 4,
    /// A mobile number.
    Gsm = 5,
    /// Nothing: it comes from Nüfus ve Vatandaşlık İşleri.
    Locked = 6,
}

impl kamusm_field_kind {
    pub(crate) fn of(kind: &FieldKind) -> Self {
        match kind {
            FieldKind::Choice => Self::Choice,
            FieldKind::Text => Self::Text,
            FieldKind::YesNo => Self::YesNo,
            FieldKind::Email => Self::Email,
            FieldKind::Gsm => Self::Gsm,
            FieldKind::Locked => Self::Locked,
            _ => Self::Unknown,
        }
    }
}

/// A form as the service has it. It never changes; what its functions lend lives as long as itself.
///
/// Threads: any number may read it at once.
pub struct kamusm_form {
    form: Form,
    schema: CString,
    etag: CString,
    sections: Vec<SectionView>,
    values: kamusm_form_values,
    locked: Vec<CString>,
}

struct SectionView {
    id: CString,
    title: CString,
    fields: Vec<FieldView>,
}

struct FieldView {
    name: CString,
    label: CString,
    is_required: bool,
    kind: kamusm_field_kind,
    kind_word: CString,
    options_list: Option<CString>,
}

impl kamusm_form {
    fn new(form: Form) -> Self {
        Self {
            schema: lendable(&form.schema.to_string()),
            etag: lendable(&form.etag),
            sections: form.sections.iter().map(SectionView::new).collect(),
            values: kamusm_form_values::new(form.values.clone()),
            locked: form.locked.iter().map(|name| lendable(name)).collect(),
            form,
        }
    }

    fn field(&self, section: usize, field: usize) -> Option<&FieldView> {
        self.sections.get(section)?.fields.get(field)
    }
}

impl SectionView {
    fn new(section: &Section) -> Self {
        Self {
            id: lendable(&section.id),
            title: lendable(&section.title),
            fields: section.fields.iter().map(FieldView::new).collect(),
        }
    }
}

impl FieldView {
    fn new(field: &Field) -> Self {
        Self {
            name: lendable(&field.name),
            label: lendable(&field.label),
            is_required: field.required,
            kind: kamusm_field_kind::of(&field.kind),
            kind_word: lendable(field.kind.word()),
            options_list: field.options_list.as_deref().map(lendable),
        }
    }
}

/// Makes the call for the form of an application.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_form_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_form_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || Ok(Form::read(config.built(), &token.0, &ApplicationNumber::parse(number)?)))
    })
}

/// Makes the call that saves values: Başvuruyu Tamamla, Başvuruyu Güncelle.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `etag`: of the form that the person saw, from `kamusm_form_etag`.
/// `values`: copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_form_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_form_save_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    etag: *const c_char,
    values: Option<&kamusm_form_values>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token, values) =
            (given(config, "config")?, given(token, "token")?, given(values, "values")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let etag = unsafe { text(etag, "etag") }?;
        call::make(call, || {
            Ok(Form::save(config.built(), &token.0, &ApplicationNumber::parse(number)?, etag, values.inner()))
        })
    })
}

/// Decodes the answer to `kamusm_form_call` or `kamusm_form_save_call`; a refusal of the service is its error.
///
/// `form`: the form, to be freed by `kamusm_form_free`.
/// Worth handling: `KAMUSM_RESULT_FORM_INVALID`, see `kamusm_error_field_count`; `KAMUSM_RESULT_FORM_CHANGED`, read it again.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    form: Option<&mut MaybeUninit<Box<kamusm_form>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || call::decode(call, response, form, "form", |message| Box::new(kamusm_form::new(message))))
}

/// The rules of the values, JSON Schema 2020-12. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_schema(form: Option<&kamusm_form>) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.schema.as_ptr()))
}

/// The tag of this version, for `kamusm_form_save_call`. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_etag(form: Option<&kamusm_form>) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.etag.as_ptr()))
}

/// What is filled; `kamusm_form_values_copy` makes a copy to change. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_filled(form: Option<&kamusm_form>) -> *const kamusm_form_values {
    guard_value(ptr::null(), || Some(ptr::from_ref(&form?.values)))
}

/// How many parts the person sees.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_section_count(form: Option<&kamusm_form>) -> usize {
    guard_value(0, || Some(form?.sections.len()))
}

/// The service's word for the part at this place, from 0. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_section_id(form: Option<&kamusm_form>, section: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.sections.get(section)?.id.as_ptr()))
}

/// What the person reads above the part at this place, such as "İletişim Bilgileri". Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_section_title(form: Option<&kamusm_form>, section: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.sections.get(section)?.title.as_ptr()))
}

/// How many fields the part at this place has.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_count(form: Option<&kamusm_form>, section: usize) -> usize {
    guard_value(0, || Some(form?.sections.get(section)?.fields.len()))
}

/// What the value of the field at this place of that part is called, both from 0. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_name(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.field(section, field)?.name.as_ptr()))
}

/// What the person reads beside the field, such as "E-Posta". Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_label(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.field(section, field)?.label.as_ptr()))
}

/// Whether the field must be filled.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_is_required(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> bool {
    guard_value(false, || Some(form?.field(section, field)?.is_required))
}

/// What the field takes.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_kind(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> kamusm_field_kind {
    guard_value(kamusm_field_kind::Unknown, || Some(form?.field(section, field)?.kind))
}

/// The service's word for that, such as `choice`. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_kind_word(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.field(section, field)?.kind_word.as_ptr()))
}

/// The list it is chosen from, for `kamusm_choices_call`; NULL where there is none. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_field_options_list(
    form: Option<&kamusm_form>,
    section: usize,
    field: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.field(section, field)?.options_list.as_ref()?.as_ptr()))
}

/// How many fields cannot be changed here.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_locked_count(form: Option<&kamusm_form>) -> usize {
    guard_value(0, || Some(form?.locked.len()))
}

/// The name of the locked field at this place, from 0. Lent by the form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_locked(form: Option<&kamusm_form>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(form?.locked.get(index)?.as_ptr()))
}

/// Checks values before they are sent, by the rules of the form that are known here; the service has the last word.
///
/// `errors`: one error a wrong field, to be freed by `kamusm_field_errors_free`; empty if all is well.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_check(
    form: Option<&kamusm_form>,
    values: Option<&kamusm_form_values>,
    errors: Option<&mut MaybeUninit<Box<kamusm_field_errors>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (form, values) = (given(form, "form")?, given(values, "values")?);
        let wrong = form.form.check(values.inner());
        given(errors, "errors")?.write(Box::new(kamusm_field_errors::new(&wrong)));
        Ok(())
    })
}

/// Frees the form; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_free(form: Option<Box<kamusm_form>>) {
    guard_void(|| drop(form));
}
