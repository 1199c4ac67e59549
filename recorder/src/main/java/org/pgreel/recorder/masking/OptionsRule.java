package org.pgreel.recorder.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/**
 * The value of the start-up parameter {@code options}: a command line of settings, such as
 * {@code -c some.password=… --app.token=…}. Of those settings the values are masked whose names tell of a secret.
 *
 * <p>Words end at white space, which a backslash takes into the word (postgres.c, pg_split_opts).
 */
final class OptionsRule {

    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private boolean escaped;
    private boolean inValue;
    private @Nullable MaskKind secret;

    /** Returns how the next byte is masked; null if it is not. */
    @Nullable
    MaskKind judge(byte b) {
        if (!escaped && isSpace(b)) {
            name.reset();
            inValue = false;
            secret = null;
            return null;
        }
        escaped = !escaped && b == '\\';
        if (inValue) {
            return secret;
        }
        if (b == '=') {
            inValue = true;
            secret = SecretParameters.kindOf(name.toString(StandardCharsets.UTF_8));
        } else {
            name.write(b);
        }
        return null;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }
}
