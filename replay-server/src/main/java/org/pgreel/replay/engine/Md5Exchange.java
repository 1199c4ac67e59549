package org.pgreel.replay.engine;

import java.nio.charset.StandardCharsets;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.wire.Bytes;

/** Authentication "md5": a hash over password and user, with a salt that is fresh for each login. */
final class Md5Exchange implements PasswordExchange {
    private final Account account;
    private final byte[] salt;

    Md5Exchange(Account account, byte[] salt) {
        this.account = account;
        this.salt = salt;
    }

    @Override
    public AuthenticationRequest begin() {
        return new AuthenticationMD5Password(Bytes.copyOf(salt));
    }

    @Override
    public Verdict answered(FrontendMessage answer) {
        boolean right = answer instanceof PasswordMessage message
                && Md5Password.matches(
                        message.password(), account.user(), account.password().getBytes(StandardCharsets.UTF_8), salt);
        return right && account.known() ? new LetIn(null) : new TurnedAway(Refusals.passwordFailed(account.user()));
    }
}
