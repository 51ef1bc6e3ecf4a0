//! Sessions of one job (PKCS#11 2.40, 5.6): opened for it, closed after it, and left alone once the token is gone.

use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, SessionState};
use cryptoki::slot::Slot;

use super::fault::Fault;
use super::module::Module;

/// A read-only session that closes itself, logging out first if it logged in.
pub(super) struct OneShot<'m> {
    module: &'m Module,
    session: Option<Session>,
    pub(super) logged_in: bool,
    /// The token or its module forgot the session: its number may belong to somebody else by now.
    pub(super) stale: bool,
}

impl<'m> OneShot<'m> {
    pub(super) fn open(module: &'m Module, slot: Slot) -> Result<Self, Fault> {
        let session = module.call("C_OpenSession", |pkcs11| pkcs11.open_ro_session_no_drop(slot))?;
        Ok(Self { module, session: Some(session), logged_in: false, stale: false })
    }

    pub(super) fn session(&self) -> &Session {
        self.session.as_ref().expect("taken only when dropped")
    }

    /// Whether the user is logged in already; a module that does not tell is asked by the login itself.
    pub(super) fn is_user_logged_in(&self) -> bool {
        let info = self.module.call("C_GetSessionInfo", |_| self.session().get_session_info());
        info.is_ok_and(|info| matches!(info.session_state(), SessionState::RoUser | SessionState::RwUser))
    }

    pub(super) fn find(&self, template: &[Attribute]) -> Result<Vec<ObjectHandle>, Fault> {
        self.module.call("C_FindObjectsInit", |_| self.session().find_objects(template))
    }

    pub(super) fn find_class(&self, class: ObjectClass) -> Result<Vec<ObjectHandle>, Fault> {
        self.find(&[Attribute::Class(class)])
    }

    /// The attributes that the object has; one that is missing or malformed is left out.
    pub(super) fn attributes(
        &self,
        object: ObjectHandle,
        wanted: &[AttributeType],
    ) -> Result<Vec<Attribute>, Fault> {
        let read = |wanted: &[AttributeType]| {
            self.module.call("C_GetAttributeValue", |_| self.session().get_attributes(object, wanted))
        };
        match read(wanted) {
            // One attribute that cannot be understood spoils the whole answer, so each is asked for alone.
            Err(Fault { rv: None, .. }) => {
                let mut attributes = Vec::new();
                for one in wanted {
                    match read(std::slice::from_ref(one)) {
                        Ok(mut found) => attributes.append(&mut found),
                        Err(Fault { rv: None, .. }) => {}
                        Err(fault) => return Err(fault),
                    }
                }
                Ok(attributes)
            }
            answer => answer,
        }
    }
}

impl Drop for OneShot<'_> {
    fn drop(&mut self) {
        let Some(session) = self.session.take() else { return };
        if self.stale {
            return;
        }
        // Nothing can be done about a refusal here, and nothing depends on it: the result is already known.
        if self.logged_in {
            let _ = self.module.call("C_Logout", |_| session.logout());
        }
        let _ = self.module.call("C_CloseSession", |_| session.close());
    }
}
