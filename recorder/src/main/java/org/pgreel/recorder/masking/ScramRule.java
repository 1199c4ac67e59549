package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/**
 * A message of a SCRAM exchange (RFC 5802): attributes {@code letter=value}, separated by commas.
 *
 * <p>The values of known harmless attributes pass, that of the secret one is masked, and so is every other. What is not
 * an attribute at all is masked from there to the end.
 */
final class ScramRule implements BodyRule {

    private final String harmless;
    private final char secret;
    private final MaskKind secretKind;
    private final boolean beginsWithGs2Header;

    private final KnownWords bindings = new KnownWords("tls-server-end-point", "tls-unique", "tls-exporter");
    private Part part = Part.LETTER;
    private char letter;
    private int field;

    /** Where in an attribute the next byte stands. */
    private enum Part {
        LETTER,
        EQUALS,
        VALUE,
        BROKEN
    }

    private ScramRule(String harmless, char secret, MaskKind secretKind, boolean beginsWithGs2Header) {
        this.harmless = harmless;
        this.secret = secret;
        this.secretKind = secretKind;
        this.beginsWithGs2Header = beginsWithGs2Header;
    }

    /** Returns the rule for the client's first message: {@code n,,n=user,r=nonce}. */
    static ScramRule clientFirst() {
        return new ScramRule("anrm", 'p', MaskKind.SCRAM_PROOF, true);
    }

    /** Returns the rule for the client's final message: {@code c=biws,r=nonce,p=proof}. */
    static ScramRule clientFinal() {
        return new ScramRule("cr", 'p', MaskKind.SCRAM_PROOF, false);
    }

    /** Returns the rule for the server's first message: {@code r=nonce,s=salt,i=4096}. */
    static ScramRule serverFirst() {
        return new ScramRule("rsim", 'v', MaskKind.SERVER_SIGNATURE, false);
    }

    /** Returns the rule for the server's final message: {@code v=signature} or {@code e=error}. */
    static ScramRule serverFinal() {
        return new ScramRule("e", 'v', MaskKind.SERVER_SIGNATURE, false);
    }

    @Override
    public @Nullable MaskKind judge(byte b, long left) {
        return switch (part) {
            case LETTER -> letter(b);
            case EQUALS -> equalsSign(b);
            case VALUE -> value(b);
            case BROKEN -> MaskKind.TOKEN;
        };
    }

    private @Nullable MaskKind letter(byte b) {
        if (b == ',' && beginsWithGs2Header && field == 1) {
            // The place of the authorization identity may be empty.
            field++;
            return null;
        }
        boolean flag = beginsWithGs2Header && field == 0 && (b == 'n' || b == 'y' || b == 'p');
        if (!flag && b != secret && harmless.indexOf(b) < 0) {
            return broken();
        }
        letter = (char) b;
        part = Part.EQUALS;
        return null;
    }

    private @Nullable MaskKind equalsSign(byte b) {
        boolean inFlag = beginsWithGs2Header && field == 0;
        if (b == ',' && inFlag && letter != 'p') {
            return nextField();
        }
        if (b != '=' || (inFlag && letter != 'p')) {
            return broken();
        }
        part = Part.VALUE;
        return null;
    }

    private @Nullable MaskKind value(byte b) {
        if (b == ',') {
            return nextField();
        }
        if (beginsWithGs2Header && field == 0) {
            return bindings.advance(b) ? null : broken();
        }
        return letter == secret ? secretKind : null;
    }

    private @Nullable MaskKind nextField() {
        field++;
        part = Part.LETTER;
        return null;
    }

    private MaskKind broken() {
        part = Part.BROKEN;
        return MaskKind.TOKEN;
    }
}
