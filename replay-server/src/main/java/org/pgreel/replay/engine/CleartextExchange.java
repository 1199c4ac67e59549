package org.pgreel.replay.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.pgreel.protocol.message.AuthenticationCleartextPassword;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.PasswordMessage;

/** Authentication "password": the client sends it as it is. */
final class CleartextExchange implements PasswordExchange {
    private final Account account;

    CleartextExchange(Account account) {
        this.account = account;
    }

    @Override
    public AuthenticationRequest begin() {
        return new AuthenticationCleartextPassword();
    }

    @Override
    public Verdict answered(FrontendMessage answer) {
        if (!(answer instanceof PasswordMessage message)) {
            return new TurnedAway(Refusals.passwordFailed(account.user()));
        }
        if (message.password().isEmpty()) {
            return new TurnedAway(Refusals.emptyPassword());
        }
        boolean right = MessageDigest.isEqual(utf8(message.password()), utf8(account.password()));
        return right && account.known() ? new LetIn(null) : new TurnedAway(Refusals.passwordFailed(account.user()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
