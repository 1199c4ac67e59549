package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * AuthenticationMD5Password ({@code 'R'} 5): asks for the MD5 digest of the password.
 *
 * @param salt four bytes
 */
public record AuthenticationMD5Password(Bytes salt) implements AuthenticationRequest {
    static final int CODE = 5;
    private static final int SALT_LENGTH = 4;

    /** Refuses a salt of another length. */
    public AuthenticationMD5Password {
        if (salt.length() != SALT_LENGTH) {
            throw new IllegalArgumentException("The salt has " + salt.length() + " bytes and not " + SALT_LENGTH);
        }
    }

    static AuthenticationMD5Password decode(MessageReader body) {
        return new AuthenticationMD5Password(body.readBytes(SALT_LENGTH));
    }

    @Override
    public void encode(MessageWriter out) {
        begin(out).writeBytes(salt).end();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public String name() {
        return "AuthenticationMD5Password";
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
        return handler.onAuthenticationMD5Password(this);
    }
}
