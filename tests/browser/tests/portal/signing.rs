//! E-İmza: the code is copied from the page, signed elsewhere, and the page turns by itself.

use kamusm_sandbox::{IssuedCode, RedeemConfirmation};
use kamusm_test_browser::Scripts;
use kamusm_test_softhsm::{SoftHsm, in_own_process};

use crate::office::{ORDER, Office};
use crate::signer::{Card, Signer};

/// SoftHSM wants a process of its own, and the browser a runtime.
fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(work);
}

/// A browser on the page of a fresh code, and the card for it.
async fn with_code(hsm: SoftHsm, scripts: Scripts) -> (Office, Card, IssuedCode) {
    let office = Office::signed_in(scripts).await;
    let card = Card::issue(hsm, &office.sandbox);
    let code = office.sandbox.admin().issue_sign_code(ORDER).unwrap();
    office.go_order(&format!("/e-imza/{}", code.id)).await;
    (office, card, code)
}

#[test]
fn the_page_turns_by_itself() {
    in_own_process!(|hsm| block_on(async {
        let (office, card, code) = with_code(hsm, Scripts::On).await;
        office.inspect("e-imza-kod").await;
        office.browser.click("button.copy").await.unwrap();
        assert_eq!(office.browser.text("button.copy").await.unwrap(), "Kopyalandı");
        let shown = office.browser.text("#code").await.unwrap();
        assert_eq!(shown, code.code);
        let mut signer = Signer::start(&card, office.sandbox.base_url(), &shown);
        signer.until("texts");
        // Nobody touches the page any more: the number appears on it by itself, and then the end.
        let number = office.browser.text(".facts .number").await.unwrap();
        office.inspect("e-imza-imzalaniyor").await;
        signer.accept(&number);
        office.browser.heading("İşlem Başarılı").await.unwrap();
        office.browser.picture("islem-basarili").await.unwrap();
        assert_eq!(signer.outcome(), "accepted");
        assert_eq!(office.browser.path().await.unwrap(), format!("/basvurularim/{ORDER}/sonuc"));
        office.go_order("/belgelerim").await;
        assert_eq!(office.browser.all(".files li").await.unwrap().len(), 1);
        office.close().await;
    }));
}

#[test]
fn without_scripts_the_page_asks_again_by_itself() {
    in_own_process!(|hsm| block_on(async {
        let (office, card, code) = with_code(hsm, Scripts::Off).await;
        assert!(!office.browser.find("button.copy").await.unwrap().is_displayed().await.unwrap());
        let mut signer = Signer::start(&card, office.sandbox.base_url(), &code.code);
        signer.until("texts");
        let number = office.browser.text(".facts .number").await.unwrap();
        signer.accept(&number);
        office.browser.heading("İşlem Başarılı").await.unwrap();
        assert_eq!(signer.outcome(), "accepted");
        office.close().await;
    }));
}

#[test]
fn somebody_else_is_shown_and_sent_away() {
    in_own_process!(|hsm| block_on(async {
        let (office, card, code) = with_code(hsm, Scripts::On).await;
        office.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
        let signer = Signer::start(&card, office.sandbox.base_url(), &code.code);
        let who = office.browser.text(".facts").await.unwrap();
        assert!(who.contains("kamusm-sign") && who.contains("127.0.0.0/24"), "{who}");
        office.inspect("e-imza-bu-siz-misiniz").await;
        office.browser.click("button.danger").await.unwrap();
        assert_eq!(signer.outcome(), "cancelled");
        assert_eq!(office.browser.text("#live h2").await.unwrap(), "Kod iptal edildi");
        assert!(office.sandbox.admin().evidence(ORDER).unwrap().is_empty());
        office.close().await;
    }));
}

#[test]
fn yes_it_is_me_opens_the_texts() {
    in_own_process!(|hsm| block_on(async {
        let (office, card, code) = with_code(hsm, Scripts::On).await;
        office.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
        let mut signer = Signer::start(&card, office.sandbox.base_url(), &code.code);
        office.browser.click("button[name=is_me][value=yes]").await.unwrap();
        signer.until("texts");
        let number = office.browser.text(".facts .number").await.unwrap();
        signer.accept(&number);
        assert_eq!(signer.outcome(), "accepted");
        office.browser.heading("İşlem Başarılı").await.unwrap();
        office.close().await;
    }));
}
