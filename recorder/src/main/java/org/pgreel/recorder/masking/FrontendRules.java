package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/** What the frontend says: start-up packets, then messages of which only {@code p} may hold a secret. */
final class FrontendRules implements MessageRules {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final int PROTOCOL_3 = 3;

    private final Login login;
    private boolean started;
    private StartupRule startup = new StartupRule();

    FrontendRules(Login login) {
        this.login = login;
    }

    @Override
    public boolean untyped() {
        return !started;
    }

    @Override
    public boolean isPlain(byte type) {
        return started && type != 'p';
    }

    @Override
    public boolean takeWhole(byte b) {
        return false;
    }

    @Override
    public @Nullable BodyRule begin(int type) {
        if (type == UNTYPED) {
            startup = new StartupRule();
            return startup;
        }
        return type == 'p' ? passwordRule() : null;
    }

    private BodyRule passwordRule() {
        return switch (login.request) {
            case Login.CLEARTEXT_PASSWORD, Login.MD5_PASSWORD -> new PasswordRule();
            case Login.SASL -> new SaslInitialRule(login);
            case Login.SASL_CONTINUE -> login.scram ? ScramRule.clientFinal() : (b, left) -> MaskKind.TOKEN;
            case Login.NO_REQUEST -> new PasswordRule();
            default -> (b, left) -> MaskKind.TOKEN;
        };
    }

    @Override
    public void end(int type) {
        if (type != UNTYPED) {
            return;
        }
        switch (startup.code()) {
            case SSL_REQUEST, GSSENC_REQUEST -> login.negotiationBytesOwed++;
            case StartupRule.CANCEL_REQUEST -> login.cancelRequestKey = startup.key();
            default -> {
                started = startup.code() >>> 16 == PROTOCOL_3;
                login.user = startup.user();
                login.database = startup.database();
            }
        }
    }

    @Override
    public boolean asks(int type) {
        return type == 'E' || type == 'Q' || type == 'F';
    }

    @Override
    public boolean secretsMayCome() {
        return !login.authenticated;
    }

    /** A PasswordMessage: everything but the zero that ends it. */
    private static final class PasswordRule implements BodyRule {

        @Override
        public @Nullable MaskKind judge(byte b, long left) {
            return left == 1 && b == 0 ? null : MaskKind.PASSWORD;
        }
    }
}
