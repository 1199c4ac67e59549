package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/**
 * A SASLInitialResponse: the mechanism's name and a zero, a length of four bytes, then what the mechanism says.
 *
 * <p>A client that was asked for SASL may send a password all the same, and it would stand where the name is due. So the
 * name passes only as far as it is the beginning of a known one; if it turns out to be none, the rest of the body is
 * masked, whatever it is.
 */
final class SaslInitialRule implements BodyRule {

    private static final int LENGTH_BYTES = 4;

    private final Login login;
    private final KnownWords names = new KnownWords(
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-256",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-1",
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-512",
            "OAUTHBEARER");
    private final BodyRule scram = ScramRule.clientFirst();
    private Part part = Part.NAME;
    private int lengthBytes;

    /** The parts of the body. */
    private enum Part {
        NAME,
        LENGTH,
        DATA,
        UNKNOWN
    }

    SaslInitialRule(Login login) {
        this.login = login;
        login.scram = false;
    }

    @Override
    public @Nullable MaskKind judge(byte b, long left) {
        return switch (part) {
            case NAME -> name(b);
            case LENGTH -> length();
            case DATA -> login.scram ? scram.judge(b, left) : MaskKind.TOKEN;
            case UNKNOWN -> MaskKind.TOKEN;
        };
    }

    private @Nullable MaskKind name(byte b) {
        if (b == 0 && names.complete()) {
            login.scram = names.word().startsWith("SCRAM-");
            part = Part.LENGTH;
            return null;
        }
        if (names.advance(b)) {
            return null;
        }
        part = Part.UNKNOWN;
        return MaskKind.TOKEN;
    }

    private @Nullable MaskKind length() {
        lengthBytes++;
        if (lengthBytes == LENGTH_BYTES) {
            part = Part.DATA;
        }
        return null;
    }
}
