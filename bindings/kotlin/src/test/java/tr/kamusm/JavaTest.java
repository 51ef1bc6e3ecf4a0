package tr.kamusm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Java 17 program does: no coroutine, no mangled name, no Kotlin type in sight. */
class JavaTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void signsFromJava() throws Exception {
        try (Config config = Config.builder(Sandbox.INSTANCE.getBaseUrl(), Environment.SANDBOX)
                     .client("java-test", "1.0")
                     .intermediatesPem(Sandbox.INSTANCE.getIntermediatePem())
                     .build();
             HttpClient http = new HttpClient(config);
             Pin password = Pin.of("1234".toCharArray());
             Token token = Token.openPkcs12(Sandbox.INSTANCE.getPkcs12(), password);
             VerificationCode code = VerificationCode.parse(Sandbox.INSTANCE.code(1, Sandbox.TCKN));
             Session session = new Session(code, config)) {
            Outcome outcome = session.runBlocking(person(token), http);
            assertEquals(OutcomeKind.ACCEPTED, outcome.getKind());
            assertEquals(List.of("show", "choose", "sign", "refused", "sign"), asked);
        }
    }

    private BlockingPerson person(Token token) {
        return new BlockingPerson() {
            private String pin = "0000";

            @Override
            public Answer show(ShowStep step, CancelToken cancel) {
                asked.add("show");
                assertTrue(step.secondsLeft() > 0);
                return step.getFacts().getMatchCode().length() == 4 ? step.accept() : step.decline();
            }

            @Override
            public Answer choose(ChooseStep step, CancelToken cancel) {
                asked.add("choose");
                return step.firstOf(token.identities());
            }

            @Override
            public Answer sign(SignStep step, CancelToken cancel) {
                asked.add("sign");
                try (Pin typed = Pin.of(pin.toCharArray())) {
                    return token.sign(step, typed);
                }
            }

            @Override
            public void pinRefused(KamusmException error) {
                asked.add("refused");
                pin = error.getCode() == Code.PIN_INCORRECT ? "1234" : "";
            }
        };
    }

    @Test
    void catchesByCategory() {
        KamusmException error = assertThrows(KamusmException.Service.class, () -> VerificationCode.parse("x"));
        String move = switch (error.getCategory()) {
            case SERVICE -> "tell the person";
            default -> "other";
        };
        assertEquals("tell the person", move);
        assertEquals(Code.CODE_MALFORMED, error.getCode());
        assertEquals(error.sentence(Language.TURKISH), Code.CODE_MALFORMED.sentence(Language.TURKISH));
    }
}
