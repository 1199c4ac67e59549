package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/** What the backend says: answers to SSLRequest, authentication requests, its key, and messages without a secret. */
final class BackendRules implements MessageRules {

    private static final int CODE_BYTES = 4;
    private static final int SALT_BYTES = 4;

    private final Login login;
    private KeyRule key = new KeyRule();

    BackendRules(Login login) {
        this.login = login;
    }

    @Override
    public boolean untyped() {
        return false;
    }

    @Override
    public boolean isPlain(byte type) {
        return login.ready && login.negotiationBytesOwed == 0 && type != 'R' && type != 'K';
    }

    @Override
    public boolean takeWhole(byte b) {
        if (login.negotiationBytesOwed == 0) {
            return false;
        }
        if (b == 'E') {
            // A server that does not know the request answers with an ErrorResponse instead.
            login.negotiationBytesOwed = 0;
            return false;
        }
        login.negotiationBytesOwed--;
        return true;
    }

    @Override
    public @Nullable BodyRule begin(int type) {
        if (type == 'R') {
            return new AuthenticationRule();
        }
        if (type == 'K') {
            key = new KeyRule();
            return key;
        }
        return null;
    }

    @Override
    public void end(int type) {
        if (type == 'K') {
            login.backendKey = key.captured();
        } else if (type == 'Z') {
            login.ready = true;
        }
    }

    @Override
    public boolean asks(int type) {
        return false;
    }

    @Override
    public boolean secretsMayCome() {
        return !login.ready;
    }

    /** An authentication request: a code of four bytes, then what belongs to it. */
    private final class AuthenticationRule implements BodyRule {

        private int code;
        private int bytes;
        private @Nullable BodyRule data;

        @Override
        public @Nullable MaskKind judge(byte b, long left) {
            bytes++;
            if (bytes <= CODE_BYTES) {
                code = (code << 8) | (b & 0xff);
                if (bytes == CODE_BYTES) {
                    known(left - 1);
                }
                return null;
            }
            BodyRule rule = data;
            return rule == null ? null : rule.judge(b, left);
        }

        private void known(long behind) {
            if (code == Login.OK) {
                login.authenticated = true;
            }
            if (isWhole(behind)) {
                login.request = code == Login.OK ? Login.NO_REQUEST : code;
            }
            data = switch (code) {
                case Login.SASL -> null;
                case Login.MD5_PASSWORD -> (b, left) -> bytes <= CODE_BYTES + SALT_BYTES ? null : MaskKind.TOKEN;
                case Login.SASL_CONTINUE -> login.scram ? ScramRule.serverFirst() : (b, left) -> MaskKind.TOKEN;
                case Login.SASL_FINAL -> login.scram ? ScramRule.serverFinal() : (b, left) -> MaskKind.TOKEN;
                default -> (b, left) -> MaskKind.TOKEN;
            };
        }

        /** Whoever decodes it takes a request of another length for none, and reads the answer by the one before it. */
        private boolean isWhole(long behind) {
            return switch (code) {
                case Login.OK, Login.KERBEROS_V5, Login.CLEARTEXT_PASSWORD, Login.GSS, Login.SSPI -> behind == 0;
                case Login.MD5_PASSWORD -> behind == SALT_BYTES;
                default -> true;
            };
        }
    }
}
