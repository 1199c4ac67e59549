package org.pgreel.protocol.transcript;

import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;

/**
 * What of a message is a secret and not shown: passwords, proofs, signatures, tokens and cancel keys.
 *
 * <p>The rule is that of recordings, so that what is not shown is what a recording does not hold: of SCRAM's messages the
 * proof ({@code p=}) and the server's signature ({@code v=}), and from where they are not SCRAM on all that follows; of
 * other mechanisms everything. Nonces and salts help to read a login and are worth nothing alone.
 */
final class Secrets {
    private Secrets() {}

    static Value of(PasswordMessage message) {
        return all(Bytes.utf8(message.password()));
    }

    static Value of(SASLInitialResponse message) {
        Bytes data = message.data();
        if (data == null) {
            return Value.word("null");
        }
        return message.mechanism().startsWith("SCRAM-") ? new ScramSecrets(data, "anrm", 'p').clientFirst() : all(data);
    }

    static Value of(SASLResponse message) {
        return new ScramSecrets(message.data(), "cr", 'p').attributes();
    }

    static Value of(AuthenticationSASLContinue message) {
        return new ScramSecrets(message.data(), "rsim", 'v').attributes();
    }

    static Value of(AuthenticationSASLFinal message) {
        return new ScramSecrets(message.data(), "e", 'v').attributes();
    }

    static Value all(Bytes bytes) {
        return Value.masked(bytes, 0, bytes.length());
    }
}
